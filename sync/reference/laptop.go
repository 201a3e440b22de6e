package reference

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"io"
	"maps"
	"slices"
	"sync"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// Laptop is the model of a worker's store.
type Laptop struct {
	mu        sync.Mutex
	key       ed25519.PrivateKey
	rand      io.Reader
	now       casework.Clock
	worker    casework.WorkerID
	enrolment *ledger.Enrolment

	start    ledger.Head // of the present epoch
	head     ledger.Head
	kept     []saved
	chain    ledger.Head
	base     map[casework.RecordID]ledger.Put
	receipts map[casework.OpID]ledger.Receipt
	cursors  ledger.Cursors
	answer   uint64
	token    casework.Hash
	packs    map[casework.Hash][]byte
	Wiped    bool // it was told to destroy its keys
	Applied  int  // answers that changed something
}

type saved struct {
	op    casework.Op
	bytes []byte
	link  ledger.Link
}

// NewLaptop makes a laptop with a key of its own.
func NewLaptop(r io.Reader, now casework.Clock) *Laptop {
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(r, seed); err != nil {
		panic(err)
	}
	worker, err := casework.NewID(r)
	if err != nil {
		panic(err)
	}
	l := &Laptop{
		key: ed25519.NewKeyFromSeed(seed), rand: r, now: now, worker: casework.WorkerID{ID: worker},
		base: map[casework.RecordID]ledger.Put{}, receipts: map[casework.OpID]ledger.Receipt{},
		cursors: ledger.Cursors{}, packs: map[casework.Hash][]byte{},
	}
	l.start = ledger.Head{Device: l.Device(), Epoch: 1}
	l.head, l.chain = l.start, l.start
	return l
}

// Clone is the same laptop as it is now: an image of its disk.
func (l *Laptop) Clone() *Laptop {
	l.mu.Lock()
	defer l.mu.Unlock()
	return &Laptop{
		key: l.key, rand: l.rand, now: l.now, worker: l.worker, enrolment: l.enrolment, start: l.start, head: l.head,
		kept: slices.Clone(l.kept), chain: l.chain, base: maps.Clone(l.base), receipts: maps.Clone(l.receipts),
		cursors: maps.Clone(l.cursors), answer: l.answer, token: l.token, packs: maps.Clone(l.packs),
	}
}

// Device is the id of the laptop.
func (l *Laptop) Device() casework.DeviceID { return ledger.DeviceIDOf(l.PublicKey()) }

// PublicKey is the key by which the district knows it.
func (l *Laptop) PublicKey() ed25519.PublicKey { return l.key.Public().(ed25519.PublicKey) }

// Sign signs with the laptop's key.
func (l *Laptop) Sign(m []byte) ([]byte, error) { return ed25519.Sign(l.key, m), nil }

// Author writes as the laptop's worker.
func (l *Laptop) Author() casework.Author {
	l.mu.Lock()
	defer l.mu.Unlock()
	return casework.Author{Worker: l.worker, Now: l.now, Rand: l.rand, Token: l.token}
}

// Enrolment is what it knows of its district.
func (l *Laptop) Enrolment() (ledger.Enrolment, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.enrolment == nil {
		return ledger.Enrolment{}, false
	}
	return *l.enrolment, true
}

// Enrol takes up what the district said at enrolment.
func (l *Laptop) Enrol(_ context.Context, e ledger.Enrolment) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.enrolment, l.worker = &e, e.Actor.Worker
	return nil
}

// Save links and keeps operations.
func (l *Laptop) Save(ops ...casework.Op) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, op := range ops {
		b, err := ledger.Encode(op)
		if err != nil {
			panic(err)
		}
		l.keep(op, b)
	}
}

func (l *Laptop) keep(op casework.Op, b []byte) {
	link, head := l.head.Next(b)
	l.head = head
	l.kept = append(l.kept, saved{op, b, link})
}

// Hello is what it says of itself.
func (l *Laptop) Hello(context.Context) (ledger.Hello, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	h := ledger.Hello{
		Head: l.head, Sent: l.received().Seq, Cursors: maps.Clone(l.cursors), Answer: l.answer, Token: l.token,
		Now: l.now(), Program: "reference",
	}
	for p := range l.packs {
		h.Packs = append(h.Packs, p)
	}
	slices.SortFunc(h.Packs, func(a, b casework.Hash) int { return bytes.Compare(a[:], b[:]) })
	return h, nil
}

