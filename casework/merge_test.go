package casework

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

type desk struct {
	t      *testing.T
	random *rand.ChaCha8
	clock  time.Time
}

func newDesk(t *testing.T) *desk {
	return &desk{t: t, random: rand.NewChaCha8([32]byte{1}), clock: time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)}
}

func (d *desk) author() Author {
	w, _ := NewID(d.random)
	return Author{Worker: WorkerID{w}, Rand: d.random, Now: func() time.Time {
		d.clock = d.clock.Add(time.Minute)
		return d.clock
	}}
}

func (d *desk) person() Record {
	d.t.Helper()
	a := d.author()
	id, err := a.NewRecord()
	if err != nil {
		d.t.Fatal(err)
	}
	op, err := a.Create(id, KindPerson, RecordID{}, Values{"name": "𠮷小溪", "address": "3组12号", "grid": "3组"})
	return d.merge(Record{}, op, err)
}

func (d *desk) merge(r Record, op Op, err error) Record {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
	if why := Examine(r, op, Actor{}); why != "" {
		d.t.Fatalf("refused: %s", why)
	}
	after, _ := Merge(r, op)
	return after
}

func (d *desk) edit(seen Record, v Values) (Op, error) { return d.author().Edit(seen, v, "") }

func TestTwoPeopleChangeDifferentFieldsAndBothHold(t *testing.T) {
	d := newDesk(t)
	p := d.person()
	one, err1 := d.edit(p, Values{"address": "5组1号"})
	two, err2 := d.edit(p, Values{"grid": "5组"})
	p = d.merge(p, one, err1)
	p = d.merge(p, two, err2)
	if p.Text("address") != "5组1号" || p.Text("grid") != "5组" || len(p.Conflicts()) != 0 {
		t.Fatal(p)
	}
}

func TestTwoChangesOfOneFieldStandSideBySideUntilAPersonChooses(t *testing.T) {
	d := newDesk(t)
	p := d.person()
	one, err1 := d.edit(p, Values{"address": "5组1号"})
	two, err2 := d.edit(p, Values{"address": "6组2号"})
	p = d.merge(p, one, err1)
	p = d.merge(p, two, err2)
	if p.Text("address") != "5组1号" || !slices.Equal(p.Conflicts(), []Field{"address"}) {
		t.Fatalf("%s %v", p.Text("address"), p.Conflicts())
	}
	settle, err := d.author().Settle(p, "address", "6组2号")
	p = d.merge(p, settle, err)
	if p.Text("address") != "6组2号" || len(p.Conflicts()) != 0 {
		t.Fatalf("%s %v", p.Text("address"), p.Conflicts())
	}
}

func TestTwoPeopleWhoSayTheSameDoNotConflict(t *testing.T) {
	d := newDesk(t)
	p := d.person()
	one, err1 := d.edit(p, Values{"address": "5组1号"})
	two, err2 := d.edit(p, Values{"address": "5组1号"})
	three, err3 := d.edit(d.merge(p, two, err2), Values{"address": "7组"}) // saw two's copy only
	p = d.merge(p, one, err1)
	p = d.merge(p, two, err2)
	p = d.merge(p, three, err3)
	if p.Text("address") != "7组" || len(p.Conflicts()) != 0 {
		t.Fatalf("%s %v", p.Text("address"), p.Conflicts())
	}
}

func TestWhoSawTheSameWordsEarlierDoesNotOverwriteWhatCameSince(t *testing.T) {
	d := newDesk(t)
	p := d.person()
	one, err1 := d.edit(p, Values{"address": "5组1号"})
	two, err2 := d.edit(p, Values{"address": "5组1号"})
	sawTwo := d.merge(p, two, err2)
	p = d.merge(p, one, err1)
	p = d.merge(p, two, err2)
	moved, err := d.edit(p, Values{"address": "8组"})
	p = d.merge(p, moved, err)
	late, err := d.edit(sawTwo, Values{"address": "9组"})
	p = d.merge(p, late, err)
	if p.Text("address") != "8组" || len(p.Conflicts()) != 1 {
		t.Fatalf("%s %v", p.Text("address"), p.Conflicts())
	}
}

