// Package districttest is one conformance suite for district.Store, run on every
// database it opens on.
package districttest

import (
	"crypto/ed25519"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/store/district"
)

// Open gives a test an empty register that nobody else uses.
type Open func(tb testing.TB) *district.Store

// Three villages of two townships of one invented county.
const (
	county  casework.Area = "371002000000"
	town    casework.Area = "371002001000"
	bamboo  casework.Area = "371002001001" // 竹岛村
	pine    casework.Area = "371002001002"
	faraway casework.Area = "371002002001" // in another township
)

// field is a founded district, its clock and its laptops.
type field struct {
	testing.TB
	s    *district.Store
	home casework.ID
	now  time.Time
	rand *rand.ChaCha8
}

func found(tb testing.TB, open Open) *field {
	tb.Helper()
	f := &field{TB: tb, s: open(tb), now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), rand: rand.NewChaCha8([32]byte{7})}
	f.home = f.id()
	f.must(f.s.Found(f.Context(), district.District{
		ID: f.home, Name: "环翠区", Area: county, Signing: make([]byte, 32), Authority: []byte{1}, Recipient: "age1", Founded: f.now,
	}))
	return f
}

func (f *field) must(err error) {
	f.Helper()
	if err != nil {
		f.Fatal(err)
	}
}

func (f *field) id() casework.ID {
	id, err := casework.NewID(f.rand)
	f.must(err)
	return id
}

func (f *field) code(err error, want casework.Code) {
	f.Helper()
	if got := casework.CodeOf(err); got != want {
		f.Fatalf("problem %q (%v), want %q", got, err, want)
	}
}

// laptop is a worker's computer, as far as the district meets it.
type laptop struct {
	*field
	key     ed25519.PrivateKey // nil: it signs nothing
	author  casework.Author
	device  casework.DeviceID
	head    ledger.Head // after everything saved
	acked   ledger.Head // after everything sent
	waiting [][]byte
	cursors ledger.Cursors
	holds   map[casework.RecordID]casework.Record
	tokens  int
}

// enrol gives a worker a laptop for an area, with the duties of her role.
func (f *field) enrol(name string, role casework.Role, area casework.Area, duties ...casework.Duty) *laptop {
	f.Helper()
	if duties == nil {
		duties = role.Duties()
	}
	l := f.blank()
	f.admit(l, name, role, area, duties)
	return l
}

func (f *field) admit(l *laptop, name string, role casework.Role, area casework.Area, duties []casework.Duty) {
	f.Helper()
	c := district.Code{
		ID: f.id(), Proof: []byte("proof"), Name: name, Role: role, Scopes: []casework.Scope{{Area: area, Duties: duties}},
		Until: f.now.Add(72 * time.Hour),
	}
	f.must(f.s.Issue(f.Context(), c))
	_, err := f.s.Redeem(f.Context(), c.ID, district.Newcomer{ID: l.device, PublicKey: l.public(), Own: l.author.Worker}, f.now, f.now.Add(14*24*time.Hour))
	f.must(err)
}

// blank is a laptop that was initialised but not enrolled.
func (f *field) blank() *laptop {
	seed := make([]byte, ed25519.SeedSize)
	_, err := f.rand.Read(seed)
	f.must(err)
	l := &laptop{field: f, key: ed25519.NewKeyFromSeed(seed), cursors: ledger.Cursors{}, holds: map[casework.RecordID]casework.Record{}}
	l.device = ledger.DeviceIDOf(l.public())
	l.author = casework.Author{Worker: casework.WorkerID{ID: f.id()}, Now: func() time.Time { return f.now }, Rand: f.rand}
	l.head = ledger.Head{Device: l.device, Epoch: 1}
	l.acked = l.head
	return l
}

// save puts an operation into the laptop's chain.
func (l *laptop) save(op casework.Op, err error) casework.Op {
	l.Helper()
	l.must(err)
	b, err := ledger.Encode(op)
	l.must(err)
	l.saveBytes(b)
	return op
}

func (l *laptop) saveBytes(b []byte) {
	_, l.head = l.head.Next(b)
	l.waiting = append(l.waiting, b)
}

func (l *laptop) record() casework.RecordID {
	id, err := l.author.NewRecord()
	l.must(err)
	return id
}

