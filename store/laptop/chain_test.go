package laptop

import (
	"testing"

	"doorstep/casework/ledger"
)

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
