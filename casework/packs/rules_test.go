package packs_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"doorstep/casework/form"
	"doorstep/casework/packs"
)

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
