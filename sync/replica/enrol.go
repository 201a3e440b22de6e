package replica

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/sync/wire"
)

// Enrol makes the laptop a laptop of the district at address, with the code that its
// worker was given. No certificate is trusted: both sides prove on this very connection
// that they hold the code, and the district's keys arrive inside its proof. Asking again
// after a lost answer is harmless.
//
// Errors: wire.code_… (mistyped), replica.address, hub.wrong_code, district.code_used,
// district.code_expired, district.code_spent, replica.impostor (whoever answers does not
// know the code), the states of the line, those of the journal.
func (c *Client) Enrol(ctx context.Context, address, typed string) (ledger.Enrolment, error) {
	var e ledger.Enrolment
	code, err := wire.ParseCode(typed)
	if err != nil {
		return e, err
	}
	if address, err = Address(address); err != nil {
		return e, err
	}
	key, err := code.Key()
	if err != nil {
		return e, err
	}
	if err := c.take(ctx); err != nil {
		return e, err
	}
	defer c.give()
	message, err := json.Marshal(wire.Application{
		Code: code.ID(), Key: c.o.Journal.PublicKey(), Worker: c.o.Journal.Author().Worker, Program: c.o.Program,
	})
	if err != nil {
		return e, casework.Problem("replica.Enrol", "replica.key").Because(err)
	}
	b, err := c.prove(ctx, address, key, message)
	if err != nil {
		return e, err
	}
	if err := json.Unmarshal(b, &e); err != nil || len(e.Signing) != 32 || len(e.Authority) == 0 || e.District.IsZero() {
		return ledger.Enrolment{}, casework.Problem("replica.Enrol", "replica.not_district").Because(err)
	}
	e.Address = address
	if err := c.o.Journal.Enrol(ctx, e); err != nil {
		return ledger.Enrolment{}, err
	}
	c.become(func(s *State) { s.Kind, s.Reason, s.Args = Idle, "", nil })
	return e, nil
}

// prove sends an application behind its proof, and gives what the district said behind
// its own.
func (c *Client) prove(ctx context.Context, address string, key, message []byte) ([]byte, error) {
	const op = "replica.Enrol"
	l, err := c.newLine(address, nil)
	if err != nil {
		return nil, err
	}
	l.transport.DisableKeepAlives = true // one connection, one proof
	var secret []byte
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		TLSHandshakeDone: func(cs tls.ConnectionState, err error) {
			if err == nil {
				secret, _ = cs.ExportKeyingMaterial(wire.ExporterLabel, nil, 32) // without it the proof fails
			}
		},
	})
	var out []byte
	slow, err := l.watch.over(ctx, func(ctx context.Context) error {
		req, err := http.NewRequestWithContext(ctx, "POST", address+"/v1/enrol", &afterHandshake{make: func() []byte {
			return wire.Prove(wire.Laptop, key, secret, message)
		}})
		if err != nil {
			return casework.Problem(op, "replica.address").Because(err)
		}
		req.ContentLength = int64(wire.ProofSize + len(message))
		resp, err := l.transport.RoundTrip(req)
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		b, err := read(resp, wire.TypePiece, wire.MaxEnrolment)
		if err != nil {
			return err
		}
		proof, said, err := wire.SplitProof(b)
		if err != nil || !wire.Proves(wire.District, key, secret, said, proof) {
			return casework.Problem(op, "replica.impostor").Because(err)
		}
		out = said
		return nil
	})
	var record tls.RecordHeaderError
	switch {
	case err == nil:
		return out, nil
	case ctx.Err() != nil:
		return nil, casework.Problem(op, "replica.stopped").Because(ctx.Err())
	case errors.As(err, &record):
		return nil, casework.Problem(op, "replica.not_district").Because(err)
	}
	return nil, lineProblem(op, err, slow)
}

// afterHandshake is a body that is made when the connection stands.
type afterHandshake struct {
	make func() []byte
	r    *bytes.Reader
}

func (a *afterHandshake) Read(p []byte) (int, error) {
	if a.r == nil {
		a.r = bytes.NewReader(a.make())
	}
	return a.r.Read(p)
}

var _ io.Reader = (*afterHandshake)(nil)
