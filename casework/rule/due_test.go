package rule_test

import (
	"slices"
	"strings"
	"testing"

	"doorstep/casework"
	"doorstep/casework/lang"
	"doorstep/casework/rule"
)

var (
	day   = casework.MustDay
	today = day("2026-11-23")
	table = rule.Default()
)

func rid(n byte) casework.RecordID { return casework.RecordID{ID: casework.ID{n}} }

// born is a birth that makes someone that old today.
func born(age int) casework.Date { return casework.DateOf(today.AddMonths(-12*age - 1)) }

func child(age int, categories ...string) casework.Person {
	return casework.Person{
		ID: rid(1), Birth: born(age), Areas: []casework.Area{"371002103205"}, Duties: []casework.Duty{"child"},
		ChildCategories: categories, Known: day("2026-01-05"),
	}
}

func elder(age int, living string) casework.Person {
	return casework.Person{
		ID: rid(2), Birth: born(age), Areas: []casework.Area{"371002103205"}, Duties: []casework.Duty{"elder"},
		Living: living, Known: day("2026-01-05"),
	}
}

func graded(p casework.Person, grade int, on string) casework.Person {
	p.Standing = casework.Standing{Grade: grade, By: "督导员", On: day(on)}
	return p
}

var serial byte

// visit is one that met the person at the door, asked the routine questions and was
// written down the same day.
func visit(on string, change ...func(*casework.VisitSummary)) casework.VisitSummary {
	serial++
	v := casework.VisitSummary{ID: rid(serial), Date: day(on), Written: day(on), Mode: "door", Result: "met", Seen: true, Depth: "routine"}
	for _, c := range change {
		c(&v)
	}
	return v
}

func phone(v *casework.VisitSummary)      { v.Mode = "phone" }
func greeting(v *casework.VisitSummary)   { v.Depth = "greeting" }
func full(v *casework.VisitSummary)       { v.Depth = "full" }
func accepted(v *casework.VisitSummary)   { v.Review = "accepted" }
func superseded(v *casework.VisitSummary) { v.Superseded = true }
func retracted(v *casework.VisitSummary)  { v.Retracted = true }
func unseen(v *casework.VisitSummary)     { v.Seen, v.Result = false, "guardian_only" }
func result(r string) func(*casework.VisitSummary) {
	return func(v *casework.VisitSummary) { v.Result, v.Seen = r, r == "met" }
}

func proposes(g int) func(*casework.VisitSummary) {
	return func(v *casework.VisitSummary) { v.Grade = g }
}

func next(d string) func(*casework.VisitSummary) {
	return func(v *casework.VisitSummary) { v.Next = day(d) }
}

func said(t *testing.T, why []rule.Reason) string {
	t.Helper()
	zh, err := lang.New("zh")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range why {
		s := r.Say(zh)
		if strings.Contains(s, "[") || strings.Contains(s, "<no value>") {
			t.Errorf("%s has no sentence: %q", r.Key, s)
		}
		out = append(out, s)
	}
	return strings.Join(out, "\n")
}

