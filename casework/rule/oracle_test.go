package rule_test

import (
	"strings"
	"testing"

	"doorstep/casework"
	"doorstep/casework/rule"
)

func TestAbilityLevels(t *testing.T) {
	for _, c := range []struct {
		total int
		why   rule.Circumstances
		want  int
	}{
		{90, rule.Circumstances{}, 0},
		{89, rule.Circumstances{}, 1},
		{66, rule.Circumstances{}, 1},
		{65, rule.Circumstances{}, 2},
		{46, rule.Circumstances{}, 2},
		{45, rule.Circumstances{}, 3},
		{30, rule.Circumstances{}, 3},
		{29, rule.Circumstances{}, 4},
		{0, rule.Circumstances{}, 4},
		{70, rule.Circumstances{Dementia: true}, 2},
		{70, rule.Circumstances{Events: 2}, 2},
		{70, rule.Circumstances{Events: 1}, 1},
		{90, rule.Circumstances{Events: 2}, 1},
		{29, rule.Circumstances{Dementia: true}, 4},
		{80, rule.Circumstances{Coma: true}, 4},
		{70, rule.Circumstances{Dementia: true, Events: 2}, 2},
		{70, rule.Circumstances{Dementia: true, Events: 2, Cumulative: true}, 3},
		{40, rule.Circumstances{Dementia: true, Events: 2, Cumulative: true}, 4},
	} {
		if got := rule.AbilityLevel(c.total, c.why); got != c.want {
			t.Errorf("%d %+v: level %d, want %d", c.total, c.why, got, c.want)
		}
	}
}

func TestTheTwentySixItemsGiveNinetyPoints(t *testing.T) {
	all, groups := map[string]int{}, map[string]int{}
	for _, it := range rule.AbilityItems {
		all[it.Code] = it.Most
		groups[it.Code[:3]] += it.Most
	}
	if len(all) != 26 || groups["B.1"] != 32 || groups["B.2"] != 15 || groups["B.3"] != 28 || groups["B.4"] != 15 {
		t.Fatalf("%d items, %v", len(all), groups)
	}
	if n, err := rule.AbilityTotal(all); n != 90 || err != nil {
		t.Errorf("%d %v", n, err)
	}
	all["B.1.1"]--
	if n, _ := rule.AbilityTotal(all); n != 89 || rule.AbilityLevel(n, rule.Circumstances{}) != 1 {
		t.Errorf("one point lost: %d", n)
	}
	for name, c := range map[string]struct{ item, code string }{
		"too many points": {"B.2.4", "rule.ability_score"},
		"no such item":    {"B.9.9", "rule.ability_item"},
	} {
		all[c.item] = 4
		if _, err := rule.AbilityTotal(all); casework.CodeOf(err) != casework.Code(c.code) {
			t.Errorf("%s: %v", name, err)
		}
		delete(all, c.item)
	}
	if _, err := rule.AbilityTotal(all); casework.CodeOf(err) != "rule.ability_missing" {
		t.Errorf("a blank item has no total: %v", err)
	}
}

func TestSelfCareOfTekun(t *testing.T) {
	for cannot, want := range map[int]string{0: "SELF", 1: "PARTIAL", 3: "PARTIAL", 4: "TOTAL", 6: "TOTAL"} {
		if got := rule.SelfCare(cannot); got != want {
			t.Errorf("%d of six: %s, want %s", cannot, got, want)
		}
	}
}

func TestTheMarginOfDibao(t *testing.T) {
	for income, want := range map[casework.Fen]string{99999: "DIBAO", 100000: "MARGIN", 149999: "MARGIN", 150000: "", 0: "DIBAO"} {
		if got := rule.Layer(income, 100000); got != want {
			t.Errorf("%s a head: %q, want %q", income, got, want)
		}
	}
	if rule.Layer(100, 0) != "" {
		t.Error("without a standard nobody is below it")
	}
}

