package laptop

import (
	"bytes"
	"crypto/ed25519"
	"slices"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/casework/outing"
)

// lessor is a district that grants leases: an office with a signing key and a key for codes.
type lessor struct {
	*office
	sign  ed25519.PrivateKey
	key   []byte
	files uint64
}

var enrolDay = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

// onDay is six hours into the day n days after enrolment.
func onDay(n int) time.Time { return enrolDay.AddDate(0, 0, n).Add(6 * time.Hour) }

// leased is a laptop with a clock that is set, two people in its care, enrolled on day 0.
func leased(t tester, dir string, seed uint64) (*Store, *lessor, *clock) {
	t.Helper()
	c := &clock{t: enrolDay}
	o := options(seed)
	o.Now = c.now
	s, err := Init(t.Context(), dir, secret, o)
	try(t, err)
	t.Cleanup(func() { s.Close() })
	d := &lessor{office: enrolled(t, s), sign: ed25519.NewKeyFromSeed(bytes.Repeat([]byte{5}, 32)), key: []byte("sixteen bytes ok")}
	d.now = enrolDay
	e := d.enrolment()
	e.At, e.Signing, e.Telephone = d.now, d.sign.Public().(ed25519.PublicKey), d.key
	try(t, s.Enrol(t.Context(), e))
	return s, d, c
}

// file is a lease file, for as many days from now.
func (d *lessor) file(t tester, s *Store, days int) []byte {
	t.Helper()
	d.files++
	b, err := ledger.LeaseFile{
		Number: d.files, District: d.id, Device: s.Device(), Issued: d.now, Until: d.now.AddDate(0, 0, days),
	}.Sign(func(m []byte) ([]byte, error) { return ed25519.Sign(d.sign, m), nil })
	try(t, err)
	return b
}

// call reads the request out and types what is read back.
func (d *lessor) call(t tester, s *Store) (time.Time, error) {
	t.Helper()
	r, err := s.Request(t.Context())
	try(t, err)
	return s.Extend(t.Context(), ledger.ExtensionCode(d.key, s.Device(), r), 2)
}

// readable asks in every way there is for what is on file about a person, and fails when
// some ways are open and others closed.
func readable(t tester, s *Store, who casework.RecordID, visits ...casework.RecordID) bool {
	t.Helper()
	ways := map[string]bool{}
	p, ok := s.Person(who)
	ways["person"] = ok && p.Address != ""
	ways["people"] = len(s.People()) > 0
	ways["find"] = len(s.Find("林小溪")) > 0
	listed := s.Visits(who) // and what was written since
	ways["visits"] = slices.ContainsFunc(listed, func(v casework.VisitSummary) bool { return slices.Contains(visits, v.ID) })
	ways["members"] = len(s.Members(p0(s, who))) > 0
	_, err := s.Record(t.Context(), who)
	if err != nil {
		wants(t, err, "laptop.lapsed")
	}
	ways["record"] = err == nil
	for _, v := range visits {
		_, ways["visit"] = s.Visit(v)
		_, err := s.Record(t.Context(), v)
		ways["visit's record"] = err == nil
	}
	open := !s.Closed()
	for way, is := range ways {
		if is != open {
			t.Fatalf("%s: open %v, while the files are open %v", way, is, open)
		}
	}
	return open
}

// p0 is the household of a person, looked up behind the guard.
func p0(s *Store, who casework.RecordID) casework.RecordID {
	return s.caseload.items[who].person.Household
}

// household gives a person an address, a household and one visit, all at the district.
func household(t tester, s *Store, d *lessor) (who, seen casework.RecordID) {
	t.Helper()
	a := s.Author()
	home, err := a.NewRecord()
	try(t, err)
	v := child("林小溪", zhudao)
	v["address"], v["household"] = "竹岛村3组12号", home
	who = person(t, s, v)
	seen = visit(t, s, who, "2026-11-23")
	talk(t, s, d.office)
	return who, seen
}

