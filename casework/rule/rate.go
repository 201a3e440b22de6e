package rule

import (
	"slices"

	"doorstep/casework"
)

// Rate is the visit rate of a period with everything it rests on. Refusals and
// visits that met nobody are shown apart and never count as done.
type Rate struct {
	Due, Done int
	ByMode    map[string]int // of those done, by the mode of their last counting visit
	Refused   int            // of those not done: the last attempt was refused
	NotMet    int            // of those not done: attempts that met nobody
	NotDue    int            // dead, moved, in hospital or an institution before the period
	Missing   []casework.RecordID
}

// Percent is the rate in whole percent, rounded half up; 100 when nobody was due.
func (r Rate) Percent() int {
	if r.Due == 0 {
		return 100
	}
	return (200*r.Done + r.Due) / (2 * r.Due)
}

// Subject is a person with her visits.
type Subject struct {
	Person casework.Person
	Visits []casework.VisitSummary
}

// VisitRate counts who was due and who was visited often enough from one day to another,
// both included.
func VisitRate(subjects []Subject, t Table, from, to casework.Day) Rate {
	out := Rate{ByMode: map[string]int{}}
	for _, s := range subjects {
		facts := Facts(s.Visits, to)
		split := slices.IndexFunc(facts, func(v casework.VisitSummary) bool { return v.Date >= from })
		if split < 0 {
			split = len(facts)
		}
		before, within := facts[:split], facts[split:]
		if group(s.Person, from) == "" {
			continue
		}
		if notDue(s.Person, before, from) {
			out.NotDue++
			continue
		}
		asked, done, mode := fulfilled(s.Person, before, within, t, from, to)
		switch {
		case !asked:
			continue
		case done:
			out.Done++
			out.ByMode[mode]++
		default:
			out.Missing = append(out.Missing, s.Person.ID)
			if n := len(within); n > 0 {
				switch within[n-1].Result {
				case "refused":
					out.Refused++
				case "not_met", "wrong_address":
					out.NotMet++
				}
			}
		}
		out.Due++
	}
	return out
}

func notDue(p casework.Person, before []casework.VisitSummary, from casework.Day) bool {
	if p.Retracted || p.Exit.Reason != "" && p.Exit.On != 0 && p.Exit.On < from ||
		p.Away.Reason != "" && p.Away.Since != 0 && p.Away.Since < from {
		return true
	}
	if len(before) == 0 {
		return false
	}
	switch before[len(before)-1].Result {
	case "dead", "moved", "hospital", "institution":
		return true
	}
	return false
}

// fulfilled reports whether any row asked for a visit in the period, and whether all did
// get theirs.
func fulfilled(p casework.Person, before, within []casework.VisitSummary, t Table, from, to casework.Day) (asked, done bool, mode string) {
	done = true
	for _, r := range t.rows(p, standing(p, before, t, from).Grade, from) {
		need := required(r, before, from, to)
		if need == 0 {
			continue
		}
		asked = true
		got := 0
		for _, v := range within {
			if r.Counts(v) {
				got++
				mode = v.Mode
			}
		}
		done = done && got >= need
	}
	return asked, done, mode
}

// required is how many visits a row asks for in a period: as many whole intervals as it
// holds, at least one; for an interval longer than the period one when it ends within.
func required(r Row, before []casework.VisitSummary, from, to casework.Day) int {
	n := 0
	for next := r.Every.After(from.AddDays(-1)); next != 0 && next <= to; next = r.Every.After(next) {
		n++
	}
	if n > 0 {
		return n
	}
	var last casework.Day
	for _, v := range before {
		if r.Counts(v) {
			last = v.Date
		}
	}
	if last == 0 || r.Every.After(last) <= to {
		return 1
	}
	return 0
}
