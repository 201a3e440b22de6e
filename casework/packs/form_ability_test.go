package packs_test

import (
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/casework/rule"
)

// assessed is an official assessment of a total, with nothing that changes the level.
func assessed(t testing.TB, total int, facts map[string]string) *form.Instance {
	t.Helper()
	in := fill(t, packs.AbilityAssessment, facts, "a5_coma=no", "a4_disorder=no", "a4_events=0")
	if facts["p_screening"] != "1" {
		reply(t, in, "a_kind=official")
	}
	lost := 90 - total
	for _, it := range rule.AbilityItems {
		n := min(lost, it.Most)
		lost -= n
		reply(t, in, itemName(it)+"="+strconv.Itoa(it.Most-n))
	}
	return in
}

// itemName turns B.1.1 into b1_1.
func itemName(it rule.AbilityItem) string {
	return "b" + it.Code[2:3] + "_" + it.Code[4:]
}

// 26 items, 90 points, every step of every scale is a choice whose label says it.
func TestTheAbilityFormHasTheTwentySixItems(t *testing.T) {
	d := fieldForm(t, packs.AbilityAssessment)
	n := 0
	for it := range d.All() {
		if strings.HasPrefix(it.Name, "b") && it.Kind == form.Question {
			n++
			if it.Required == "" || !it.Unknown {
				t.Errorf("%s may be left blank without a word, or cannot be left open", it.Name)
			}
		}
	}
	if n != 26 || len(rule.AbilityItems) != 26 {
		t.Fatalf("%d items", n)
	}
	for _, it := range rule.AbilityItems {
		q := d.Find(itemName(it))
		if q == nil {
			t.Errorf("%s %s is not asked", it.Code, it.Zh)
			continue
		}
		l := d.List(q.List)
		if len(l.Choices) != it.Most+1 {
			t.Errorf("%s has %d steps, want %d", it.Code, len(l.Choices), it.Most+1)
		}
		for i, c := range l.Choices {
			want := strconv.Itoa(it.Most - i)
			if c.Name != want || !strings.HasPrefix(c.Label["zh"], want+" ") || !strings.HasPrefix(c.Label["en"], want+" ") {
				t.Errorf("%s step %d: %s %v", it.Code, i, c.Name, c.Label)
			}
		}
	}
}

// Domain §14.2.
func TestAbilityLevelsOfTheForm(t *testing.T) {
	cumulative := facts("p_level_change_cumulative", "1")
	for _, c := range []struct {
		total   int
		facts   map[string]string
		answers string
		want    string
	}{
		{90, nil, "", "0"},
		{89, nil, "", "1"},
		{66, nil, "", "1"},
		{65, nil, "", "2"},
		{46, nil, "", "2"},
		{45, nil, "", "3"},
		{30, nil, "", "3"},
		{29, nil, "", "4"},
		{0, nil, "", "4"},
		{70, nil, "a4_disorder=yes", "2"},
		{70, nil, "a4_events=2", "2"},
		{70, nil, "a4_events=1", "1"},
		{90, nil, "a4_events=2", "1"},
		{90, nil, "a4_disorder=yes", "1"},
		{29, nil, "a4_disorder=yes", "4"},
		{29, cumulative, "a4_disorder=yes a4_events=2", "4"},
		{45, cumulative, "a4_disorder=yes a4_events=2", "4"},
		{80, nil, "a5_coma=yes", "4"},
		{70, nil, "a4_disorder=yes a4_events=2", "2"},
		{70, cumulative, "a4_disorder=yes a4_events=2", "3"},
		{70, cumulative, "a4_events=2", "2"},
		{90, cumulative, "a4_disorder=yes a4_events=3", "2"},
		// The other reading of B.3.9, as configuration.
		{80, facts("p_coma_level", "3"), "a5_coma=yes", "3"},
		{20, facts("p_coma_level", "3"), "a5_coma=yes", "4"},
		{40, facts("p_coma_level", "3"), "a5_coma=yes a4_disorder=yes", "4"},
	} {
		in := assessed(t, c.total, c.facts)
		reply(t, in, strings.Fields(c.answers)...)
		expect(t, in, strconv.Itoa(c.total)+" "+c.answers, "total", strconv.Itoa(c.total), "level", c.want, "level_official", c.want, "level_screening", "", "scale_id", "gbt42195")
	}
}

// The form and the program's own rule never disagree.
func TestTheAbilityFormAgreesWithTheRule(t *testing.T) {
	in := assessed(t, 90, nil)
	both := assessed(t, 90, facts("p_level_change_cumulative", "1"))
	rapid.Check(t, func(r *rapid.T) {
		total := 0
		for _, it := range rule.AbilityItems {
			if !rapid.Bool().Draw(r, "ask "+it.Code) { // else what was answered before stands
				continue
			}
			n := strconv.Itoa(rapid.IntRange(0, it.Most).Draw(r, it.Code))
			reply(t, in, itemName(it)+"="+n)
			reply(t, both, itemName(it)+"="+n)
		}
		for _, it := range rule.AbilityItems {
			n, _ := strconv.Atoi(value(t, in, itemName(it)))
			total += n
		}
		c := rule.Circumstances{Coma: rapid.IntRange(0, 9).Draw(r, "coma") == 0, Dementia: rapid.Bool().Draw(r, "dementia"), Events: rapid.IntRange(0, 3).Draw(r, "events")}
		word := map[bool]string{true: "yes", false: "no"}
		for _, f := range []*form.Instance{in, both} {
			reply(t, f, "a5_coma="+word[c.Coma], "a4_disorder="+word[c.Dementia], "a4_events="+strconv.Itoa(c.Events))
			if got, want := value(t, f, "level"), strconv.Itoa(rule.AbilityLevel(total, c)); got != want {
				r.Fatalf("%d %+v: form %s, rule %s", total, c, got, want)
			}
			c.Cumulative = true
		}
	})
}