func TestASettlementMadeBeforeTheValueMovedOnIsItselfAnAlternative(t *testing.T) {
	d := newDesk(t)
	p := d.person()
	one, err1 := d.edit(p, Values{"address": "1组"})
	two, err2 := d.edit(p, Values{"address": "2组"})
	p = d.merge(p, one, err1)
	p = d.merge(p, two, err2)
	settle, serr := d.author().Settle(p, "address", "2组")
	moved, err := d.edit(p, Values{"address": "3组"})
	p = d.merge(p, moved, err)
	p = d.merge(p, settle, serr)
	reg := p.Registers["address"]
	if p.Text("address") != "3组" || len(reg.Alts) != 1 || !reg.isAlt(settle.ID) {
		t.Fatalf("%s %v", p.Text("address"), reg.Alts)
	}
}

func TestAFourthSettlesWhileThreeEdit(t *testing.T) {
	d := newDesk(t)
	p := d.person()
	a, ea := d.edit(p, Values{"address": "a"})
	b, eb := d.edit(p, Values{"address": "b"})
	c, ec := d.edit(p, Values{"address": "c"})
	p = d.merge(p, a, ea)
	p = d.merge(p, b, eb)
	settle, es := d.author().Settle(p, "address", "b") // has not seen c
	p = d.merge(p, c, ec)
	p = d.merge(p, settle, es)
	reg := p.Registers["address"]
	if p.Text("address") != "b" || len(reg.Alts) != 1 || !reg.isAlt(c.ID) {
		t.Fatalf("%s %v", p.Text("address"), reg.Alts)
	}
}

func TestARemovalConflictsWithAnEdit(t *testing.T) {
	d := newDesk(t)
	p := d.person()
	gone, e1 := d.author().Edit(p, Values{"address": nil}, "搬走了")
	edit, e2 := d.edit(p, Values{"address": "2组"})
	p = d.merge(p, gone, e1)
	p = d.merge(p, edit, e2)
	if !p.Registers["address"].Removed() || len(p.Conflicts()) != 1 {
		t.Fatal(p.Registers["address"])
	}
}

func TestMembersOfAGroupThatAreNotGivenAreCopied(t *testing.T) {
	d := newDesk(t)
	p := d.person()
	op, err := d.edit(p, Values{"guardian_name": "王㐂", "guardian_phone": "13900002231"})
	p = d.merge(p, op, err)
	op, err = d.edit(p, Values{"guardian_phone": "13900002232"})
	p = d.merge(p, op, err)
	if p.Text("guardian_name") != "王㐂" || p.Text("guardian_phone") != "13900002232" {
		t.Fatalf("%s", p.Value("guardian"))
	}
	if op, err = d.edit(p, Values{"guardian_phone": "13900002232"}); err != nil || len(op.Writes) != 0 {
		t.Fatalf("an edit that says nothing new writes %d registers, %v", len(op.Writes), err)
	}
}

func TestElementsOfASetAreRegistersOfTheirOwn(t *testing.T) {
	d := newDesk(t)
	p := d.person()
	one, e1 := d.edit(p, Values{"phones/A": "13900000001"})
	two, e2 := d.edit(p, Values{"phones/B": "13900000002"})
	p = d.merge(p, one, e1)
	p = d.merge(p, two, e2)
	gone, err := d.author().Edit(p, Values{"phones/A": nil}, "停机")
	p = d.merge(p, gone, err)
	if !slices.Equal(p.Elements("phones"), []Field{"phones/B"}) || len(p.Conflicts()) != 0 {
		t.Fatal(p.Elements("phones"), p.Conflicts())
	}
}