func TestWhenTheNextVisitIsDue(t *testing.T) {
	for _, c := range []struct {
		name    string
		person  casework.Person
		visits  []casework.VisitSummary
		date    string
		overdue int
		row     string
		says    string // in why
	}{
		{
			"a girl of grade 2 was seen on the 6th, before that only her grandmother",
			graded(child(9, "left_behind"), 2, "2026-10-21"),
			[]casework.VisitSummary{visit("2026-11-06"), visit("2026-10-21", unseen), visit("2026-10-08", phone, unseen)},
			"2026-11-21", 2, "child.2", "督导员 2026-10-21 确认",
		},
		{"a boy of grade 3, a month ago", graded(child(12), 3, "2026-01-10"), []casework.VisitSummary{visit("2026-10-23")}, "2026-11-23", 0, "child.3", "每月一次"},
		{"grade 1 is weekly and only at the door", graded(child(12), 1, "2026-01-10"), []casework.VisitSummary{visit("2026-11-10"), visit("2026-11-20", phone)}, "2026-11-17", 6, "child.1", "每周一次"},
		{"grade 4 is quarterly", graded(child(12), 4, "2026-01-10"), []casework.VisitSummary{visit("2026-10-01")}, "2027-01-01", 0, "child.4", "每季一次"},
		{
			"the last day of a month has no 31st in November", graded(child(12), 3, "2026-01-10"),
			[]casework.VisitSummary{visit("2026-10-31")},
			"2026-11-30", 0, "child.3", "",
		},
		{"an elder of 71 with her family", elder(71, "children"), []casework.VisitSummary{visit("2026-10-25")}, "2026-11-25", 0, "elder.3", "还没有定级"},
		{"86 and alone in Weihai: every two days, a greeting is enough", elder(86, "alone"), []casework.VisitSummary{visit("2026-11-21", phone, greeting), visit("2026-11-12")}, "2026-11-23", 0, "elder.alone_80", "两天一问"},
		{"but the greeting is no visit of the half month", elder(86, "alone"), []casework.VisitSummary{visit("2026-11-22", phone, greeting), visit("2026-11-01")}, "2026-11-16", 7, "elder.2", "每月两次"},
		{"a refusal is an attempt, not a visit", graded(child(12), 3, "2026-01-10"), []casework.VisitSummary{visit("2026-10-01"), visit("2026-11-20", result("refused"))}, "2026-11-01", 22, "child.3", ""},
		{"so is a door that nobody opened", elder(71, "children"), []casework.VisitSummary{visit("2026-10-20"), visit("2026-11-20", result("not_met"))}, "2026-11-20", 3, "elder.3", ""},
		{"for an elder her daughter's word is not seeing her", elder(71, "children"), []casework.VisitSummary{visit("2026-10-20"), visit("2026-11-20", unseen)}, "2026-11-20", 3, "elder.3", ""},
		{"a corrected visit does not count", elder(71, "children"), []casework.VisitSummary{visit("2026-10-20"), visit("2026-11-20", superseded)}, "2026-11-20", 3, "elder.3", ""},
		{"nor one taken back", elder(71, "children"), []casework.VisitSummary{visit("2026-10-20"), visit("2026-11-20", retracted)}, "2026-11-20", 3, "elder.3", ""},
		{"nor one dated in the future", elder(71, "children"), []casework.VisitSummary{visit("2026-10-20"), visit("2027-05-01")}, "2026-11-20", 3, "elder.3", ""},
		{
			"nor one dated after the district took it in", elder(71, "children"),
			[]casework.VisitSummary{visit("2026-10-20"), visit("2026-11-22", func(v *casework.VisitSummary) { v.Received = day("2026-11-10") })},
			"2026-11-20", 3, "elder.3", "",
		},
		{
			"a visit entered from paper counts for the day it took place", elder(71, "children"),
			[]casework.VisitSummary{visit("2026-11-02", func(v *casework.VisitSummary) { v.Written, v.Source = day("2026-11-20"), "paper" })},
			"2026-12-02", 0, "elder.3", "",
		},
		{"an appointment today brings the visit forward", withAppointment(graded(child(12), 3, "2026-01-10"), "2026-11-23"), []casework.VisitSummary{visit("2026-11-10")}, "2026-11-23", 0, "child.3", "约好 2026-11-23 14:00"},
		{"an appointment kept is no appointment", withAppointment(graded(child(12), 3, "2026-01-10"), "2026-11-23"), []casework.VisitSummary{visit("2026-11-23")}, "2026-12-23", 0, "child.3", ""},
		{"what was promised at the door holds", graded(child(12), 3, "2026-01-10"), []casework.VisitSummary{visit("2026-11-10", next("2026-11-22"))}, "2026-11-22", 1, "child.3", "说好"},
		{"a promise cannot put the visit off", graded(child(12), 3, "2026-01-10"), []casework.VisitSummary{visit("2026-10-10", next("2027-01-01"))}, "2026-11-10", 13, "child.3", ""},
		{"in hospital: ask again after one interval", elder(71, "children"), []casework.VisitSummary{visit("2026-11-10", result("hospital"))}, "2026-12-10", 0, "elder.3", ""},
		{"grade 2 once a month at the door, whatever the telephone says", graded(child(9), 2, "2026-01-10"), []casework.VisitSummary{visit("2026-10-20"), visit("2026-11-04", phone), visit("2026-11-15", phone)}, "2026-11-20", 3, "child.2", "入户"},
		{"tekun at home are seen at the door every month", tekun(elder(66, "alone")), []casework.VisitSummary{visit("2026-10-20"), visit("2026-11-15", phone)}, "2026-11-20", 3, "elder.tekun_dispersed", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := rule.Due(c.person, c.visits, table, today)
			if got.Date.String() != c.date || got.Overdue != c.overdue || got.Row != c.row {
				t.Errorf("due %v by %s, overdue %d; want %s by %s, overdue %d", got.Date, got.Row, got.Overdue, c.date, c.row, c.overdue)
			}
			if why := said(t, got.Why); !strings.Contains(why, c.says) {
				t.Errorf("why:\n%s\nshould say %q", why, c.says)
			}
		})
	}
}

func withAppointment(p casework.Person, on string) casework.Person {
	p.Appointment = casework.Appointment{On: day(on), At: "14:00"}
	return p
}

