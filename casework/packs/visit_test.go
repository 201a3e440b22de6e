package packs_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"doorstep/casework/form"
	"doorstep/casework/packs"
)

func noon() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.FixedZone("", 8*3600)) }

func definition(t testing.TB, id string) *form.Definition {
	t.Helper()
	d, err := packs.Default().Form(id)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// visit starts a questionnaire and answers it: "c0_3=door".
func visit(t testing.TB, id string, depth int, facts map[string]string, answers ...string) *form.Instance {
	t.Helper()
	in, err := form.Start(definition(t, id), form.StartOptions{Depth: depth, Facts: facts}, noon)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range answers {
		name, value, _ := strings.Cut(a, "=")
		set(t, in, name, value)
	}
	return in
}

func set(t testing.TB, in *form.Instance, name, value string) {
	t.Helper()
	it := in.Definition().Find(name)
	if it == nil {
		t.Fatalf("no question %s", name)
	}
	if !in.Applies(it.Path) {
		t.Fatalf("%s is not asked", name)
	}
	var err error
	if strings.HasPrefix(value, "_") {
		_, err = in.SetUnknown(it.Path, value)
	} else {
		_, err = in.Set(it.Path, value)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range in.Faults() {
		t.Fatalf("%s %s: %v", f.Question, f.Column, f.Err)
	}
}

func value(t testing.TB, in *form.Instance, name string) string {
	t.Helper()
	v, ok := in.View(in.Definition().Find(name).Path)
	if !ok {
		t.Fatalf("no question %s", name)
	}
	return v.Value
}

// shown are the names of the questions on the screen, notes left out.
func shown(in *form.Instance) (names []string) {
	for _, s := range in.Sections() {
		for _, v := range in.Questions(s) {
			if v.Item.Type != form.TypeNote {
				names = append(names, v.Item.Name)
			}
		}
	}
	return names
}

func asks(in *form.Instance, name string) bool { return in.Applies(in.Definition().Find(name).Path) }

func codes(in *form.Instance) string {
	var out []string
	for _, tr := range in.Triggers() {
		out = append(out, tr.Code)
	}
	return strings.Join(out, " ")
}

func child9(more ...string) map[string]string {
	return facts(append([]string{"p_age", "9", "p_sex", "2", "p_prev_exists", "1", "p_grade", "3", "p_month", "11"}, more...)...)
}

func elder83(more ...string) map[string]string {
	return facts(append([]string{
		"p_age", "83", "p_sex", "2", "p_prev_exists", "1", "p_grade", "2", "p_month", "11", "p_lives_alone", "1", "p_tekun", "0",
		"p_ability_valid", "0", "p_has_supporter", "1", "p_has_agreement", "0", "p_bedbound", "0",
	}, more...)...)
}

func facts(pairs ...string) map[string]string {
	m := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return m
}

// Domain §11 and §12: every question is there.
func TestEveryQuestionOfTheSamplesIsAsked(t *testing.T) {
	for id, counts := range map[string]struct {
		letter string
		last   []int // highest number per section
	}{
		packs.ChildVisit: {"c", []int{6, 9, 8, 6, 5, 4, 6, 6, 3}},
		packs.ElderVisit: {"e", []int{5, 4, 6, 4, 5, 3, 4, 4, 3, 5}},
	} {
		d := definition(t, id)
		for section, last := range counts.last {
			for n := 1; n <= last; n++ {
				want := counts.letter + strconv.Itoa(section) + "_" + strconv.Itoa(n)
				found := false
				for it := range d.All() {
					found = found || it.Name == want || strings.HasPrefix(it.Name, want+"_")
				}
				if !found {
					t.Errorf("%s lacks %s", id, want)
				}
			}
		}
	}
}

func TestBothLanguagesEverywhere(t *testing.T) {
	han := regexp.MustCompile(`\p{Han}`)
	for _, id := range []string{packs.ChildVisit, packs.ElderVisit} {
		d := definition(t, id)
		for it := range d.All() {
			if it.Kind == form.Question && !it.Type.Shown() {
				continue
			}
			if !han.MatchString(it.Label["zh"]) || it.Label["en"] == "" {
				t.Errorf("%s %s: %v", id, it.Name, it.Label)
			}
			if n := len([]rune(it.Label["zh"])); n > 34 {
				t.Errorf("%s %s: %d characters are too long for one line", id, it.Name, n)
			}
		}
		for _, l := range d.Lists {
			for _, c := range l.Choices {
				if c.Label["zh"] == "" || c.Label["en"] == "" {
					t.Errorf("%s %s/%s: %v", id, l.Name, c.Name, c.Label)
				}
			}
		}
	}
}

// People §1.2, §1.3: what is judged is asked anew each time and may stay unknown.
func TestJudgementsAreFreshAndMayStayUnknown(t *testing.T) {
	judged := regexp.MustCompile(`^(c1_5|c1_6|c4_4|c5_\d|c6_\d|e6_\d)`)
	restricted := regexp.MustCompile(`^(c5_3|c6_\d|e6_3|e6_4)`)
	n := 0
	for _, id := range []string{packs.ChildVisit, packs.ElderVisit} {
		d := definition(t, id)
		for it := range d.All() {
			if it.Kind != form.Question || !it.Type.Shown() || it.Type == form.TypeNote {
				continue
			}
			if judged.MatchString(it.Name) {
				n++
				if !it.Fresh || !it.Unknown {
					t.Errorf("%s: fresh %v, unknown %v", it.Name, it.Fresh, it.Unknown)
				}
			}
			if restricted.MatchString(it.Name) && d.Sensitivity(it) != 2 {
				t.Errorf("%s is not restricted", it.Name)
			}
		}
	}
	if n != 19 {
		t.Errorf("%d judgements found", n)
	}
}

// People §1.7: trigger questions are in every depth.
func TestTriggersAreAskedInEveryDepth(t *testing.T) {
	n := 0
	for _, id := range []string{packs.ChildVisit, packs.ElderVisit} {
		d := definition(t, id)
		for it := range d.All() {
			fires := it.HardTrigger != ""
			if l := d.List(it.List); l != nil {
				for _, c := range l.Choices {
					fires = fires || c.HardTrigger != ""
				}
			}
			if !fires {
				continue
			}
			n++
			for up := it; up != nil; up = d.Parent(up) {
				if up.Depth > 1 {
					t.Errorf("%s fires and is not asked in a greeting", it.Name)
				}
			}
		}
	}
	if n != 17 {
		t.Errorf("%d questions fire", n)
	}
}

func TestAGreetingIsThreeKeys(t *testing.T) {
	for id, answers := range map[string][]string{
		packs.ChildVisit: {"c0_3=phone", "c0_4=met", "g_well=yes"},
		packs.ElderVisit: {"e0_2=phone", "e0_3=met", "g_well=yes"},
	} {
		f := child9()
		if id == packs.ElderVisit {
			f = elder83()
		}
		in := visit(t, id, 1, f)
		for _, a := range answers {
			if len(in.Hindrances()) == 0 {
				t.Errorf("%s is finished before %s", id, a)
			}
			name, v, _ := strings.Cut(a, "=")
			set(t, in, name, v)
		}
		if h := in.Hindrances(); len(h) != 0 {
			t.Errorf("%s: three keys are not enough: %v", id, h)
		}
		well := len(shown(in))
		set(t, in, "g_well", "no")
		if in.Depth() != 3 || len(shown(in)) < well+10 {
			t.Errorf("%s: not well opens depth %d, %d instead of %d questions", id, in.Depth(), len(shown(in)), well)
		}
	}
}

func TestDangerCanBeSaidInAGreeting(t *testing.T) {
	in := visit(t, packs.ChildVisit, 1, child9(), "c0_3=phone", "c0_4=met", "g_well=yes", "c6_2=suspected")
	if codes(in) != "HT-M" {
		t.Errorf("triggers %q", codes(in))
	}
	in = visit(t, packs.ElderVisit, 1, elder83(), "e0_2=phone", "e0_3=not_met", "e0_3_again=twice")
	if codes(in) != "HT-N" {
		t.Errorf("triggers %q", codes(in))
	}
}

// People §1.7: a routine visit shows at most twelve questions.
func TestARoutineVisitIsTwelveQuestions(t *testing.T) {
	for name, in := range map[string]*form.Instance{
		"girl of nine":  visit(t, packs.ChildVisit, 2, child9(), "c0_3=door", "c0_4=met", "c0_5=child grandparent", "c5_1=normal", "c6_1=no", "c6_2=no", "c7_4=none"),
		"boy of twelve": visit(t, packs.ChildVisit, 2, child9("p_age", "12"), "c0_3=door", "c0_4=met", "c0_5=child", "c5_1=normal", "c6_1=no", "c6_2=no", "c6_5=none", "c7_4=none"),
		"baby":          visit(t, packs.ChildVisit, 2, child9("p_age", "2"), "c0_3=door", "c0_4=met", "c0_5=child", "c7_4=none"),
		"elder alone":   visit(t, packs.ElderVisit, 2, elder83(), "e0_2=door", "e0_3=met", "e2_5=no", "e6_1=fine", "e9_1=none"),
		"in bed, with a carer": visit(t, packs.ElderVisit, 2, elder83("p_bedbound", "1", "p_has_agreement", "1", "p_tekun", "1"),
			"e0_2=door", "e0_3=met", "e2_5=no", "e6_1=fine", "e9_1=none"),
	} {
		if names := shown(in); len(names) > 12 || len(names) < 8 {
			t.Errorf("%s: %d questions: %v", name, len(names), names)
		}
	}
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
	in = visit(t, packs.ChildVisit, 3, child9(), "c0_3=door", "c0_4=met", "c0_5=father", "c2_4=none wiring", "c4_1=dropout")
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
		"c2_4=building wiring coal_gas water pesticide", "c1_6=drugs violence alcohol gambling")
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
	if in.Grade(1).Grade != 2 || value(t, in, "grade_computed") != "2" {
		t.Error("a grade falls one step per visit")
	}
	in = visit(t, packs.ChildVisit, 3, child9("p_grade", "2"), "c0_3=door", "c0_4=guardian_only", "c0_5=grandparent", "c1_1=grandparents")
	if value(t, in, "grade_computed") != "2" {
		t.Error("a visit that did not see the child lowers the grade")
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

// Domain §14.3: 0, 1, 3, 4, 6 things not done alone.
func TestTheSixThingsOfTekun(t *testing.T) {
	six := []string{"eat", "dress", "bed", "toilet", "walk", "bathe"}
	for fails, want := range map[int]struct {
		level  string
		points int
	}{0: {"SELF", 0}, 1: {"PARTIAL", 5}, 3: {"PARTIAL", 5}, 4: {"TOTAL", 10}, 6: {"TOTAL", 10}} {
		in := visit(t, packs.ElderVisit, 3, elder83("p_tekun", "1"), "e0_2=door", "e0_3=met")
		for i, s := range six {
			if got := value(t, in, "e3_1_level"); got != "" {
				t.Errorf("%d answers already give %s", i, got)
			}
			v := "yes"
			if i < fails {
				v = "no"
			}
			set(t, in, "e3_1_"+s, v)
		}
		if value(t, in, "e3_1_level") != want.level || in.Scores().Total != want.points {
			t.Errorf("%d: %s with %d points", fails, value(t, in, "e3_1_level"), in.Scores().Total)
		}
	}
	in := visit(t, packs.ElderVisit, 3, elder83("p_ability_valid", "1", "p_ability_level", "3"), "e0_2=door", "e0_3=met")
	if asks(in, "e3_1_eat") || in.Scores().Total != 8 {
		t.Errorf("a valid level replaces the six: %d points", in.Scores().Total)
	}
}

func TestTriggersOfTheElderVisit(t *testing.T) {
	for answer, want := range map[string]string{
		"e2_4_selfharm=1": "HT-S", "e2_5_sys=180": "HT-H", "e2_5_sys=179": "", "e2_5_dia=110": "HT-H", "e4_4=danger": "HT-C",
		"e5_1=gas_smell": "HT-G", "e6_4=suspected": "HT-M", "e6_4=fraud": "", "e6_3=act": "HT-S", "e6_3=thoughts": "", "e2_6=stage3": "HT-H", "e2_6=stage2": "",
	} {
		in := visit(t, packs.ElderVisit, 3, elder83("p_bedbound", "1"), "e0_2=door", "e0_3=met", "e2_5=yes", "e6_1=hopeless", answer)
		if codes(in) != want {
			t.Errorf("%s fires %q", answer, codes(in))
		}
		if want != "" && (in.Grade(0).Grade != 1 || value(t, in, "grade_raw") != "1") {
			t.Errorf("%s: any trigger is grade 1", answer)
		}
	}
}

func TestFloorsOfTheElderVisit(t *testing.T) {
	in := visit(t, packs.ElderVisit, 3, elder83(), "e0_2=door", "e0_3=met", "e1_1=alone")
	if in.Grade(0).Grade != 2 {
		t.Error("alone and 83 is at least grade 2")
	}
	in = visit(t, packs.ElderVisit, 3, elder83("p_ability_valid", "1", "p_ability_level", "4"), "e0_2=door", "e0_3=met", "e1_1=alone")
	if in.Grade(0).Grade != 1 {
		t.Error("alone and complete loss is grade 1")
	}
	in = visit(t, packs.ElderVisit, 3, elder83("p_age", "70", "p_lives_alone", "0", "p_ability_level", "0"), "e0_2=door", "e0_3=met", "e1_1=children", "e2_2=dementia")
	if in.Grade(0).Grade != 2 {
		t.Error("dementia is at least grade 2")
	}
}

// The workbook's own sum (for Kobo and Excel) and the engine's table agree, whatever is answered.
func TestTheWorkbookAddsUpAsTheEngineDoes(t *testing.T) {
	for _, id := range []string{packs.ChildVisit, packs.ElderVisit} {
		rapid.Check(t, func(r *rapid.T) {
			f := elder83("p_bedbound", "1", "p_has_agreement", "1", "p_tekun", "1")
			if id == packs.ChildVisit {
				f = child9("p_registered_scheme", "1", "p_benefit_to_account", "1")
			}
			f["p_age"] = strconv.Itoa(rapid.IntRange(1, 90).Draw(r, "age"))
			in := visit(t, id, 3, f)
			for it := range in.Definition().All() {
				if it.Kind != form.Question || !in.Applies(it.Path) || strings.Contains(it.Path, "_5/") || strings.Contains(it.Path, "e9_2/") {
					continue
				}
				switch l := in.Definition().List(it.List); {
				case it.Unknown && rapid.IntRange(0, 9).Draw(r, "unknown") == 0:
					set(t, in, it.Name, form.UnknownNotAsked)
				case it.Type == form.TypeSelectOne:
					set(t, in, it.Name, rapid.SampledFrom(l.Choices).Draw(r, it.Name).Name)
				case it.Type == form.TypeSelectMultiple:
					var names []string
					for _, c := range l.Choices {
						if c.Name != "none" && rapid.Bool().Draw(r, it.Name) {
							names = append(names, c.Name)
						}
					}
					set(t, in, it.Name, strings.Join(names, " "))
				case it.Type == form.TypeInteger:
					set(t, in, it.Name, strconv.Itoa(rapid.IntRange(0, 31).Draw(r, it.Name)))
				}
			}
			if got, want := value(t, in, "total_score"), strconv.Itoa(in.Scores().Total); got != want {
				r.Fatalf("%s: the workbook adds up %s, the engine %s: %+v", id, got, want, in.Scores())
			}
			if id == packs.ChildVisit {
				if got, want := value(t, in, "grade_raw"), strconv.Itoa(in.Grade(0).Grade); got != want {
					r.Fatalf("the workbook grades %s, the engine %s: %+v", got, want, in.Grade(0))
				}
			}
		})
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
