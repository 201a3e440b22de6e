package packs_test

import (
	"testing"

	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/casework/rule"
)

var sixThings = []string{"t_eat", "t_dress", "t_bed", "t_toilet", "t_walk", "t_bathe"}

// selfCare answers the six indicators: the first so many cannot be done.
func selfCare(t testing.TB, cannot int, facts map[string]string) *form.Instance {
	t.Helper()
	in := fill(t, packs.TekunSelfCare, facts, "t_date=2026-11-22")
	for i, name := range sixThings {
		answer := "=yes"
		if i < cannot {
			answer = "=no"
		}
		reply(t, in, name+answer)
	}
	return in
}

// Domain §14.3 and every count between: 0 self, 1–3 partial, 4–6 total.
func TestSelfCareOfTheForm(t *testing.T) {
	for cannot, want := range []string{"SELF", "PARTIAL", "PARTIAL", "PARTIAL", "TOTAL", "TOTAL", "TOTAL"} {
		in := selfCare(t, cannot, nil)
		expect(t, in, "", "level", want, "cannot_count", string(rune('0'+cannot)), "scale_id", "tekun6")
		if rule.SelfCare(cannot) != want {
			t.Errorf("the rule says %s of %d", rule.SelfCare(cannot), cannot)
		}
		if !asks(in, "t3_level") || asks(in, "t3_open") {
			t.Errorf("%d: the level is not said", cannot)
		}
	}
}

func TestWhichOfTheSixDoesNotMatter(t *testing.T) {
	for _, name := range sixThings {
		in := selfCare(t, 0, nil)
		reply(t, in, name+"=no")
		expect(t, in, name, "level", "PARTIAL")
		reply(t, in, name+"="+form.UnknownNotSeen)
		expect(t, in, name+" not seen", "level", "", "cannot_count", "")
		if !asks(in, "t3_open") {
			t.Errorf("%s not seen, and the screen does not say that there is no level", name)
		}
	}
}

func TestAChangedSelfCareAsksForAReviewOfTheTier(t *testing.T) {
	for before, want := range map[string]string{"": "", "SELF": "1", "PARTIAL": "0", "TOTAL": "1"} {
		in := selfCare(t, 3, facts("p_prev_level", before))
		expect(t, in, "before "+before, "level_changed", want)
		if asks(in, "t3_changed") != (want == "1") {
			t.Errorf("before %s: the review is not as it should be", before)
		}
	}
}

// at least yearly.
func TestSelfCareIsReviewedWithinTheYear(t *testing.T) {
	in := selfCare(t, 0, nil)
	expect(t, in, "proposed", "t3_next", "2027-11-22")
	for day, bad := range map[string]bool{"2026-11-22": true, "2026-11-23": false, "2027-11-22": false, "2027-11-23": true} {
		reply(t, in, "t3_next="+day)
		if wrong(in, "t3_next") != bad {
			t.Errorf("review on %s: refused %v", day, !bad)
		}
	}
	in = selfCare(t, 0, facts("p_valid_months", "6"))
	expect(t, in, "half-yearly district", "t3_next", "2027-05-22")
	reply(t, in, "t3_assessor1=甲", "t3_assessor2=甲")
	if !wrong(in, "t3_assessor2") {
		t.Error("one assessor counts twice")
	}
}
