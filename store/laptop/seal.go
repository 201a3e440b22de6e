package laptop

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"golang.org/x/crypto/chacha20poly1305"

	"doorstep/casework"
)

// algorithm says how bytes are sealed. It stands in front of everything sealed, so that
// another cipher can come beside this one.
type algorithm byte

const xchacha20poly1305 algorithm = 1

const (
	padTo      = 256 // plaintext grows to a multiple of this, so that sizes say little
	sealHeader = 1 + 4 + chacha20poly1305.NonceSizeX
)

var errSealed = errors.New("the seal does not open: other bytes, another row or another key")

// place is where a sealed row stands. Its seal opens only there.
type place struct {
	table   string
	row     []byte // the row's id
	version uint64
}

// keyring derives the data keys from the master key: one for each table and month. While
// rows are sealed anew it holds the retired master key as well, which only opens.
type keyring struct {
	store  casework.ID
	rand   io.Reader
	cipher func(key []byte) (cipher.AEAD, error)
	pad    int

	mu      sync.RWMutex
	master  []byte
	gen     byte
	retired []byte // nil: none
	before  byte   // the retired one's generation
	aeads   map[dataKey]cipher.AEAD
}

// dataKey names a data key by its table and its id: the master key's generation in the
// first byte, and the month in the other three.
type dataKey struct {
	table string
	id    uint32
}

const monthBits = 24

func (d dataKey) generation() byte { return byte(d.id >> monthBits) }

func newKeyring(store casework.ID, master []byte, r io.Reader) *keyring {
	return &keyring{store: store, master: master, rand: r, cipher: chacha20poly1305.NewX, pad: padTo, aeads: map[dataKey]cipher.AEAD{}}
}

// renew makes another master key the one that seals. The one before opens until forget.
func (k *keyring) renew(master []byte, gen byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.retired, k.before = k.master, k.gen
	k.master, k.gen = master, gen
}

// forget destroys the retired master key and what was derived from it.
func (k *keyring) forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	clear(k.retired)
	k.retired = nil
	for d := range k.aeads {
		if d.generation() != k.gen {
			delete(k.aeads, d)
		}
	}
}

// month is the id of the data key for rows written at t: 202611. Any clock gives some key.
func month(t time.Time) uint32 {
	return uint32(max(0, min(99999, t.Year())))*100 + uint32(t.Month())
}

func (k *keyring) aead(d dataKey) (cipher.AEAD, error) {
	k.mu.RLock()
	a := k.aeads[d]
	k.mu.RUnlock()
	if a != nil {
		return a, nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	master := k.master
	switch {
	case k.master == nil:
		return nil, errors.New("the keys were destroyed")
	case d.generation() == k.gen:
	case k.retired != nil && d.generation() == k.before:
		master = k.retired
	default:
		return nil, errSealed
	}
	key, err := hkdf.Key(sha256.New, master, k.store[:], fmt.Sprintf("doorstep/laptop/row/1\x00%s\x00%d", d.table, d.id), chacha20poly1305.KeySize)
	if err != nil {
		return nil, err
	}
	if a, err = k.cipher(key); err != nil {
		return nil, err
	}
	k.aeads[d] = a
	return a, nil
}

// keyID is the id of the data key of the present generation for a month.
func (k *keyring) keyID(month uint32) uint32 {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return uint32(k.gen)<<monthBits | month
}

// seal gives alg | key id | nonce | sealed(length | content | zeros).
func (k *keyring) seal(p place, now time.Time, content []byte) ([]byte, error) {
	return k.sealWith(p, k.keyID(month(now)), content)
}

// reseal seals a row with the present master key under the month it had.
func (k *keyring) reseal(p place, sealed []byte) ([]byte, error) {
	content, err := k.open(p, sealed, nil)
	if err != nil {
		return nil, err
	}
	defer clear(content)
	return k.sealWith(p, k.keyID(binary.BigEndian.Uint32(sealed[1:])&(1<<monthBits-1)), content)
}

func (k *keyring) sealWith(p place, id uint32, content []byte) ([]byte, error) {
	a, err := k.aead(dataKey{p.table, id})
	if err != nil {
		return nil, err
	}
	size := (4 + len(content) + k.pad - 1) / k.pad * k.pad
	out := make([]byte, sealHeader, sealHeader+size+chacha20poly1305.Overhead)
	out[0] = byte(xchacha20poly1305)
	binary.BigEndian.PutUint32(out[1:], id)
	if _, err := io.ReadFull(k.rand, out[5:sealHeader]); err != nil {
		return nil, casework.Problem("laptop.seal", "random.unavailable").Because(err)
	}
	plain := out[sealHeader : sealHeader+size]
	binary.BigEndian.PutUint32(plain, uint32(len(content)))
	copy(plain[4:], content)
	return a.Seal(out, out[5:sealHeader], plain, k.bind(p, out[:5])), nil
}

// open gives the content, which lies in buffer when that is large enough. The content
// is only valid until buffer is used again.
func (k *keyring) open(p place, sealed, buffer []byte) ([]byte, error) {
	if len(sealed) < sealHeader+4+chacha20poly1305.Overhead || algorithm(sealed[0]) != xchacha20poly1305 {
		return nil, errSealed
	}
	a, err := k.aead(dataKey{p.table, binary.BigEndian.Uint32(sealed[1:])})
	if err != nil {
		return nil, err
	}
	plain, err := a.Open(buffer[:0], sealed[5:sealHeader], sealed[sealHeader:], k.bind(p, sealed[:5]))
	if err != nil {
		return nil, errSealed
	}
	n := binary.BigEndian.Uint32(plain)
	if uint64(n) > uint64(len(plain)-4) {
		return nil, errSealed
	}
	return plain[4 : 4+n], nil
}

// bind is the associated data: store, algorithm, key id, table, row and version.
func (k *keyring) bind(p place, algAndKey []byte) []byte {
	ad := make([]byte, 0, 96)
	ad = append(ad, "doorstep/row/1\x00"...)
	ad = append(ad, k.store[:]...)
	ad = append(ad, algAndKey...)
	ad = append(ad, byte(len(p.table)))
	ad = append(ad, p.table...)
	ad = append(ad, p.row...)
	return binary.BigEndian.AppendUint64(ad, p.version)
}

// destroy forgets the keys.
func (k *keyring) destroy() {
	k.mu.Lock()
	defer k.mu.Unlock()
	clear(k.master)
	clear(k.retired)
	k.master, k.retired = nil, nil
	k.aeads = map[dataKey]cipher.AEAD{}
}
