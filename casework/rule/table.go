package rule

import (
	"slices"
	"strings"

	"doorstep/casework"
	"doorstep/casework/packs"
)

// Table is what a district decides about visits, ready for use: TableOf reads it from a
// pack, Default from the pack of a new district.
type Table struct {
	Rows         []Row
	Floors       []Floor
	Child, Elder Scale

	// Ungraded is the grade planned for while nobody has graded a person.
	UngradedChild, UngradedElder int
	// FollowUp is the days until questions that could not be asked are asked again.
	FollowUp int
	// FullEvery is how often a visit should ask everything.
	FullEvery Every
	// UnseenLimit is how many visits in a row may miss a child before the supervisor hears of it.
	UnseenLimit int

	Calendar Calendar
}

// Row is one frequency rule: whom it is for, how often, and what counts.
type Row struct {
	ID       string        // "child.2", "elder.alone_80"
	For      casework.Duty // child or elder
	Grade    int           // 0 = any
	Layer    string        // of Layers; "" = everybody
	Region   string        // leading digits of the areas it holds in; "" = everywhere
	From, To casework.Day  // in force, both included; 0 = open

	Every  Every
	Door   Every    // of these, at the door at least so often; zero = no such rule
	Modes  []string // codes of "visit_mode" that count
	Depths []string // codes of "visit_depth" that count
	Seen   bool     // only visits in which the person was seen or heard count
	First  Term     // first contact after someone becomes known

	Source string
}

// Floor is the mildest grade someone of a layer may have. Its name is "rule.floor.<layer>".
type Floor struct {
	For   casework.Duty
	Layer string
	Grade int
}

// Every is an interval: days, or calendar months.
type Every struct {
	Days   int
	Months int
}

// Term is a time allowed: days, or working days.
type Term struct {
	Days     int
	Workdays int
}

// IsZero reports that no interval is asked.
func (e Every) IsZero() bool { return e == Every{} }

// After is the day one interval after d.
func (e Every) After(d casework.Day) casework.Day {
	if d == 0 || e.IsZero() {
		return 0
	}
	return d.AddMonths(e.Months).AddDays(e.Days)
}

// Name is the interval in words: 每月两次.
func (e Every) Name() Reason {
	switch e {
	case Every{Days: 1}:
		return because(casework.Routine, "rule.every.day")
	case Every{Days: 2}:
		return because(casework.Routine, "rule.every.two_days")
	case Every{Days: 7}:
		return because(casework.Routine, "rule.every.week")
	case Every{Days: 15}:
		return because(casework.Routine, "rule.every.half_month")
	case Every{Months: 1}:
		return because(casework.Routine, "rule.every.month")
	case Every{Months: 3}:
		return because(casework.Routine, "rule.every.quarter")
	case Every{Months: 6}:
		return because(casework.Routine, "rule.every.half_year")
	}
	if e.Months > 0 {
		return because(casework.Routine, "rule.every.months", "Months", e.Months)
	}
	return because(casework.Routine, "rule.every.days", "Days", e.Days)
}

func one(of []string, s string) bool { return len(of) == 0 || slices.Contains(of, s) }

// group is the line of work whose rows hold for a person; "" when no visit rule does.
func group(p casework.Person, on casework.Day) casework.Duty {
	switch {
	case p.IsChild(on):
		return casework.DutyChild
	case p.IsElder(on):
		return casework.DutyElder
	}
	return ""
}

// rows are the rules in force for a person of a grade.
func (t Table) rows(p casework.Person, grade int, today casework.Day) []Row {
	who := group(p, today)
	var out []Row
	for _, r := range t.Rows {
		if r.For != who || r.Grade != 0 && r.Grade != grade {
			continue
		}
		if r.From != 0 && today < r.From || r.To != 0 && today > r.To {
			continue
		}
		if !slices.ContainsFunc(p.Areas, func(a casework.Area) bool { return strings.HasPrefix(string(a), r.Region) }) && r.Region != "" {
			continue
		}
		if Is(r.Layer, p, today) {
			out = append(out, r)
		}
	}
	return out
}

// Counts reports whether a visit fulfils the row.
func (r Row) Counts(v casework.VisitSummary) bool {
	depth := v.Depth
	if depth == "" {
		depth = "routine" // old ledgers do not say
	}
	if !one(r.Modes, v.Mode) || !one(r.Depths, depth) {
		return false
	}
	switch v.Result {
	case "met", "": // old ledgers list only visits that took place
		return !r.Seen || v.Seen
	case "guardian_only":
		return !r.Seen && r.For == casework.DutyChild
	}
	return false
}

// Calendar is the working days of the years it knows: the State Council's yearly notice.
// Other years fall back to Monday to Friday.
type Calendar []packs.Year

// Works reports whether a day is a working day, and whether that is known: a deadline in a
// year without a notice must be shown with a warning.
func (c Calendar) Works(d casework.Day) (works, known bool) {
	return packs.Pack{Calendar: c}.Works(d)
}

// Within is the last day of a term that starts on d; the first day is the next one.
func (c Calendar) Within(d casework.Day, t Term) casework.Day {
	if d == 0 {
		return 0
	}
	d = d.AddDays(t.Days)
	for left := t.Workdays; left > 0; {
		d = d.AddDays(1)
		if works, _ := c.Works(d); works {
			left--
		}
	}
	return d
}
