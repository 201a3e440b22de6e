package laptop

import (
	"context"
	"crypto/cipher"
	"encoding/binary"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"golang.org/x/crypto/chacha20poly1305"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// glass is a cipher that hides nothing, with room where a seal would be: the same store
// with it tells what sealing costs.
type glass struct{}

func (glass) NonceSize() int { return chacha20poly1305.NonceSizeX }

func (glass) Overhead() int { return chacha20poly1305.Overhead }

func (glass) Seal(dst, _, plain, _ []byte) []byte {
	return append(append(dst, plain...), make([]byte, chacha20poly1305.Overhead)...)
}

func (glass) Open(dst, _, sealed, _ []byte) ([]byte, error) {
	return append(dst, sealed[:len(sealed)-chacha20poly1305.Overhead]...), nil
}

// zeros is a nonce for a cipher that needs none.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// unsealed leaves out whatever sealing does: cipher, nonce and padding.
func unsealed(k *keyring) {
	k.cipher = func([]byte) (cipher.AEAD, error) { return glass{}, nil }
	k.rand, k.pad = zeros{}, 1
}

func TestTheStoreOfTheBenchmarksIsReallyUnsealed(t *testing.T) {
	k := newKeyring(casework.ID{1}, make([]byte, 32), zeros{})
	unsealed(k)
	p := place{"ops", []byte("row"), 1}
	b, err := k.seal(p, time.Now(), []byte("林小溪"))
	try(t, err)
	if len(b) != sealHeader+4+len("林小溪")+chacha20poly1305.Overhead || binary.BigEndian.Uint32(b[sealHeader:]) != uint32(len("林小溪")) {
		t.Fatalf("%x", b)
	}
	got, err := k.open(p, b, nil)
	if err != nil || string(got) != "林小溪" {
		t.Fatal(err)
	}
}

func middle(d []time.Duration) float64 {
	slices.Sort(d)
	return float64(d[len(d)/2].Microseconds())
}

// A save with its seal against one without, turn by turn on one disk: limit 1.15.
func BenchmarkSealedSave(b *testing.B) {
	var stores [2]*Store
	var who [2]casework.RecordID
	for i := range stores {
		o := options(7)
		o.noOutbox = true
		if i == 1 {
			o.changeRing = unsealed
		}
		s, err := Init(b.Context(), filepath.Join(b.TempDir(), "store"), secret, o)
		try(b, err)
		defer s.Close()
		stores[i], who[i] = s, person(b, s, someone(0))
	}
	var took [2][]time.Duration
	for n := 0; b.Loop(); n++ {
		for turn := range stores {
			i := (turn + n) % 2
			a := stores[i].Author()
			id, err := a.NewRecord()
			try(b, err)
			op, err := a.Create(id, casework.KindVisit, who[i], aVisit(n))
			try(b, err)
			start := time.Now()
			try(b, stores[i].Save(context.Background(), op))
			took[i] = append(took[i], time.Since(start))
		}
	}
	sealed, bared := middle(took[0]), middle(took[1])
	b.ReportMetric(sealed, "µs-sealed")
	b.ReportMetric(bared, "µs-unsealed")
	b.ReportMetric(sealed/bared, "ratio")
}

// stocked writes a store with people and visits as a first exchange does.
func stocked(b *testing.B, people, visits int, change func(*keyring)) (string, Options) {
	b.Helper()
	o := options(5)
	o.noOutbox, o.changeRing = true, change
	s, err := Init(b.Context(), filepath.Join(b.TempDir(), "store"), secret, o)
	try(b, err)
	d := enrolled(b, s, casework.Scope{Area: county, Duties: []casework.Duty{"child", "elder", "aid"}})
	a := casework.Author{Worker: casework.WorkerID{ID: casework.ID{9}}, Now: monday().now, Rand: newDice(6)}
	var page []ledger.Put
	var ids []casework.RecordID
	for i := range people + visits {
		id, err := a.NewRecord()
		try(b, err)
		kind, owner, values := casework.KindPerson, casework.RecordID{}, casework.Values(nil)
		if i < people {
			ids, values = append(ids, id), someone(i)
		} else {
			kind, owner, values = casework.KindVisit, ids[i%people], aVisit(i)
		}
		op, err := a.Create(id, kind, owner, values)
		try(b, err)
		r, _ := casework.Merge(casework.Record{}, op)
		if page = append(page, ledger.Put{Record: r, Seq: 1}); len(page) == 1000 || i == people+visits-1 {
			h, err := s.Hello(b.Context())
			try(b, err)
			answer := d.say(h, nil, 0)
			answer.News.Puts, answer.News.More = page, true
			try(b, s.Apply(b.Context(), answer))
			page = nil
		}
	}
	try(b, s.Close())
	return s.dir, o
}

// opening is how long a store takes to open once the passphrase has become a key.
func opening(b *testing.B, dir string, o Options, people int) time.Duration {
	b.Helper()
	runtime.GC()
	start := time.Now()
	s, err := Open(b.Context(), dir, secret, o)
	took := time.Since(start)
	try(b, err)
	if n := len(s.People()); n != people {
		b.Fatal(n)
	}
	try(b, s.Close())
	return took
}

// Opening 20,000 sealed rows against as many unsealed ones, in turns: limit 1.6.
func BenchmarkSealedOpen(b *testing.B) {
	const people, visits = 4000, 16_000
	dir, o := stocked(b, people, visits, nil)
	bareDir, bareOptions := stocked(b, people, visits, unsealed)
	var took [2][]time.Duration
	for b.Loop() {
		took[0] = append(took[0], opening(b, dir, o, people))
		took[1] = append(took[1], opening(b, bareDir, bareOptions, people))
	}
	sealed, bared := middle(took[0]), middle(took[1])
	b.ReportMetric(sealed/1000, "ms-sealed")
	b.ReportMetric(bared/1000, "ms-unsealed")
	b.ReportMetric(sealed/bared, "ratio")
}

// 50,000 people unlocked once the key is derived: limit 2 s.
func BenchmarkUnlockFiftyThousand(b *testing.B) {
	const people = 50_000
	dir, o := stocked(b, people, 0, nil)
	var took []time.Duration
	for b.Loop() {
		took = append(took, opening(b, dir, o, people))
	}
	b.ReportMetric(middle(took)/1000, "ms-unlock")
}
