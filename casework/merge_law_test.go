package casework

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// village is several laptops and one district that all write one register of one person.
type village struct {
	t       *rapid.T
	random  *rand.ChaCha8
	server  Record
	applied map[OpID]Op
	order   []Op
	kept    []Op // quarantined for now, released later
	laptops []*laptop
	now     time.Time
}

type laptop struct {
	base    Record
	pending []Op
	author  Author
}

const register Field = "address"

func newVillage(t *rapid.T, laptops int) *village {
	v := &village{
		t: t, random: rand.NewChaCha8([32]byte{byte(rapid.IntRange(0, 255).Draw(t, "seed"))}),
		applied: map[OpID]Op{}, now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC),
	}
	id, _ := NewID(v.random)
	v.server = Record{ID: RecordID{id}, Kind: KindPerson}
	for range laptops {
		w, _ := NewID(v.random)
		v.laptops = append(v.laptops, &laptop{base: v.server, author: Author{
			Worker: WorkerID{w}, Rand: v.random, Now: func() time.Time { v.now = v.now.Add(time.Minute); return v.now },
		}})
	}
	return v
}

func (l *laptop) view() Record {
	out := l.base
	for _, op := range l.pending {
		if !out.Mentions(op.ID) {
			out, _ = Merge(out, op)
		}
	}
	return out
}

func (v *village) act() {
	l := v.laptops[rapid.IntRange(0, len(v.laptops)-1).Draw(v.t, "laptop")]
	switch rapid.IntRange(0, 9).Draw(v.t, "what") {
	case 0, 1, 2, 3: // she writes, having seen her own screen
		v.write(l)
	case 4, 5, 6: // her work reaches the district, a part of it perhaps kept aside
		for _, op := range l.pending {
			if rapid.IntRange(0, 4).Draw(v.t, "aside") == 0 {
				v.kept = append(v.kept, op)
			} else {
				v.deliver(op)
			}
		}
		l.pending = nil
		l.base = v.server
	case 7, 8: // news arrive while her own work waits
		l.base = v.server
	case 9:
		v.release(rapid.IntRange(0, max(0, len(v.kept)-1)).Draw(v.t, "which"))
	}
}

func (v *village) write(l *laptop) {
	seen := l.view()
	reg := seen.Registers[register]
	value := fmt.Sprint(rapid.IntRange(0, 4).Draw(v.t, "value"))
	var op Op
	var err error
	switch {
	case reg.Conflicted() && rapid.Bool().Draw(v.t, "settle"):
		op, err = l.author.Settle(seen, register, value)
	case reg.Conflicted() && rapid.Bool().Draw(v.t, "grow"):
		alts := reg.Shown()
		base := alts[rapid.IntRange(0, len(alts)-1).Draw(v.t, "branch")]
		op, err = l.author.blank(seen)
		op.Writes = []Write{{Field: register, Value: json.RawMessage(`"` + value + `"`), Base: base}}
	default:
		op, err = l.author.Edit(seen, Values{register: value}, "")
	}
	if err != nil {
		v.t.Fatal(err)
	}
	if len(op.Writes) > 0 {
		l.pending = append(l.pending, op)
	}
}

func (v *village) deliver(op Op) {
	if _, twice := v.applied[op.ID]; twice {
		v.t.Fatal("delivered twice")
	}
	v.server, _ = Merge(v.server, op)
	v.applied[op.ID] = op
	v.order = append(v.order, op)
	v.nothingUnseenIsGone()
}

func (v *village) release(i int) {
	if i < len(v.kept) {
		op := v.kept[i]
		v.kept = slices.Delete(v.kept, i, i+1)
		v.deliver(op)
	}
}

// sees is every operation whose value an operation's author had before her, or that
// stood behind one of those: what may rightly be gone after her write.
func (v *village) sees(op OpID, into map[OpID]bool) {
	o, ok := v.applied[op]
	if !ok || len(o.Writes) == 0 {
		return
	}
	for _, id := range append([]OpID{o.Writes[0].Base}, o.Writes[0].Closes...) {
		if !id.IsZero() && !into[id] {
			into[id] = true
			v.sees(id, into)
		}
	}
}

