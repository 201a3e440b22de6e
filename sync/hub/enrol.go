package hub

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"io"
	"net/http"
	"sync"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/sync/wire"
)

// CodeLife is how long an enrolment code is good for.
const CodeLife = 72 * time.Hour

// Issuer keeps enrolment codes.
type Issuer interface {
	Issue(ctx context.Context, c ledger.Code) error
}

// Invite draws an enrolment code for a worker and keeps what is needed to recognise it.
// Of the invitation, Name, Role, Scopes and, for a worker whom the district knows
// already, Worker are read; it is good for CodeLife. The code itself is kept nowhere:
// it is shown once. Errors: random.unavailable, those of Issue.
func Invite(ctx context.Context, reg Issuer, r io.Reader, now casework.Clock, invitation ledger.Code) (wire.Code, error) {
	var err error
	for range 3 { // another open code may begin with the same four characters
		var code wire.Code
		if code, err = wire.NewCode(r); err != nil {
			return "", err
		}
		invitation.ID, invitation.Until = code.ID(), now().Add(CodeLife)
		if invitation.Proof, err = code.Key(); err != nil {
			return "", err
		}
		if err = reg.Issue(ctx, invitation); err == nil {
			return code, nil
		}
	}
	return "", err
}

// enrol takes a laptop in that proves, on this very connection, that it knows a code and
// holds its key, and proves to it in turn that this is the district that issued the code.
func (h *Hub) enrol(r *http.Request, body []byte) (reply, error) {
	const op = "hub.enrol"
	ctx, reg, now := r.Context(), h.o.Register, h.o.Now()
	if !h.enrols.pass() {
		return reply{}, casework.Problem(op, "hub.too_many")
	}
	proof, message, err := wire.SplitProof(body)
	if err != nil {
		return reply{}, err
	}
	who, err := wire.ReadApplication(message)
	if err != nil {
		return reply{}, err
	}
	key, ok := clientKey(r)
	if !ok || string(key) != string(who.Key) {
		return reply{}, casework.Problem(op, "hub.no_key")
	}
	exporter, err := r.TLS.ExportKeyingMaterial(wire.ExporterLabel, nil, 32)
	if err != nil {
		return reply{}, casework.Problem(op, "hub.no_key").Because(err)
	}
	device := ledger.DeviceIDOf(key)
	code, err := reg.Code(ctx, who.Code, device, now)
	if err != nil {
		if casework.CodeOf(err) == "district.code_unknown" {
			err = casework.Problem(op, "hub.wrong_code")
		}
		return reply{}, err
	}
	if !wire.Proves(wire.Laptop, code.Proof, exporter, message, proof) {
		left, err := reg.Missed(ctx, who.Code)
		if err != nil {
			return reply{}, err
		}
		return reply{}, casework.Problem(op, "hub.wrong_code", "Left", left)
	}
	lease := now.Add(h.lease(ctx))
	d, err := reg.Redeem(ctx, who.Code, ledger.Newcomer{ID: device, PublicKey: key, Own: who.Worker}, now, lease)
	if err != nil {
		return reply{}, err
	}
	self, err := reg.District(ctx)
	if err != nil {
		return reply{}, err
	}
	telephone, err := h.o.Authority.TelephoneKey(device)
	if err != nil {
		return reply{}, err
	}
	out, err := json.Marshal(ledger.Enrolment{
		District: self.ID, Name: self.Name, Area: self.Area, Incarnation: self.Incarnation,
		Authority: h.o.Authority.Certificate(), Signing: h.o.Authority.SigningKey(), Recipient: h.o.Authority.Recipient(),
		Worker: d.Name, Actor: d.Actor, LeaseUntil: lease.UTC().Truncate(time.Millisecond),
		At: now.UTC().Truncate(time.Millisecond), Telephone: telephone,
	})
	if err != nil {
		return reply{}, casework.Problem(op, "hub.trouble").Because(err)
	}
	h.o.Log.Info("a laptop was enrolled", "device", device.String())
	return reply{kind: wire.TypePiece, body: wire.Prove(wire.District, code.Proof, exporter, out)}, nil
}

// clientKey is the Ed25519 key that the other end of the connection holds.
func clientKey(r *http.Request) (ed25519.PublicKey, bool) {
	if r.TLS == nil || len(r.TLS.PeerCertificates) == 0 {
		return nil, false
	}
	key, ok := r.TLS.PeerCertificates[0].PublicKey.(ed25519.PublicKey)
	return key, ok
}

// brake lets so many through in a minute.
type brake struct {
	mu    sync.Mutex
	most  int
	now   casework.Clock
	begun time.Time
	count int
}

func (b *brake) pass() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if t := b.now(); t.Sub(b.begun) >= time.Minute || t.Before(b.begun) {
		b.begun, b.count = t, 0
	}
	b.count++
	return b.count <= b.most
}
