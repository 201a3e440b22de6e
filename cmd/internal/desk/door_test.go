package desk_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/cmd/internal/desk"
	"doorstep/tui/book"
)

// behind gives one more person of some age behind 林小溪's door.
func behind(t *testing.T, d *desk.Desk, w *town, name string, born string, duty casework.Duty) casework.RecordID {
	t.Helper()
	lin, err := d.Record(t.Context(), w.invented.Scene.Lin)
	if err != nil {
		t.Fatal(err)
	}
	birth, err := casework.ParseDate(born)
	if err != nil {
		t.Fatal(err)
	}
	id, err := d.Add(t.Context(), book.NewPerson{
		Name: name, Sex: "1", Birth: birth, Area: casework.PersonOf(lin).Area(), Group: "3组", Duties: []casework.Duty{duty}, Reason: "搬来同住",
	})
	if err != nil {
		t.Fatal(err)
	}
	r, err := d.Record(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Edit(t.Context(), r, casework.Values{"household": w.invented.Scene.Household}, "同户"); err != nil {
		t.Fatal(err)
	}
	return id
}

// kept are all answers of a visit's record, as JSON, by question.
func kept(t *testing.T, d *desk.Desk, id casework.RecordID) (casework.Visit, map[string]json.RawMessage) {
	t.Helper()
	r, err := d.Record(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	v := casework.VisitOf(r)
	return v, v.Answers
}

func TestOneDoorIsOneVisitAndTwoRecords(t *testing.T) {
	w := newTown(t)
	d := w.zhang(filepath.Join(t.TempDir(), "laptop"))
	defer closing(t, d)
	brother := behind(t, d, w, "㐂宝", "2015-03-02", casework.DutyChild)

	first := begin(t, d, w.invented.Scene.Lin)
	offered := false
	for _, m := range first.Mates {
		offered = offered || m.Person == w.invented.Scene.Wang || m.Person == brother
	}
	if !offered {
		t.Error("the others behind the door are not offered")
	}
	answer(t, d, first, map[string]string{
		"c0_3": "door", "c0_4": "met", "c0_5": "child grandparent", "c2_4": "wiring coal_gas", "c5_3": "thoughts", "c6_1": "new", "c6_2": "disclosed", "c6_3": "MR1",
		"c7_6": "晚上不敢睡",
	})
	shared := first.Form.Door()
	if shared["house_danger"].Value == "" {
		t.Fatal("the questionnaire shares nothing about the house any more:", shared)
	}
	done, err := d.Finish(t.Context(), first)
	if err != nil {
		t.Fatal(err)
	}

	// The brother's form knows what was seen of the house, and says that it does.
	second := begin(t, d, brother)
	see := func(s *book.Session, name string) form.View {
		path, _ := s.Form.Path(name)
		v, ok := s.Form.View(path)
		if !ok {
			t.Fatal(name)
		}
		return v
	}
	if v := see(second, "c2_4"); v.Value != shared["house_danger"].Value || !v.Door {
		t.Errorf("%q, marked %v", v.Value, v.Door)
	}
	for _, name := range []string{"c5_3", "c6_1", "c6_2", "c6_3", "c7_6", "c8_1", "c8_3_guardian"} {
		if v := see(second, name); v.Value != "" || v.Unknown != "" {
			t.Errorf("%s went over: %q", name, v.Value)
		}
	}
	c, err := second.Form.Set(see(second, "c2_4").Path, "water")
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Answered(t.Context(), second.Draft, c); err != nil {
		t.Fatal(err)
	}
	if see(second, "c2_4").Door {
		t.Error("what she changed is still called the other's answer")
	}
	answer(t, d, second, map[string]string{"c0_3": "door", "c0_4": "met", "c0_5": "child"})
	other, err := d.Finish(t.Context(), second)
	if err != nil {
		t.Fatal(err)
	}

	a, mine := kept(t, d, done.Visit)
	b, his := kept(t, d, other.Visit)
	if a.Person == b.Person || string(mine["c2_4"]) != `"wiring coal_gas"` || string(his["c2_4"]) != `"water"` {
		t.Errorf("%s %s", mine["c2_4"], his["c2_4"])
	}
	if a.Grade == 0 || b.Grade == 0 || len(done.Orders) == 0 || len(other.Orders) != 0 {
		t.Error("each has a score, a grade and orders of their own:", a.Grade, b.Grade, done.Orders, other.Orders)
	}
}

func TestAVisitLeftOpenLearnsWhatWasAnsweredBehindItsDoorMeanwhile(t *testing.T) {
	w := newTown(t)
	d := w.zhang(filepath.Join(t.TempDir(), "laptop"))
	defer closing(t, d)
	brother := behind(t, d, w, "㐂宝", "2015-03-02", casework.DutyChild)
	waits := begin(t, d, brother)
	set := func(s *book.Session, name, value string) {
		t.Helper()
		c, err := s.Form.Set(s.Form.Definition().Find(name).Path, value)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Answered(t.Context(), s.Draft, c); err != nil {
			t.Fatal(err)
		}
	}
	set(waits, "c0_3", "door")
	set(waits, "c0_4", "met")
	lin := begin(t, d, w.invented.Scene.Lin)
	for name, value := range map[string]string{"c0_3": "door", "c0_4": "met", "c2_4": "wiring", "c6_2": "suspected"} {
		set(lin, name, value)
	}
	for range 2 { // once more changes nothing
		back := resume(t, d, waits)
		v, _ := back.Form.View(back.Form.Definition().Find("c2_4").Path)
		if v.Value != "wiring" || !v.Door || len(back.Form.Journal()) != 4 {
			t.Errorf("%q %v, %d changes", v.Value, v.Door, len(back.Form.Journal()))
		}
		if v, _ := back.Form.View(back.Form.Definition().Find("c6_2").Path); v.Value != "" {
			t.Error("an answer about harm went over")
		}
	}
}

func TestWhatAChildSaidNeverReachesAnEldersRecord(t *testing.T) {
	w := newTown(t)
	d := w.zhang(filepath.Join(t.TempDir(), "laptop"))
	defer closing(t, d)
	child := begin(t, d, w.invented.Scene.Lin)
	secrets := map[string]string{"c5_3": "thoughts", "c6_1": "new", "c6_2": "disclosed", "c6_3": "MR1", "c7_6": "晚上不敢睡"}
	given := map[string]string{"c0_3": "door", "c0_4": "met", "c0_5": "child grandparent"}
	for name, value := range secrets {
		given[name] = value
	}
	answer(t, d, child, given)
	if _, err := d.Finish(t.Context(), child); err != nil {
		t.Fatal(err)
	}

	elder := begin(t, d, w.invented.Scene.Wang)
	for _, c := range elder.Form.Journal() {
		body, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		for name, value := range secrets {
			if strings.Contains(string(body), `"`+name+`"`) || len(value) > 8 && strings.Contains(string(body), value) {
				t.Errorf("the elder's draft holds %s of the child: %s", name, body)
			}
		}
	}
	answer(t, d, elder, map[string]string{"e0_2": "door", "e0_3": "met"})
	done, err := d.Finish(t.Context(), elder)
	if err != nil {
		t.Fatal(err)
	}
	v, answers := kept(t, d, done.Visit)
	if v.Person != w.invented.Scene.Wang || len(answers) < 10 {
		t.Fatal(v.Person, len(answers))
	}
	for name := range secrets {
		if _, ok := answers[name]; ok {
			t.Errorf("the elder's record holds %s", name)
		}
	}
	whole, err := d.Record(t.Context(), done.Visit)
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(whole)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"disclosed", "晚上不敢睡", "MR1", "HT-M", "HT-S"} {
		if strings.Contains(string(body), word) {
			t.Errorf("the elder's record says %s", word)
		}
	}
}

// A child and her grandmother behind one door: what is true of the house and of the visit is
// entered once, by whatever question the other's questionnaire asks it.
func TestAChildAndHerGrandmotherBehindOneDoor(t *testing.T) {
	w := newTown(t)
	d := w.zhang(filepath.Join(t.TempDir(), "laptop"))
	defer closing(t, d)
	child := begin(t, d, w.invented.Scene.Lin)
	answer(t, d, child, map[string]string{
		"c0_3": "door", "c0_4": "met", "c0_5": "child grandparent worker2", "c2_4": "house wiring exit pesticide", "c6_2": "disclosed",
	})
	hers, err := d.Finish(t.Context(), child)
	if err != nil {
		t.Fatal(err)
	}
	elder := begin(t, d, w.invented.Scene.Wang)
	see := func(name string) form.View {
		t.Helper()
		v, ok := elder.Form.View(elder.Form.Definition().Find(name).Path)
		if !ok {
			t.Fatal(name)
		}
		return v
	}
	// No second way out is not a blocked way out, and nobody reaches for pesticide here.
	if mode, danger := see("e0_2"), see("e5_1"); mode.Value != "door" || !mode.Door || danger.Value != "house wiring" || !danger.Door {
		t.Errorf("%q %v, %q %v", mode.Value, mode.Door, danger.Value, danger.Door)
	}
	if v := see("e0_6"); v.Value != "child worker2" || !v.Door {
		t.Errorf("who was there: %q", v.Value)
	}
	if v := see("e6_4"); v.Value != "" || v.Unknown != "" {
		t.Error("an answer about harm went over")
	}
	c, err := elder.Form.Set(see("e5_1").Path, "house wiring clutter")
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Answered(t.Context(), elder.Draft, c); err != nil {
		t.Fatal(err)
	}
	if see("e5_1").Door {
		t.Error("what she changed is still called the other's answer")
	}
	answer(t, d, elder, map[string]string{"e0_2": "door", "e0_3": "met"})
	done, err := d.Finish(t.Context(), elder)
	if err != nil {
		t.Fatal(err)
	}
	a, girl := kept(t, d, hers.Visit)
	b, old := kept(t, d, done.Visit)
	if string(girl["c0_5"]) != `"child grandparent worker2"` || string(old["e0_6"]) != `"child worker2"` {
		t.Errorf("%s %s", girl["c0_5"], old["e0_6"])
	}
	if a.Person == b.Person || string(girl["c2_4"]) != `"house wiring exit pesticide"` || string(old["e5_1"]) != `"house wiring clutter"` {
		t.Errorf("%s %s", girl["c2_4"], old["e5_1"])
	}
}
