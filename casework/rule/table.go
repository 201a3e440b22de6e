package rule

import (
	"slices"
	"strings"

	"doorstep/casework"
)

// Table is what a district decides about visits. It travels as JSON inside a pack; Default
// is what a new district starts with.
type Table struct {
	Version string  `json:"version"`
	Source  string  `json:"source"` // document it rests on as a whole
	Rows    []Row   `json:"rows"`
	Floors  []Floor `json:"floors"`

	// Ungraded is the grade planned for while nobody has graded a person.
	UngradedChild int `json:"ungraded_child"`
	UngradedElder int `json:"ungraded_elder"`

	// FollowUp is the days until questions that could not be asked are asked again.
	FollowUp int `json:"follow_up"`
	// FullEvery is how often a visit should ask everything.
	FullEvery Every `json:"full_every"`
	// UnseenLimit is how many visits in a row may miss a child before the supervisor hears of it.
	UnseenLimit int `json:"unseen_limit"`

	Calendar Calendar `json:"calendar"`
}

// Row is one frequency rule: whom it is for, how often, and what counts.
type Row struct {
	ID     string        `json:"id"`
	For    casework.Duty `json:"for"` // child or elder
	Grade  int           `json:"grade,omitempty"`
	When   Condition     `json:"when,omitzero"`
	Region string        `json:"region,omitempty"` // leading digits of the areas it holds in; "" = everywhere
	From   casework.Day  `json:"from,omitempty"`   // in force from, to (both included); 0 = open
	To     casework.Day  `json:"to,omitempty"`

	Every  Every    `json:"every"`
	Door   Every    `json:"door,omitzero"`    // of these, at the door at least so often
	Modes  []string `json:"modes"`            // codes of "visit_mode" that count
	Depths []string `json:"depths,omitempty"` // codes of "visit_depth" that count; nil = all
	Seen   bool     `json:"seen,omitempty"`   // only visits in which the person was seen or heard count
	First  Term     `json:"first,omitzero"`   // first contact after someone becomes known

	Source string `json:"source"`
}

// Condition is what must hold of a person; what is empty asks nothing.
type Condition struct {
	MinAge     int      `json:"min_age,omitempty"` // the oldest the person may be counts
	Alone      bool     `json:"alone,omitempty"`
	Category   []string `json:"category,omitempty"`   // any of these child, elder or low-income codes
	Guardian   []string `json:"guardian,omitempty"`   // codes of "guardian_rating"
	Disability []string `json:"disability,omitempty"` // grades of the disability card
	Ability    string   `json:"ability,omitempty"`    // this GB/T 42195 level or worse, "2" = moderate
	SelfCare   []string `json:"self_care,omitempty"`  // codes of "care_level"
	Support    []string `json:"support,omitempty"`    // codes of "support_mode"
	Illness    []string `json:"illness,omitempty"`    // any of these codes of "chronic_illness"
}

// Every is an interval: days, or calendar months.
type Every struct {
	Days   int `json:"days,omitempty"`
	Months int `json:"months,omitempty"`
}

// Term is a time allowed: days, or working days.
type Term struct {
	Days     int `json:"days,omitempty"`
	Workdays int `json:"workdays,omitempty"`
}

// Floor is the mildest grade someone of a kind may have.
type Floor struct {
	ID    string        `json:"id"` // key "rule.floor.<id>"
	For   casework.Duty `json:"for"`
	When  Condition     `json:"when"`
	Grade int           `json:"grade"`
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

// Holds reports whether a person meets the condition on a day.
func (c Condition) Holds(p casework.Person, on casework.Day) bool {
	if c.MinAge > 0 {
		if _, most := p.Ages(on); most < c.MinAge && (most >= 0 || c.MinAge != 80 || !p.IsCategory("EL7")) {
			return false
		}
	}
	if c.Alone && p.Living != "alone" && !p.IsCategory("EL1") {
		return false
	}
	if len(c.Category) > 0 && !slices.ContainsFunc(c.Category, p.IsCategory) {
		return false
	}
	if c.Ability != "" && (p.Ability.Scale != "" && p.Ability.Scale != "gbt42195" || p.Ability.Level < c.Ability || p.Ability.Level == "") {
		return false
	}
	if len(c.Illness) > 0 && !slices.ContainsFunc(c.Illness, func(i string) bool { return slices.Contains(p.Health.Chronic, i) }) {
		return false
	}
	return one(c.Guardian, p.GuardianRating) && one(c.Disability, p.Disability.Grade) &&
		one(c.SelfCare, p.SelfCare) && one(c.Support, p.SupportMode)
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
		if r.When.Holds(p, today) {
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
type Calendar struct {
	Off []casework.Day `json:"off,omitempty"` // weekdays that are holidays
	On  []casework.Day `json:"on,omitempty"`  // weekend days worked instead 调休
}

// Works reports whether a day is a working day.
func (c Calendar) Works(d casework.Day) bool {
	switch d.Weekday() {
	case 0, 6:
		return slices.Contains(c.On, d)
	}
	return !slices.Contains(c.Off, d)
}

// Knows reports whether the notice of that day's year is in. A deadline in a year that is
// not must be shown with a warning.
func (c Calendar) Knows(d casework.Day) bool {
	y, _, _ := d.Date()
	return slices.ContainsFunc(c.Off, func(o casework.Day) bool { oy, _, _ := o.Date(); return oy == y })
}

// Within is the last day of a term that starts on d; the first day is the next one.
func (c Calendar) Within(d casework.Day, t Term) casework.Day {
	if d == 0 {
		return 0
	}
	d = d.AddDays(t.Days)
	for left := t.Workdays; left > 0; {
		d = d.AddDays(1)
		if c.Works(d) {
			left--
		}
	}
	return d
}
