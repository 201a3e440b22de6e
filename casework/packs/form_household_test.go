package packs_test

import (
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/casework/rule"
)

// family is a household in which everyone lives together; each amount is a yearly wage in
// yuan, "" no income.
func family(t testing.TB, facts map[string]string, wages ...string) *form.Instance {
	t.Helper()
	in := fill(t, packs.HouseholdSurvey, facts)
	for _, w := range wages {
		if w == "" {
			add(t, in, "member", "m_together=yes", "m_kinds=none")
			continue
		}
		add(t, in, "member", "m_together=yes", "m_kinds=wage", "m_wage="+w)
	}
	return in
}

// Domain §14.6: the standard 1,000.00; all sums are for twelve months.
func TestTheIncomeBandsOfAHousehold(t *testing.T) {
	line := facts("p_standard", "1000")
	for _, c := range []struct{ wage, perHead, band string }{
		{"12000.00", "1000", "MARGIN"},
		{"11999.88", "999.99", "DIBAO"},
		{"17999.88", "1499.99", "MARGIN"},
		{"18000.00", "1500", "ABOVE"},
		{"0", "0", "DIBAO"},
	} {
		in := family(t, line, c.wage)
		expect(t, in, c.wage, "per_head_month", c.perHead, "band", c.band)
		if asks(in, "h6_dibao") != (c.band == "DIBAO") || asks(in, "h6_margin") != (c.band == "MARGIN") {
			t.Errorf("%s: the screen says another band than %s", c.wage, c.band)
		}
	}
	// One fen a year decides, also where the monthly figure rounds up to the line.
	expect(t, family(t, line, "11999.99"), "a fen below", "band", "DIBAO", "per_head_month", "1000")
	expect(t, family(t, line, "17999.99"), "a fen below 1.5", "band", "MARGIN")
	expect(t, family(t, facts("p_standard", "1000", "p_margin_factor", "2"), "18000"), "another factor", "band", "MARGIN")
	expect(t, family(t, nil, "12000"), "without a standard", "band", "", "per_head_month", "1000")
}

func TestIncomeIsSharedByThoseWhoLiveTogether(t *testing.T) {
	in := family(t, facts("p_standard", "1000"), "36000", "", "")
	expect(t, in, "three on one wage", "heads", "3", "per_head_month", "1000", "band", "MARGIN")
	add(t, in, "member", "m_together=yes", "m_kinds=none")
	expect(t, in, "four on one wage", "heads", "4", "per_head_month", "750", "band", "DIBAO")
	add(t, in, "member", "m_together=no", "m_kinds=wage", "m_wage=90000")
	expect(t, in, "a son who moved out", "members", "5", "heads", "4", "per_head_month", "750")
}

func TestEveryKindOfIncomeCounts(t *testing.T) {
	for _, kind := range []string{"wage", "farming", "operation", "rent", "land", "pension", "support", "other"} {
		in := fill(t, packs.HouseholdSurvey, nil)
		add(t, in, "member", "m_together=yes", "m_kinds="+kind)
		expect(t, in, kind+" without an amount", "income_fen", "", "per_head_month", "")
		path, _ := in.Path("member[1]/m_" + kind)
		if _, err := in.Set(path, "１２.３４"); err != nil { // full-width, as the input method types it
			t.Fatal(err)
		}
		expect(t, in, kind, "income_fen", "1234")
		if wrong(in, "m_"+kind) {
			t.Errorf("%s: two decimals are refused", kind)
		}
		for _, bad := range []string{"-1", "12.345", "1e5"} {
			if _, err := in.Set(path, bad); err != nil {
				t.Fatal(err)
			}
			if !wrong(in, "m_"+kind) {
				t.Errorf("%s: %s yuan is accepted", kind, bad)
			}
		}
	}
}

