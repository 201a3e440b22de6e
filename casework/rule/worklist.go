package rule

import (
	"cmp"
	"slices"

	"doorstep/casework"
)

// Entry is one person of a day's list.
type Entry struct {
	Person *casework.Person
	Plan   Plan
}

// Worklist is a worker's day: whom she owes a visit, whom today, who lives behind the same
// door as one of these, and whom the week still brings.
type Worklist struct {
	Overdue, Today, Along, Week []Entry
	Escalate                    []Entry // children not seen twice in a row, wherever they stand above
}

// Day sorts people into a worklist. Each list goes by group (组), then by how long overdue,
// so that one walk serves a group; a companion (Along) follows the one whose door she shares
// in that order too. Week ends on Sunday.
func Day(people []*casework.Person, visits func(casework.RecordID) []casework.VisitSummary, t Table, today casework.Day) Worklist {
	var w Worklist
	sunday := today.AddDays((7 - int(today.Weekday())) % 7)
	doors := map[casework.RecordID]bool{}
	var later []Entry
	for _, p := range people {
		plan := Due(*p, visits(p.ID), t, today)
		e := Entry{p, plan}
		if plan.Escalate {
			w.Escalate = append(w.Escalate, e)
		}
		switch {
		case plan.Date == 0:
			continue
		case plan.Date < today:
			w.Overdue = append(w.Overdue, e)
		case plan.Date == today:
			w.Today = append(w.Today, e)
		default:
			later = append(later, e)
			continue
		}
		doors[p.Household] = true
	}
	for _, e := range later {
		switch {
		case !e.Person.Household.IsZero() && doors[e.Person.Household] && e.Plan.Date <= today.AddDays(7):
			w.Along = append(w.Along, e)
		case e.Plan.Date <= sunday:
			w.Week = append(w.Week, e)
		}
	}
	for _, list := range [][]Entry{w.Overdue, w.Today, w.Along, w.Week, w.Escalate} {
		slices.SortStableFunc(list, func(a, b Entry) int {
			return cmp.Or(cmp.Compare(a.Person.Grid, b.Person.Grid), cmp.Compare(a.Plan.Date, b.Plan.Date),
				cmp.Compare(a.Plan.Grade.Grade, b.Plan.Grade.Grade), a.Person.ID.Compare(b.Person.ID.ID))
		})
	}
	return w
}

// Alert is a warning of the weather office.
type Alert struct {
	Kind string // "heat", "cold", "typhoon", "rain": key "rule.alert.<kind>"
	On   casework.Day
}

// ExtraContact reports whether an alert asks for a contact before its day: elders of grade
// 1 and 2, and all who live alone (domain §12, weather rule).
func ExtraContact(p casework.Person, grade int, today casework.Day) bool {
	return p.IsElder(today) && !p.Gone() && (grade == 1 || grade == 2 || p.Living == "alone" || p.IsCategory("EL1"))
}
