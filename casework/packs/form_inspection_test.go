package packs_test

import (
	"strconv"
	"strings"
	"testing"

	"doorstep/casework/packs"
)

var heads = []string{"i_policy", "i_process", "i_targeting", "i_money", "i_file"}

// five heads; matched, mismatch or not reached.
func TestTheResultOfAnInspection(t *testing.T) {
	clean := "i_policy=none i_process=none i_targeting=none i_money=none i_file=none"
	for answers, want := range map[string][2]string{
		"":                           {"", "0"},
		"i_reached=yes":              {"", "0"},
		"i_reached=yes " + clean:     {"MATCHED", "0"},
		"i_reached=yes i_money=late": {"MISMATCH", "1"}, // one finding is enough, whatever is still open
		"i_reached=yes " + clean + " i_file=survey": {"MISMATCH", "1"},
		"i_reached=away":     {"NOT_REACHED", "0"},
		"i_reached=moved":    {"NOT_REACHED", "0"},
		"i_reached=hospital": {"NOT_REACHED", "0"},
		"i_reached=dead":     {"NOT_REACHED", "0"},
		"i_reached=refused":  {"NOT_REACHED", "0"},
	} {
		in := fill(t, packs.SampleInspection, nil, strings.Fields(answers)...)
		expect(t, in, answers, "result", want[0], "heads_with_findings", want[1])
		if asks(in, "i_owner") != (want[0] == "MISMATCH") || asks(in, "i_replaced") != (want[0] == "NOT_REACHED") {
			t.Errorf("%s: asks for what belongs to another result", answers)
		}
	}
	for n := range heads {
		in := fill(t, packs.SampleInspection, nil, "i_reached=yes")
		for _, h := range heads[:n+1] {
			reply(t, in, h+"=other")
		}
		expect(t, in, heads[n], "heads_with_findings", strconv.Itoa(n+1), "result", "MISMATCH")
	}
	for _, h := range heads {
		in := fill(t, packs.SampleInspection, nil, append([]string{"i_reached=yes"}, strings.Fields(clean)...)...)
		reply(t, in, h+"=")
		expect(t, in, "without "+h, "result", "", "heads_checked", "4")
		if l := in.Definition().List(h); l.Choice("none") == nil || len(l.Choices) < 5 {
			t.Errorf("%s has %d choices", h, len(l.Choices))
		}
	}
}

// nobody inspects her own township, and a reserve is another household.
func TestInspectionsAreCrossed(t *testing.T) {
	for own, bad := range map[string]bool{"371002001": true, "371002002": false} {
		in := fill(t, packs.SampleInspection, facts("p_case_township", "371002001", "p_inspector_township", own))
		if wrong(in, "i_township") != bad {
			t.Errorf("from %s: refused %v", own, !bad)
		}
	}
	in := fill(t, packs.SampleInspection, facts("p_sample_no", "37"), "i_reached=away", "i_replaced=37", "i_inspector1=甲", "i_inspector2=甲")
	if !wrong(in, "i_replaced") || !wrong(in, "i_inspector2") {
		t.Error("a household replaces itself, or one inspector is two")
	}
	reply(t, in, "i_replaced=101", "i_inspector2=乙")
	if wrong(in, "i_replaced") || wrong(in, "i_inspector2") {
		t.Error("the reserve or the second inspector is refused")
	}
}

func TestAFindingIsPutRightInTime(t *testing.T) {
	in := fill(t, packs.SampleInspection, nil, "i_date=2026-11-20", "i_reached=yes", "i_money=card")
	if !asks(in, "i_money_what") || asks(in, "i_file_what") {
		t.Error("what exactly is asked where nothing was found, or not where something was")
	}
	for day, bad := range map[string]bool{"2026-11-19": true, "2026-11-20": false, "2026-12-20": false, "2026-12-21": true} {
		reply(t, in, "i_fix_by="+day)
		if wrong(in, "i_fix_by") != bad {
			t.Errorf("by %s: refused %v", day, !bad)
		}
	}
	if !wrong(fill(t, packs.SampleInspection, nil, "i_reached=yes", "i_file=none survey"), "i_file") {
		t.Error("no finding and a finding go together")
	}
}
