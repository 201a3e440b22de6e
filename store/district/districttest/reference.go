package districttest

import (
	"fmt"
	"testing"

	"doorstep/casework"
	"doorstep/casework/ledger"

	"pgregory.net/rapid"
)

// reference sends random batches of random edits and compares every record and receipt
// with casework.State, and every laptop with a plain question to the register.
func reference(t *testing.T, open Open) {
	f := found(t, open)
	n := 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		Play(f, r, fmt.Sprint(n))
	})
	f.verified()
}

// world is one run of the property on a register that other runs have used before.
type world struct {
	*field
	state   *casework.State
	laptops []*laptop
	actors  []casework.Actor
	people  []casework.RecordID
	seen    map[casework.RecordID][]casework.Record // states somebody may have looked at
}

// Play runs one random story against the register.
func Play(f *field, r *rapid.T, name string) {
	w := &world{field: f, state: casework.NewState(), seen: map[casework.RecordID][]casework.Record{}}
	for i, area := range []casework.Area{bamboo, pine, town} {
		role := []casework.Role{director, director, casework.RoleChildSupervisor}[i]
		l := f.enrol(fmt.Sprintf("%s-%d", name, i), role, area)
		head, err := f.s.Head(f.Context())
		f.must(err)
		l.cursors[ledger.CursorKey(area, casework.DutyChild)] = head // earlier stories are not this one's
		w.laptops = append(w.laptops, l)
		w.actors = append(w.actors, casework.Actor{Worker: l.author.Worker, Role: role, Scopes: []casework.Scope{{Area: area, Duties: role.Duties()}}})
	}
	for range rapid.IntRange(3, 12).Draw(r, "steps") {
		i := rapid.IntRange(0, 2).Draw(r, "laptop")
		l := w.laptops[i]
		for range rapid.IntRange(0, 4).Draw(r, "edits") {
			w.edit(r, l)
		}
		w.upload(r, i)
		if rapid.Bool().Draw(r, "pulls") {
			l.pull(rapid.IntRange(1, 5).Draw(r, "page"))
		}
	}
	for i := range w.laptops {
		w.laptops[i].pull(2)
		w.compare(i)
	}
}

func (w *world) edit(r *rapid.T, l *laptop) {
	if len(w.people) == 0 || rapid.IntRange(0, 4).Draw(r, "new") == 0 {
		area := rapid.SampledFrom([]casework.Area{bamboo, pine}).Draw(r, "area")
		w.people = append(w.people, l.person("林小溪", area))
		return
	}
	id := rapid.SampledFrom(w.people).Draw(r, "person")
	if rapid.IntRange(0, 3).Draw(r, "visit") == 0 {
		l.visit(id, "2026-11-21")
		return
	}
	seen := casework.Record{ID: id, Kind: casework.KindPerson}
	if states := w.seen[id]; len(states) > 0 {
		seen = rapid.SampledFrom(states).Draw(r, "seen") // perhaps an old state
	}
	if c := seen.Conflicts(); len(c) > 0 && rapid.Bool().Draw(r, "settle") {
		l.save(l.author.Settle(seen, c[0], seen.Value(c[0])))
		return
	}
	v := casework.Values{"address": rapid.SampledFrom([]string{"一号", "二号", "三号"}).Draw(r, "address")}
	if rapid.IntRange(0, 2).Draw(r, "moves") == 0 {
		v[casework.FieldArea] = rapid.SampledFrom([]casework.Area{bamboo, pine, faraway}).Draw(r, "to")
	}
	op, err := l.author.Edit(seen, v, "")
	if len(op.Writes) > 0 {
		l.save(op, err)
	}
}

// upload sends what waits, perhaps twice, and holds the receipts against the reference.
// Scope is not the reference's question: what was refused for it does not count there.
func (w *world) upload(r *rapid.T, i int) {
	l := w.laptops[i]
	up := l.upload()
	t := l.send()
	if rapid.Bool().Draw(r, "again") {
		again := l.take(up)
		for k := range t.Receipts {
			if !sameReceipt(t.Receipts[k], again.Receipts[k]) {
				w.Fatal("a receipt changed")
			}
		}
	}
	for k, b := range up.Ops {
		op, err := ledger.Decode(b)
		w.must(err)
		got := t.Receipts[k].Out
		if got.Verdict == casework.Quarantined && (got.Reason == casework.ReasonScope || got.Reason == casework.ReasonOwner) {
			continue
		}
		want := w.state.Apply(op, w.actors[i])
		if got.Verdict != want.Verdict || got.Reason != want.Reason || fmt.Sprint(got.Conflicts) != fmt.Sprint(want.Conflicts) {
			w.Fatalf("operation %d: the register says %+v, the reference %+v", k, got, want)
		}
		rec := w.state.Records[op.Record]
		w.seen[op.Record] = append(w.seen[op.Record], rec)
	}
	for id, want := range w.state.Records {
		got, _, err := w.s.Record(w.Context(), id)
		w.must(err)
		if !got.Equal(want) {
			w.Fatal("a record is not what the reference makes of the same operations")
		}
	}
}

// compare holds a laptop against everything in its scope.
func (w *world) compare(i int) {
	l, actor := w.laptops[i], w.actors[i]
	want := 0
	for id, rec := range w.state.Records {
		root := rec
		if !rec.Owner.IsZero() {
			root = w.state.Records[rec.Owner]
		}
		held, here := l.holds[id]
		if actor.Holds(root.Areas(), root.Duties()) != here {
			w.Fatalf("laptop %d: in scope %v, on the laptop %v", i, !here, here)
		}
		if here {
			want++
			if !held.Equal(rec.As(actor.Role)) {
				w.Fatal("a laptop holds another state than the register")
			}
		}
	}
	if len(l.holds) != want {
		w.Fatalf("laptop %d holds %d records, want %d", i, len(l.holds), want)
	}
}

// Alike feeds two registers the same operations and wants the same records and the same
// numbers from both.
func Alike(t *testing.T, one, two Open) {
	a, b := found(t, one), found(t, two)
	for _, f := range []*field{a, b} {
		zhang := f.enrol("张桂芬", director, bamboo)
		zhou := f.enrol("周敏", director, pine)
		child := zhang.person("买买提·吐尔逊", bamboo)
		zhang.visit(child, "2026-11-20")
		zhou.visit(child, "2026-11-20")
		zhang.accepted()
		zhou.send()
		f.moveTo(child, pine)
		zhou.edit(child, casework.Values{"address": "东山路1号"})
		zhou.accepted()
		f.moveTo(child, bamboo)
		f.verified()
	}
	for _, kind := range casework.Kinds() {
		var left, right []casework.Record
		a.must(a.s.Each(a.Context(), kind, func(r casework.Record) error { left = append(left, r); return nil }))
		b.must(b.s.Each(b.Context(), kind, func(r casework.Record) error { right = append(right, r); return nil }))
		if len(left) != len(right) {
			t.Fatalf("%d and %d records of kind %s", len(left), len(right), kind)
		}
		for i := range left {
			if !left[i].Equal(right[i]) {
				t.Fatalf("record %d of kind %s differs", i, kind)
			}
		}
	}
	ca, err := a.s.Counts(a.Context())
	a.must(err)
	cb, err := b.s.Counts(b.Context())
	b.must(err)
	if fmt.Sprint(ca) != fmt.Sprint(cb) {
		t.Fatalf("%+v and %+v", ca, cb)
	}
}
