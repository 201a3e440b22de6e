package districttest

import (
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"slices"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// public is the laptop's public key; nil when it has none.
func (l *laptop) public() []byte {
	if l.key == nil {
		return nil
	}
	return l.key.Public().(ed25519.PublicKey)
}

// sign proves an upload in the plainest way: a signature, and behind it what is signed.
func (l *laptop) sign(up ledger.Upload) ledger.Upload {
	if l.key == nil || len(up.Ops) == 0 || len(up.Proof) > 0 {
		return up
	}
	says, err := json.Marshal(ledger.Signed{District: l.home, From: up.From, To: up.To()})
	l.must(err)
	up.Proof = append(ed25519.Sign(l.key, says), says...)
	return up
}

// ReadProof reads a proof of the suite's laptops.
func ReadProof(proof []byte, by ed25519.PublicKey) (ledger.Signed, error) {
	var out ledger.Signed
	wrong := errors.New("the laptop did not sign this")
	if len(by) != ed25519.PublicKeySize || len(proof) < ed25519.SignatureSize {
		return out, wrong
	}
	sig, says := proof[:ed25519.SignatureSize], proof[ed25519.SignatureSize:]
	if !ed25519.Verify(by, says, sig) || json.Unmarshal(says, &out) != nil {
		return out, wrong
	}
	return out, nil
}

// With the operations the register keeps what the laptop signed about them: once,
// whatever is repeated, and only for what was taken.
func proofs(f *field) {
	l := f.enrol("张桂芬", director, bamboo)
	child := l.person("林小溪", bamboo)
	l.visit(child, "2026-11-20")
	first := l.upload()
	l.accepted()
	for range 3 {
		l.take(first)
	}
	kept := func(want int) {
		f.Helper()
		if r := f.verified(); r.Proofs != want || r.Unproven != 0 {
			f.Fatalf("%d proofs, want %d; %d operations without", r.Proofs, want, r.Unproven)
		}
	}
	kept(1)
	l.take(ledger.Upload{From: l.head}) // a hello without work
	kept(1)
	// The answer was lost: she sends the same again with more behind it, as one batch.
	l.visit(child, "2026-11-21")
	longer := ledger.Upload{From: first.From, Ops: append(slices.Clone(first.Ops), l.waiting...)}
	if t := l.take(longer); t.Fresh != 1 {
		f.Fatalf("%+v", t)
	}
	l.acked, l.waiting = l.head, nil
	kept(2)
	// A gap takes nothing, and keeps nothing.
	at := l.head
	l.visit(child, "2026-11-22")
	hole := l.head
	l.waiting = nil
	l.visit(child, "2026-11-23")
	if t := l.take(ledger.Upload{From: hole, Ops: l.waiting}); t.Standing != ledger.StandingGap {
		f.Fatalf("%+v", t)
	}
	l.head, l.acked, l.waiting = at, at, nil
	kept(2)
	// A stolen laptop: what it sends is kept in quarantine with its signature, also when it
	// fits no chain, and each of its stories apart.
	f.must(f.s.Revoke(f.Context(), l.device))
	image := l.image()
	l.visit(child, "2026-11-24")
	l.refused2(ledger.StandingRevoked, casework.ReasonDevice)
	image.visit(child, "2026-11-25")
	image.visit(child, "2026-11-26")
	for range 2 {
		if t := image.take(image.upload()); t.Standing != ledger.StandingRevoked || len(t.Receipts) != 2 {
			f.Fatalf("%+v", t)
		}
	}
	kept(4)
}

// What nobody signed is counted; that it came from a laptop is a finding.
func unproven(f *field) {
	desk := f.blank()
	desk.key, desk.device = nil, casework.DeviceID{ID: f.id()} // someone who works at the server
	desk.head.Device, desk.acked.Device = desk.device, desk.device
	f.admit(desk, "李主任", casework.RoleChildSupervisor, town, casework.RoleChildSupervisor.Duties())
	l := f.enrol("张桂芬", director, bamboo)
	child := l.person("林小溪", bamboo)
	l.accepted()
	desk.visit(child, "2026-11-20")
	desk.visit(child, "2026-11-21")
	desk.accepted()
	if r := f.verified(); r.Proofs != 1 || r.Unproven != 2 {
		f.Fatalf("%+v", r)
	}
	l.visit(child, "2026-11-22")
	t, err := f.s.Take(f.Context(), l.device, l.upload(), f.now)
	f.must(err)
	r, err := f.s.Verify(f.Context(), ReadProof)
	f.must(err)
	if len(r.Findings) != 1 || r.Findings[0].What != "unproven" || r.Findings[0].Seq != t.Receipts[0].Seq || r.Findings[0].Device != l.device || r.Unproven != 3 {
		f.Fatalf("%+v", r)
	}
}
