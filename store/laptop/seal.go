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

// keyring derives the data keys from the master key: one for each table and month.
type keyring struct {
	store  casework.ID
	master []byte
	rand   io.Reader

	mu    sync.RWMutex
	aeads map[dataKey]cipher.AEAD
}

type dataKey struct {
	table string
	month uint32
}

func newKeyring(store casework.ID, master []byte, r io.Reader) *keyring {
	return &keyring{store: store, master: master, rand: r, aeads: map[dataKey]cipher.AEAD{}}
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
	if k.master == nil {
		return nil, errors.New("the keys were destroyed")
	}
	key, err := hkdf.Key(sha256.New, k.master, k.store[:], fmt.Sprintf("doorstep/laptop/row/1\x00%s\x00%d", d.table, d.month), chacha20poly1305.KeySize)
	if err != nil {
		return nil, err
	}
	a, err = chacha20poly1305.NewX(key)
	if err != nil {
		return nil, err
	}
	k.mu.Lock()
	k.aeads[d] = a
	k.mu.Unlock()
	return a, nil
}

// seal gives alg | key id | nonce | sealed(length | content | zeros).
func (k *keyring) seal(p place, now time.Time, content []byte) ([]byte, error) {
	d := dataKey{p.table, month(now)}
	a, err := k.aead(d)
	if err != nil {
		return nil, err
	}
	size := (4 + len(content) + padTo - 1) / padTo * padTo
	out := make([]byte, sealHeader, sealHeader+size+chacha20poly1305.Overhead)
	out[0] = byte(xchacha20poly1305)
	binary.BigEndian.PutUint32(out[1:], d.month)
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
	if len(sealed) < sealHeader+padTo+chacha20poly1305.Overhead || algorithm(sealed[0]) != xchacha20poly1305 {
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
	k.master = nil
	k.aeads = map[dataKey]cipher.AEAD{}
}
