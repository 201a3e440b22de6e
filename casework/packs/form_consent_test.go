package packs_test

import (
	"strings"
	"testing"

	"doorstep/casework/form"
	"doorstep/casework/packs"
)

// agreed is a notice given, everything allowed by whom.
func agreed(t testing.TB, age, told, by string) *form.Instance {
	t.Helper()
	return fill(t, packs.NoticeConsent, facts("p_age", age), "n_who="+told, "n_capable=yes", "n_by="+by, "n_photo=yes", "n_place=yes", "n_voice=yes", "n_refer=yes")
}

// Domain §14.10: under fourteen without notice to the guardian, no referral.
func TestReferralNeedsTheGuardianUnderFourteen(t *testing.T) {
	for _, c := range []struct{ age, told, by, needs, informed, refer string }{
		{"13", "self", "self", "1", "0", "0"},
		{"13", "self", "guardian", "1", "0", "0"},
		{"13", "guardian", "self", "1", "1", "0"},
		{"13", "guardian", "guardian", "1", "1", "1"},
		{"13", "self guardian", "guardian", "1", "1", "1"},
		{"14", "self", "self", "0", "1", "1"},
		{"14", "guardian", "guardian", "0", "1", "1"},
		{"83", "self", "self", "0", "1", "1"},
		{"", "self", "self", "1", "0", "0"}, // age unknown: as if under fourteen
		{"", "guardian", "guardian", "1", "1", "1"},
	} {
		in := agreed(t, c.age, c.told, c.by)
		what := c.age + " " + c.told + " " + c.by
		expect(t, in, what, "needs_guardian", c.needs, "informed", c.informed, "may_refer", c.refer, "may_photo", c.refer, "may_place", c.refer, "may_voice", c.refer)
		if asks(in, "n_guardian") != (c.needs == "1" && c.informed == "0") {
			t.Errorf("%s: the missing guardian is said: %v", what, asks(in, "n_guardian"))
		}
	}
}

func TestSomeoneWhoCannotDecideNeedsTheGuardian(t *testing.T) {
	in := agreed(t, "83", "self", "self")
	reply(t, in, "n_capable=no")
	expect(t, in, "dementia", "needs_guardian", "1", "may_refer", "0")
}

// Each consent is its own, is never a default and can be taken back.
func TestConsentsAreSeparate(t *testing.T) {
	kinds := []string{"photo", "place", "voice", "refer"}
	for _, k := range kinds {
		in := fill(t, packs.NoticeConsent, facts("p_age", "30"), "n_who=self", "n_by=self")
		for _, other := range kinds {
			expect(t, in, "nothing asked", "may_"+other, "0")
		}
		reply(t, in, "n_"+k+"=yes")
		for _, other := range kinds {
			want := "0"
			if other == k {
				want = "1"
			}
			expect(t, in, "only "+k, "may_"+other, want)
		}
		reply(t, in, "n_withdrawn="+k)
		expect(t, in, k+" withdrawn", "may_"+k, "0")
		reply(t, in, "n_withdrawn=none", "n_"+k+"=no")
		expect(t, in, k+" refused", "may_"+k, "0")
		if it := in.Definition().Find("n_" + k); it.Default != "" || !it.Fresh {
			t.Errorf("%s is answered before anyone was asked", k)
		}
	}
}

// Nobody told: no consent is asked, the reason is, and nothing else is held up.
func TestNobodyCouldBeTold(t *testing.T) {
	in := fill(t, packs.NoticeConsent, facts("p_age", "9", "p_notice_version", "2026-1"), "n_who=none")
	expect(t, in, "nobody", "informed", "0", "may_refer", "0")
	if !asks(in, "n_why_not") || asks(in, "n_photo") || asks(in, "n_points") {
		t.Error("consent is asked of nobody, or no reason is")
	}
	reply(t, in, "n_date=2026-11-22", "n_why_not=emergency", "n_capable="+form.UnknownNotAsked, "n_person_sign=unable", "n_worker=张桂芬")
	if _, wrong := in.Finalise(); len(wrong) > 0 {
		t.Errorf("held up: %+v", wrong)
	}
	if !wrong(fill(t, packs.NoticeConsent, nil, "n_who=none self"), "n_who") {
		t.Error("nobody and somebody go together")
	}
}

// PIPL 17: eight points; all of them or it says which are open.
func TestTheEightPointsOfTheNotice(t *testing.T) {
	in := agreed(t, "83", "self", "self")
	var all []string
	for _, c := range in.Definition().List("n_points").Choices {
		all = append(all, c.Name)
	}
	for n := range all {
		reply(t, in, "n_points="+strings.Join(all[:n], " "))
		expect(t, in, strings.Join(all[:n], " "), "told_all", "0")
	}
	reply(t, in, "n_points="+strings.Join(all, " "))
	expect(t, in, "all", "told_all", "1")
	if len(all) != 8 {
		t.Errorf("%d points", len(all))
	}
	for answer, again := range map[string]bool{"yes": false, "partly": true, "no": true} {
		reply(t, in, "n_understood="+answer)
		if asks(in, "n1_again") != again {
			t.Errorf("%s: explain again: %v", answer, !again)
		}
	}
}
