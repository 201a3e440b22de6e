package laptop

import (
	"slices"
	"testing"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

func hello(t tester, s *Store) ledger.Hello {
	t.Helper()
	h, err := s.Hello(t.Context())
	try(t, err)
	return h
}

func unsent(t tester, s *Store) ledger.Upload {
	t.Helper()
	up, err := s.Unsent(t.Context(), 0, 0)
	try(t, err)
	return up
}

func TestOldAndForeignAnswersChangeNothing(t *testing.T) {
	s := newStore(t, 1)
	who := person(t, s, child("林小溪", zhudao))
	bare := newStore(t, 2)
	wants(t, bare.Apply(t.Context(), ledger.Answer{Number: 1, Device: bare.Device()}), "laptop.not_enrolled")
	d := enrolled(t, s)
	stale := d.say(hello(t, s), nil, 0)
	talk(t, s, d)
	before := hello(t, s)
	for name, c := range map[string]struct {
		change func(*ledger.Answer)
		want   casework.Code
	}{
		"older":          {func(*ledger.Answer) {}, "laptop.older_answer"},
		"same again":     {func(a *ledger.Answer) { a.Number = d.answer }, "laptop.older_answer"},
		"other laptop":   {func(a *ledger.Answer) { a.Number, a.Device = 99, bare.Device() }, "laptop.other_device"},
		"other district": {func(a *ledger.Answer) { a.Number, a.District = 99, casework.ID{8} }, "laptop.other_district"},
	} {
		a := stale
		a.News.Leaves = []ledger.Leave{{Record: who, Seq: 99}}
		c.change(&a)
		if err := s.Apply(t.Context(), a); casework.CodeOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	after := hello(t, s)
	if _, ok := s.Person(who); !ok || after.Answer != before.Answer || after.Token != before.Token {
		t.Errorf("something changed: %+v", after)
	}
	e, _ := s.Enrolment()
	e.District = casework.ID{8}
	wants(t, s.Enrol(t.Context(), e), "laptop.other_district")
}

func TestAWorkerTheDistrictKnewBeforeKeepsBothHerIds(t *testing.T) {
	s := newStore(t, 15)
	who := person(t, s, child("林小溪", zhudao))
	begun := visitOp(t, s, who, "2026-11-22") // finished after enrolment
	own := s.Author().Worker
	d := enrolled(t, s)
	e := d.enrolment()
	e.Actor.Worker = casework.WorkerID{ID: casework.ID{5}}
	try(t, s.Enrol(t.Context(), e))
	s = again(t, s)
	try(t, s.Save(t.Context(), begun))
	visit(t, s, who, "2026-11-23")
	var by []casework.WorkerID
	for _, b := range unsent(t, s).Ops {
		op, err := ledger.Decode(b)
		try(t, err)
		by = append(by, op.Worker)
	}
	if !slices.Equal(by, []casework.WorkerID{own, own, e.Actor.Worker}) {
		t.Fatalf("written by %v", by)
	}
}

func TestALostAnswerIsHarmless(t *testing.T) {
	s := newStore(t, 3)
	who := person(t, s, child("林小溪", zhudao))
	d := enrolled(t, s)
	v := visit(t, s, who, "2026-11-23")
	d.say(hello(t, s), d.take(t, unsent(t, s), nil), 0) // never arrives
	if st := s.Where(v); st.Stage != Pending {
		t.Fatalf("%+v", st)
	}
	if up := unsent(t, s); len(up.Ops) != 2 {
		t.Fatalf("%d operations to send again", len(up.Ops))
	}
	talk(t, s, d)
	if st := s.Where(v); st.Stage != Received || len(d.log) != 2 {
		t.Fatalf("%+v, %d in the log", st, len(d.log))
	}
}

func TestAReceiptCountsBeforeItsNews(t *testing.T) {
	s := newStore(t, 4)
	who := person(t, s, child("林小溪", zhudao))
	d := enrolled(t, s)
	a := d.say(hello(t, s), d.take(t, unsent(t, s), nil), 0)
	a.News = ledger.News{}
	try(t, s.Apply(t.Context(), a))
	if st := s.Where(who); st.Stage != Received || !st.At.Equal(d.now) {
		t.Fatalf("%+v", st)
	}
	if _, ok := s.Person(who); !ok || s.journal.all[0].settled {
		t.Fatal("what she saved went before the district's word of it came")
	}
}

func TestARefusedOperationStaysAndOthersDoNotWait(t *testing.T) {
	s := newStore(t, 5)
	who := person(t, s, child("林小溪", zhudao))
	d := enrolled(t, s)
	bad, good := visit(t, s, who, "2026-11-22"), visit(t, s, who, "2026-11-23")
	up := unsent(t, s)
	receipts := d.take(t, up, func(op casework.Op) casework.Reason {
		if op.Record == bad {
			return casework.ReasonScope
		}
		return ""
	})
	try(t, s.Apply(t.Context(), d.say(hello(t, s), receipts, 0)))
	for range 2 {
		if st := s.Where(bad); st.Stage != Quarantined || st.Reason != casework.ReasonScope {
			t.Fatalf("%+v", st)
		}
		if st := s.Where(good); st.Stage != Received {
			t.Fatalf("%+v", st)
		}
		if n := len(s.Visits(who)); n != 2 {
			t.Fatalf("%d visits on the screen", n)
		}
		if st := s.Status(); st.Quarantined != 1 || st.PendingVisits != 0 {
			t.Fatalf("%+v", st)
		}
		if len(unsent(t, s).Ops) != 0 {
			t.Fatal("a refused operation is sent again and again")
		}
		s = again(t, s)
	}
	// The supervisor lets it in: a further receipt with a higher number.
	op := s.journal.byRec[bad][0].op
	delete(d.receipts, op.ID)
	delete(d.state.Receipts, op.ID)
	d.write(op, true, "")
	try(t, s.Apply(t.Context(), d.say(hello(t, s), []ledger.Receipt{d.receipts[op.ID]}, 0)))
	if st := s.Where(bad); st.Stage != Received || s.Status().Quarantined != 0 || len(s.Visits(who)) != 2 {
		t.Fatalf("%+v", st)
	}
}

func TestAFirstExchangeResumesWhereItStopped(t *testing.T) {
	s := newStore(t, 13)
	d := enrolled(t, s)
	for i := range 7 {
		id, err := other.NewRecord()
		try(t, err)
		op, err := other.Create(id, casework.KindPerson, casework.RecordID{}, child(string([]rune(given)[i]), zhudao))
		try(t, err)
		d.write(op, false, "")
	}
	for range 2 {
		try(t, s.Apply(t.Context(), d.say(hello(t, s), nil, 2)))
		s = again(t, s)
	}
	if n := len(s.People()); n != 4 {
		t.Fatalf("%d people after two pages of two", n)
	}
	try(t, s.Apply(t.Context(), d.say(hello(t, s), nil, 0)))
	if n := len(s.People()); n != 7 {
		t.Fatalf("%d people", n)
	}
}

// A district may leave out which operations its record has heard: the receipt, no younger
// than the record, says so too.
func TestAReceiptNoYoungerThanTheRecordIsInIt(t *testing.T) {
	s := newStore(t, 14)
	who := person(t, s, child("林小溪", zhudao))
	d := enrolled(t, s)
	talk(t, s, d)
	r, err := s.Record(t.Context(), who)
	try(t, err)
	op, err := s.Author().Edit(r, casework.Values{"grid": "4组"}, "")
	try(t, err)
	try(t, s.Save(t.Context(), op))
	receipts := d.take(t, unsent(t, s), nil)
	d.elsewhere(t, who, casework.Values{"grid": "5组"}) // over hers, which was seen
	a := d.say(hello(t, s), receipts, 0)
	a.News.Puts[0].Heard, a.News.Cursors = nil, nil
	try(t, s.Apply(t.Context(), a))
	if p, _ := s.Person(who); p.Grid != "5组" || len(p.Conflicts) != 0 || s.journal.all[1].settled {
		t.Fatalf("%+v", p)
	}
}
