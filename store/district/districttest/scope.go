package districttest

import (
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

func outside(f *field) {
	zhang := f.enrol("张桂芬", director, bamboo)
	zhou := f.enrol("周敏", director, pine)
	child := zhang.person("林小溪", bamboo)
	zhang.accepted()

	zhou.person("宋佳", bamboo) // not her village
	zhou.visit(child, "2026-11-21")
	zhou.edit(child, casework.Values{"address": "东山路1号"})
	zhou.refused(casework.ReasonScope)
	zhou.save(zhou.author.Create(zhou.record(), casework.KindPerson, casework.RecordID{}, casework.Values{"name": "没有村"}))
	zhou.refused(casework.ReasonScope)
	zhou.pull(100)
	zhou.sees()

	elder := f.enrol("李敏", casework.RoleElderVisitor, bamboo) // the same village, another duty
	elder.visit(child, "2026-11-21")
	elder.refused(casework.ReasonScope)
	f.verified()
}

func movesAway(f *field) {
	zhang := f.enrol("张桂芬", director, bamboo)
	zhou := f.enrol("周敏", director, pine)
	li := f.enrol("李主任", casework.RoleChildSupervisor, town)
	child := zhang.person("林小溪", bamboo)
	v1, v2, v3 := zhang.visit(child, "2026-11-01"), zhang.visit(child, "2026-11-08"), zhang.visit(child, "2026-11-15")
	zhang.accepted()
	for _, l := range []*laptop{zhang, zhou, li} {
		l.pull(100)
	}
	zhang.sees(child, v1, v2, v3)
	zhou.sees()
	li.sees(child, v1, v2, v3)

	zhang.edit(child, casework.Values{casework.FieldArea: pine})
	zhang.accepted()
	n, err := f.s.News(f.Context(), zhang.device, zhang.cursors, 100)
	f.must(err)
	if len(n.Leaves) != 4 || n.Leaves[0].Reason != "moved" || n.Leaves[0].Receiver != string(pine) || len(n.Puts) != 0 {
		f.Fatalf("%+v", n)
	}
	zhang.pull(100)
	zhang.sees()
	zhou.pull(100)
	zhou.sees(child, v1, v2, v3)
	li.pull(100)
	li.sees(child, v1, v2, v3)

	// She loses the duty by which a director knew her.
	elder := f.enrol("李敏", casework.RoleElderVisitor, pine)
	zhou.edit(child, casework.Values{casework.FieldDuties: []casework.Duty{casework.DutyElder}})
	zhou.accepted()
	n, err = f.s.News(f.Context(), zhou.device, zhou.cursors, 100)
	f.must(err)
	if len(n.Leaves) != 4 || n.Leaves[0].Reason != "duty" {
		f.Fatalf("%+v", n)
	}
	elder.pull(1)
	elder.sees(child, v1, v2, v3)
	f.verified()
}

func thereAndBack(f *field) {
	zhang := f.enrol("张桂芬", director, bamboo)
	zhou := f.enrol("周敏", director, pine)
	li := f.enrol("李主任", casework.RoleChildSupervisor, town)
	child := zhang.person("林小溪", bamboo)
	visit := zhang.visit(child, "2026-11-01")
	zhang.accepted()
	zhang.pull(100)
	zhou.pull(100)
	for range 3 { // none of the two asks in between
		for _, to := range []casework.Area{pine, faraway} {
			li.save(f.moved(li, child, to))
			li.send()
			f.moveBack(li, child)
		}
	}
	zhang.pull(1)
	zhang.sees(child, visit)
	if _, leaves := zhou.pull(1); leaves != 0 {
		f.Fatal("a village hears of a child it never had")
	}
	zhou.sees()
	f.verified()
}

// moved is an operation by the desk's hand: the child lives elsewhere.
func (f *field) moved(l *laptop, child casework.RecordID, to casework.Area) (casework.Op, error) {
	rec, _, err := f.s.Record(f.Context(), child)
	f.must(err)
	return l.author.Edit(rec, casework.Values{casework.FieldArea: to}, "")
}

// moveBack lets the desk bring home whom a supervisor moved out of her own sight.
func (f *field) moveBack(l *laptop, child casework.RecordID) {
	rec, _, err := f.s.Record(f.Context(), child)
	f.must(err)
	desk, err := f.s.Desk(f.Context(), f.now)
	f.must(err)
	a := casework.Author{Worker: desk.Actor.Worker, Now: l.author.Now, Rand: f.rand}
	op, err := a.Edit(rec, casework.Values{casework.FieldArea: bamboo}, "")
	f.must(err)
	if len(op.Writes) == 0 {
		return
	}
	_, err = f.s.Import(f.Context(), f.now, op)
	f.must(err)
}

func couldNotKnow(f *field) {
	zhang := f.enrol("张桂芬", director, bamboo)
	zhou := f.enrol("周敏", director, pine)
	child := zhang.person("林小溪", bamboo)
	zhang.accepted()
	zhang.pull(100)
	f.moveTo(child, pine)
	zhou.pull(100)

	zhang.visit(child, "2026-11-21") // she has not heard of the move
	zhang.accepted()
	zhang.pull(100)
	zhang.sees()
	zhang.visit(child, "2026-11-22") // now she has
	zhang.refused(casework.ReasonScope)
	f.moveTo(child, bamboo)
	zhang.pull(100)
	f.moveTo(child, pine)
	zhang.pull(100) // the token is as old as the leaving itself
	zhang.visit(child, "2026-11-22")
	zhang.refused(casework.ReasonScope)
	zhou.pull(100)
	if len(zhou.holds) != 2 {
		f.Fatalf("the new village holds %d records, want the child and one visit", len(zhou.holds))
	}

	// The same when her own scope shrinks with unsent work.
	zhou.visit(child, "2026-11-23")
	f.must(f.s.Reassign(f.Context(), zhou.author.Worker, director, []casework.Scope{{Area: bamboo, Duties: director.Duties()}}))
	zhou.accepted()
	zhou.pull(100)
	zhou.visit(child, "2026-11-24")
	zhou.refused(casework.ReasonScope)
	f.verified()
}

func (f *field) moveTo(child casework.RecordID, to casework.Area) {
	f.Helper()
	desk, err := f.s.Desk(f.Context(), f.now)
	f.must(err)
	rec, _, err := f.s.Record(f.Context(), child)
	f.must(err)
	a := casework.Author{Worker: desk.Actor.Worker, Now: func() time.Time { return f.now }, Rand: f.rand}
	op, err := a.Edit(rec, casework.Values{casework.FieldArea: to}, "")
	f.must(err)
	r, err := f.s.Import(f.Context(), f.now, op)
	f.must(err)
	if r[0].Out.Verdict != casework.Accepted {
		f.Fatalf("the desk's move: %+v", r[0].Out)
	}
}

func household(f *field) {
	zhang := f.enrol("张桂芬", director, bamboo)
	zhou := f.enrol("周敏", director, pine)
	home := zhang.record()
	zhang.save(zhang.author.Create(home, casework.KindHousehold, casework.RecordID{}, casework.Values{casework.FieldStatus: map[string]string{}}))
	zhang.accepted()
	zhang.pull(100)
	zhang.sees(home) // empty, it stays with whoever began it

	belongs := casework.Values{"household": home}
	a := zhang.person("林小溪", bamboo, belongs)
	b := zhang.person("林小海", bamboo, belongs)
	visit := zhang.visit(home, "2026-11-21")
	zhang.accepted()
	zhang.pull(100)
	zhou.pull(100)
	zhang.sees(home, a, b, visit)
	zhou.sees()

	f.moveTo(a, pine) // one of two leaves: both villages see the home
	zhang.pull(100)
	zhou.pull(100)
	zhang.sees(home, b, visit)
	zhou.sees(home, a, visit)

	f.moveTo(b, pine)
	zhang.pull(100)
	zhou.pull(100)
	zhang.sees()
	zhou.sees(home, a, b, visit)

	zhou.edit(a, casework.Values{"household": nil}) // refused: a removal needs a reason
	zhou.refused(casework.ReasonValue)
	f.moveTo(a, bamboo) // the home follows those who live there
	zhang.pull(100)
	zhang.sees(home, a, visit)
	f.verified()
}

func bothSights(f *field) {
	li := f.enrol("李主任", casework.RoleChildSupervisor, county)
	other := f.enrol("王主任", casework.RoleChildSupervisor, county)
	zhang := f.enrol("张桂芬", director, bamboo)
	zhou := f.enrol("周敏", director, pine)
	far := f.enrol("吴丽", director, faraway)
	child := zhang.person("林小溪", bamboo)
	zhang.accepted()
	li.save(f.moved(li, child, pine))
	other.save(f.moved(other, child, faraway))
	li.accepted()
	if t := other.accepted(); t.Receipts[0].Out.Verdict != casework.Conflict {
		f.Fatalf("%+v", t.Receipts[0].Out)
	}
	for _, l := range []*laptop{zhang, zhou, far} {
		l.pull(100)
	}
	zhang.sees()
	zhou.sees(child)
	far.sees(child)

	rec, _, err := f.s.Record(f.Context(), child)
	f.must(err)
	li.save(li.author.Settle(rec, casework.FieldArea, pine))
	li.accepted()
	zhou.pull(100)
	far.pull(100)
	zhou.sees(child)
	far.sees()
	f.verified()
}

func reassigned(f *field) {
	zhang := f.enrol("张桂芬", director, bamboo)
	zhou := f.enrol("周敏", director, pine)
	a, b := zhang.person("林小溪", bamboo), zhou.person("宋佳", pine)
	visit := zhang.visit(a, "2026-11-21")
	zhang.accepted()
	zhou.accepted()
	zhang.pull(100)
	zhang.sees(a, visit)

	f.must(f.s.Reassign(f.Context(), zhang.author.Worker, director, []casework.Scope{{Area: pine, Duties: director.Duties()}}))
	n, err := f.s.News(f.Context(), zhang.device, zhang.cursors, 100)
	f.must(err)
	if len(n.Leaves) != 1 || n.Leaves[0].Reason != "scope" || n.Leaves[0].Record != a {
		f.Fatalf("%+v", n.Leaves)
	}
	zhang.pull(100)
	zhang.sees(b)
	if _, still := zhang.cursors[ledger.CursorKey(bamboo, casework.DutyChild)]; still {
		f.Fatal("the old line is still there")
	}
	f.must(f.s.Reassign(f.Context(), zhang.author.Worker, casework.RoleChildSupervisor, []casework.Scope{{Area: town, Duties: director.Duties()}}))
	zhang.pull(1)
	zhang.sees(a, visit, b)
	d, err := f.s.Device(f.Context(), zhang.device)
	f.must(err)
	if d.Actor.Role != casework.RoleChildSupervisor {
		f.Fatalf("role %s", d.Actor.Role)
	}
	f.code(f.s.Reassign(f.Context(), casework.WorkerID{ID: f.id()}, director, nil), "district.worker_unknown")
}
