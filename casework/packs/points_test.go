package packs_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"doorstep/casework/form"
	"doorstep/casework/packs"
)

// weighed gives one answer and says what it is worth: the points it adds to what stood
// before, and the triggers it fires.
type weighed struct {
	before string // answers that lead to the question, with blanks between
	answer string
	points int
	fires  string
}

func itoa(n int) string { return strconv.Itoa(n) }

func weigh(t *testing.T, id string, facts map[string]string, open string, rows []weighed) {
	t.Helper()
	for _, r := range rows {
		in := visit(t, id, 3, facts, strings.Fields(open)...)
		for _, a := range strings.Fields(r.before) {
			name, v, _ := strings.Cut(a, "=")
			set(t, in, name, v)
		}
		was := in.Scores().Total
		name, v, _ := strings.Cut(r.answer, "=")
		set(t, in, name, strings.ReplaceAll(v, "+", " "))
		if got := in.Scores().Total - was; got != r.points || codes(in) != r.fires {
			t.Errorf("%s after %q: %d points, fires %q; want %d and %q", r.answer, r.before, got, codes(in), r.points, r.fires)
		}
		if r.fires != "" && in.Grade(0).Grade != 1 {
			t.Errorf("%s fires and is grade %d", r.answer, in.Grade(0).Grade)
		}
	}
}