func tekun(p casework.Person) casework.Person {
	p.Layers, p.SupportMode = []string{"TEKUN"}, "dispersed"
	return p
}

func TestTheTwoDayRuleHoldsOnlyWhereItIsLaw(t *testing.T) {
	p := elder(86, "alone")
	p.Areas = []casework.Area{"370303001001"}
	got := rule.Due(p, []casework.VisitSummary{visit("2026-11-21")}, table, today)
	if got.Row != "elder.2" || got.Grade.Grade != 2 {
		t.Errorf("in Zibo: %s, grade %d", got.Row, got.Grade.Grade)
	}
	p.Areas = append(p.Areas, "371002103205") // she may have moved to Weihai: two places disagree
	if got := rule.Due(p, []casework.VisitSummary{visit("2026-11-21")}, table, today); got.Row != "elder.alone_80" {
		t.Errorf("while it is open where she lives the stricter rule holds, got %s", got.Row)
	}
}

func TestTheFirstContactHasItsOwnTerm(t *testing.T) {
	for grade, want := range map[int]string{1: "2026-11-20", 2: "2026-11-22", 3: "2026-11-26", 4: "2026-11-26"} {
		p := graded(child(10), grade, "2026-11-19")
		p.Known = day("2026-11-19") // a Thursday
		got := rule.Due(p, nil, table, today)
		if !got.First || got.Date.String() != want || got.Depth != "full" {
			t.Errorf("grade %d: first %v by %v (%s), want %s", grade, got.First, got.Date, got.Depth, want)
		}
	}
	p := child(10)
	p.Known = 0
	if got := rule.Due(p, nil, table, today); got.Date != day("2026-11-30") {
		t.Errorf("nobody knows since when: five working days from today, got %v", got.Date)
	}
}

func TestWorkingDaysFollowTheHolidayNotice(t *testing.T) {
	c := table.Calendar
	for _, x := range []struct{ from, want string }{
		{"2026-11-19", "2026-11-26"}, // over one weekend
		{"2026-09-30", "2026-10-13"}, // National Day off, Saturday 10 October worked
		{"2026-02-13", "2026-02-27"}, // Spring Festival off, Saturday 14 February worked
		{"2027-01-07", "2027-01-14"}, // a year without a notice: Monday to Friday
	} {
		if got := c.Within(day(x.from), rule.Term{Workdays: 5}); got.String() != x.want {
			t.Errorf("five working days from %s: %v, want %s", x.from, got, x.want)
		}
	}
	_, known := c.Works(today)
	if _, next := c.Works(day("2027-01-07")); !known || next {
		t.Error("the calendar must say which years it knows")
	}
}

func TestTwiceNotSeenGoesToTheSupervisor(t *testing.T) {
	p := graded(child(9), 3, "2026-01-01")
	once := []casework.VisitSummary{visit("2026-10-01"), visit("2026-11-01", unseen)}
	if got := rule.Due(p, once, table, today); got.Escalate || got.Unseen != 1 {
		t.Errorf("once: %+v", got)
	}
	twice := append(once, visit("2026-11-15", phone))
	got := rule.Due(p, twice, table, today)
	if !got.Escalate || got.Unseen != 2 || !strings.Contains(said(t, got.Why), "连续 2 次") {
		t.Errorf("twice: %+v", got)
	}
	if got := rule.Due(p, append(twice, visit("2026-11-20")), table, today); got.Escalate {
		t.Error("seen since: nothing to tell")
	}
	if got := rule.Due(elder(86, "alone"), []casework.VisitSummary{visit("2026-11-21", phone), visit("2026-11-22", phone)}, table, today); got.Escalate {
		t.Error("elders are asked by telephone as a rule")
	}
}

func TestWhoIsNoLongerVisited(t *testing.T) {
	p := elder(71, "children")
	for _, r := range []string{"dead", "moved", "institution"} {
		got := rule.Due(p, []casework.VisitSummary{visit("2026-09-01"), visit("2026-10-01", result(r))}, table, today)
		if got.Date != 0 || got.Stopped != r || said(t, got.Why) == "" {
			t.Errorf("%s: %+v", r, got)
		}
		back := rule.Due(p, []casework.VisitSummary{visit("2026-10-01", result(r)), visit("2026-10-20")}, table, today)
		if back.Stopped != "" || back.Date == 0 {
			t.Errorf("%s was a mistake, she was met later: %+v", r, back)
		}
	}
	left := p
	left.Exit = casework.Exit{Reason: "moved", On: day("2026-10-01"), Confirmed: true}
	if got := rule.Due(left, nil, table, today); got.Stopped != "gone" {
		t.Errorf("%+v", got)
	}
	ward := p
	ward.Away = casework.Away{Reason: "hospital", Since: day("2026-11-01")}
	if got := rule.Due(ward, []casework.VisitSummary{visit("2026-10-20")}, table, today); got.Stopped != "away" {
		t.Errorf("%+v", got)
	}
	if got := rule.Due(ward, []casework.VisitSummary{visit("2026-11-10")}, table, today); got.Stopped != "" {
		t.Errorf("she was met at home since: %+v", got)
	}
	if got := rule.Due(casework.Person{Birth: born(40), Duties: []casework.Duty{"aid"}}, nil, table, today); got.Stopped != "no_rule" {
		t.Errorf("an adult on assistance has no visit rule: %+v", got)
	}
}