// What is not known yet makes no band: never a wrong "below the line".
func TestAnUnknownIncomeMakesNoBand(t *testing.T) {
	in := family(t, facts("p_standard", "1000"), "100")
	expect(t, in, "one poor member", "band", "DIBAO")
	add(t, in, "member", "m_together=yes")
	expect(t, in, "and one nobody asked", "income_fen", "", "band", "", "per_head_month", "")
	expect(t, fill(t, packs.HouseholdSurvey, facts("p_standard", "1000")), "nobody yet", "income_fen", "", "band", "", "heads", "0")
}

func TestTheHouseholdFormAgreesWithTheRule(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		standard := rapid.Int64Range(1, 300000).Draw(r, "standard")
		month := rapid.Int64Range(0, 600000).Draw(r, "income")
		in := family(t, facts("p_standard", casework.Fen(standard).Yuan()), casework.Fen(12*month).Yuan())
		want := rule.Layer(casework.Fen(month), casework.Fen(standard))
		if want == "" {
			want = "ABOVE"
		}
		if got := value(t, in, "band"); got != want {
			r.Fatalf("%d of %d fen: form %s, rule %s", month, standard, got, want)
		}
	})
}

// rigid spending less reimbursements over income, from 80 per cent (local).
func TestRigidSpending(t *testing.T) {
	f := facts("p_standard", "1000", "p_disposable", "40000")
	for _, c := range []struct {
		wage, spent, back, share, band string
	}{
		{"30000", "24000", "0", "0.8", "1"},
		{"30000", "23999.99", "0", "0.8", "0"},
		{"30000", "30000", "6000", "0.8", "1"},
		{"30000", "30000", "6000.01", "0.8", "0"},
		{"39999.99", "40000", "0", "1", "1"},
		{"40000", "40000", "0", "1", "0"},    // not below the disposable income
		{"17999.99", "18000", "0", "1", "0"}, // margin, which goes before
	} {
		in := family(t, f, c.wage)
		reply(t, in, "h_rigid=medical", "h_rigid_sum="+c.spent, "h_rigid_back="+c.back)
		expect(t, in, c.wage+" "+c.spent, "rigid_share", c.share, "rigid_band", c.band)
	}
	in := family(t, f, "30000")
	expect(t, in, "not asked", "rigid_band", "", "rigid_share", "")
	reply(t, in, "h_rigid=none")
	expect(t, in, "none", "rigid_net_fen", "0", "rigid_band", "0")
	reply(t, in, "h_rigid=medical education", "h_rigid_sum=100", "h_rigid_back=100.01")
	if !wrong(in, "h_rigid_back") {
		t.Error("more comes back than was spent")
	}
}

// the near kin of clerks and committee members are registered and the county visits.
func TestANearKinIsRegistered(t *testing.T) {
	in := fill(t, packs.HouseholdSurvey, nil, "h_relative=no")
	if asks(in, "h_relative_who") || asks(in, "h_relative_duty") {
		t.Error("no kin, and still asked")
	}
	reply(t, in, "h_relative=yes", "h_investigator1=甲", "h_investigator2=甲")
	if !asks(in, "h_relative_who") || !asks(in, "h_relative_duty") || !wrong(in, "h_investigator2") {
		t.Error("kin without register, or one investigator for two")
	}
	for _, opinion := range []string{"yes", "no", "pending"} {
		reply(t, in, "h_opinion="+opinion)
		if asks(in, "h_reason") != (opinion != "yes") {
			t.Errorf("%s: a reason is asked: %v", opinion, asks(in, "h_reason"))
		}
	}
}

func TestAnIDNumberHasEighteenCharacters(t *testing.T) {
	in := fill(t, packs.HouseholdSurvey, nil)
	add(t, in, "member", "m_name=买买提·吐尔逊")
	path, _ := in.Path("member[1]/m_id")
	for i, bad := range map[string]bool{"11010519491231002X": false, "11010519491231002x": false, "1.10108E+17": true, "130503670401001": true} {
		if _, err := in.Set(path, i); err != nil {
			t.Fatal(err)
		}
		if wrong(in, "m_id") != bad {
			t.Errorf("%s characters: refused %v", strconv.Itoa(len(i)), !bad)
		}
	}
}