// Domain §11, row by row: what each answer of a child visit is worth.
func TestPointsOfTheChildVisit(t *testing.T) {
	const met = "c0_3=door c0_4=met c0_5=child "
	weigh(t, packs.ChildVisit, child9("p_registered_scheme", "1", "p_benefit_to_account", "1"), met, []weighed{
		{"", "c1_1=alone", 25, "HT-A"},
		{"", "c1_1=both_parents", 0, ""},
		{"", "c1_2=prison", 3, ""},
		{"", "c1_2=detox", 3, ""},
		{"", "c1_2=lost_contact", 3, ""},
		{"", "c1_2=dead", 3, ""},
		{"", "c1_3=missing", 3, ""},
		{"c1_2=prison", "c1_3=dead", 3, ""},
		{"", "c1_2=working_away", 0, ""},
		{"", "c1_2=ill", 0, ""},
		{"", "c1_2=unknown", 0, ""},
		{"c1_1=grandparents", "c1_4=17", 8, ""},
		{"c1_1=grandparents", "c1_4=18", 0, ""},
		{"c1_1=grandparents", "c1_4=70", 0, ""},
		{"c1_1=grandparents", "c1_4=71", 3, ""},
		{"c1_1=grandparents", "c1_5=fair", 0, ""},
		{"c1_1=grandparents", "c1_5=weak", 8, ""},
		{"c1_1=grandparents", "c1_5=none", 15, ""},
		{"c1_1=grandparents", "c1_6=alcohol", 4, ""},
		{"c1_1=grandparents", "c1_6=drugs", 10, ""},
		{"c1_1=grandparents", "c1_6=violence+untreated", 14, ""},
		{"c1_1=grandparents", "c1_6=drugs+violence+refuses", 20, ""},
		{"c1_1=grandparents c1_2=working_away c1_3=working_away", "c1_7=no", 3, ""},
		{"c1_1=grandparents c1_2=working_away c1_3=working_away", "c1_7=not_needed", 0, ""},
		{"c1_1=mother c1_2=working_away c1_3=cares", "c1_8=none", 4, ""},
		{"c1_1=mother c1_2=working_away c1_3=cares", "c1_8=once", 0, ""},
		{"", "c1_9=often", 10, ""},
		{"", "c1_9=sometimes", 0, ""},
		{"", "c2_1=partly", 4, ""},
		{"", "c2_1=no", 10, ""},
		{"", "c2_2=partly", 2, ""},
		{"", "c2_2=no", 4, ""},
		{"", "c2_3=poor", 2, ""},
		{"", "c2_3=shares", 12, ""},
		{"", "c2_4=water", 3, ""},
		{"", "c2_4=water+fall+exit", 9, ""},
		{"", "c2_4=water+fall+exit+wiring", 9, ""},
		{"", "c2_6=none", 6, ""},
		{"", "c2_6=aid+pension", 0, ""},
		{"", "c2_7=no", 6, ""},
		{"", "c2_7=unknown", 0, ""},
		{"", "c2_8=committee", 2, ""},
		{"", "c2_8=other", 4, ""},
		{"", "c2_8=child", 0, ""},
		{"", "c3_1=chronic", 2, ""},
		{"", "c3_1=serious", 6, ""},
		{"", "c3_1=acute", 6, ""},
		{"c3_1=disabled", "c3_2_grade=2", 4, ""},
		{"c3_1=disabled", "c3_2_grade=3", 0, ""},
		{"", "c3_3=no", 2, ""},
		{"c3_1=chronic", "c3_4=yes", 6, ""},
		{"", "c3_5=yes", 12, ""},
		{"", "c3_5=unsure", 0, ""},
		{"", "c4_1=dropout", 12, ""},
		{"", "c4_1=not_in_school", 0, ""},
		{"c4_1=primary", "c4_2=5", 0, ""},
		{"c4_1=primary", "c4_2=6", 3, ""},
		{"c4_1=primary", "c4_2=10", 3, ""},
		{"c4_1=primary", "c4_2=11", 6, ""},
		{"", "c4_4=suspected", 4, ""},
		{"", "c4_4=bullied", 8, ""},
		{"", "c4_4=bullies", 4, ""},
		{"", "c4_5=over", 2, ""},
		{"", "c4_5=stranger", 6, ""},
		{"", "c4_5=sexual", 8, ""},
		{"", "c5_1=low", 3, ""},
		{"", "c5_1=tense", 3, ""},
		{"", "c5_1=very_low", 6, ""},
		{"", "c5_1=withdrawn", 6, ""},
		{"", "c5_1=aggressive", 6, ""},
		{"", "c5_2=yes", 3, ""},
		{"", "c5_3=thoughts", 15, ""},
		{"", "c5_3=act", 0, "HT-S"},
		{"", "c5_3=unwilling", 0, ""},
		{"", "c5_4=no", 3, ""},
		{"", "c6_1=old", 0, ""},
		{"", "c6_1=new", 10, ""},
		{"", "c6_1=poorly", 20, "HT-M"},
		{"", "c6_2=suspected", 0, "HT-M"},
		{"", "c6_2=disclosed", 0, "HT-M"},
		{"", "c6_6=returned", 8, ""},
		{"", "c6_6=missing", 0, "HT-M"},
		{"", "c7_3=worse", 3, ""},
		{"", "c7_3=better", 0, ""},
	})
	weigh(t, packs.ChildVisit, child9("p_age", "15"), met, []weighed{{"", "c1_1=alone", 25, "HT-A"}, {"", "c6_5=labour", 12, ""}, {"", "c6_5=marriage", 12, ""}, {"", "c6_5=labour+marriage", 24, ""}})
	weigh(t, packs.ChildVisit, child9("p_age", "16"), met, []weighed{{"", "c1_1=alone", 10, ""}, {"", "c4_1=dropout", 12, ""}})
	weigh(t, packs.ChildVisit, child9("p_age", "7"), met, []weighed{{"", "c1_9=sometimes", 15, ""}, {"", "c1_9=often", 15, ""}})
	weigh(t, packs.ChildVisit, child9("p_age", "8"), met, []weighed{{"", "c1_9=sometimes", 0, ""}, {"", "c1_9=often", 10, ""}})
	weigh(t, packs.ChildVisit, child9("p_age", "6"), met, []weighed{{"", "c3_6=no", 1, ""}, {"", "c3_6=unknown", 0, ""}})
	// Which report is due: every code of R-18 fires, and danger tonight fires on top.
	weigh(t, packs.ChildVisit, child9("p_age", "13"), met+"c6_2=suspected", []weighed{
		{"", "c6_3=MR5", 0, "HT-M HT-M"},
		{"c6_3=MR1", "c6_4=yes", 0, "HT-M HT-M HT-D"},
		{"c6_3=MR1", "c6_4=maybe", 0, "HT-M HT-M"},
		{"", "c6_5=pregnancy", 12, "HT-M HT-M"},
		{"", "c6_5=begging", 12, "HT-M HT-M"},
	})
}

