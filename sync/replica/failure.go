package replica

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"time"

	"doorstep/casework"
	"doorstep/sync/wire"
)

// failure is how an exchange failed, in the terms of the status line.
type failure struct {
	kind  Kind
	code  casework.Code
	args  casework.Args
	after time.Duration // the district asked to wait this long; 0: it did not
}

// asked is an error that carries the wish to be left alone for a while.
type asked struct {
	error
	after time.Duration
}

func (a asked) Unwrap() error { return a.error }

// later are the problems that pass by themselves.
var later = map[casework.Code]Kind{
	"replica.offline":      Offline,
	"replica.stopped":      Offline,
	"replica.too_slow":     Offline,
	"replica.cut_off":      Offline,
	"replica.wrong_server": Offline,
	"replica.not_district": Offline,
	"hub.busy":             Busy,
	"hub.too_many":         Busy,
	"hub.trouble":          Busy,
	"replica.not_enrolled": NotEnrolled,
}

func failureOf(err error) failure {
	f := failure{kind: Refused, code: casework.CodeOf(err)}
	if k, ok := later[f.code]; ok {
		f.kind = k
	}
	var e *casework.Error
	if errors.As(err, &e) {
		f.args = e.Args
	}
	var a asked
	if errors.As(err, &a) {
		f.after = a.after
	}
	if f.code == "" {
		f.kind, f.code = Offline, "replica.offline"
	}
	return f
}

// lineProblem says what a failed request was in the terms of a person.
func lineProblem(op string, err error, slow bool) error {
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	var verify *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	switch {
	case casework.CodeOf(err) != "":
		return err
	case slow:
		return casework.Problem(op, "replica.too_slow").Because(err)
	case errors.As(err, &unknown), errors.As(err, &host), errors.As(err, &invalid), errors.As(err, &verify):
		return casework.Problem(op, "replica.wrong_server").Because(err)
	case errors.As(err, &record):
		return casework.Problem(op, "replica.not_district").Because(err)
	default:
		return casework.Problem(op, "replica.offline").Because(err)
	}
}

// faultProblem is what the district said instead of an answer.
func faultProblem(op string, f wire.Fault) error {
	return &casework.Error{Op: op, Code: f.Code, Args: f.Args}
}