func (l *Laptop) received() ledger.Head {
	at := l.start
	for _, s := range l.kept {
		if s.link.Epoch != at.Epoch || s.link.Seq != at.Seq+1 {
			continue
		}
		if _, ok := l.receipts[s.op.ID]; !ok {
			break
		}
		at = ledger.Head{Device: at.Device, Epoch: at.Epoch, Seq: s.link.Seq, Hash: s.link.Hash()}
	}
	if l.chain.Epoch == at.Epoch && l.chain.Seq < at.Seq { // the district lost what it had
		return l.at(l.chain.Seq)
	}
	return at
}

func (l *Laptop) at(seq uint64) ledger.Head {
	for _, s := range l.kept {
		if s.link.Epoch == l.start.Epoch && s.link.Seq == seq {
			return ledger.Head{Device: l.start.Device, Epoch: l.start.Epoch, Seq: seq, Hash: s.link.Hash()}
		}
	}
	return l.start
}

// Unsent is the next stretch to send.
func (l *Laptop) Unsent(_ context.Context, maxOps, maxBytes int) (ledger.Upload, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	up := ledger.Upload{From: l.received()}
	size, next := 0, up.From.Seq+1
	for _, s := range l.kept {
		if s.link.Epoch != up.From.Epoch || s.link.Seq != next || len(up.Ops) == maxOps {
			continue
		}
		if size += len(s.bytes); len(up.Ops) > 0 && size > maxBytes {
			break
		}
		up.Ops = append(up.Ops, s.bytes)
		next++
	}
	return up, nil
}

// Apply takes in an answer; one that is not newer than the last changes nothing.
func (l *Laptop) Apply(_ context.Context, a ledger.Answer) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if a.Number <= l.answer || a.Device != l.start.Device {
		return errors.New("not newer than the last answer")
	}
	l.Applied++
	l.answer, l.token, l.chain = a.Number, a.Token.Hash(), a.Chain
	if a.Standing == ledger.StandingRevoked {
		l.Wiped = true
		return nil
	}
	for _, r := range a.Receipts {
		l.receipts[r.Op] = r
	}
	if a.Standing == ledger.StandingFork && a.Chain.Epoch > l.start.Epoch {
		rest := slices.Clone(l.kept)
		l.kept = slices.DeleteFunc(l.kept, func(s saved) bool { _, ok := l.receipts[s.op.ID]; return !ok })
		l.start, l.head = a.Chain, a.Chain
		for _, s := range rest {
			if _, ok := l.receipts[s.op.ID]; !ok {
				l.keep(s.op, s.bytes)
			}
		}
	}
	for _, p := range a.News.Puts {
		l.base[p.Record.ID] = p
	}
	for _, x := range a.News.Leaves {
		delete(l.base, x.Record)
	}
	l.cursors = maps.Clone(a.News.Cursors)
	return nil
}

// StorePack keeps a pack.
func (l *Laptop) StorePack(_ context.Context, ref ledger.PackRef, body []byte) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if sha256.Sum256(body) != ref.Hash {
		return errors.New("not the content of that name")
	}
	l.packs[ref.Hash] = body
	return nil
}

// Packs counts the packs it holds.
func (l *Laptop) Packs() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.packs)
}

// View is every record as the screen shows it: what the district said, with everything
// over it that is not in there yet.
func (l *Laptop) View() map[casework.RecordID]casework.Record {
	l.mu.Lock()
	defer l.mu.Unlock()
	var heard uint64
	for _, c := range l.cursors {
		if heard == 0 || c < heard {
			heard = c
		}
	}
	out := map[casework.RecordID]casework.Record{}
	for id, p := range l.base {
		out[id] = p.Record
	}
	for _, s := range l.kept {
		r, ok := l.receipts[s.op.ID]
		if ok && r.Seq <= heard || slices.Contains(l.base[s.op.Record].Heard, s.op.ID) || ok && r.Out.Verdict == casework.Quarantined {
			continue
		}
		after, _ := casework.Merge(out[s.op.Record], s.op)
		out[s.op.Record] = after
	}
	return out
}

// Waiting counts the operations without a receipt.
func (l *Laptop) Waiting() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := 0
	for _, s := range l.kept {
		if _, ok := l.receipts[s.op.ID]; !ok {
			n++
		}
	}
	return n
}

// Receipts are copies of all receipts it holds.
func (l *Laptop) Receipts() map[casework.OpID]ledger.Receipt {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Clone(l.receipts)
}
