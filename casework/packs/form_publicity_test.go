package packs_test

import (
	"strings"
	"testing"

	"doorstep/casework/packs"
)

const goodList = "q_date=2026-11-22 q_channel=board q_scheme=dibao q_kind=new q_there=yes q_posted=2026-11-18 q_complete=yes q_phone=yes q_over=none"

func TestFindingsOfThePublicityCheck(t *testing.T) {
	for answers, want := range map[string]string{ // the calculation that finds something
		"":                                    "",
		"q_complete=no":                       "f_incomplete",
		"q_phone=no":                          "f_incomplete",
		"q_over=id":                           "f_over",
		"q_over=telephone":                    "f_over",
		"q_over=account":                      "f_over",
		"q_over=illness":                      "f_over",
		"q_over=address":                      "f_over",
		"q_over=children":                     "f_over",
		"q_over=other":                        "f_over",
		"q_scheme=child":                      "f_child",
		"q_there=no":                          "f_not_posted",
		"q_posted=2026-11-15":                 "", // the seventh day
		"q_posted=2026-11-12":                 "", // the last day of the grace
		"q_posted=2026-11-11":                 "f_overdue",
		"q_posted=2026-01-01 q_kind=standing": "",
		"q_there=no q_down=2026-11-21 q_posted=2026-11-15":                 "f_short", // six days
		"q_there=no q_down=2026-11-22 q_posted=2026-11-15":                 "",        // seven
		"q_there=no q_down=2026-11-16 q_posted=2026-11-15 q_kind=standing": "",
	} {
		in := fill(t, packs.PublicityCheck, nil, strings.Fields(goodList)...)
		reply(t, in, strings.Fields(answers)...)
		n := "0"
		for _, f := range []string{"f_child", "f_not_posted", "f_short", "f_overdue", "f_incomplete", "f_over"} {
			is := "0"
			if f == want {
				is, n = "1", "1"
			}
			expect(t, in, answers, f, is)
		}
		compliant := map[string]string{"0": "1", "1": "0"}[n]
		expect(t, in, answers, "findings", n, "compliant", compliant)
		if asks(in, "q_fix_by") != (n == "1") || asks(in, "q3_ok") != (n == "0") {
			t.Errorf("%s: the screen says otherwise", answers)
		}
	}
}

func TestAnOpenCheckIsNotCompliant(t *testing.T) {
	expect(t, fill(t, packs.PublicityCheck, nil), "nothing yet", "findings", "", "compliant", "")
	for _, open := range []string{"q_complete", "q_phone", "q_over", "q_there"} {
		in := fill(t, packs.PublicityCheck, nil, strings.Fields(goodList)...)
		reply(t, in, open+"=")
		expect(t, in, "without "+open, "compliant", "")
	}
}

// Domain §15.9: children's categories are never posted; what lies open is covered the same day.
func TestWhatLiesOpenIsCoveredTheSameDay(t *testing.T) {
	for _, answers := range []string{"q_over=id", "q_scheme=child"} {
		in := fill(t, packs.PublicityCheck, nil, strings.Fields(goodList)...)
		reply(t, in, answers)
		for day, bad := range map[string]bool{"2026-11-21": true, "2026-11-22": false, "2026-11-23": true} {
			reply(t, in, "q_fix_by="+day)
			if wrong(in, "q_fix_by") != bad {
				t.Errorf("%s by %s: refused %v", answers, day, !bad)
			}
		}
		reply(t, in, "q_covered=yes", "q_fix_by=2026-11-29")
		if wrong(in, "q_fix_by") {
			t.Errorf("%s: covered, and still today", answers)
		}
		reply(t, in, "q_fix_by=2026-11-30")
		if !wrong(in, "q_fix_by") {
			t.Errorf("%s: later than the district's seven days", answers)
		}
	}
	in := fill(t, packs.PublicityCheck, nil, strings.Fields(goodList)...)
	reply(t, in, "q_scheme=child")
	if !asks(in, "q2_child") || asks(in, "q_kind") {
		t.Error("a children's list is treated as one that may be posted")
	}
}
