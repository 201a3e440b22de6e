package rule

import (
	"strconv"
	"strings"
	"sync"
	"unicode"

	"doorstep/casework"
	"doorstep/casework/packs"
)

// floors are the mildest grades of the sample questionnaires (domain §11, §12: a proposal).
var floors = []Floor{
	{For: casework.DutyChild, Layer: "orphan", Grade: 3},
	{For: casework.DutyChild, Layer: "de_facto", Grade: 3},
	{For: casework.DutyChild, Layer: "left_behind_weak", Grade: 3},
	{For: casework.DutyChild, Layer: "severely_disabled", Grade: 3},
	{For: casework.DutyElder, Layer: "lost_alone", Grade: 1},
	{For: casework.DutyElder, Layer: "alone_80", Grade: 2},
	{For: casework.DutyElder, Layer: "tekun_dispersed", Grade: 2},
	{For: casework.DutyElder, Layer: "disabled", Grade: 2},
	{For: casework.DutyElder, Layer: "dementia", Grade: 2},
}

// Default is the table of a new district.
var Default = sync.OnceValue(func() Table { return TableOf(packs.Default(), casework.MustDay("2026-11-22")) })

// TableOf reads what a pack says about visits. Terms are those in force on a day; rows carry
// the days they hold themselves.
func TableOf(p packs.Pack, on casework.Day) Table {
	t := Table{
		Floors:        floors,
		Child:         scaleOf(p, "child", on, ChildScale),
		Elder:         scaleOf(p, "elder", on, ElderScale),
		UngradedChild: 3,
		UngradedElder: 3,
		FollowUp:      7,
		FullEvery:     Every{Months: 3},
		UnseenLimit:   2,
		Calendar:      p.Calendar,
	}
	if days := p.Term(packs.FollowUpUnknown, on); days > 0 {
		t.FollowUp = days
	}
	for _, f := range p.Frequencies {
		if f.On {
			t.Rows = append(t.Rows, rowOf(f))
		}
	}
	return t
}

func rowOf(f packs.Frequency) Row {
	r := Row{
		ID: f.Subject + "." + f.Layer, For: casework.Duty(f.Subject), Grade: f.Grade, Layer: f.Layer, Region: f.Region,
		From: f.EffectiveFrom, To: f.EffectiveTo, Every: Every{Days: f.EveryDays}, Modes: f.Modes, Source: document(f.Source),
		First: Term{Days: (f.FirstContactHours + 23) / 24, Workdays: f.FirstContactWorkdays},
	}
	if f.Grade > 0 {
		r.ID = f.Subject + "." + strconv.Itoa(f.Grade)
	}
	if f.Times > 0 {
		r.Every = interval(f.Times, f.Period)
	}
	if f.MinDoor > 0 {
		r.Door = interval(f.MinDoor, f.DoorPeriod)
	}
	for i, d := range casework.VisitDepths.Items {
		if i+1 >= f.MinDepth {
			r.Depths = append(r.Depths, d.Code)
		}
	}
	// A child in danger has to be seen or heard; below that the guardian's word keeps contact.
	r.Seen = r.For == casework.DutyChild && (f.Grade == 1 || f.Grade == 2)
	return r
}

// interval spreads so many times evenly over a period: twice a month is every 15 days.
func interval(times int, p packs.Period) Every {
	months := map[packs.Period]int{packs.Month: 1, packs.Quarter: 3, packs.HalfYear: 6}[p]
	switch {
	case months == 0:
		return Every{Days: max(7/times, 1)}
	case months%times == 0:
		return Every{Months: months / times}
	}
	return Every{Days: max(30*months/times, 1)}
}

func scaleOf(p packs.Pack, subject string, on casework.Day, otherwise Scale) Scale {
	var s Scale
	for _, b := range p.Bands {
		switch {
		case b.Subject != subject || !b.InForce(on):
		case b.From <= 0:
			s.Last = b.Grade
		default:
			s.Bands = append(s.Bands, Band{b.From, b.Grade})
		}
	}
	if len(s.Bands) == 0 || s.Last == 0 {
		return otherwise
	}
	return s
}

// document is the part of a row's source that a worker knows by name: a Chinese document.
func document(source string) string {
	for part := range strings.SplitSeq(source, ",") {
		if strings.ContainsFunc(part, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			return strings.TrimSpace(part)
		}
	}
	return ""
}