func TestDeFactoUnattended(t *testing.T) {
	ago := func(months int) casework.Date { return casework.DateOf(today.AddMonths(-months)) }
	parent := func(state string, months int) rule.ParentFacts {
		return rule.ParentFacts{State: state, Since: ago(months)}
	}
	cares := rule.ParentFacts{State: "cares"}
	for name, c := range map[string]struct {
		father, mother rule.ParentFacts
		want           rule.Finding
	}{
		"father in prison 7 months, mother lost 6 months":       {parent("prison", 7), parent("lost_contact", 6), rule.Yes},
		"father dead, mother in prison 5 months: not yet":       {parent("dead", 9), parent("prison", 5), rule.No},
		"both dead: an orphan":                                  {parent("dead", 9), parent("dead", 9), rule.IsOrphan},
		"one dead, one missing: an orphan":                      {parent("dead", 9), parent("missing", 9), rule.IsOrphan},
		"father grade 3 intellectual, mother deported":          {rule.ParentFacts{State: "disabled", Disability: casework.Disability{Kind: "5", Grade: "3"}}, rule.ParentFacts{State: "deported", NoSupport: true}, rule.Yes},
		"father grade 3 limb":                                   {rule.ParentFacts{State: "disabled", Disability: casework.Disability{Kind: "4", Grade: "3"}}, parent("dead", 9), rule.No},
		"father in prison 6 months, mother healthy":             {parent("prison", 6), cares, rule.No},
		"father unknown":                                        {rule.ParentFacts{State: "unknown"}, parent("prison", 8), rule.Pending},
		"nothing written of the father, mother cares":           {rule.ParentFacts{}, cares, rule.Pending},
		"mother out for work":                                   {parent("prison", 8), parent("out_for_work", 12), rule.No},
		"in prison, nobody wrote since when":                    {rule.ParentFacts{State: "prison"}, parent("dead", 9), rule.Pending},
		"in prison since some day of a month half a year ago":   {rule.ParentFacts{State: "prison", Since: casework.Date{Year: 2026, Month: 5}}, parent("dead", 9), rule.Pending},
		"disabled, grade not written":                           {rule.ParentFacts{State: "disabled"}, parent("dead", 9), rule.Pending},
		"deported but sends money":                              {rule.ParentFacts{State: "deported"}, parent("dead", 9), rule.No},
		"guardianship revoked, the other in detox for a year":   {parent("revoked", 0), parent("detox", 12), rule.Yes},
		"father in prison exactly 6 months to the day, no more": {parent("prison", 6), parent("missing", 1), rule.Yes},
	} {
		if got := rule.Unattended(c.father, c.mother, today); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

func TestSixteenIsNoLongerLeftBehind(t *testing.T) {
	on := day("2026-11-22")
	p := casework.Person{Birth: casework.Date{Year: 2010, Month: 11, Day: 22}, ChildCategories: []string{"left_behind"}}
	if rule.LeftBehindAge(p, on) || rule.AgeOut(p, on) != "age_16" {
		t.Error("born on 2010-11-22, on 2026-11-22 she is 16")
	}
	if !rule.LeftBehindAge(p, on.AddDays(-1)) || rule.AgeOut(p, on.AddDays(-1)) != "" {
		t.Error("the day before she was 15")
	}
	p.ChildCategories = append(p.ChildCategories, "de_facto_unattended")
	if rule.AgeOut(p, on) != "" || rule.AgeOut(p, day("2028-11-22")) != "age_18" {
		t.Error("the other class keeps her until 18")
	}
	p.Birth = casework.Date{Year: 2010}
	if !rule.LeftBehindAge(p, on) {
		t.Error("a year of birth does not end what may still hold")
	}
}

func TestVisitRate(t *testing.T) {
	from, to := day("2026-11-01"), day("2026-11-30")
	var all []rule.Subject
	add := func(v ...casework.VisitSummary) {
		p := graded(child(10), 3, "2026-01-01")
		p.ID = rid(byte(len(all) + 1))
		all = append(all, rule.Subject{Person: p, Visits: v})
	}
	for range 8 {
		add(visit("2026-11-10"))
	}
	add(visit("2026-11-12", phone))
	add(visit("2026-11-12", result("refused")))
	got := rule.VisitRate(all, table, from, to)
	if got.Due != 10 || got.Done != 9 || got.Percent() != 90 || got.Refused != 1 || got.ByMode["door"] != 8 || got.ByMode["phone"] != 1 {
		t.Errorf("%+v = %d%%", got, got.Percent())
	}
	if len(got.Missing) != 1 || got.Missing[0] != rid(10) {
		t.Errorf("missing %v", got.Missing)
	}

	add(visit("2026-10-10", result("dead")))
	add(visit("2026-10-10", result("hospital")))
	add(visit("2026-11-10", result("moved")))
	add(visit("2026-11-10", superseded))
	got = rule.VisitRate(all, table, from, to)
	if got.NotDue != 2 || got.Due != 12 || got.Done != 9 {
		t.Errorf("the dead and the sick before the month are not due: %+v", got)
	}
	if (rule.Rate{}).Percent() != 100 {
		t.Error("nobody due is a hundred percent")
	}
}

func TestARateAsksAsOftenAsTheGrade(t *testing.T) {
	from, to := day("2026-11-01"), day("2026-11-30")
	rate := func(p casework.Person, v ...casework.VisitSummary) rule.Rate {
		return rule.VisitRate([]rule.Subject{{Person: p, Visits: v}}, table, from, to)
	}
	two := graded(child(10), 2, "2026-01-01")
	if got := rate(two, visit("2026-11-10")); got.Done != 0 || got.Due != 1 {
		t.Errorf("one of two: %+v", got)
	}
	if got := rate(two, visit("2026-11-10"), visit("2026-11-20", phone)); got.Done != 1 {
		t.Errorf("both: %+v", got)
	}
	four := graded(child(10), 4, "2026-01-01")
	if got := rate(four, visit("2026-10-10")); got.Due != 0 {
		t.Errorf("a quarter has not passed: %+v", got)
	}
	if got := rate(four, visit("2026-08-10")); got.Due != 1 || got.Done != 0 {
		t.Errorf("the quarter ends in November: %+v", got)
	}
	alone := elder(86, "alone")
	var daily []casework.VisitSummary
	for d := from; d <= to; d = d.AddDays(2) {
		daily = append(daily, visit(d.String()))
	}
	if got := rate(alone, daily...); got.Done != 1 {
		t.Errorf("every two days: %+v", got)
	}
	if got := rate(alone, daily[1:]...); got.Done != 0 {
		t.Errorf("once missed: %+v", got)
	}
}

func TestTheDaysListOfTheVillage(t *testing.T) {
	home := rid(99)
	names := []string{"林小溪", "王秀英", "赵铁柱", "孙玉兰", "周大山", "远亲"}
	people := []casework.Person{
		graded(child(9), 2, "2026-10-21"), elder(71, "grandchildren"), graded(child(12), 3, "2026-01-01"),
		elder(86, "alone"), graded(elder(78, "carer"), 2, "2026-01-01"), graded(child(15), 3, "2026-01-01"),
	}
	last := []string{"2026-11-06", "2026-10-25", "2026-10-23", "2026-11-21", "2026-11-08", "2026-10-28"}
	visited := map[casework.RecordID][]casework.VisitSummary{}
	var ptr []*casework.Person
	for i := range people {
		people[i].ID, people[i].Name, people[i].Grid = rid(byte(i+1)), names[i], "3组"
		if i < 2 {
			people[i].Household = home
		}
		if i == 4 {
			people[i].Grid = "5组"
		}
		visited[people[i].ID] = []casework.VisitSummary{visit(last[i])}
		ptr = append(ptr, &people[i])
	}
	w := rule.Day(ptr, func(id casework.RecordID) []casework.VisitSummary { return visited[id] }, table, today)
	list := func(es []rule.Entry) string {
		var out []string
		for _, e := range es {
			out = append(out, e.Person.Name)
		}
		return strings.Join(out, " ")
	}
	if got := list(w.Overdue); got != "林小溪" {
		t.Errorf("overdue: %s", got)
	}
	if got := list(w.Along); got != "王秀英" {
		t.Errorf("behind the same door: %s", got)
	}
	if got := list(w.Today); !strings.HasSuffix(got, "周大山") || len(w.Today) != 3 {
		t.Errorf("today: %s", got)
	}
	if got := list(w.Week); got != "远亲" {
		t.Errorf("this week: %s", got)
	}
	if !rule.ExtraContact(people[3], 2, today) || rule.ExtraContact(people[0], 1, today) {
		t.Error("a cold warning is for the old who live alone")
	}
}

func BenchmarkDayOfFiveThousand(b *testing.B) {
	people := make([]*casework.Person, 5000)
	visited := map[casework.RecordID][]casework.VisitSummary{}
	for i := range people {
		p := graded(child(10, "left_behind"), 3, "2026-01-01")
		if i%2 == 0 {
			p = elder(60+i%35, "alone")
		}
		p.ID = casework.RecordID{ID: casework.ID{byte(i), byte(i >> 8)}}
		people[i] = &p
		visited[p.ID] = []casework.VisitSummary{visit("2026-11-10"), visit("2026-10-10"), visit("2026-09-10"), visit("2026-08-10")}
	}
	for b.Loop() {
		rule.Day(people, func(id casework.RecordID) []casework.VisitSummary { return visited[id] }, table, today)
	}
}