func TestAVisitOnceWrittenIsClosed(t *testing.T) {
	d := newDesk(t)
	p, a := d.person(), d.author()
	id, _ := a.NewRecord()
	op, err := a.Create(id, KindVisit, p.ID, Values{"date": "2026-11-22"})
	visit := d.merge(Record{}, op, err)
	again, err := a.Edit(visit, Values{"date": "2026-11-21"}, "改日期")
	if err != nil || Examine(visit, again, Actor{}) != ReasonClosed {
		t.Fatal(err, Examine(visit, again, Actor{}))
	}
	other, _ := a.NewRecord()
	by1, err1 := a.Edit(visit, Values{FieldSupersededBy: id}, "更正")
	by2, err2 := a.Edit(visit, Values{FieldSupersededBy: other}, "更正")
	visit = d.merge(visit, by1, err1)
	visit = d.merge(visit, by2, err2)
	if len(visit.Conflicts()) != 1 {
		t.Fatal("two corrections of one visit are a conflict", visit)
	}
}

func TestAnAliasInsteadOfAFileIsRefusedWithItsReason(t *testing.T) {
	d := newDesk(t)
	p, a := d.person(), d.author()
	good, _ := a.Edit(p, Values{"address": "1组"}, "")
	spoil := func(f func(*Op)) Reason {
		op := good
		op.Writes = slices.Clone(good.Writes)
		f(&op)
		return Examine(p, op, Actor{Worker: a.Worker, Role: RoleChildDirector})
	}
	for _, c := range []struct {
		name string
		want Reason
		f    func(*Op)
	}{
		{"as it is", "", func(*Op) {}},
		{"no id", ReasonMalformed, func(o *Op) { o.ID = OpID{} }},
		{"nothing written", ReasonMalformed, func(o *Op) { o.Writes = nil }},
		{"a register twice", ReasonMalformed, func(o *Op) { o.Writes = append(o.Writes, o.Writes[0]) }},
		{"a kind of the future", ReasonUnknownKind, func(o *Op) { o.Kind = "dream" }},
		{"a field of the future", ReasonUnknownField, func(o *Op) { o.Writes[0].Field = "dream" }},
		{"another worker", ReasonWorker, func(o *Op) { o.Worker = WorkerID{ID{9}} }},
		{"an owner where none belongs", ReasonOwner, func(o *Op) { o.Owner = o.Record }},
		{"not JSON", ReasonValue, func(o *Op) { o.Writes[0].Value = json.RawMessage("{") }},
		{"a number for a text", ReasonValue, func(o *Op) { o.Writes[0].Value = json.RawMessage("3") }},
		{"an escape sequence", ReasonValue, func(o *Op) { o.Writes[0].Value = json.RawMessage(`"\u001b[31m"`) }},
		{"10,000 characters", ReasonValue, func(o *Op) {
			o.Writes[0].Value = json.RawMessage(`"` + strings.Repeat("长", 10_000) + `"`)
		}},
		{"removed without a reason", ReasonValue, func(o *Op) { o.Writes[0].Value = json.RawMessage("null") }},
	} {
		if got := spoil(c.f); got != c.want {
			t.Errorf("%s: %q instead of %q", c.name, got, c.want)
		}
	}
}

func TestAnErasedRecordTakesNothingIn(t *testing.T) {
	d := newDesk(t)
	p := d.person()
	s := NewState()
	s.Erased[p.ID] = true
	op, _ := d.edit(p, Values{"address": "1组"})
	if out := s.Apply(op, Actor{}); out.Verdict != Quarantined || out.Reason != ReasonErased {
		t.Fatal(out)
	}
}

func TestARoleSeesOnlyItsClass(t *testing.T) {
	d := newDesk(t)
	p := d.person()
	op, err := d.edit(p, Values{"guardian_name": "王㐂"})
	p = d.merge(p, op, err)
	if _, sees := p.As(RoleDistrictAdmin).Registers["guardian"]; sees {
		t.Error("the administrator of the server reads a guardian's name")
	}
	if _, sees := p.As(RoleChildDirector).Registers["guardian"]; !sees {
		t.Error("the child director cannot read the guardian's name")
	}
}
