package form

import (
	"encoding/json"
	"testing"

	"doorstep/casework"
	"pgregory.net/rapid"
)

// Whatever was done, taking it back step by step shows the visit as it was before each step,
// and the disk, cut off anywhere, knows the same visit.
func TestTakingBackIsExact(t *testing.T) {
	def := doorForm(t)
	rapid.Check(t, func(rt *rapid.T) {
		in := start(t, nil)
		portraits := []string{portrait(in)}
		steps := 0
		wander(rt, in, func() {
			if n := in.Undoable(); n > steps {
				steps, portraits = n, append(portraits, portrait(in))
			}
		})
		if in.Undoable() != len(portraits)-1 {
			rt.Fatalf("%d steps for %d changes", in.Undoable(), len(portraits)-1)
		}
		for range rapid.IntRange(0, in.Undoable()).Draw(rt, "back") {
			if _, err := in.Undo(); err != nil {
				rt.Fatal(err)
			}
			steps--
			if got, want := portrait(in), portraits[steps]; got != want {
				rt.Fatalf("after taking back:\n%s\nwas:\n%s", got, want)
			}
			var changes []Change
			raw, err := json.Marshal(in.Journal())
			if err != nil || json.Unmarshal(raw, &changes) != nil {
				rt.Fatal(err)
			}
			again, err := Resume(def, changes, noon())
			if err != nil {
				rt.Fatal(err)
			}
			if got := portrait(again); got != portraits[steps] {
				rt.Fatalf("resumed after taking back:\n%s\nwas:\n%s", got, portraits[steps])
			}
			if again.Undoable() != 0 {
				rt.Fatal("what was answered before the battery died can be taken back")
			}
		}
	})
}

func TestTakingBackOneByOne(t *testing.T) {
	in := start(t, nil)
	set(t, in, "/data/s0/mode", "door", "/data/s1/lives", "parents", "/data/s1/lives", "alone", "/data/s1/lives", "alone")
	if _, err := in.Add("/data/s1/benefit"); err != nil {
		t.Fatal(err)
	}
	set(t, in, "/data/s1/benefit[1]/b_name", "低保", "/data/s0/present", "child")
	if _, err := in.SetUnknown("/data/s5/mood", UnknownNotAsked); err != nil {
		t.Fatal(err)
	}
	set(t, in, "/data/s5/mood", "low")
	back := func(path string) {
		t.Helper()
		c, err := in.Undo()
		if err != nil || c.Act != ActUndo || c.Path != path {
			t.Fatalf("took back %q (%v), want %q", c.Path, err, path)
		}
	}
	back("/data/s5/mood")
	if v, _ := in.View("/data/s5/mood"); v.Unknown != UnknownNotAsked || v.Value != "" {
		t.Errorf("the mark did not come back: %+v", v)
	}
	back("/data/s5/mood")
	back("/data/s0/present")
	back("/data/s1/benefit[1]/b_name")
	back("/data/s1/benefit")
	if v, _ := in.View("/data/s1/benefit"); len(v.Instances)+len(v.InstanceBin) != 0 {
		t.Error("the row that was added is still there")
	}
	back("/data/s1/lives") // the same answer given twice is one step
	if value(in, "/data/s1/lives") != "parents" {
		t.Errorf("lives %q", value(in, "/data/s1/lives"))
	}
	set(t, in, "/data/s1/lives", "unsure") // goes on from there
	back("/data/s1/lives")
	back("/data/s1/lives")
	back("/data/s0/mode")
	if _, err := in.Undo(); casework.CodeOf(err) != "form.nothing_to_undo" {
		t.Errorf("nothing is left, and: %v", err)
	}
	if len(in.Journal()) < 18 {
		t.Error("the journal forgot")
	}
}

func TestADamagedTakingBackIsRefused(t *testing.T) {
	def, in := doorForm(t), start(t, nil)
	set(t, in, "/data/s0/mode", "door")
	for _, back := range []int{-1, 0, 2, 1 << 40} {
		changes := append(append([]Change{}, in.Journal()...), Change{Act: ActUndo, Back: back})
		if _, err := Resume(def, changes, noon()); casework.CodeOf(err) != "form.no_start" {
			t.Errorf("%d: %v", back, err)
		}
	}
}
