package packs_test

import (
	"strings"
	"testing"

	"doorstep/casework/form"
	"doorstep/casework/packs"
)

func child9(more ...string) map[string]string {
	return facts(append([]string{"p_age", "9", "p_sex", "2", "p_prev_exists", "1", "p_grade", "3", "p_month", "11"}, more...)...)
}

func TestAChildAloneIsRed(t *testing.T) {
	in := visit(t, packs.ChildVisit, 3, child9(), "c0_3=door", "c0_4=met", "c0_5=child", "c1_1=alone")
	if codes(in) != "HT-A" || in.Grade(3).Grade != 1 || in.Scores().Total != 25 || value(t, in, "grade_computed") != "1" {
		t.Errorf("%q grade %d, %d points", codes(in), in.Grade(3).Grade, in.Scores().Total)
	}
	if asks(in, "c1_4") || asks(in, "c1_5") || asks(in, "c1_6") {
		t.Error("a child who lives alone is asked about the carer")
	}
	if !asks(in, "c6_3") {
		t.Error("living alone opens the mandatory report")
	}
	in = visit(t, packs.ChildVisit, 3, child9("p_age", "16"), "c0_3=door", "c0_4=met", "c0_5=child", "c1_1=alone")
	if codes(in) != "" || in.Scores().Total != 10 {
		t.Errorf("at 16: %q, %d points", codes(in), in.Scores().Total)
	}
}

func TestSkipsOfTheChildVisit(t *testing.T) {
	in := visit(t, packs.ChildVisit, 3, child9(), "c0_3=phone", "c0_4=met")
	for name, want := range map[string]bool{
		"c0_1": false, "c2_4": false, "c2_5": false, "c2_7": false, "c2_8": false, "c3_5": false, "c3_6": false, "c4_1": true, "c4_4": true,
		"c5_3": true, "c6_1": false, "c6_2": true, "c6_5": false, "c7_3": true,
	} {
		if asks(in, name) != want {
			t.Errorf("on the telephone %s is asked: %v", name, asks(in, name))
		}
	}
	in = visit(t, packs.ChildVisit, 3, child9(), "c0_3=door", "c0_4=guardian_only", "c0_5=grandparent")
	for name, want := range map[string]bool{"c1_1": true, "c2_4": true, "c3_5": false, "c4_4": false, "c5_1": false, "c5_3": false, "c6_1": false, "c6_2": true, "c6_6": true, "c7_6": false} {
		if asks(in, name) != want {
			t.Errorf("with the grandmother alone %s is asked: %v", name, asks(in, name))
		}
	}
	in = visit(t, packs.ChildVisit, 3, child9(), "c0_3=door", "c0_4=dead")
	if names := shown(in); len(names) != 2 {
		t.Errorf("after a death still asked: %v", names)
	}
	in = visit(t, packs.ChildVisit, 3, child9(), "c0_3=door", "c0_4=met", "c0_5=child", "c1_1=grandparents", "c1_2=prison", "c1_3=lost_contact")
	if !asks(in, "c1_7") || !asks(in, "c1_8") || in.Scores().Total != 6 {
		t.Errorf("both parents away: %d points", in.Scores().Total)
	}
	set(t, in, "c1_3", "unknown")
	if asks(in, "c1_7") || in.Scores().Total != 3 || len(in.Scores().Unknowns) == 0 {
		t.Error("a mother nobody knows of is unknown, not away")
	}
}

func TestConstraintsOfTheChildVisit(t *testing.T) {
	wrong := func(in *form.Instance, name string) bool {
		for _, h := range in.Hindrances() {
			if h.Path == in.Definition().Find(name).Path && h.Code == form.CodeConstraint {
				return true
			}
		}
		return false
	}
	in := visit(t, packs.ChildVisit, 3, child9("p_grade", "1"), "c0_3=phone")
	if !wrong(in, "c0_3") {
		t.Error("grade 1 needs the door")
	}
	in = visit(t, packs.ChildVisit, 1, child9("p_grade", "1"), "c0_3=phone", "c0_4=met", "g_well=no")
	if wrong(in, "c0_3") {
		t.Error("a greeting by telephone that finds something wrong cannot be finished")
	}
	in = visit(t, packs.ChildVisit, 3, child9("p_interval_days", "31"), "c0_3=door", "c0_4=met", "c0_5=father", "c2_4=none wiring", "c4_1=dropout")
	if !wrong(in, "c0_5") || !wrong(in, "c2_4") || wrong(in, "c4_1") {
		t.Error("the child was met and must be ticked; none excludes the rest; nine may have dropped out")
	}
	set(t, in, "c0_5", "child")
	set(t, in, "c4_1", "primary")
	set(t, in, "c4_2", "32")
	set(t, in, "c8_2", "2027-11-01")
	if wrong(in, "c0_5") || !wrong(in, "c4_2") || !wrong(in, "c8_2") {
		t.Error("a month has 31 days, and the next visit is within the interval")
	}
	set(t, in, "c8_1", "1")
	set(t, in, "c8_2", "2026-11-30")
	if !wrong(in, "c8_2") {
		t.Error("a child who becomes grade 1 is seen within a week, whatever was planned")
	}
	set(t, in, "c8_2", "2026-11-29")
	if wrong(in, "c8_2") {
		t.Error("in a week is soon enough")
	}
}