// nothing is imputed.
func TestABlankItemHasNoTotal(t *testing.T) {
	for _, it := range rule.AbilityItems {
		in := assessed(t, 90, nil)
		reply(t, in, itemName(it)+"="+form.UnknownNotSeen)
		expect(t, in, it.Code+" unknown", "total", "", "level", "", "level_official", "", "items_answered", "25")
		if !asks(in, "c1_no_total") || asks(in, "c1_total") || asks(in, "c1_level") {
			t.Errorf("%s: the screen does not say that there is no total", it.Code)
		}
	}
	in := assessed(t, 90, nil)
	reply(t, in, "b1_1="+form.UnknownNotSeen, "a5_coma=yes")
	expect(t, in, "coma decides whatever the score", "total", "", "level", "4")
}

// What could still change the level leaves it open; what cannot, does not.
func TestAnUnknownThatMattersLeavesTheLevelOpen(t *testing.T) {
	for _, c := range []struct{ total, answers, want string }{
		{"70", "a4_disorder=_not_asked", ""},
		{"70", "a4_disorder=_not_asked a4_events=2", "2"},
		{"70", "a4_events=_not_asked a4_disorder=yes", "2"},
		{"70", "a5_coma=_not_asked", ""},
		{"29", "a4_disorder=_not_asked", "4"},
		{"29", "a5_coma=_not_asked", "4"},
	} {
		total, _ := strconv.Atoi(c.total)
		in := assessed(t, total, nil)
		reply(t, in, strings.Fields(c.answers)...)
		expect(t, in, c.total+" "+c.answers, "level", c.want)
	}
	in := assessed(t, 70, facts("p_level_change_cumulative", "1"))
	reply(t, in, "a4_disorder=_not_asked", "a4_events=2")
	expect(t, in, "one of two that add up is open", "level", "")
}

// A screening is marked as such, and nothing official ever rests on it.
func TestAScreeningIsNoAssessment(t *testing.T) {
	for name, in := range map[string]*form.Instance{
		"opened as a screening": assessed(t, 50, facts("p_screening", "1")),
		"chosen on the form":    assessed(t, 50, nil),
	} {
		if name == "chosen on the form" {
			reply(t, in, "a_kind=screening")
		} else if asks(in, "a_kind") {
			t.Error("a screening asks whether it is one")
		}
		expect(t, in, name, "scale_id", "screening", "total", "50", "level_screening", "2", "level_official", "")
		if !asks(in, "a_screening") || !asks(in, "c1_refer") || asks(in, "c1_assessor1") || asks(in, "a2_living") {
			t.Errorf("%s: not marked, or asks for what only assessors fill in", name)
		}
	}
	in := fill(t, packs.AbilityAssessment, nil)
	expect(t, in, "nothing chosen yet", "scale_id", "", "level_official", "")
}

func TestTwoDifferentAssessorsSign(t *testing.T) {
	in := assessed(t, 70, nil)
	reply(t, in, "c1_assessor1=买买提·吐尔逊", "c1_assessor2=买买提·吐尔逊")
	if !wrong(in, "c1_assessor2") {
		t.Error("one person signs twice")
	}
	reply(t, in, "c1_assessor2=㐂田𠮷")
	if wrong(in, "c1_assessor2") {
		t.Error("two persons cannot sign")
	}
}

// People §1.4: the level must be readable by those who plan visits, the kinds of events
// not; so the level rests on the total of events and never on their kinds.
func TestTheLevelDoesNotRestOnSecrets(t *testing.T) {
	in := assessed(t, 70, nil)
	reply(t, in, "a4_events=2", "a4_selfharm=1", "a4_fall=0", "a4_diagnoses=dementia")
	if codes(in) != "HT-S" || !in.Triggers()[0].Quiet {
		t.Errorf("self-harm fires %q", codes(in))
	}
	if !asks(in, "a4_differs") {
		t.Error("one event of two is named, and nobody is told")
	}
	for name, want := range map[string]int{"level": 1, "total": 1, "level_official": 1, "a4_events": 1, "a4_selfharm": 2, "a4_sum": 2, "a4_differs": 2, "a4_diagnoses": 2} {
		v, _ := in.View(in.Definition().Find(name).Path)
		if int(v.Class) != want {
			t.Errorf("%s is of class %d, want %d", name, v.Class, want)
		}
	}
}