func TestEverythingIsAskedOnceAQuarter(t *testing.T) {
	p := graded(child(12), 3, "2026-01-10")
	if got := rule.Due(p, []casework.VisitSummary{visit("2026-09-01", full), visit("2026-11-01")}, table, today); got.Depth != "routine" {
		t.Error("asked in full in September")
	}
	if got := rule.Due(p, []casework.VisitSummary{visit("2026-08-01", full), visit("2026-11-01")}, table, today); got.Depth != "full" {
		t.Error("last asked in full in August")
	}
	if got := rule.Due(graded(p, 1, "2026-01-10"), []casework.VisitSummary{visit("2026-11-20", full)}, table, today); got.Depth != "full" {
		t.Error("grade 1 is always asked in full")
	}
}

func TestWhatWillNotCountSaysSoBeforeItIsSaved(t *testing.T) {
	p := elder(86, "alone")
	counts := map[string]bool{}
	for _, v := range rule.Fulfils(p, nil, table, today, "phone", "greeting") {
		counts[v.Row.ID] = v.Counts
	}
	if !counts["elder.alone_80"] || counts["elder.2"] || len(counts) != 2 {
		t.Errorf("%v", counts)
	}
	for _, v := range rule.Fulfils(graded(child(9), 1, "2026-01-01"), nil, table, today, "phone", "full") {
		if v.Counts {
			t.Error("grade 1 by telephone does not count")
		}
	}
}

func TestARowHoldsOnlyInItsTime(t *testing.T) {
	old := table
	old.Rows = slices.Clone(table.Rows)
	for i := range old.Rows {
		old.Rows[i].To = day("2025-12-31")
	}
	if got := rule.Due(child(9), nil, old, today); got.Stopped != "no_rule" {
		t.Errorf("%+v", got)
	}
}

func TestEveryReasonCanBeSaidInBothLanguages(t *testing.T) {
	en, err := lang.New("en")
	if err != nil {
		t.Fatal(err)
	}
	var why []rule.Reason
	for _, f := range table.Floors {
		why = append(why, rule.Reason{Key: "rule.floor." + f.Layer})
	}
	for _, e := range []rule.Every{{Days: 1}, {Days: 2}, {Days: 7}, {Days: 15}, {Days: 9}, {Months: 1}, {Months: 3}, {Months: 6}, {Months: 2}} {
		why = append(why, e.Name())
	}
	for _, k := range []string{"heat", "cold", "typhoon", "rain"} {
		why = append(why, rule.Reason{Key: "rule.alert." + k})
	}
	said(t, why)
	for _, r := range why {
		if s := r.Say(en); strings.Contains(s, "[") || strings.ContainsFunc(s, func(r rune) bool { return r >= 0x4E00 }) {
			t.Errorf("%s: %q", r.Key, s)
		}
	}
}

func TestEveryLayerOfThePackIsKnownHere(t *testing.T) {
	known := rule.Layers()
	for _, r := range table.Rows {
		if r.Layer != "" && !slices.Contains(known, r.Layer) {
			t.Errorf("row %s speaks of the layer %q", r.ID, r.Layer)
		}
		if r.Every.IsZero() || len(r.Modes) == 0 || len(r.Depths) == 0 || r.From == 0 {
			t.Errorf("row %s: %+v", r.ID, r)
		}
		for _, m := range r.Modes {
			if !casework.VisitModes.Has(m) {
				t.Errorf("row %s: no mode %q", r.ID, m)
			}
		}
	}
	for _, f := range table.Floors {
		if !slices.Contains(known, f.Layer) {
			t.Errorf("a floor speaks of the layer %q", f.Layer)
		}
	}
	if rule.Is("a layer of next year", elder(90, "alone"), today) {
		t.Error("a layer nobody knows has no members")
	}
	if len(table.Rows) < 8 || len(table.Child.Bands) != 3 || table.Child.Last != 4 || table.Elder.Last != 3 || table.FollowUp != 7 {
		t.Errorf("%d rows, %+v %+v", len(table.Rows), table.Child, table.Elder)
	}
}