// Who is old enough to be asked, domain §11: the day of the birthday counts.
func TestAgesOfTheChildVisit(t *testing.T) {
	for name, from := range map[string]int{"c0_6": 6, "c4_1": 3, "c4_4": 6, "c4_5": 6, "c5_1": 4, "c5_2": 6, "c5_3": 8, "c5_4": 6, "c6_5": 10} {
		for age, want := range map[int]bool{from - 1: false, from: true} {
			in := visit(t, packs.ChildVisit, 3, child9("p_age", itoa(age)), "c0_3=door", "c0_4=met", "c0_5=child")
			if asks(in, name) != want {
				t.Errorf("%s at %d: asked %v", name, age, !want)
			}
		}
	}
	for name, below := range map[string]int{"c1_9": 16, "c3_6": 7} {
		for age, want := range map[int]bool{below - 1: true, below: false} {
			in := visit(t, packs.ChildVisit, 3, child9("p_age", itoa(age)), "c0_3=door", "c0_4=met", "c0_5=child")
			if asks(in, name) != want {
				t.Errorf("%s at %d: asked %v", name, age, !want)
			}
		}
	}
}

// The bands of domain §11 and §12 at their edges.
func TestBandsAtTheirEdges(t *testing.T) {
	for id, edges := range map[string]map[int]int{
		packs.ChildVisit: {0: 4, 9: 4, 10: 3, 21: 3, 22: 2, 39: 2, 40: 1, 400: 1},
		packs.ElderVisit: {0: 3, 17: 3, 18: 2, 34: 2, 35: 1, 400: 1},
	} {
		for points, grade := range edges {
			if got := definition(t, id).Grading.Of(points); got != grade {
				t.Errorf("%s: %d points are grade %d, want %d", id, points, got, grade)
			}
		}
	}
}

