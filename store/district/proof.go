package district

import (
	"crypto/ed25519"

	"doorstep/casework/ledger"
)

// ReadProof reads what an upload carried as its proof: which stretch of a chain it speaks
// of, and that the laptop with this key signed it. The register keeps proofs as they came
// and knows nothing of their form.
type ReadProof func(proof []byte, by ed25519.PublicKey) (ledger.Signed, error)

var batchBulk = bulk{
	into: "batches (county, device, epoch, seq_from, last, seq_to, linked, commitments, signed)", width: 9,
	tail: "ON CONFLICT (county, device, epoch, seq_from, last) DO NOTHING",
}

// prove keeps the proof of a batch of which something was taken.
func (t *intake) prove(up ledger.Upload, batch []sent, linked bool) {
	if len(up.Proof) == 0 {
		return
	}
	commitments := []byte{}
	if !linked {
		for _, x := range batch {
			commitments = append(commitments, x.link.Commitment[:]...)
		}
	}
	to := batch[len(batch)-1].link
	t.proof = []any{
		t.w.s.county, blob(t.dev.ID.ID), int64(up.From.Epoch), up.From.Seq + 1, hashBlob(to.Hash()), to.Seq, flag(linked), commitments, up.Proof,
	}
}