func (v *village) nothingUnseenIsGone() {
	reg := v.server.Registers[register]
	gone := map[OpID]bool{}
	for id := range v.applied {
		v.sees(id, gone)
	}
	var goneValues []json.RawMessage
	for id := range gone {
		if o, ok := v.applied[id]; ok {
			goneValues = append(goneValues, o.Writes[0].Value)
		}
	}
	for id, o := range v.applied {
		value := o.Writes[0].Value
		if reg.saw(id) || reg.isAlt(id) || gone[id] || Same(value, reg.Value) {
			continue
		}
		if slices.ContainsFunc(goneValues, func(g json.RawMessage) bool { return Same(g, value) }) {
			continue // somebody saw the same words and replaced them
		}
		v.t.Fatalf("the value of %v disappeared, and nobody had seen it", id)
	}
}

func TestNoValueDisappearsThatItsOverwriterHadNotSeen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := newVillage(t, rapid.IntRange(1, 4).Draw(t, "laptops"))
		for range rapid.IntRange(5, 60).Draw(t, "steps") {
			v.act()
		}
		for len(v.kept) > 0 {
			v.release(0)
		}
	})
}

func TestTheSameOperationsInTheSameOrderGiveTheSameState(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := newVillage(t, 3)
		for range 40 {
			v.act()
		}
		replay := Record{ID: v.server.ID, Kind: KindPerson}
		for _, op := range v.order {
			replay, _ = Merge(replay, op)
		}
		if len(v.order) > 0 && !replay.Equal(v.server) {
			t.Fatalf("replay differs\n%+v\n%+v", replay, v.server)
		}
	})
}

func TestTwiceIsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := newVillage(t, 3)
		for range 40 {
			v.act()
		}
		s := NewState()
		for _, op := range v.order {
			first := s.Apply(op, Actor{})
			for _, again := range v.order[:rapid.IntRange(0, len(v.order)).Draw(t, "again")] {
				if _, known := s.Receipts[again.ID]; known {
					s.Apply(again, Actor{})
				}
			}
			if second := s.Apply(op, Actor{}); second.Verdict != first.Verdict || second.Reason != first.Reason {
				t.Fatalf("another receipt the second time: %v, %v", first, second)
			}
		}
		if len(v.order) > 0 && !s.Records[v.server.ID].Equal(v.server) {
			t.Fatal("operations heard twice changed the record")
		}
	})
}

func TestMergeLeavesTheRecordItWasGivenAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := newVillage(t, 3)
		before, copies := []Record{}, []string{}
		for range 30 {
			v.act()
			j, _ := json.Marshal(v.server)
			before, copies = append(before, v.server), append(copies, string(j))
		}
		for i, r := range before {
			if j, _ := json.Marshal(r); string(j) != copies[i] {
				t.Fatalf("state %d was changed later", i)
			}
		}
	})
}

// A chain of edits, each made in sight of the one before, ends in its last value
// whatever the order in which quarantine lets them through.
func TestALateAncestorIsHistory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		random := rand.NewChaCha8([32]byte{})
		id, _ := NewID(random)
		author := Author{Rand: random, Now: func() time.Time { return time.Unix(0, 0) }}
		seen := Record{ID: RecordID{id}, Kind: KindPerson}
		var ops []Op
		for i := range rapid.IntRange(1, 7).Draw(t, "length") {
			op, err := author.Edit(seen, Values{register: fmt.Sprint(i)}, "")
			if err != nil {
				t.Fatal(err)
			}
			seen, _ = Merge(seen, op)
			ops = append(ops, op)
		}
		got := Record{ID: seen.ID, Kind: KindPerson}
		for _, op := range rapid.Permutation(ops).Draw(t, "order") {
			got, _ = Merge(got, op)
		}
		if c := got.Conflicts(); len(c) > 0 || !Same(got.Value(register), seen.Value(register)) {
			t.Fatalf("conflicts %v, value %s instead of %s", c, got.Value(register), seen.Value(register))
		}
		if p := got.Registers[register].Past; len(p) > 0 {
			t.Fatalf("ancestors still awaited: %v", p)
		}
	})
}

func TestAFollowerAcceptedFirstNeverConflictsWithItsAncestor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := newVillage(t, 3)
		for range 50 {
			v.act()
			for _, op := range v.kept {
				var followers []OpID
				for _, o := range v.order {
					if o.Writes[0].Base == op.ID {
						followers = append(followers, o.ID)
					}
				}
				if len(followers) == 0 {
					continue
				}
				after, _ := Merge(v.server, op)
				if after.Registers[register].isAlt(op.ID) {
					t.Fatalf("%v came after its follower %v and stands against it", op.ID, followers)
				}
			}
		}
	})
}