// Domain §12, row by row: what each answer of an elder visit is worth.
func TestPointsOfTheElderVisit(t *testing.T) {
	facts := elder83("p_age", "70", "p_has_agreement", "1", "p_bedbound", "1", "p_lives_alone", "0")
	const met = "e0_2=door e0_3=met "
	weigh(t, packs.ElderVisit, facts, met, []weighed{
		{"", "e1_1=alone", 6, ""},
		{"", "e1_1=spouse", 3, ""},
		{"", "e1_1=disabled_child", 4, ""},
		{"", "e1_1=children", 0, ""},
		{"", "e1_2=none", 5, ""},
		{"", "e1_2=phone", 1, ""},
		{"", "e1_2=visit", 0, ""},
		{"", "e1_3=partly", 2, ""},
		{"", "e1_3=no", 5, ""},
		{"", "e1_4=no", 3, ""},
		{"", "e1_4=none", 6, ""},
		{"", "e2_1=worse", 4, ""},
		{"", "e2_1=new", 3, ""},
		{"", "e2_2=hypertension", 0, ""},
		{"", "e2_2=stroke+heart", 6, ""},
		{"", "e2_2=stroke+heart+mental", 9, ""},
		{"", "e2_2=stroke+heart+mental+dementia", 9, ""},
		{"e2_2=heart", "e2_3=sometimes", 2, ""},
		{"e2_2=heart", "e2_3=no", 4, ""},
		{"", "e2_4_fall=1", 4, ""},
		{"", "e2_4_fall=2", 8, ""},
		{"", "e2_4_fall=9", 8, ""},
		{"", "e2_4_choking=1", 3, ""},
		{"", "e2_4_lost=1", 8, ""},
		{"", "e2_4_other=3", 0, ""},
		{"", "e2_4_selfharm=0", 0, ""},
		{"", "e2_4_selfharm=1", 0, "HT-S"},
		{"e2_5=yes", "e2_5_sys=179", 0, ""},
		{"e2_5=yes", "e2_5_sys=180", 0, "HT-H"},
		{"e2_5=yes", "e2_5_dia=109", 0, ""},
		{"e2_5=yes", "e2_5_dia=110", 0, "HT-H"},
		{"", "e2_6=stage1", 6, ""},
		{"", "e2_6=stage2", 6, ""},
		{"", "e2_6=stage3", 12, "HT-H"},
		{"", "e2_6=stage4", 12, "HT-H"},
		{"", "e3_3=some", 4, ""},
		{"", "e3_3=none", 8, ""},
		{"", "e3_4=yes", 1, ""},
		{"", "e3_4=severe", 3, ""},
		{"", "e4_1=poor", 3, ""},
		{"", "e4_1=skipped", 6, ""},
		{"", "e4_2=none", 6, ""},
		{"", "e4_2=canteen", 0, ""},
		{"", "e4_3=poor", 2, ""},
		{"", "e4_3=very_poor", 5, ""},
		{"", "e4_4=poor", 5, ""},
		{"", "e4_4=danger", 0, "HT-C"},
		{"", "e4_5=arrears", 2, ""},
		{"", "e4_5=cut", 6, ""},
		{"", "e5_1=gas_smell", 6, "HT-G"},
		{"", "e5_1=coal", 6, ""},
		{"", "e5_1=wiring", 4, ""},
		{"", "e5_1=house", 8, ""},
		{"", "e5_1=handrail", 2, ""},
		{"", "e5_1=house+coal+wiring", 18, ""},
		{"", "e5_1=house+coal+wiring+exit", 20, ""},
		{"", "e5_2_smoke=broken", 2, ""},
		{"e5_2_smoke=broken", "e5_2_onekey=broken", 2, ""},
		{"", "e5_2_meter=none", 0, ""},
		{"", "e6_1=lonely", 2, ""},
		{"", "e6_1=low", 4, ""},
		{"", "e6_1=hopeless", 8, ""},
		{"", "e6_1=anxious", 0, ""},
		{"e6_1=anxious", "e6_2_low=yes", 3, ""},
		{"e6_1=anxious", "e6_2_interest=yes", 3, ""},
		{"e6_1=low", "e6_3=thoughts", 15, ""},
		{"e6_1=low", "e6_3=act", 0, "HT-S"},
		{"", "e6_4=suspected", 10, "HT-M"},
		{"", "e6_4=disclosed", 10, "HT-M"},
		{"", "e6_4=fraud", 5, ""},
		{"", "e7_1=no", 6, ""},
		{"", "e7_1=unknown", 0, ""},
		{"e7_2=committee", "e7_2_agreement=no", 5, ""},
		{"e7_2=carer", "e7_2_agreement=yes", 0, ""},
		{"", "e8_1=partly", 2, ""},
		{"", "e8_1=no", 6, ""},
		{"", "e8_2=1", 3, ""},
		{"", "e8_2=2", 3, ""},
		{"", "e8_2=3", 0, ""},
	})
	for level, points := range map[string]int{"0": 0, "1": 0, "2": 5, "3": 8, "4": 10} {
		if got := visit(t, packs.ElderVisit, 3, elder83("p_ability_valid", "1", "p_ability_level", level), "e0_2=door", "e0_3=met").Scores().Total; got != points {
			t.Errorf("ability level %s: %d points, want %d", level, got, points)
		}
	}
	in := visit(t, packs.ElderVisit, 3, elder83("p_lives_alone", "1"), "e0_2=door", "e0_3=not_met", "e0_3_again=once")
	if codes(in) != "" {
		t.Errorf("nobody opened once: fires %q", codes(in))
	}
	set(t, in, "e0_3_again", "twice")
	if codes(in) != "HT-N" || in.Grade(0).Grade != 1 {
		t.Errorf("nobody opened twice: fires %q, grade %d", codes(in), in.Grade(0).Grade)
	}
	if asks(visit(t, packs.ElderVisit, 3, elder83("p_lives_alone", "0"), "e0_2=door", "e0_3=not_met"), "e0_3_again") {
		t.Error("somebody who does not live alone is reported for a closed door")
	}
}

