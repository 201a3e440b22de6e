package packs

import (
	"slices"

	"doorstep/casework"
)

// Period is what Times counts in.
type Period string

// The periods: the civil week from Monday, the calendar month, quarter and half-year.
const (
	Week     Period = "week"
	Month    Period = "month"
	Quarter  Period = "quarter"
	HalfYear Period = "half_year"
)

// Origin says where a row comes from. Every row of a pack has one.
type Origin struct {
	Source        string       `json:"source"`
	Status        string       `json:"status"` // how far it is settled: "CFG", "national floor", …
	EffectiveFrom casework.Day `json:"effective_from"`
	EffectiveTo   casework.Day `json:"effective_to,omitzero"` // last day; 0 = still in force
}

// InForce says whether the row holds on a day.
func (o Origin) InForce(on casework.Day) bool {
	return on >= o.EffectiveFrom && (o.EffectiveTo == 0 || on <= o.EffectiveTo)
}

// Frequency is how often somebody is visited (R-17 children, R-22 elders). It holds for a
// Grade, or for a Layer of people whatever their grade: "disabled", "tekun_dispersed",
// "alone_80". Of several rows that hold, the most frequent counts.
type Frequency struct {
	Subject string `json:"subject"`         // "child" or "elder"
	Grade   int    `json:"grade,omitempty"` // 1 the most serious; 0 = any
	Layer   string `json:"layer,omitempty"`

	// Either EveryDays, or Times per Period.
	EveryDays int    `json:"every_days,omitempty"`
	Times     int    `json:"times,omitempty"`
	Period    Period `json:"period,omitempty"`

	MinDoor    int    `json:"min_door,omitempty"` // of these at the door, per DoorPeriod
	DoorPeriod Period `json:"door_period,omitempty"`

	// First contact with somebody newly known: hours, or working days. 0 = no term.
	FirstContactHours    int `json:"first_contact_hours,omitempty"`
	FirstContactWorkdays int `json:"first_contact_workdays,omitempty"`

	Modes    []string `json:"modes"`            // codes of casework.VisitModes that count
	MinDepth int      `json:"min_depth"`        // least depth that counts: 1 greeting, 2 routine, 3 full
	Region   string   `json:"region,omitempty"` // leading digits of the areas it holds in; "" = everywhere
	On       bool     `json:"on"`               // the district's switch
	Origin
}

// Counts says whether a visit of that mode and depth fulfils the row.
func (f Frequency) Counts(mode string, depth int) bool {
	return depth >= f.MinDepth && slices.Contains(f.Modes, mode)
}

// Band gives Grade for totals of From points and more.
type Band struct {
	Subject string `json:"subject"`
	From    int    `json:"from"`
	Grade   int    `json:"grade"`
	Colour  string `json:"colour,omitempty"`
	Origin
}

// Standard is an amount of money: an allowance, a grant, the price of a care hour.
type Standard struct {
	Region  string       `json:"region"` // leading digits of the areas it holds in
	Scheme  string       `json:"scheme"`
	Subtype string       `json:"subtype"`
	Amount  casework.Fen `json:"amount_fen"`
	Unit    string       `json:"unit"` // month, year, hour, time
	DocNo   string       `json:"doc_no,omitempty"`
	Origin
}

// Year is the working-day calendar of one year.
type Year struct {
	Year           int            `json:"year"`
	Holidays       []Holiday      `json:"holidays"`
	WorkedWeekends []casework.Day `json:"worked_weekends"` // 调休
	Origin
}

// Holiday is a run of days off, both ends included.
type Holiday struct {
	Name string       `json:"name"`
	From casework.Day `json:"from"`
	To   casework.Day `json:"to"`
}

// Works says whether a day of that year is a working day.
func (y Year) Works(d casework.Day) bool {
	for _, h := range y.Holidays {
		if d >= h.From && d <= h.To {
			return false
		}
	}
	if wd := d.Weekday(); wd == 0 || wd == 6 {
		return slices.Contains(y.WorkedWeekends, d)
	}
	return true
}

// Term is a length of time, or a limit, that a district may change.
type Term struct {
	Name   string `json:"name"`
	Amount int    `json:"amount"`
	Unit   string `json:"unit"` // days, minutes, times, MB, or 0/1 for a switch
	Origin
}

// The names of terms.
const (
	FollowUpUnknown = "follow_up_unknown" // days until a question left unknown is asked again
	Lease           = "lease"             // days without contact until old files close
	IdleLock        = "idle_lock"         // minutes without a key until the screen locks
)