func TestUnknownIsNotNo(t *testing.T) {
	in := visit(t, packs.ChildVisit, 3, child9(), "c0_3=door", "c0_4=met", "c0_5=child", "c6_1="+form.UnknownNotSeen, "c6_2="+form.UnknownNotAsked)
	if codes(in) != "" || asks(in, "c6_3") {
		t.Error("an unknown opens the report")
	}
	seen := map[string]bool{}
	for _, u := range in.Scores().Unknowns {
		seen[u.Path] = true
	}
	if !seen[in.Definition().Find("c6_1").Path] {
		t.Error("an injury nobody could see counts as zero")
	}
	for _, h := range in.Hindrances() {
		if strings.HasSuffix(h.Path, "/c6_1") || strings.HasSuffix(h.Path, "/c6_2") {
			t.Error("an unknown still blocks the end")
		}
	}
}

func TestCapsOfTheChildVisit(t *testing.T) {
	in := visit(t, packs.ChildVisit, 3, child9(), "c0_3=door", "c0_4=met", "c0_5=child", "c1_1=grandparents",
		"c2_4=house wiring coal_gas water pesticide", "c1_6=drugs violence alcohol gambling")
	if got := in.Scores().Total; got != 9+20 {
		t.Errorf("nine for the house and twenty for the carer, got %d", got)
	}
	if value(t, in, "total_score") != "29" || value(t, in, "grade_by_score") != "2" {
		t.Errorf("the workbook's own sum is %s, grade %s", value(t, in, "total_score"), value(t, in, "grade_by_score"))
	}
}

func TestFloorsOfTheChildVisit(t *testing.T) {
	in := visit(t, packs.ChildVisit, 3, child9("p_categories", "migrant community_orphan"), "c0_3=door", "c0_4=met", "c0_5=child", "c1_1=relatives")
	if in.Grade(3).Grade != 3 || value(t, in, "grade_computed") != "3" {
		t.Error("a community orphan is at least grade 3")
	}
	in = visit(t, packs.ChildVisit, 3, child9("p_categories", "left_behind"), "c0_3=door", "c0_4=met", "c0_5=child", "c1_1=grandparents", "c1_5=weak")
	if in.Grade(4).Grade != 3 {
		t.Error("left behind with a weak carer is at least grade 3")
	}
	in = visit(t, packs.ChildVisit, 3, child9("p_grade", "1"), "c0_3=door", "c0_4=met", "c0_5=child", "c1_1=both_parents")
	if value(t, in, "grade_computed") != "1" {
		t.Error("a grade falls while the questions of weight are open")
	}
	for _, a := range []string{"c1_5=good", "c1_6=none", "c5_1=normal", "c5_3=no", "c6_1=no", "c6_2=no", "c6_6=no"} {
		name, v, _ := strings.Cut(a, "=")
		set(t, in, name, v)
	}
	if in.Grade(1).Grade != 2 || value(t, in, "grade_computed") != "2" {
		t.Error("a grade falls one step per visit")
	}
	set(t, in, "c6_2", form.UnknownNotAsked)
	if value(t, in, "grade_computed") != "1" {
		t.Error("a grade falls although nobody could ask about harm")
	}
	in = visit(t, packs.ChildVisit, 3, child9("p_grade", "2"), "c0_3=door", "c0_4=guardian_only", "c0_5=grandparent", "c1_1=grandparents")
	if value(t, in, "grade_computed") != "2" {
		t.Error("a visit that did not see the child lowers the grade")
	}
	in = visit(t, packs.ChildVisit, 2, child9("p_grade", "2"), "c0_3=door", "c0_4=met", "c0_5=child", "c1_1=father", "c5_1=normal", "c5_3=no", "c6_1=no", "c6_2=no", "c6_6=no")
	if value(t, in, "grade_computed") != "2" {
		t.Error("a routine visit, which asks a third, lowers the grade")
	}
}

func TestEveryNeedHasAnActionOrAReason(t *testing.T) {
	in := visit(t, packs.ChildVisit, 2, child9(), "c0_3=door", "c0_4=met", "c0_5=child", "c7_4=medical housing")
	v, ok := in.View(in.Definition().Find("c7_5").Path)
	if !ok || len(v.Instances) != 2 {
		t.Fatalf("%d rows for two needs", len(v.Instances))
	}
	if got := v.Instances[1].Views[0].Label; !strings.HasPrefix(got, "住房") {
		t.Errorf("the second row asks about %q", got)
	}
}

func BenchmarkAnAnswerInTheChildVisit(b *testing.B) {
	in := visit(b, packs.ChildVisit, 3, child9(), "c0_3=door", "c0_4=met", "c0_5=child")
	path := in.Definition().Find("c1_1").Path
	for i := range b.N {
		if _, err := in.Set(path, []string{"father", "alone"}[i%2]); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpenTheChildVisit(b *testing.B) {
	p := packs.Default()
	for range b.N {
		d, err := p.Form(packs.ChildVisit)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := form.Start(d, form.StartOptions{}, noon); err != nil {
			b.Fatal(err)
		}
	}
}
