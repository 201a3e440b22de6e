package ledger

import (
	"crypto/sha256"
	"encoding/binary"

	"doorstep/casework"
)

// Hash is what operations made after the token carry in Op.Token, and what the next
// token names as Prev. Times count in milliseconds, as they travel.
func (t TimeToken) Hash() casework.Hash {
	h := sha256.New()
	h.Write([]byte("doorstep/token/1\x00"))
	var n [16]byte
	binary.BigEndian.PutUint64(n[:8], uint64(t.At.UnixMilli()))
	binary.BigEndian.PutUint64(n[8:], t.Seq)
	h.Write(n[:])
	h.Write(t.Prev[:])
	h.Write(t.Nonce[:])
	return casework.Hash(h.Sum(nil))
}

// DeviceIDOf is the id of the laptop that holds a key: the first 16 bytes of SHA-256
// of its Ed25519 public key.
func DeviceIDOf(publicKey []byte) casework.DeviceID {
	sum := sha256.Sum256(publicKey)
	var id casework.DeviceID
	copy(id.ID[:], sum[:16])
	return id
}
