package rule_test

import (
	"reflect"
	"testing"

	"doorstep/casework"
	"doorstep/casework/rule"

	"pgregory.net/rapid"
)

func points(n ...int) rule.Evidence {
	var e rule.Evidence
	for _, k := range n {
		e.Points = append(e.Points, rule.Point{Question: "q", Points: k})
	}
	return e
}

func TestBandsOfTheTwoScales(t *testing.T) {
	for total, want := range map[int]int{0: 4, 9: 4, 10: 3, 21: 3, 22: 2, 39: 2, 40: 1, 90: 1} {
		if got := rule.GradeChild(points(total)).Grade; got != want {
			t.Errorf("child, %d points: grade %d, want %d", total, got, want)
		}
	}
	for total, want := range map[int]int{0: 3, 17: 3, 18: 2, 34: 2, 35: 1} {
		if got := rule.GradeElder(points(total)).Grade; got != want {
			t.Errorf("elder, %d points: grade %d, want %d", total, got, want)
		}
	}
}

func TestCapsFloorsAndTriggers(t *testing.T) {
	e := points(4)
	for range 5 {
		e.Points = append(e.Points, rule.Point{Question: "C2.4", Points: 3, Cap: "house"})
	}
	e.Caps = map[string]int{"house": 9}
	if g := rule.GradeChild(e); g.Total != 13 || g.Grade != 3 {
		t.Errorf("the house gives nine at most: %+v", g)
	}
	e.Floor = 2
	if g := rule.GradeChild(e); g.Grade != 2 {
		t.Errorf("who she is asks for grade 2: %+v", g)
	}
	e.Points = append(e.Points, rule.Point{Question: "C6.1", Points: 0, Trigger: "HT-M", Class: casework.Restricted})
	g := rule.GradeChild(e)
	if g.Grade != 1 || g.Class != casework.Restricted || len(g.Triggers) != 1 || g.Why[0].Key != "rule.why.trigger" {
		t.Errorf("a hard trigger is grade 1 whatever the total: %+v", g)
	}
	said(t, g.Read(casework.Sealed))
}

func TestUnknownIsNotNo(t *testing.T) {
	e := points(20)
	e.Points = append(e.Points,
		rule.Point{Question: "C5.1", Unknown: true, Most: 6},
		rule.Point{Question: "C5.3", Unknown: true, Most: 15, Trigger: "HT-S", Class: casework.Restricted})
	g := rule.GradeChild(e)
	if g.Grade != 3 || g.Worst != 1 || g.Total != 20 || g.WorstTotal != 41 || len(g.Unknown) != 2 || len(g.Triggers) != 0 {
		t.Errorf("%+v", g)
	}
}

func evidence(t *rapid.T) rule.Evidence {
	var e rule.Evidence
	n := rapid.IntRange(0, 12).Draw(t, "points")
	for range n {
		p := rule.Point{
			Question: rapid.SampledFrom([]string{"C1.1", "C1.6", "C2.4", "C5.3", "C6.1"}).Draw(t, "question"),
			Points:   rapid.IntRange(0, 15).Draw(t, "points"),
			Cap:      rapid.SampledFrom([]string{"", "house", "habits"}).Draw(t, "cap"),
			Class:    rapid.SampledFrom([]casework.Sensitivity{casework.Routine, casework.Personal, casework.Restricted}).Draw(t, "class"),
		}
		if rapid.IntRange(0, 3).Draw(t, "unknown") == 0 {
			p.Unknown, p.Most, p.Points = true, p.Points, 0
		}
		if rapid.IntRange(0, 9).Draw(t, "trigger") == 0 {
			p.Trigger = rapid.SampledFrom([]string{"HT-M", "HT-S", "HT-D", "HT-H"}).Draw(t, "code")
		}
		e.Points = append(e.Points, p)
	}
	e.Caps = map[string]int{"house": 9, "habits": 20}
	e.Floor = rapid.IntRange(0, 3).Draw(t, "floor")
	return e
}

// Whatever an unknown turns out to be, the grade lies between the two that were told.
func TestTheTruthLiesBetweenTheTwoGrades(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := evidence(t)
		told := rule.GradeChild(e)
		answered := e
		answered.Points = append([]rule.Point(nil), e.Points...)
		for i, p := range answered.Points {
			if p.Unknown {
				p.Unknown, p.Points = false, rapid.IntRange(0, p.Most).Draw(t, "truth")
				if rapid.Bool().Draw(t, "harmless") {
					p.Trigger = ""
				}
				answered.Points[i] = p
			}
		}
		truth := rule.GradeChild(answered)
		if truth.Grade < told.Worst || truth.Grade > told.Grade {
			t.Fatalf("told %d to %d, truth %d", told.Worst, told.Grade, truth.Grade)
		}
	})
}

// Two visits that differ only in what she may not read look the same to her, as long as
// the grade is the same.
func TestWithoutClearanceNothingShinesThrough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := evidence(t)
		for i := range e.Points {
			e.Points[i].Unknown = false
			if e.Points[i].Trigger == "HT-H" {
				e.Points[i].Trigger = ""
			}
			if e.Points[i].Trigger != "" {
				e.Points[i].Class = casework.Restricted
			}
		}
		full := rule.GradeChild(e)
		bare := rule.Evidence{Caps: e.Caps, Floor: e.Floor}
		for _, p := range e.Points {
			if p.Class <= casework.Personal {
				bare.Points = append(bare.Points, p)
			}
		}
		without := rule.GradeChild(bare)
		if without.Grade != full.Grade {
			return
		}
		hers, plain := full.Read(casework.Personal), without.Read(casework.Personal)
		if !reflect.DeepEqual(hers, plain) {
			t.Fatalf("she reads\n%v\nwith the secret, and\n%v\nwithout", hers, plain)
		}
		for _, r := range hers {
			if r.Class > casework.Personal {
				t.Fatalf("she reads %+v", r)
			}
		}
	})
}
