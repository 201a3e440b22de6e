package laptop

import (
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
	e.District, e.Actor.Worker = d.id, casework.WorkerID{ID: casework.ID{5}}
	wants(t, s.Enrol(t.Context(), e), "laptop.other_worker")
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

func TestAfterAForkTheRestIsLinkedAnew(t *testing.T) {
	s := newStore(t, 6)
	who := person(t, s, child("林小溪", zhudao))
	d := enrolled(t, s)
	talk(t, s, d)
	image := t.TempDir()
	try(t, s.Close())
	copyFolder(t, s.dir, image) // an image of the disk, restored later
	s, err := Open(t.Context(), s.dir, secret, s.o)
	try(t, err)
	visit(t, s, who, "2026-11-20")
	visit(t, s, who, "2026-11-21")
	talk(t, s, d)
	accepted := d.chain
	try(t, s.Close())

	o := s.o
	o.Rand = newDice(66)
	r, err := Open(t.Context(), image, secret, o)
	try(t, err)
	defer r.Close()
	v1, v2 := visit(t, r, who, "2026-11-22"), visit(t, r, who, "2026-11-23")
	up := unsent(t, r)
	if up.From.Seq != 1 || len(up.Ops) != 2 {
		t.Fatalf("%+v", up)
	}
	a := d.say(hello(t, r), nil, 0)
	a.Standing, a.Chain = ledger.StandingFork, ledger.Head{Device: r.Device(), Epoch: 2, Hash: accepted.Hash}
	try(t, r.Apply(t.Context(), a))
	for range 2 {
		up = unsent(t, r)
		if up.From != a.Chain || len(up.Ops) != 2 || up.To() != hello(t, r).Head {
			t.Fatalf("%+v\n%+v", up, hello(t, r).Head)
		}
		if n := len(r.Visits(who)); n != 4 {
			t.Fatalf("%d visits: two that the district had, two of the restored laptop", n)
		}
		r = again(t, r)
	}
	d.chain = a.Chain
	talk(t, r, d)
	if r.Where(v1).Stage != Received || r.Where(v2).Stage != Received || len(unsent(t, r).Ops) != 0 {
		t.Fatal("the new epoch did not arrive")
	}
	v3 := visit(t, r, who, "2026-11-24")
	if h := hello(t, r).Head; h.Epoch != 2 || h.Seq != 3 {
		t.Fatalf("%+v", h)
	}
	talk(t, r, d)
	if r.Where(v3).Stage != Received || r.Status().Damaged != 0 {
		t.Fatal("work after the fork did not arrive")
	}
}

func TestTheDistrictAsksAgainForWhatItLost(t *testing.T) {
	s := newStore(t, 7)
	who := person(t, s, child("林小溪", zhudao))
	d := enrolled(t, s)
	visit(t, s, who, "2026-11-22")
	at := unsent(t, s)
	talk(t, s, d)
	visit(t, s, who, "2026-11-23")
	a := d.say(hello(t, s), nil, 0)
	first, _ := ledger.Head{Device: s.Device(), Epoch: 1}, 0
	_, one := first.Next(at.Ops[0])
	a.Standing, a.Chain = ledger.StandingGap, one
	try(t, s.Apply(t.Context(), a))
	up := unsent(t, s)
	if up.From != one || len(up.Ops) != 2 || up.To() != hello(t, s).Head {
		t.Fatalf("%+v", up)
	}
	small, err := s.Unsent(t.Context(), 1, 0)
	try(t, err)
	tiny, err := s.Unsent(t.Context(), 0, 10)
	try(t, err)
	if len(small.Ops) != 1 || len(tiny.Ops) != 1 {
		t.Fatalf("limits: %d and %d operations", len(small.Ops), len(tiny.Ops))
	}
}

func TestAFrozenLaptopIsTold(t *testing.T) {
	s := newStore(t, 8)
	d := enrolled(t, s)
	a := d.say(hello(t, s), nil, 0)
	a.Standing = ledger.StandingFrozen
	try(t, s.Apply(t.Context(), a))
	if s = again(t, s); !s.Status().Frozen {
		t.Fatal("not told")
	}
	try(t, s.Enrol(t.Context(), d.enrolment()))
	if s.Status().Frozen {
		t.Fatal("still frozen after enrolling anew")
	}
}

func TestARevokedLaptopDestroysItsKeys(t *testing.T) {
	s := newStore(t, 9)
	person(t, s, child("林小溪", zhudao))
	d := enrolled(t, s)
	a := d.say(hello(t, s), nil, 0)
	a.Standing = ledger.StandingRevoked
	wants(t, s.Apply(t.Context(), a), "laptop.revoked")
	if len(s.People()) != 0 {
		t.Fatal("names are still in memory")
	}
	_, err := Open(t.Context(), s.dir, secret, s.o)
	wants(t, err, "laptop.destroyed")
}

func TestADirectorWhosePersonMovedAwayKeepsHerThreeVisits(t *testing.T) {
	s := newStore(t, 10)
	who := person(t, s, child("林小溪", zhudao))
	d := enrolled(t, s)
	visit(t, s, who, "2026-11-01")
	talk(t, s, d)
	d.elsewhere(t, who, casework.Values{"area": beishi})
	for _, day := range []string{"2026-11-21", "2026-11-22", "2026-11-23"} {
		visit(t, s, who, day)
	}
	try(t, s.Apply(t.Context(), d.say(hello(t, s), nil, 0))) // the news of the move comes first
	for range 2 {
		if p, ok := s.Person(who); !ok || p.Name != "林小溪" {
			t.Fatal("whose visits these are is gone")
		}
		if l, ok := s.Left(who); !ok || l.Receiver != "北石村" {
			t.Fatalf("%+v", l)
		}
		if n := len(s.Visits(who)); n != 3 {
			t.Fatalf("%d visits", n)
		}
		s = again(t, s)
	}
	talk(t, s, d)
	if _, ok := s.Person(who); ok || len(s.Visits(who)) != 0 {
		t.Fatal("the file stays on a laptop that has no business with it")
	}
	var rows int
	try(t, s.db.QueryRow("SELECT (SELECT count(*) FROM heads) + (SELECT count(*) FROM bodies)").Scan(&rows))
	if rows != 0 || s.Status().PendingOps != 0 {
		t.Fatalf("%d rows left", rows)
	}
}

func TestAScopeThatShrinksAndGrows(t *testing.T) {
	both := []casework.Scope{{Area: zhudao, Duties: []casework.Duty{"child"}}, {Area: beishi, Duties: []casework.Duty{"child"}}}
	s := newStore(t, 11)
	d := enrolled(t, s, both...)
	lin, sun := person(t, s, child("林小溪", zhudao)), person(t, s, child("孙玉兰", beishi))
	zhao := person(t, s, child("赵铁柱", beishi))
	talk(t, s, d)
	v := visit(t, s, sun, "2026-11-23") // unsent when the scope shrinks
	d.actor.Scopes = both[:1]
	a := d.say(hello(t, s), nil, 0)
	a.News.Cursors = ledger.Cursors{ledger.CursorKey(zhudao, "child"): 3}
	try(t, s.Apply(t.Context(), a))
	if _, ok := s.Person(zhao); ok {
		t.Error("someone outside her village is still here")
	}
	if _, ok := s.Person(sun); !ok || len(s.Visits(sun)) != 1 {
		t.Error("her unsent visit lost its person")
	}
	if c := hello(t, s).Cursors; len(c) != 1 || c[ledger.CursorKey(zhudao, "child")] != 3 {
		t.Errorf("cursors %v", c)
	}
	talk(t, s, d)
	if _, ok := s.Person(sun); ok || s.Where(v).Stage != Received {
		t.Error("after her visit arrived the file should go")
	}
	d.actor.Scopes = both
	a = d.say(hello(t, s), nil, 0)
	try(t, s.Apply(t.Context(), a))
	if c := hello(t, s).Cursors; c[ledger.CursorKey(beishi, "child")] != 0 || len(c) != 2 {
		t.Errorf("a new village is not asked for from the start: %v", c)
	}
	talk(t, s, d)
	for _, id := range []casework.RecordID{lin, sun, zhao} {
		if _, ok := s.Person(id); !ok {
			t.Errorf("%s did not come back", id)
		}
	}
	if n := len(s.Visits(sun)); n != 1 {
		t.Errorf("%d visits", n)
	}
}

func TestANewRoleHearsEverythingAgain(t *testing.T) {
	s := newStore(t, 12)
	who := person(t, s, child("林小溪", zhudao))
	d := enrolled(t, s)
	v := visit(t, s, who, "2026-11-23")
	talk(t, s, d)
	d.actor.Role = casework.RoleChildSupervisor
	talk(t, s, d)
	if c := hello(t, s).Cursors[ledger.CursorKey(zhudao, "child")]; c != 0 {
		t.Fatalf("cursor %d", c)
	}
	talk(t, s, d)
	r, err := s.Record(t.Context(), v)
	if err != nil || len(r.Value("answers_restricted")) == 0 {
		t.Fatalf("a supervisor does not see what she may: %+v %v", r, err)
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
