package packs_test

import (
	"testing"

	"doorstep/casework/packs"
)

func elder83(more ...string) map[string]string {
	return facts(append([]string{
		"p_age", "83", "p_sex", "2", "p_prev_exists", "1", "p_grade", "2", "p_month", "11", "p_lives_alone", "1", "p_tekun", "0",
		"p_ability_valid", "0", "p_has_supporter", "1", "p_has_agreement", "0", "p_bedbound", "0",
	}, more...)...)
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
