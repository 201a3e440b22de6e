// Package ledger is what travels between laptop and district and is kept at both ends:
// the exact bytes of operations, the chain that links them, commitments, receipts and news.
package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"

	"doorstep/casework"
)

// MaxOpBytes is the most bytes of one operation.
const MaxOpBytes = 256 << 10

// Encode gives the bytes of an operation as they are saved, signed and sent. They are
// made once; from then on the bytes themselves are kept.
func Encode(op casework.Op) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(op); err != nil {
		return nil, casework.Problem("ledger.Encode", "ledger.unencodable").Because(err)
	}
	out := bytes.TrimRight(b.Bytes(), "\n")
	if len(out) > MaxOpBytes {
		return nil, casework.Problem("ledger.Encode", "ledger.too_large", "Limit", MaxOpBytes)
	}
	return out, nil
}

// Decode reads an operation. Bytes that are not one are an error; members that a newer
// program added are ignored, because the bytes are kept whole beside the reading.
func Decode(b []byte) (casework.Op, error) {
	var op casework.Op
	if len(b) > MaxOpBytes {
		return op, casework.Problem("ledger.Decode", "ledger.too_large", "Limit", MaxOpBytes)
	}
	if err := json.Unmarshal(b, &op); err != nil {
		return op, casework.Problem("ledger.Decode", "ledger.undecodable").Because(err)
	}
	return op, nil
}

// Commit is the commitment to an operation: SHA-256 over its bytes, which contain a
// random salt. Once the bytes are erased the commitment says nothing about them.
func Commit(op []byte) casework.Hash {
	h := sha256.New()
	h.Write([]byte("doorstep/op/1\x00"))
	h.Write(op)
	return casework.Hash(h.Sum(nil))
}

// Link is one link of a laptop's chain, made when its operation is saved.
type Link struct {
	Device     casework.DeviceID `json:"d"`
	Epoch      uint32            `json:"e"` // starts at 1; a restored or copied laptop begins the next
	Seq        uint64            `json:"q"` // 1, 2, 3 … within the epoch
	Prev       casework.Hash     `json:"p,omitzero"`
	Commitment casework.Hash     `json:"c"`
}

// Hash is what the next link names as Prev.
func (l Link) Hash() casework.Hash {
	h := sha256.New()
	h.Write([]byte("doorstep/link/1\x00"))
	h.Write(l.Device.ID[:])
	var n [12]byte
	binary.BigEndian.PutUint32(n[:4], l.Epoch)
	binary.BigEndian.PutUint64(n[4:], l.Seq)
	h.Write(n[:])
	h.Write(l.Prev[:])
	h.Write(l.Commitment[:])
	return casework.Hash(h.Sum(nil))
}

// Head is the end of a laptop's chain. The zero Seq means nothing was linked in this
// epoch yet; Hash is then the last hash of the epoch before, or zero.
type Head struct {
	Device casework.DeviceID `json:"d"`
	Epoch  uint32            `json:"e"`
	Seq    uint64            `json:"q"`
	Hash   casework.Hash     `json:"h,omitzero"`
}

// Next links the bytes of one more operation and gives the new head.
func (h Head) Next(op []byte) (Link, Head) {
	l := Link{Device: h.Device, Epoch: h.Epoch, Seq: h.Seq + 1, Prev: h.Hash, Commitment: Commit(op)}
	return l, Head{Device: h.Device, Epoch: h.Epoch, Seq: l.Seq, Hash: l.Hash()}
}

// Entry is one saved operation: what it says, its exact bytes, its place in the chain.
type Entry struct {
	Op    casework.Op
	Bytes []byte
	Link  Link
}

// Upload is a stretch of a chain on its way to the district: the operations after
// From.Seq, in order, each as its exact bytes. Their links follow from From.
type Upload struct {
	From  Head
	Ops   [][]byte
	Proof []byte // exactly what the laptop signed about them, kept as evidence; empty for work done at the district
}

// Signed is what a laptop's signature says: that in the log of this district its chain
// goes from one head to the other.
type Signed struct {
	District casework.ID
	From, To Head
}

// To is the head after the last operation of the upload.
func (u Upload) To() Head {
	h := u.From
	for _, op := range u.Ops {
		_, h = h.Next(op)
	}
	return h
}
