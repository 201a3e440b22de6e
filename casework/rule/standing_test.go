package rule_test

import (
	"slices"
	"testing"

	"doorstep/casework"
	"doorstep/casework/rule"

	"pgregory.net/rapid"
)

func TestTheGradeSomeoneStandsAt(t *testing.T) {
	for _, c := range []struct {
		name   string
		person casework.Person
		visits []casework.VisitSummary
		want   int
	}{
		{"nobody has graded the child yet", child(9), nil, 3},
		{"confirmed by the supervisor", graded(child(9), 2, "2026-10-21"), nil, 2},
		{"a visit before the confirmation is history", graded(child(9), 3, "2026-10-21"), []casework.VisitSummary{visit("2026-10-20", proposes(1))}, 3},
		{"a worse visit raises it at once", graded(child(9), 3, "2026-10-21"), []casework.VisitSummary{visit("2026-11-01", proposes(1))}, 1},
		{"even by telephone", graded(child(9), 3, "2026-10-21"), []casework.VisitSummary{visit("2026-11-01", phone, proposes(1))}, 1},
		{"even on the day of the confirmation", graded(child(9), 3, "2026-10-21"), []casework.VisitSummary{visit("2026-10-21", proposes(1))}, 1},
		{"a better visit alone lowers nothing", graded(child(9), 1, "2026-10-21"), []casework.VisitSummary{visit("2026-11-01", proposes(4))}, 1},
		{"accepted, it lowers by one step only", graded(child(9), 1, "2026-10-21"), []casework.VisitSummary{visit("2026-11-01", proposes(4), accepted)}, 2},
		{"two accepted visits, two steps", graded(child(9), 1, "2026-10-21"), []casework.VisitSummary{visit("2026-11-01", proposes(4), accepted), visit("2026-11-08", proposes(4), accepted)}, 3},
		{"not seen never lowers, accepted or not", graded(child(9), 1, "2026-10-21"), []casework.VisitSummary{visit("2026-11-01", unseen, proposes(4), accepted)}, 1},
		{"by telephone never lowers", graded(child(9), 1, "2026-10-21"), []casework.VisitSummary{visit("2026-11-01", phone, proposes(4), accepted)}, 1},
		{"a retracted alarm is no alarm", graded(child(9), 3, "2026-10-21"), []casework.VisitSummary{visit("2026-11-01", proposes(1), retracted)}, 3},
		{"an orphan is never below grade 3", child(9, "community_orphan"), []casework.VisitSummary{visit("2026-11-01", proposes(4))}, 3},
		{"nor the supervisor's word", graded(child(9, "de_facto_unattended"), 4, "2026-10-21"), nil, 3},
		{"left behind with a good grandmother may be 4", graded(child(9, "left_behind"), 4, "2026-10-21"), nil, 4},
		{"80 and alone", elder(80, "alone"), nil, 2},
		{"79 and alone", elder(79, "alone"), nil, 3},
		{"moderate loss of ability", func() casework.Person { p := elder(70, "spouse"); p.Ability.Level = "2"; return p }(), nil, 2},
		{"the same number of another scale says nothing", func() casework.Person {
			p := elder(70, "spouse")
			p.Ability = casework.Ability{Level: "2", Scale: "ltci"}
			return p
		}(), nil, 3},
		{"cannot care for himself and alone", func() casework.Person { p := elder(70, "alone"); p.SelfCare = "TOTAL"; return p }(), nil, 1},
		{"dementia", func() casework.Person { p := elder(70, "children"); p.Health.Chronic = []string{"dementia"}; return p }(), nil, 2},
		{"an adult has no grade", casework.Person{Birth: born(40)}, nil, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := rule.StandingOf(c.person, c.visits, table, today)
			if got.Grade != c.want {
				t.Errorf("grade %d, want %d; why:\n%s", got.Grade, c.want, said(t, got.Why))
			}
			if c.want != 0 && len(got.Why) != 1 {
				t.Errorf("one reason is given for a grade, got %d", len(got.Why))
			}
		})
	}
}

