package wire

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// An answer's bytes, in this order, big-endian:
//
//	"DSA" 1 · algorithm 1 · district 16 · incarnation 4 · device 16 · number 8 · dictionary 32
//	basis 32 · plain 4 · size 4 · hash of the content 32 · signature over all of these, 64 · content
//
// The basis is the id of the batch that is answered, when the content was compressed
// with the batch's own lines behind the dictionary: what a laptop has just said need
// not travel back. It is zero when there is none, as in an answer that goes by USB.
const (
	answerMagic = "DSA\x01"
	answerHead  = 4 + 1 + 16 + 4 + 16 + 8 + 32 + 32 + 4 + 4 + 32
)

// Seal signs an answer. The basis is the batch that is answered, or nil.
// Errors: wire.too_large, those of sign.
func Seal(a ledger.Answer, basis *Batch, sign Signer) ([]byte, error) {
	const op = "wire.Seal"
	plain, err := plainText(textOf(a))
	if err != nil {
		return nil, casework.Problem(op, "wire.malformed").Because(err)
	}
	if len(plain) > MaxAnswerText {
		return nil, casework.Problem(op, "wire.too_large", "Limit", MaxAnswerText)
	}
	var of casework.Hash
	var before []byte
	if basis != nil && len(basis.Plain) <= MaxBasis {
		of, before = basis.ID(), basis.Plain
	}
	var content []byte
	err = withDictionary(op, Current(), before, func(c *codec) (err error) {
		content, err = c.squeeze(plain)
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(content) > MaxAnswer-answerHead-ed25519.SignatureSize {
		return nil, casework.Problem(op, "wire.too_large", "Limit", MaxAnswer)
	}
	name, sum := Current(), sha256.Sum256(content)
	b := append(make([]byte, 0, answerHead+ed25519.SignatureSize+len(content)), answerMagic...)
	b = append(b, algorithm)
	b = append(b, a.District[:]...)
	b = binary.BigEndian.AppendUint32(b, a.Incarnation)
	b = append(b, a.Device.ID[:]...)
	b = binary.BigEndian.AppendUint64(b, a.Number)
	b = append(b, name[:]...)
	b = append(b, of[:]...)
	b = binary.BigEndian.AppendUint32(b, uint32(len(plain)))
	b = binary.BigEndian.AppendUint32(b, uint32(len(content)))
	b = append(b, sum[:]...)
	sig, err := sign(answerMessage(b))
	if err != nil {
		return nil, err
	}
	return append(append(b, sig...), content...), nil
}

// OpenAnswer reads an answer that the district signed. The basis is the batch that was
// sent, or nil. Errors: wire.not_an_answer, wire.newer, wire.cut_short, wire.too_large,
// wire.signature, wire.damaged, wire.dictionary, wire.basis, wire.malformed.
func OpenAnswer(b []byte, basis *Batch, by ed25519.PublicKey) (ledger.Answer, error) {
	const op = "wire.OpenAnswer"
	var a ledger.Answer
	r := cutter{b: b}
	if err := r.magic(op, answerMagic, "wire.not_an_answer"); err != nil {
		return a, err
	}
	district, incarnation := r.id(), r.u32()
	device, number := casework.DeviceID{ID: r.id()}, r.u64()
	name, of := r.hash(), r.hash()
	plain, size, sum := r.u32(), r.u32(), r.hash()
	sig := r.take(ed25519.SignatureSize)
	switch {
	case r.short:
		return a, casework.Problem(op, "wire.cut_short")
	case len(by) != ed25519.PublicKeySize || !ed25519.Verify(by, answerMessage(b[:answerHead]), sig):
		return a, casework.Problem(op, "wire.signature")
	case plain > MaxAnswerText || size > MaxAnswer:
		return a, casework.Problem(op, "wire.too_large", "Limit", MaxAnswer)
	case len(r.b) < int(size):
		return a, casework.Problem(op, "wire.cut_short")
	case len(r.b) != int(size) || sha256.Sum256(r.b) != sum:
		return a, casework.Problem(op, "wire.damaged")
	}
	var before []byte
	if !of.IsZero() {
		if basis == nil || basis.ID() != of {
			return a, casework.Problem(op, "wire.basis")
		}
		before = basis.Plain
	}
	err := withDictionary(op, name, before, func(c *codec) error {
		text, err := c.expand(r.b, int(plain))
		if err != nil {
			return err
		}
		var t answerText
		if err := readOne(op, text, &t); err != nil {
			return err
		}
		a, err = t.answer()
		return err
	})
	if err != nil {
		return ledger.Answer{}, err
	}
	if a.District != district || a.Incarnation != incarnation || a.Device != device || a.Number != number {
		return ledger.Answer{}, casework.Problem(op, "wire.malformed")
	}
	return a, nil
}

func answerMessage(head []byte) []byte {
	sum := sha256.Sum256(head)
	return append([]byte("doorstep/answer/1\x00"), sum[:]...)
}

// plainText is JSON on one line, with <, > and & as they are: as operations are written.
func plainText(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// readOne reads exactly one JSON value. Members that a newer program added are passed over.
func readOne(op string, b []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	if err := d.Decode(v); err != nil {
		return casework.Problem(op, "wire.malformed").Because(err)
	}
	if len(bytes.TrimSpace(b[d.InputOffset():])) > 0 {
		return casework.Problem(op, "wire.malformed")
	}
	return nil
}
