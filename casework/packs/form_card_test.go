package packs_test

import (
	"strings"
	"testing"

	"doorstep/casework/packs"
)

func TestWhoHoldsTheCard(t *testing.T) {
	for holder, needs := range map[string]string{
		"self": "0", "guardian": "0", "spouse": "0", "child": "0", "relative": "0", "committee": "1", "carer": "1", "institution": "1", "other": "1",
	} {
		in := fill(t, packs.CardSurvey, nil, "k_seen=yes", "k_holder="+holder)
		expect(t, in, holder, "needs_agreement", needs)
		if asks(in, "k_agreement") != (needs == "1") || asks(in, "k_holder_name") != (holder != "self") {
			t.Errorf("%s: asked for an agreement or a name as if another held it", holder)
		}
	}
}

// Domain §15.8: a village committee may keep a card with a signed and filed agreement;
// everything else is put right within a term.
func TestProblemsOfTheCardSurvey(t *testing.T) {
	for answers, want := range map[string]string{
		"k_holder=self":                                            "NONE",
		"k_holder=self k_seen=no":                                  "NOT_SEEN",
		"k_holder=committee":                                       "",
		"k_holder=committee k_agreement=no":                        "NO_AGREEMENT",
		"k_holder=committee k_agreement=yes":                       "",
		"k_holder=committee k_agreement=yes k_filed=no":            "NOT_FILED",
		"k_holder=committee k_agreement=yes k_filed=yes":           "NONE",
		"k_holder=carer k_agreement=no k_by=holder k_given=no":     "NO_AGREEMENT",
		"k_holder=child k_by=holder k_given=no":                    "NOT_GIVEN",
		"k_holder=child k_by=holder k_given=yes":                   "NONE",
		"k_holder=child k_by=self":                                 "NONE",
		"k_holder=child k_by=holder k_given=_not_asked k_seen=yes": "NONE",
	} {
		in := fill(t, packs.CardSurvey, nil, "k_seen=yes")
		reply(t, in, strings.Fields(answers)...)
		expect(t, in, answers, "problem", want)
		if bad := want != "" && want != "NONE"; asks(in, "k_correct_by") != bad {
			t.Errorf("%s: asked when it is put right: %v", answers, !bad)
		}
	}
}

func TestACardIsPutRightWithinThirtyDays(t *testing.T) {
	in := fill(t, packs.CardSurvey, nil, "k_holder=committee", "k_agreement=no")
	for day, bad := range map[string]bool{"2026-11-21": true, "2026-11-22": false, "2026-12-22": false, "2026-12-23": true} {
		reply(t, in, "k_correct_by="+day)
		if wrong(in, "k_correct_by") != bad {
			t.Errorf("by %s: refused %v", day, !bad)
		}
	}
	in = fill(t, packs.CardSurvey, facts("p_correct_days", "7"), "k_holder=committee", "k_agreement=no", "k_correct_by=2026-11-30")
	if !wrong(in, "k_correct_by") {
		t.Error("the district's seven days are not seven")
	}
}

// The whole number of a card never enters this form, and misuse is restricted.
func TestTheCardSurveyKeepsSecrets(t *testing.T) {
	in := fill(t, packs.CardSurvey, facts("p_payee", "买买提·吐尔逊", "p_scheme", "dibao"))
	expect(t, in, "from the file", "k_payee", "买买提·吐尔逊", "k_scheme", "dibao")
	for digits, bad := range map[string]bool{"1234": false, "123": true, "6222021234561234": true, "12a4": true} {
		reply(t, in, "k_last4="+digits)
		if wrong(in, "k_last4") != bad {
			t.Errorf("%d digits: refused %v", len(digits), !bad)
		}
	}
	for name, want := range map[string]int{"k_misuse": 2, "k_misuse_what": 2, "k_bank": 2, "k_last4": 2, "problem": 1, "k_holder": 1} {
		if v, _ := in.View(in.Definition().Find(name).Path); int(v.Class) != want {
			t.Errorf("%s is of class %d, want %d", name, v.Class, want)
		}
	}
}