func TestAfterTheLeaseOnlyNewWorkIsOpen(t *testing.T) {
	s, d, c := leased(t, t.TempDir()+"/s", 61)
	who, old := household(t, s, d)
	c.set(onDay(13))
	if !readable(t, s, who, old) {
		t.Fatal("closed a day early")
	}
	c.set(onDay(14))
	if readable(t, s, who, old) {
		t.Fatal("open after the lease")
	}
	wants(t, s.guard("", who), "laptop.lapsed")

	// She stands at a door: the whole name, not a piece of it, and no file with it.
	for _, piece := range []string{"林小", "小溪", "linxiaoxi", "lxx", ""} {
		if got := s.Named(piece, 0); len(got) > 0 {
			t.Fatalf("%q names %d people", piece, len(got))
		}
	}
	got := s.Named(" 林小溪 ", 0)
	if len(got) != 1 || got[0].Address != "" || !got[0].Household.IsZero() || got[0].Name != "林小溪" || got[0].Grid != "3组" {
		t.Fatalf("named: %+v", got)
	}
	sheet := outing.NewCodes(s.caseload.people).Of(who) // it was printed in time
	if got := s.Named(sheet, 0); len(got) != 1 || got[0].Name != "林小溪" || got[0].Address != "" {
		t.Fatalf("by the code %q: %+v", sheet, got)
	}
	draft := casework.ID{1}
	try(t, s.BeginDraft(t.Context(), Draft{ID: draft, Person: who, Form: "child-visit", Started: c.now()}))
	try(t, s.AppendDraft(t.Context(), draft, []byte("{}")))
	s = again(t, s)
	if len(s.Drafts()) != 1 {
		t.Fatal("the draft is closed, too")
	}
	if p, ok := s.Person(who); !ok || p.Name != "林小溪" || p.Address != "" {
		t.Fatalf("whose draft it is: %+v %v", p, ok)
	}
	op := visitOp(t, s, who, "2026-12-07")
	try(t, s.SaveAndClose(t.Context(), draft, op))
	if v := s.Visits(who); len(v) != 1 || v[0].ID != op.Record {
		t.Fatalf("visits since the lapse: %+v", v)
	}
	if _, err := s.Record(t.Context(), op.Record); err != nil {
		t.Fatal(err)
	}

	// It is sent, and the answer opens everything at once.
	d.now = onDay(14)
	talk(t, s, d.office)
	if !readable(t, s, who, old) || len(s.Visits(who)) != 2 {
		t.Fatal("the district has answered, and the files are closed")
	}
}

func TestTurningTheClockBackOpensNothing(t *testing.T) {
	s, d, c := leased(t, t.TempDir()+"/s", 62)
	who, old := household(t, s, d)
	c.set(onDay(15))
	if readable(t, s, who, old) {
		t.Fatal("open after the lease")
	}
	for _, day := range []int{13, 1, -400} {
		c.set(onDay(day))
		if readable(t, s, who, old) {
			t.Fatalf("day %d opens the files again", day)
		}
		s = again(t, s)
		if readable(t, s, who, old) {
			t.Fatalf("day %d opens the files again on the next morning", day)
		}
	}
}

func TestAClockThatRanAheadLocksNobodyForEver(t *testing.T) {
	s, d, c := leased(t, t.TempDir()+"/s", 63)
	who, old := household(t, s, d)
	c.set(onDay(26_000)) // 2098
	if readable(t, s, who, old) {
		t.Fatal("a clock in another century opens the files")
	}
	if l := s.Lapse(); !l.Astray || !l.Closed {
		t.Fatalf("%+v", l)
	}
	s = again(t, s)
	c.set(onDay(2))
	if !readable(t, s, who, old) {
		t.Fatal("the clock is right again, and the files are closed")
	}

	// It is wrong by twenty days while the district answers, and stays so.
	d.now = onDay(3)
	c.set(onDay(23))
	talk(t, s, d.office)
	if !readable(t, s, who, old) {
		t.Fatal("the district has just answered")
	}
	c.set(onDay(23 + 13))
	if !readable(t, s, who, old) {
		t.Fatal("closed a day early")
	}
	c.set(onDay(23 + 15))
	if readable(t, s, who, old) {
		t.Fatal("open after the lease")
	}
}

// Before enrolment there is no district that could be waited for.
func TestBeforeEnrolmentThereIsNoLease(t *testing.T) {
	s := newStore(t, 68)
	who := person(t, s, child("林小溪", zhudao))
	s.o.Now = func() time.Time { return onDay(4000) }
	if l := s.Lapse(); l.Closed || !l.Until.IsZero() {
		t.Fatalf("%+v", l)
	}
	if p, ok := s.Person(who); !ok || p.Name == "" {
		t.Fatal("closed")
	}
	_, err := s.Request(t.Context())
	wants(t, err, "laptop.not_enrolled")
}

// Danger does not lapse: her own order that nobody has attended to stays in sight.
func TestAnOrderNotAttendedToStaysInSight(t *testing.T) {
	s, d, c := leased(t, t.TempDir()+"/s", 69)
	who, _ := household(t, s, d)
	order := func(kind string) casework.RecordID {
		a := s.Author()
		id, err := a.NewRecord()
		try(t, err)
		op, err := a.Create(id, casework.KindTask, who, casework.Values{"task_kind": kind, "step": "open", "opened_on": "2026-11-23"})
		try(t, err)
		try(t, s.Save(t.Context(), op))
		return id
	}
	danger := order("contact")
	order("need")
	talk(t, s, d.office)
	c.set(onDay(20))
	if got := s.Tasks(who); len(got) != 1 || got[0].ID != danger {
		t.Fatalf("tasks: %+v", got)
	}
	if p, ok := s.Person(who); !ok || p.Name == "" || p.Address != "" {
		t.Fatalf("whom it is about: %+v %v", p, ok)
	}
	if _, err := s.Record(t.Context(), danger); err != nil {
		t.Fatal(err)
	}
}