// person writes a new child of a village.
func (l *laptop) person(name string, area casework.Area, more ...casework.Values) casework.RecordID {
	l.Helper()
	v := casework.Values{"name": name, casework.FieldArea: area, casework.FieldDuties: []casework.Duty{casework.DutyChild}}
	for _, m := range more {
		for k, x := range m {
			v[k] = x
		}
	}
	id := l.record()
	l.save(l.author.Create(id, casework.KindPerson, casework.RecordID{}, v))
	return id
}

func (l *laptop) visit(owner casework.RecordID, day string) casework.RecordID {
	l.Helper()
	id := l.record()
	l.save(l.author.Create(id, casework.KindVisit, owner, casework.Values{"date": day}))
	return id
}

// edit writes over what the district has.
func (l *laptop) edit(id casework.RecordID, v casework.Values) casework.Op {
	l.Helper()
	rec, _, err := l.s.Record(l.Context(), id)
	l.must(err)
	return l.save(l.author.Edit(rec, v, ""))
}

func (l *laptop) upload() ledger.Upload { return ledger.Upload{From: l.acked, Ops: l.waiting} }

// send takes what waits to the district, and remembers that it arrived.
func (l *laptop) send() district.Taken {
	l.Helper()
	t := l.take(l.upload())
	if t.Standing != ledger.StandingGood {
		l.Fatalf("standing %s", t.Standing)
	}
	l.acked, l.waiting = t.Chain, nil
	if l.acked != l.head {
		l.Fatalf("the district's head %v is not the laptop's %v", l.acked, l.head)
	}
	return t
}

func (l *laptop) take(up ledger.Upload) district.Taken {
	l.Helper()
	t, err := l.s.Take(l.Context(), l.device, l.sign(up), l.now)
	l.must(err)
	return t
}

// accepted sends what waits and wants all of it accepted.
func (l *laptop) accepted() district.Taken {
	l.Helper()
	t := l.send()
	for i, r := range t.Receipts {
		if r.Out.Verdict == casework.Quarantined {
			l.Fatalf("operation %d is in quarantine: %s", i, r.Out.Reason)
		}
	}
	return t
}

// refused sends what waits and wants all of it in quarantine for a reason.
func (l *laptop) refused(why casework.Reason) district.Taken {
	l.Helper()
	t := l.send()
	for i, r := range t.Receipts {
		if r.Out.Verdict != casework.Quarantined || r.Out.Reason != why {
			l.Fatalf("operation %d: %+v, want it in quarantine for %s", i, r.Out, why)
		}
	}
	return t
}

// pull reads all news in pages, keeps what they say, and takes a new time token.
func (l *laptop) pull(limit int) (puts, leaves int) {
	l.Helper()
	for page := 0; ; page++ {
		if page > 10000 {
			l.Fatal("news never end")
		}
		n, err := l.s.News(l.Context(), l.device, l.cursors, limit)
		l.must(err)
		for _, p := range n.Puts {
			l.holds[p.Record.ID] = p.Record
		}
		for _, x := range n.Leaves {
			delete(l.holds, x.Record)
			for id, r := range l.holds {
				if r.Owner == x.Record {
					delete(l.holds, id)
				}
			}
		}
		puts, leaves = puts+len(n.Puts), leaves+len(n.Leaves)
		l.cursors = n.Cursors
		if !n.More {
			break
		}
	}
	l.token()
	return puts, leaves
}

// token takes an answer with a new time token.
func (l *laptop) token() {
	l.Helper()
	head, err := l.s.Head(l.Context())
	l.must(err)
	l.tokens++
	l.author.Token = ledger.Commit(fmt.Append(nil, l.device, l.tokens))
	_, err = l.s.Answered(l.Context(), l.device, l.author.Token, head, l.now, l.now.Add(time.Hour))
	l.must(err)
}

// sees wants exactly these records on the laptop.
func (l *laptop) sees(want ...casework.RecordID) {
	l.Helper()
	if len(l.holds) != len(want) {
		l.Fatalf("holds %d records, want %d", len(l.holds), len(want))
	}
	for i, id := range want {
		if _, ok := l.holds[id]; !ok {
			l.Fatalf("record %d of %d is missing", i, len(want))
		}
	}
}

// verified wants the whole register to be in order.
func (f *field) verified() district.Report {
	f.Helper()
	r, err := f.s.Verify(f.Context(), ReadProof)
	f.must(err)
	if !r.OK() {
		f.Fatalf("verify found %d problems, the first: %+v", len(r.Findings), r.Findings[0])
	}
	return r
}
