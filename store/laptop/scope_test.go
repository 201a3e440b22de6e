package laptop

import (
	"testing"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

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
