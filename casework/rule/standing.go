package rule

import (
	"cmp"
	"slices"

	"doorstep/casework"
)

// Standing is the grade someone stands at: a pure function of what was confirmed, what
// visits proposed and who she is. It is never stored.
type Standing struct {
	Grade     int          // 1 (worst) to 4; 0 when no visit rule holds for the person
	Confirmed bool         // it is the supervisor's, unchanged since
	Since     casework.Day // of the fact that set it; 0 for a floor or a default
	Why       []Reason
}

// Facts are the visits that say something on a day, oldest first: not corrected, not
// taken back, and not dated after the day they were written down, taken in or looked at.
// Of two corrections of one visit only one counts.
func Facts(visits []casework.VisitSummary, today casework.Day) []casework.VisitSummary {
	out := make([]casework.VisitSummary, 0, len(visits))
	for _, v := range visits {
		if !v.Counts() || v.Date == 0 || v.Date > today ||
			v.Written != 0 && v.Date > v.Written || v.Received != 0 && v.Date > v.Received {
			continue
		}
		out = append(out, v)
	}
	slices.SortFunc(out, func(a, b casework.VisitSummary) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Written, b.Written), a.ID.Compare(b.ID.ID))
	})
	seen := map[casework.RecordID]bool{}
	return slices.DeleteFunc(out, func(v casework.VisitSummary) bool {
		if v.Supersedes.IsZero() {
			return false
		}
		twice := seen[v.Supersedes]
		seen[v.Supersedes] = true
		return twice
	})
}

// StandingOf is the grade a person stands at on a day. A visit may raise it at once; it
// lowers it by one step, and only when the supervisor accepted it, the person was seen and
// it was not by telephone (people §1.2, domain §11). No grade is milder than a floor.
func StandingOf(p casework.Person, visits []casework.VisitSummary, t Table, today casework.Day) Standing {
	return standing(p, Facts(visits, today), t, today)
}

func standing(p casework.Person, facts []casework.VisitSummary, t Table, today casework.Day) Standing {
	who := group(p, today)
	if who == "" {
		return Standing{}
	}
	s := Standing{Grade: p.Standing.Grade}
	if s.Grade != 0 && p.Standing.On <= today {
		s.Confirmed, s.Since = true, p.Standing.On
		s.Why = []Reason{because(casework.Personal, "rule.why.confirmed", "Grade", gradeTerm(s.Grade), "Day", p.Standing.On, "By", p.Standing.By)}
	}
	for _, v := range facts {
		if v.Grade == 0 || s.Confirmed && v.Date < p.Standing.On {
			continue
		}
		switch {
		case s.Grade == 0, v.Grade < s.Grade:
			s = Standing{Grade: v.Grade, Since: v.Date, Why: []Reason{because(casework.Personal, "rule.why.visit", "Grade", gradeTerm(v.Grade), "Day", v.Date)}}
		case v.Grade > s.Grade && mayLower(v) && v.Date > p.Standing.On:
			s = Standing{Grade: s.Grade + 1, Since: v.Date, Why: []Reason{because(casework.Personal, "rule.why.lowered", "Grade", gradeTerm(s.Grade+1), "Day", v.Date)}}
		}
	}
	if s.Grade == 0 {
		s.Grade = t.UngradedElder
		if who == casework.DutyChild {
			s.Grade = t.UngradedChild
		}
		s.Why = []Reason{because(casework.Personal, "rule.why.ungraded", "Grade", gradeTerm(s.Grade))}
	}
	if who == casework.DutyElder {
		s.Grade = min(s.Grade, 3)
	}
	for _, f := range t.Floors {
		if f.For == who && f.Grade < s.Grade && Is(f.Layer, p, today) {
			s = Standing{Grade: f.Grade, Why: []Reason{because(casework.Personal, "rule.why.floor", "Grade", gradeTerm(f.Grade), "What", because(casework.Personal, "rule.floor."+f.Layer))}}
		}
	}
	return s
}

func mayLower(v casework.VisitSummary) bool {
	return v.Seen && v.Review == "accepted" && (v.Mode == "door" || v.Mode == "school")
}

// Unseen is how many of the last visits to a child in a row did not see the child, or
// were by telephone.
func Unseen(visits []casework.VisitSummary, today casework.Day) int {
	return unseen(Facts(visits, today))
}

func unseen(facts []casework.VisitSummary) int {
	n := 0
	for i := len(facts) - 1; i >= 0 && (!facts[i].Seen || facts[i].Mode == "phone"); i-- {
		n++
	}
	return n
}
