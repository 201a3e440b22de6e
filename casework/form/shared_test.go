package form

import (
	"testing"

	"doorstep/casework"
)

// doorOf marks further questions of the form of the door as asked once.
func doorOf(t testing.TB, names ...string) *Definition {
	return edition(t, func(d *Definition) {
		for _, name := range names {
			find(d.Items, name).Shared = true
		}
	})
}

func TestWhatIsSharedIsAskedOnceBehindADoor(t *testing.T) {
	first, err := Start(doorOf(t, "lives", "words", "mood", "siblings", "amount", "harm"), StartOptions{}, noon())
	if err != nil {
		t.Fatal(err)
	}
	set(t, first, "/data/s0/mode", "door", "/data/s0/well", "no", "/data/s0/present", "child", "/data/s1/lives", "parents",
		"/data/s1/siblings", "x", "/data/s5/mood", "low", "/data/s5/words", "难过")
	if _, err := first.Add("/data/s1/benefit"); err != nil {
		t.Fatal(err)
	}
	set(t, first, "/data/s1/benefit[1]/amount", "3")
	door := first.Door()
	for _, name := range []string{"mood", "words", "harm", "amount", "siblings", "well"} { // words is shown for mood: it inherits its class
		if a, ok := door[name]; ok {
			t.Errorf("%s left the visit: %v", name, a)
		}
	}
	if door["mode"].Value != "door" || door["lives"].Value != "parents" || len(door) != 2 {
		t.Errorf("%v", door)
	}
	if again := DoorOf(first.Definition(), map[string]string{
		"mode": "door", "lives": "parents", "mood": "low", "words": "难过", "benefit[1]/amount": "3", "amount": "3", "gone": "1", "well": "no",
	}); len(again) != 2 || again["lives"] != door["lives"] {
		t.Errorf("from its record: %v", again)
	}

	// Another form knows one of them, and another choice list.
	next := edition(t, func(d *Definition) {
		find(d.Items, "lives").Shared = true
		without(&d.Items, "mode")
		find(d.Items, "danger").Relevant = ""
		d.InstanceName = ""
	})
	second, err := Start(next, StartOptions{Shared: door.For(next)}, noon())
	if err != nil {
		t.Fatal(err)
	}
	v, _ := second.View("/data/s1/lives")
	if v.Value != "parents" || !v.Door {
		t.Errorf("%+v", v)
	}
	set(t, second, "/data/s1/lives", "alone")
	if v, _ := second.View("/data/s1/lives"); v.Value != "alone" || v.Door {
		t.Errorf("changed, and still %+v", v)
	}
	fewer := edition(t, func(d *Definition) {
		find(d.Items, "lives").Shared = true
		for _, l := range d.Lists {
			if l.Name == "lives" {
				l.Choices = l.Choices[1:]
			}
		}
	})
	if got := door.For(fewer); len(got) != 1 || got["mode"] != "door" {
		t.Errorf("a choice that does not exist: %v", got)
	}
}

// What one visit keeps as personal does not go where more people look.
func TestSharedAnswersDoNotLoseTheirClass(t *testing.T) {
	personal := edition(t, func(d *Definition) { find(d.Items, "mode").Sensitivity = 1 })
	in, err := Start(personal, StartOptions{}, noon())
	if err != nil {
		t.Fatal(err)
	}
	set(t, in, "/data/s0/mode", "door")
	if d := in.Door(); d["mode"].Class != casework.Personal || len(d.For(doorForm(t))) != 0 || len(d.For(personal)) != 1 {
		t.Errorf("%v", d)
	}
}

func TestTwoOpenVisitsBehindOneDoor(t *testing.T) {
	child, elder := start(t, nil), start(t, nil)
	set(t, child, "/data/s0/mode", "door")
	changes, err := elder.TakeDoor(child.Door())
	if err != nil || len(changes) != 1 || !changes[0].Door {
		t.Fatalf("%v %v", changes, err)
	}
	set(t, child, "/data/s0/mode", "phone")
	if changes, err = elder.TakeDoor(child.Door()); err != nil || len(changes) != 1 || value(elder, "/data/s0/mode") != "phone" {
		t.Errorf("a later answer did not come: %v %v", changes, err)
	}
	back, err := Resume(elder.Definition(), elder.Journal(), noon())
	if err != nil {
		t.Fatal(err)
	}
	if v, _ := back.View("/data/s0/mode"); !v.Door {
		t.Error("the draft forgot where the answer came from")
	}
	set(t, elder, "/data/s0/mode", "phone") // confirmed here
	set(t, child, "/data/s0/mode", "door")
	if changes, _ = elder.TakeDoor(child.Door()); len(changes) != 0 || value(elder, "/data/s0/mode") != "phone" {
		t.Error("an answer given here was overwritten")
	}
}
