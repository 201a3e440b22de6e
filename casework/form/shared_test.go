package form

import (
	"strings"
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

// riskForm asks about dangers of the house, as another questionnaire would.
func riskForm(t *testing.T, id, key string, codes ...string) *Definition {
	t.Helper()
	l := &List{Name: "risk"}
	for _, c := range codes {
		name, words, _ := strings.Cut(c, "=")
		l.Choices = append(l.Choices, &Choice{Name: name, Label: Text{"zh": words}})
	}
	d, err := Load((&Definition{
		FormID: id, Version: "1", DefaultLanguage: "zh", Root: "data", Lists: []*List{l},
		Items: []*Item{
			{Kind: Question, Type: TypeSelectMultiple, Name: id + "_risk", Path: "/data/" + id + "_risk", List: "risk", Shared: true, SharedAs: key},
			{Kind: Question, Type: TypeText, Name: id + "_rooms", Path: "/data/" + id + "_rooms", Shared: true, SharedAs: "rooms"},
		},
	}).Encode())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestFormsShareUnderAKeyWhatMeansTheSame(t *testing.T) {
	child := riskForm(t, "c", "danger", "none=没有", "house=危房", "exit=没有第二个出口", "well=井")
	elder := riskForm(t, "e", "danger", "none=没有", "house=危房", "exit=出口堵着", "gas=煤气味")
	small := riskForm(t, "s", "danger", "none=没有", "house=危房")
	other := riskForm(t, "o", "", "none=没有", "house=危房")
	for _, c := range []struct {
		from  *Definition
		value string
		to    *Definition
		want  string
	}{
		{child, "house well", elder, "house"},      // those that exist
		{child, "house exit", elder, "house"},      // one code, two meanings
		{child, "well", elder, ""},                 // nothing left
		{child, "none", elder, ""},                 // nobody asked about gas
		{child, "none", small, "none"},             // all it asks was asked
		{child, "house exit", child, "house exit"}, // her brother
		{child, "house", other, ""},                // no key in common
	} {
		in, err := Start(c.from, StartOptions{}, noon())
		if err != nil {
			t.Fatal(err)
		}
		set(t, in, "/data/"+c.from.FormID+"_risk", c.value, "/data/"+c.from.FormID+"_rooms", "三间")
		for _, door := range []Door{in.Door(), DoorOf(c.from, map[string]string{c.from.FormID + "_risk": c.value, c.from.FormID + "_rooms": "三间"})} {
			got := door.For(c.to)
			if got[c.to.FormID+"_risk"] != c.want || got[c.to.FormID+"_rooms"] != "三间" {
				t.Errorf("%s of %s for %s: %v", c.value, c.from.FormID, c.to.FormID, got)
			}
		}
	}
	if !ChoicesInCommon(child, child.Items[0], elder, elder.Items[0]) || ChoicesInCommon(child, child.Items[1], elder, elder.Items[0]) {
		t.Error("whether two questions have a choice in common is told wrong")
	}
}

func TestAnAnswerOfAnotherTypeIsNotTaken(t *testing.T) {
	one := riskForm(t, "c", "danger", "house=危房")
	two, err := Load((&Definition{
		FormID: "e", Version: "1", Root: "data",
		Items: []*Item{{Kind: Question, Type: TypeText, Name: "danger", Path: "/data/danger", Shared: true}},
	}).Encode())
	if err != nil {
		t.Fatal(err)
	}
	in, err := Start(one, StartOptions{}, noon())
	if err != nil {
		t.Fatal(err)
	}
	set(t, in, "/data/c_risk", "house")
	if got := in.Door().For(two); len(got) != 0 {
		t.Error(got)
	}
}
