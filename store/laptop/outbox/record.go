package outbox

import (
	"bytes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/binary"
	"io"

	"golang.org/x/crypto/chacha20poly1305"

	"doorstep/casework"
)

const (
	marker     = "Item"
	frameHead  = 4 + 4 + 8
	frameTail  = 8
	padTo      = 256
	sealExtra  = chacha20poly1305.NonceSizeX + chacha20poly1305.Overhead
	mostSealed = 4 << 20
)

// pen seals and opens the records of one segment.
type pen struct {
	aead    cipher.AEAD
	segment casework.ID
}

func newPen(k Key, segment casework.ID) (pen, error) {
	a, err := chacha20poly1305.NewX(k.key)
	return pen{a, segment}, err
}

func (p pen) bind(index uint64) []byte {
	b := append([]byte("doorstep/outbox/record/1\x00"), algorithm)
	b = append(b, p.segment[:]...)
	return binary.BigEndian.AppendUint64(b, index)
}

// write appends the record of an item to b.
func (p pen) write(b []byte, r io.Reader, index uint64, i Item) ([]byte, error) {
	content := i.encode()
	size := (4 + len(content) + padTo - 1) / padTo * padTo
	from := len(b)
	b = append(b, marker...)
	b = binary.BigEndian.AppendUint32(b, uint32(size+sealExtra))
	b = binary.BigEndian.AppendUint64(b, index)
	nonce := make([]byte, chacha20poly1305.NonceSizeX)
	if _, err := io.ReadFull(r, nonce); err != nil {
		return nil, casework.Problem("outbox.write", "random.unavailable").Because(err)
	}
	plain := make([]byte, size)
	binary.BigEndian.PutUint32(plain, uint32(len(content)))
	copy(plain[4:], content)
	b = append(b, nonce...)
	b = p.aead.Seal(b, nonce, plain, p.bind(index))
	sum := sha256.Sum256(b[from:])
	return append(b, sum[:frameTail]...), nil
}

// frame finds one record at the beginning of b. whole: its bytes are all there and are
// those that were written.
func frame(b []byte) (index uint64, sealed []byte, size int, whole bool) {
	if len(b) < frameHead || string(b[:4]) != marker {
		return 0, nil, 0, false
	}
	n := int(binary.BigEndian.Uint32(b[4:]))
	size = frameHead + n + frameTail
	if n < sealExtra+padTo || n > mostSealed || (n-sealExtra)%padTo != 0 || len(b) < size {
		return 0, nil, 0, false
	}
	sum := sha256.Sum256(b[:frameHead+n])
	if !bytes.Equal(sum[:frameTail], b[frameHead+n:size]) {
		return 0, nil, 0, false
	}
	return binary.BigEndian.Uint64(b[8:]), b[frameHead : frameHead+n], size, true
}

func (p pen) open(index uint64, sealed []byte) (Item, error) {
	n := p.aead.NonceSize()
	plain, err := p.aead.Open(nil, sealed[:n], sealed[n:], p.bind(index))
	if err != nil {
		return Item{}, ErrKey
	}
	length := binary.BigEndian.Uint32(plain)
	if uint64(length) > uint64(len(plain)-4) {
		return Item{}, errItem
	}
	return decode(plain[4 : 4+length])
}
