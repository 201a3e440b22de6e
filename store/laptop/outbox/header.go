package outbox

import (
	"bytes"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"strings"

	"filippo.io/age"
	"golang.org/x/crypto/chacha20poly1305"

	"doorstep/casework"
)

const (
	magic      = "doorstep outbox\n"
	version    = 1
	algorithm  = 1 // XChaCha20-Poly1305
	align      = 64
	fixed      = 16 + 4 + 4 + 16 + 16 + 16 + 4
	mostHeader = 1 << 16
	keySize    = chacha20poly1305.KeySize
)

// Errors of reading; errors.Is finds them.
var (
	ErrNotOutbox = errors.New("outbox: not an outbox, or its first bytes are damaged")
	ErrNewer     = errors.New("outbox: written by a newer program")
	ErrKey       = errors.New("outbox: the key does not open this segment")
)

// Header is the beginning of a segment.
type Header struct {
	Segment casework.ID
	Store   casework.ID
	Device  casework.DeviceID
	Epoch   uint32 // of the laptop's chain when the segment was begun
	Keys    []byte // the store's key file as it was then; empty after the keys were destroyed

	local, district []byte // the segment's key, sealed
}

// Sealed says who can open a segment: its store, and the district.
func (h Header) Sealed() (store, district bool) { return len(h.local) > 0, len(h.district) > 0 }

// encode gives a multiple of align bytes.
func (h Header) encode() []byte {
	b := h.fixed()
	for _, part := range [][]byte{h.Keys, h.local, h.district} {
		b = binary.BigEndian.AppendUint32(b, uint32(len(part)))
		b = append(b, part...)
	}
	size := (len(b) + sha256.Size + align - 1) / align * align
	binary.BigEndian.PutUint32(b[20:], uint32(size))
	b = append(b, make([]byte, size-sha256.Size-len(b))...)
	sum := sha256.Sum256(b)
	return append(b, sum[:]...)
}

// fixed is what seals of the segment's key are bound to; the length stands open.
func (h Header) fixed() []byte {
	b := make([]byte, 0, fixed)
	b = append(b, magic...)
	b = append(b, version, algorithm, 0, 0, 0, 0, 0, 0)
	b = append(b, h.Segment[:]...)
	b = append(b, h.Store[:]...)
	b = append(b, h.Device.ID[:]...)
	return binary.BigEndian.AppendUint32(b, h.Epoch)
}

// ReadHeader reads the beginning of a segment and says how long it is. Errors:
// ErrNotOutbox, ErrNewer.
func ReadHeader(b []byte) (Header, int, error) {
	if len(b) < fixed || string(b[:16]) != magic {
		return Header{}, 0, ErrNotOutbox
	}
	if b[16] != version || b[17] != algorithm {
		return Header{}, 0, ErrNewer
	}
	size := int(binary.BigEndian.Uint32(b[20:]))
	if size < fixed+12+sha256.Size || size > mostHeader || size%align != 0 || size > len(b) {
		return Header{}, 0, ErrNotOutbox
	}
	body := b[:size-sha256.Size]
	if sum := sha256.Sum256(body); !bytes.Equal(sum[:], b[len(body):size]) {
		return Header{}, 0, ErrNotOutbox
	}
	h := Header{Epoch: binary.BigEndian.Uint32(b[72:])}
	copy(h.Segment[:], b[24:])
	copy(h.Store[:], b[40:])
	copy(h.Device.ID[:], b[56:])
	rest := body[fixed:]
	for _, part := range []*[]byte{&h.Keys, &h.local, &h.district} {
		if len(rest) < 4 || uint64(len(rest)-4) < uint64(binary.BigEndian.Uint32(rest)) {
			return Header{}, 0, ErrNotOutbox
		}
		n := 4 + int(binary.BigEndian.Uint32(rest))
		if part2 := bytes.Clone(rest[4:n]); !blank(part2) {
			*part = part2
		}
		rest = rest[n:]
	}
	return h, size, nil
}

// blank reports whether a part was wiped.
func blank(b []byte) bool { return len(bytes.Trim(b, "\x00")) == 0 }

// Key opens the records of one segment.
type Key struct{ key []byte }

// seal draws a key and seals it to the store and, with a recipient, to the district.
func (h *Header) seal(r io.Reader, master []byte, recipient string) (Key, error) {
	k := Key{make([]byte, keySize)}
	if _, err := io.ReadFull(r, k.key); err != nil {
		return Key{}, casework.Problem("outbox.seal", "random.unavailable").Because(err)
	}
	a, err := wrapper(master, h.Store)
	if err != nil {
		return Key{}, err
	}
	nonce := make([]byte, chacha20poly1305.NonceSizeX)
	if _, err := io.ReadFull(r, nonce); err != nil {
		return Key{}, casework.Problem("outbox.seal", "random.unavailable").Because(err)
	}
	seal, err := chacha20poly1305.NewX(a)
	if err != nil {
		return Key{}, err
	}
	h.local = seal.Seal(nonce, nonce, k.key, h.fixed())
	if recipient == "" {
		return k, nil
	}
	to, err := age.ParseRecipients(bytes.NewReader([]byte(recipient)))
	if err != nil {
		return Key{}, err
	}
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, to...)
	if err != nil {
		return Key{}, err
	}
	if _, err := w.Write(append(bytes.Clone(k.key), h.fixed()...)); err != nil {
		return Key{}, err
	}
	if err := w.Close(); err != nil {
		return Key{}, err
	}
	h.district = sealed.Bytes()
	return k, nil
}

// wrapper is the key under which a store seals its segments' keys.
func wrapper(master []byte, store casework.ID) ([]byte, error) {
	return hkdf.Key(sha256.New, master, store[:], "doorstep/outbox/1", keySize)
}

// Unseal opens the segment's key with the store's master key. Error: ErrKey.
func (h Header) Unseal(master []byte) (Key, error) {
	w, err := wrapper(master, h.Store)
	if err != nil {
		return Key{}, err
	}
	a, err := chacha20poly1305.NewX(w)
	if err != nil {
		return Key{}, err
	}
	if len(h.local) < a.NonceSize() {
		return Key{}, ErrKey
	}
	k, err := a.Open(nil, h.local[:a.NonceSize()], h.local[a.NonceSize():], h.fixed())
	if err != nil || len(k) != keySize {
		return Key{}, ErrKey
	}
	return Key{k}, nil
}

// UnsealDistrict opens the segment's key with the district's identity. Error: ErrKey, also
// for a segment that was written before enrolment.
func (h Header) UnsealDistrict(identities ...age.Identity) (Key, error) {
	if len(h.district) == 0 {
		return Key{}, ErrKey
	}
	r, err := age.Decrypt(bytes.NewReader(h.district), identities...)
	if err != nil {
		return Key{}, errors.Join(ErrKey, err)
	}
	b, err := io.ReadAll(io.LimitReader(r, keySize+fixed+1))
	if err != nil || len(b) != keySize+fixed || !bytes.Equal(b[keySize:], h.fixed()) {
		return Key{}, ErrKey
	}
	return Key{b[:keySize]}, nil
}

// random is r, or the system's source.
func random(r io.Reader) io.Reader {
	if r == nil {
		return rand.Reader
	}
	return r
}

// Recipient reports whether segments can be sealed to this recipient.
func Recipient(s string) bool {
	if s == "" {
		return false
	}
	_, err := age.ParseRecipients(strings.NewReader(s))
	return err == nil
}

// Begins reports whether these bytes begin as a segment does.
func Begins(b []byte) bool { return len(b) >= len(magic) && string(b[:len(magic)]) == magic }