// When it is cold or hot, domain §12: November to March, June to September.
func TestSeasonsOfTheElderVisit(t *testing.T) {
	for month, want := range map[string]bool{"1": true, "3": true, "4": false, "5": false, "6": true, "9": true, "10": false, "11": true, "12": true} {
		if got := asks(visit(t, packs.ElderVisit, 3, elder83("p_month", month), "e0_2=door", "e0_3=met"), "e4_4"); got != want {
			t.Errorf("in month %s asked: %v", month, got)
		}
	}
}

// Floors of domain §12 at their edges: alone and 80, tekun, moderate loss, dementia.
func TestFloorsOfTheElderVisitAtTheirEdges(t *testing.T) {
	base := []string{"p_age", "79", "p_lives_alone", "0", "p_tekun", "0"}
	for _, k := range []struct {
		more  []string
		open  string
		grade int
	}{
		{nil, "e1_1=alone", 3},
		{[]string{"p_age", "80"}, "e1_1=alone", 2},
		{[]string{"p_age", "80"}, "e1_1=spouse", 3},
		{[]string{"p_tekun", "1"}, "e1_1=children", 2},
		{[]string{"p_ability_valid", "1", "p_ability_level", "1"}, "e1_1=children", 3},
		{[]string{"p_ability_valid", "1", "p_ability_level", "2"}, "e1_1=children", 2},
		{[]string{"p_ability_valid", "1", "p_ability_level", "4"}, "e1_1=children", 2},
		{[]string{"p_ability_valid", "1", "p_ability_level", "4"}, "e1_1=alone", 1},
		{nil, "e2_2=dementia", 2},
	} {
		in := visit(t, packs.ElderVisit, 3, elder83(append(slices.Clone(base), k.more...)...), append([]string{"e0_2=door", "e0_3=met"}, k.open)...)
		if in.Grade(0).Grade != k.grade || value(t, in, "grade_raw") != itoa(k.grade) {
			t.Errorf("%v %s: grade %d, the workbook %s, want %d", k.more, k.open, in.Grade(0).Grade, value(t, in, "grade_raw"), k.grade)
		}
	}
}

// Every code of danger the two questionnaires know is fired by some answer above, and the two
// together know all of them (domain §11, §12).
func TestEveryTriggerCanFire(t *testing.T) {
	all := map[string]bool{}
	for _, id := range []string{packs.ChildVisit, packs.ElderVisit} {
		d := definition(t, id)
		for it := range d.All() {
			all[it.HardTrigger] = true
		}
		for _, l := range d.Lists {
			for _, c := range l.Choices {
				all[c.HardTrigger] = true
			}
		}
	}
	delete(all, "")
	want := []string{"HT-A", "HT-C", "HT-D", "HT-G", "HT-H", "HT-M", "HT-N", "HT-S"}
	if got := slices.Sorted(maps.Keys(all)); !slices.Equal(got, want) {
		t.Errorf("the questionnaires know %v, want %v", got, want)
	}
	fired := map[string]bool{}
	for _, in := range []*form.Instance{
		visit(t, packs.ChildVisit, 3, child9("p_age", "12"), "c0_3=door", "c0_4=met", "c0_5=child", "c1_1=alone", "c5_3=act", "c6_1=poorly", "c6_2=disclosed", "c6_3=MR1", "c6_4=yes", "c6_5=pregnancy", "c6_6=missing"),
		visit(t, packs.ElderVisit, 3, elder83("p_bedbound", "1"), "e0_2=door", "e0_3=met", "e2_4_selfharm=1", "e2_5=yes", "e2_5_sys=200", "e2_6=stage4", "e4_4=danger", "e5_1=gas_smell", "e6_1=hopeless", "e6_3=act", "e6_4=disclosed"),
		visit(t, packs.ElderVisit, 3, elder83(), "e0_2=door", "e0_3=not_met", "e0_3_again=twice"),
	} {
		for _, tr := range in.Triggers() {
			fired[tr.Code] = true
		}
		if in.Grade(0).Grade != 1 {
			t.Error("danger is not grade 1")
		}
	}
	if got := slices.Sorted(maps.Keys(fired)); !slices.Equal(got, want) {
		t.Errorf("fired %v, want %v", got, want)
	}
}
