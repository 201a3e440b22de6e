package rule

import (
	"slices"

	"doorstep/casework"
)

// Plan is the next visit to someone, and why.
type Plan struct {
	Date    casework.Day // by when; 0 = no visit is planned, see Stopped
	Overdue int          // days past Date; 0 when in time
	Every   Every        // the interval that drives the date
	Row     string       // id of the row that drives it
	Modes   []string     // codes of "visit_mode" that will count; nil = any
	Door    bool         // only a visit at the door will do
	Depth   string       // the depth to start with: "routine", "full" or "greeting"
	Last    casework.Day // of the last visit that counted for the row; 0 = none
	First   bool         // nobody has been there yet
	Grade   Standing

	Unseen   int  // visits in a row that did not see the child, or were by telephone
	Escalate bool // so many that the supervisor must hear of it

	Stopped string // "gone", "away", "dead", "moved", "institution", or "no_rule"
	Why     []Reason
}

// Due plans the next visit to a person from her visits and the district's table. Several
// rows may hold at once; the earliest date wins.
func Due(p casework.Person, visits []casework.VisitSummary, t Table, today casework.Day) Plan {
	facts := Facts(visits, today)
	plan := Plan{Grade: standing(p, facts, t, today), Depth: "routine"}
	if stop, why := stopped(p, facts); stop != "" {
		plan.Stopped, plan.Why = stop, []Reason{why}
		return plan
	}
	rows := t.rows(p, plan.Grade.Grade, today)
	if len(rows) == 0 {
		plan.Stopped, plan.Why = "no_rule", []Reason{because(casework.Routine, "rule.why.no_rule")}
		return plan
	}
	for _, r := range rows {
		if next := planRow(p, facts, r, t, today); plan.Date == 0 || next.Date < plan.Date {
			next.Grade, next.Depth = plan.Grade, plan.Depth
			plan = next
		}
	}
	plan.Why = append(slices.Clone(plan.Grade.Why), plan.Why...)
	plan.agreed(p, facts, today)
	plan.Depth = depth(plan, facts, t, today)
	if p.IsChild(today) {
		plan.Unseen = unseen(facts)
		if t.UnseenLimit > 0 && plan.Unseen >= t.UnseenLimit {
			plan.Escalate = true
			plan.Why = append(plan.Why, because(casework.Personal, "rule.why.unseen", "Count", plan.Unseen))
		}
	}
	if plan.Overdue = today.Sub(plan.Date); plan.Overdue < 0 {
		plan.Overdue = 0
	}
	return plan
}

// planRow is when one row asks for the next visit.
func planRow(p casework.Person, facts []casework.VisitSummary, r Row, t Table, today casework.Day) Plan {
	plan := Plan{Row: r.ID, Every: r.Every, Modes: r.Modes}
	var door casework.Day
	for _, v := range facts {
		switch {
		case r.Counts(v):
			plan.Last = v.Date
			if v.Mode == "door" && v.Seen {
				door = v.Date
			}
		case v.Result == "hospital": // she is not at home: ask again after one interval
			plan.Last = max(plan.Last, v.Date)
		}
	}
	why := because(casework.Personal, "rule.why.row", "Every", r.Every.Name(), "Source", r.Source)
	if r.Source == "" {
		why = because(casework.Personal, "rule.why.row_local", "Every", r.Every.Name())
	}
	if plan.Last == 0 {
		known := p.Known
		if known == 0 || known > today {
			known = today
		}
		plan.First = true
		plan.Date = t.Calendar.Within(known, r.First)
		plan.Door = len(r.Modes) == 1 && r.Modes[0] == "door" || !r.Door.IsZero()
		plan.Why = []Reason{why, because(casework.Personal, "rule.why.first", "Day", plan.Date)}
		return plan
	}
	plan.Date = r.Every.After(plan.Last)
	plan.Door = len(r.Modes) == 1 && r.Modes[0] == "door"
	plan.Why = []Reason{why, because(casework.Personal, "rule.why.last", "Last", plan.Last, "Day", plan.Date)}
	if r.Door.IsZero() {
		return plan
	}
	if door == 0 { // known only by telephone: the next visit is at the door
		plan.Door = true
		plan.Why = append(plan.Why, because(casework.Personal, "rule.why.door_never", "Every", r.Door.Name()))
		return plan
	}
	if by := r.Door.After(door); by <= plan.Date || by < today {
		plan.Date, plan.Door = min(by, plan.Date), true
		plan.Why = append(plan.Why, because(casework.Personal, "rule.why.door", "Every", r.Door.Name(), "Last", door, "Day", by))
	}
	return plan
}

// agreed moves the date forward to what was promised: an appointment, or the day the last
// visit named.
func (plan *Plan) agreed(p casework.Person, facts []casework.VisitSummary, today casework.Day) {
	var last casework.VisitSummary
	if len(facts) > 0 {
		last = facts[len(facts)-1]
	}
	if on := p.Appointment.On; on > last.Date && on >= today && on <= plan.Date {
		plan.Date = on
		plan.Why = append(plan.Why, because(casework.Personal, "rule.why.appointment", "Day", on, "At", p.Appointment.At))
	}
	if on := last.Next; on > last.Date && on < plan.Date {
		plan.Date = on
		plan.Why = append(plan.Why, because(casework.Personal, "rule.why.promised", "Last", last.Date, "Day", on))
	}
}

// depth is how much the next visit should ask: everything at the first visit, in grade 1,
// and once a quarter (people §2.7).
func depth(plan Plan, facts []casework.VisitSummary, t Table, today casework.Day) string {
	if plan.First || plan.Grade.Grade == 1 {
		return "full"
	}
	var full casework.Day
	for _, v := range facts {
		if v.Depth == "full" {
			full = v.Date
		}
	}
	if !t.FullEvery.IsZero() && (full == 0 || t.FullEvery.After(full) <= today) {
		return "full"
	}
	return "routine"
}

// stopped is why someone is not visited at home any more, or for now. A death or a move
// that a visit found stops the plan at once; the exit itself waits for a supervisor.
func stopped(p casework.Person, facts []casework.VisitSummary) (string, Reason) {
	switch {
	case p.Gone():
		return "gone", because(casework.Personal, "rule.why.gone")
	case p.Exit.Reason == "dead" || p.Exit.Reason == "moved" || p.Exit.Reason == "institution":
		return p.Exit.Reason, because(casework.Personal, "rule.why.stopped."+p.Exit.Reason)
	case p.Away.Reason != "" && (len(facts) == 0 || p.Away.Since == 0 || facts[len(facts)-1].Date <= p.Away.Since || !facts[len(facts)-1].Seen):
		return "away", because(casework.Personal, "rule.why.away")
	}
	if len(facts) > 0 {
		switch r := facts[len(facts)-1].Result; r {
		case "dead", "moved", "institution":
			return r, because(casework.Personal, "rule.why.stopped."+r)
		}
	}
	return "", Reason{}
}

// Verdict says whether a visit as planned would count for a row.
type Verdict struct {
	Row    Row
	Counts bool
}

// Fulfils says for each row in force whether a visit of this mode and depth, in which the
// person is met, would count: what does not count says so before it is saved.
func Fulfils(p casework.Person, visits []casework.VisitSummary, t Table, today casework.Day, mode, depth string) []Verdict {
	rows := t.rows(p, StandingOf(p, visits, t, today).Grade, today)
	out := make([]Verdict, 0, len(rows))
	for _, r := range rows {
		out = append(out, Verdict{r, r.Counts(casework.VisitSummary{Mode: mode, Depth: depth, Result: "met", Seen: true})})
	}
	return out
}
