package packs_test

import (
	"strconv"
	"strings"
	"testing"

	"doorstep/casework/form"
	"doorstep/casework/packs"
)

// answerAll answers the same in every line of the repeat work.
func answerAll(t testing.TB, in *form.Instance, name string, values ...string) {
	t.Helper()
	for i, v := range values {
		path, ok := in.Path("job[" + strconv.Itoa(i+1) + "]/" + name)
		if !ok || !in.Applies(path) {
			t.Fatalf("%s of line %d is not asked", name, i+1)
		}
		if _, err := in.Set(path, v); err != nil {
			t.Fatal(err)
		}
	}
}

// seven basic and twenty-three optional items.
func TestThirtyAdaptations(t *testing.T) {
	in := fill(t, packs.HomeAdaptation, nil, "ad_agree=yes", "ad_house=own")
	var all, basic []string
	for _, c := range in.Definition().List("ad_items").Choices {
		all = append(all, c.Name)
		if strings.HasSuffix(c.Label["zh"], "（基础）") {
			basic = append(basic, c.Name)
		}
	}
	if len(all) != 30 || len(basic) != 7 {
		t.Fatalf("%d items, %d basic", len(all), len(basic))
	}
	reply(t, in, "ad_items="+strings.Join(all, " "))
	expect(t, in, "all", "basic_count", "7", "optional_count", "23")
	for _, b := range basic {
		reply(t, in, "ad_items="+b)
		expect(t, in, b, "basic_count", "1", "optional_count", "0")
	}
	reply(t, in, "ad_items=kitchen_top")
	expect(t, in, "kitchen", "basic_count", "0", "optional_count", "1")
	if path, _ := in.Path("job[1]/w_where"); true {
		if v, _ := in.View(path); !strings.HasPrefix(v.Label, "台面改造：") {
			t.Errorf("the line does not say what it is about: %s", v.Label)
		}
	}
}

func TestNothingIsBuiltWithoutConsent(t *testing.T) {
	for answers, want := range map[string]string{
		"":                             "",
		"ad_agree=yes":                 "",
		"ad_agree=no ad_house=own":     "0",
		"ad_agree=yes ad_house=own":    "1",
		"ad_agree=yes ad_house=rented": "",
		"ad_agree=yes ad_house=rented ad_owner=no":  "0",
		"ad_agree=yes ad_house=lent ad_owner=yes":   "1",
		"ad_agree=yes ad_house=family ad_owner=yes": "1",
		"ad_agree=no ad_house=public ad_owner=yes":  "0",
	} {
		in := fill(t, packs.HomeAdaptation, nil, strings.Fields(answers)...)
		expect(t, in, answers, "may_build", want)
		if asks(in, "ad_items") != (want == "1") || asks(in, "ad1_stop") != (want == "0") {
			t.Errorf("%s: a plan is asked: %v", answers, asks(in, "ad_items"))
		}
	}
}

func TestTheBudgetOfAHome(t *testing.T) {
	plan := func(limit string, budgets ...string) *form.Instance {
		in := fill(t, packs.HomeAdaptation, facts("p_budget_limit", limit), "ad_agree=yes", "ad_house=own", "ad_items=floor_slip stick")
		answerAll(t, in, "w_budget", budgets...)
		return in
	}
	for limit, want := range map[string]string{"3000": "0", "2999.99": "1", "": ""} {
		expect(t, plan(limit, "2900.5", "99.5"), "limit "+limit, "budget", "3000", "over_limit", want)
	}
	expect(t, plan("3000", "2900"), "one line open", "budget", "", "over_limit", "")
}

func TestAcceptance(t *testing.T) {
	accept := func(done ...string) *form.Instance {
		in := fill(t, packs.HomeAdaptation, facts("p_stage", "acceptance", "p_items", "floor_slip bed_rail stick", "p_builder", "某公司"))
		if asks(in, "ad_items") || asks(in, "ad_falls") {
			t.Error("the plan is on file and asked again")
		}
		answerAll(t, in, "w_done", done...)
		return in
	}
	for done, want := range map[string]string{
		"yes yes yes":     "PASS",
		"yes yes dropped": "PASS",
		"yes yes":         "", // one still to be seen
		"yes defect yes":  "FIX",
		"yes no yes":      "FIX",
		"no":              "FIX", // whatever the others are
		"":                "",
		"yes dropped no":  "FIX",
	} {
		in := accept(strings.Fields(done)...)
		expect(t, in, done, "accepted", want)
		if asks(in, "ad_fix_by") != (want == "FIX") {
			t.Errorf("%s: mending asked: %v", done, asks(in, "ad_fix_by"))
		}
	}
	in := accept("yes", "dropped", "yes")
	answerAll(t, in, "w_cost", "1200.5")
	expect(t, in, "one cost open", "cost_fen", "")
	path, _ := in.Path("job[3]/w_cost")
	if _, err := in.Set(path, "80"); err != nil {
		t.Fatal(err)
	}
	expect(t, in, "both costs", "cost_fen", "128050", "cost_text", "1280.50", "ad_builder", "某公司")
	reply(t, in, "ad_accepter=某公司")
	if !wrong(in, "ad_accepter") {
		t.Error("the builder accepts her own work")
	}
	in = fill(t, packs.HomeAdaptation, facts("p_stage", "acceptance"), "ad_items=stick")
	answerAll(t, in, "w_done", "yes")
	expect(t, in, "a plan written down at acceptance", "accepted", "PASS")
}

func TestFollowUpAsksOnlyWhatBecameOfIt(t *testing.T) {
	in := fill(t, packs.HomeAdaptation, facts("p_stage", "follow_up", "p_items", "stick"), "ad_used=partly")
	if !asks(in, "ad_unused") || asks(in, "ad_accepter") || asks(in, "ad_date") || asks(in, "job") {
		t.Error("the follow-up asks for the survey or the acceptance again")
	}
}