func visits(t *rapid.T) []casework.VisitSummary {
	n := rapid.IntRange(0, 8).Draw(t, "visits")
	out := make([]casework.VisitSummary, n)
	for i := range out {
		out[i] = casework.VisitSummary{
			ID:     rid(byte(i + 1)),
			Date:   today.AddDays(-rapid.IntRange(-5, 60).Draw(t, "ago")),
			Mode:   rapid.SampledFrom([]string{"door", "phone", "video", "school"}).Draw(t, "mode"),
			Result: rapid.SampledFrom([]string{"met", "met", "guardian_only", "not_met", "refused", "hospital"}).Draw(t, "result"),
			Depth:  rapid.SampledFrom([]string{"greeting", "routine", "full"}).Draw(t, "depth"),
			Grade:  rapid.IntRange(0, 4).Draw(t, "grade"),
			Review: rapid.SampledFrom([]string{"", "accepted", "returned"}).Draw(t, "review"),
		}
		out[i].Seen = out[i].Result == "met" && rapid.Bool().Draw(t, "seen")
		out[i].Superseded = rapid.IntRange(0, 5).Draw(t, "superseded") == 0
	}
	return out
}

func someone(t *rapid.T) casework.Person {
	p := child(rapid.IntRange(0, 17).Draw(t, "age"))
	if rapid.Bool().Draw(t, "elder") {
		p = elder(rapid.IntRange(60, 100).Draw(t, "age"), rapid.SampledFrom([]string{"alone", "spouse"}).Draw(t, "living"))
	} else if rapid.Bool().Draw(t, "orphan") {
		p.ChildCategories = []string{"community_orphan"}
	}
	if g := rapid.IntRange(0, 4).Draw(t, "confirmed"); g > 0 {
		p = graded(p, g, "2026-10-21")
	}
	return p
}

func TestTheOrderInWhichVisitsArriveDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, vs := someone(t), visits(t)
		shuffled := rapid.Permutation(vs).Draw(t, "order")
		a, b := rule.Due(p, vs, table, today), rule.Due(p, shuffled, table, today)
		if a.Date != b.Date || a.Grade.Grade != b.Grade.Grade || a.Row != b.Row || a.Unseen != b.Unseen || a.Stopped != b.Stopped {
			t.Fatalf("%+v\n%+v", a, b)
		}
	})
}

func TestWhatDoesNotStandChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, vs := someone(t), visits(t)
		standing := slices.DeleteFunc(slices.Clone(vs), func(v casework.VisitSummary) bool { return v.Superseded || v.Date > today })
		a, b := rule.Due(p, vs, table, today), rule.Due(p, standing, table, today)
		if a.Date != b.Date || a.Grade.Grade != b.Grade.Grade || a.Stopped != b.Stopped {
			t.Fatalf("%+v\n%+v", a, b)
		}
	})
}

func TestAVisitThatDidNotSeeTheChildNeverMakesItMilder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, vs := someone(t), visits(t)
		before := rule.StandingOf(p, vs, table, today).Grade
		extra := visit("2026-11-23", proposes(rapid.IntRange(1, 4).Draw(t, "proposes")), accepted)
		extra.ID = rid(200)
		if rapid.Bool().Draw(t, "by telephone") {
			extra.Mode = "phone"
		} else {
			extra.Seen = false
		}
		// Someone never graded is planned for, not graded: the first proposal, however made, is news.
		if !slices.ContainsFunc(rule.Facts(vs, today), func(v casework.VisitSummary) bool { return v.Grade > 0 }) && p.Standing.Grade == 0 {
			return
		}
		if after := rule.StandingOf(p, append(vs, extra), table, today).Grade; after > before {
			t.Fatalf("from grade %d to %d", before, after)
		}
	})
}

func TestNoVisitLowersByMoreThanAStepAndNoneBelowTheFloor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, vs := graded(someone(t), rapid.IntRange(1, 4).Draw(t, "grade"), "2026-10-21"), visits(t)
		before := rule.StandingOf(p, vs, table, today).Grade
		extra := visit("2026-11-23", proposes(4), accepted)
		extra.ID = rid(200)
		after := rule.StandingOf(p, append(vs, extra), table, today).Grade
		if after > before+1 {
			t.Fatalf("from grade %d to %d by one visit", before, after)
		}
		if p.IsCategory("community_orphan") && after > 3 {
			t.Fatalf("an orphan at grade %d", after)
		}
	})
}

func TestACountingVisitTodayIsNeverFollowedByAnEarlierDate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, vs := someone(t), visits(t)
		extra := visit("2026-11-23", full)
		extra.ID = rid(200)
		before, after := rule.Due(p, vs, table, today), rule.Due(p, append(vs, extra), table, today)
		if after.Date <= today || after.Overdue != 0 || after.Date < before.Date && before.Stopped == "" && !before.First {
			t.Fatalf("before %+v\nafter %+v", before, after)
		}
	})
}
