package xpath

import (
	"math"
	"time"
)

var dateFunctions = map[string]*function{
	"today": {do: func(ev *evaluator, _ *call) Value {
		if ev.Now.IsZero() {
			return Value{}
		}
		return MakeDay(dayOf(ev.Now.In(ev.Zone)))
	}},
	"now": {do: func(ev *evaluator, _ *call) Value {
		if ev.Now.IsZero() {
			return Value{}
		}
		return makeMoment(ev.Now.In(ev.Zone))
	}},
	"date": {min: 1, max: 1, do: func(ev *evaluator, c *call) Value {
		v := ev.atom(c.args[0])
		if v.kind == KindText || v.kind == KindNodes {
			if day, ok := ParseDay(v.String()); ok {
				return MakeDay(day) // the day as written, whatever its offset
			}
		}
		if m := ev.when(v); !m.IsBlank() {
			day, _ := m.Day()
			return MakeDay(day)
		}
		return Value{}
	}},
	"date-time": {min: 1, max: 1, do: func(ev *evaluator, c *call) Value { return ev.when(ev.atom(c.args[0])) }},
	"decimal-date-time": {min: 1, max: 1, do: func(ev *evaluator, c *call) Value {
		v := ev.atom(c.args[0])
		if v.kind == KindNumber {
			return v
		}
		t, ok := ev.instant(v)
		if !ok {
			return MakeNumber(math.NaN())
		}
		return MakeNumber(utcDays(t))
	}},
	"decimal-time": {min: 1, max: 1, do: func(ev *evaluator, c *call) Value {
		v := ev.atom(c.args[0])
		if v.kind == KindMoment {
			return MakeNumber(fractionOfDay(v.rare.moment))
		}
		if f, ok := parseTimeOfDay(v.String(), dayOf(ev.Now.In(ev.Zone)), ev.Zone); ok {
			return MakeNumber(f)
		}
		return MakeNumber(math.NaN())
	}},
	"format-date":      {min: 2, max: 2, do: doFormat},
	"format-date-time": {min: 2, max: 2, do: doFormat},

	"difference-in-days":   between(func(from, to int) int { return to - from }),
	"difference-in-weeks":  between(func(from, to int) int { return (to - from) / 7 }),
	"difference-in-months": between(monthsBetween),
	"difference-in-years":  between(func(from, to int) int { return monthsBetween(from, to) / 12 }),
	"add-date":             {min: 1, max: 6, do: doAddDate},
}

// when reads a value as a day or an instant: whole numbers are calendar days, fractions
// of days are instants since 1970-01-01T00:00Z. What is neither is blank.
func (ev *evaluator) when(v Value) Value {
	switch v.kind {
	case KindDay, KindMoment:
		return v
	case KindTruth, KindUnknown:
		return Value{}
	case KindNumber:
		return ev.whenNumber(v.number)
	}
	s := v.String()
	if st, ok := parseStamp(s); ok {
		if st.hasTime {
			return makeMoment(st.moment(ev.Zone))
		}
		return MakeDay(st.day)
	}
	return ev.whenNumber(textNumber(s))
}

func (ev *evaluator) whenNumber(f float64) Value {
	if f == math.Trunc(f) && math.Abs(f) < 1e7 {
		return MakeDay(int(f))
	}
	if t, ok := fromUTCDays(f, ev.Zone); ok {
		return makeMoment(t)
	}
	return Value{}
}

// instant is when as a point in time; a day begins at midnight in the Context's zone.
func (ev *evaluator) instant(v Value) (time.Time, bool) {
	w := ev.when(v)
	switch w.kind {
	case KindDay:
		return midnight(int(w.number), ev.Zone), true
	case KindMoment:
		return w.rare.moment, true
	}
	return time.Time{}, false
}

func doFormat(ev *evaluator, c *call) Value {
	v, pattern := ev.atom(c.args[0]), ev.text(c, 1)
	t, ok := ev.instant(v)
	if !ok {
		return Value{}
	}
	return ev.made(c, formatTime(t, pattern, ev.Lang))
}

// between is a whole number of units from the first civil day to the second.
func between(count func(from, to int) int) *function {
	return &function{min: 2, max: 2, do: func(ev *evaluator, c *call) Value {
		from, ok1 := ev.when(ev.atom(c.args[0])).Day()
		to, ok2 := ev.when(ev.atom(c.args[1])).Day()
		if !ok1 || !ok2 {
			return Value{}
		}
		return MakeNumber(float64(count(from, to)))
	}}
}

// monthsBetween counts completed months; going backwards gives a negative number.
func monthsBetween(from, to int) int {
	if to < from {
		return -monthsBetween(to, from)
	}
	fy, fm, fd := dayDate(from).Date()
	ty, tm, td := dayDate(to).Date()
	months := (ty-fy)*12 + int(tm) - int(fm)
	if td < fd && dayDate(to+1).Day() != 1 {
		months--
	}
	return months
}

// doAddDate is CHT's add-date(date, years, months, days, hours, minutes). A day that the
// target month does not have becomes its last one.
func doAddDate(ev *evaluator, c *call) Value {
	v := ev.when(ev.atom(c.args[0]))
	t, ok := ev.instant(v)
	var add [6]int
	for i := 1; i < len(c.args); i++ {
		f := ev.number(c, i)
		if f != f || math.Abs(f) > 1e7 {
			ok = false
		} else {
			add[i] = int(f)
		}
	}
	if !ok {
		return Value{}
	}
	y, m, d := t.Date()
	first := time.Date(y+add[1], m+time.Month(add[2]), 1, 0, 0, 0, 0, ev.Zone)
	d = min(d, first.AddDate(0, 1, -1).Day())
	h, mi, s := t.Clock()
	out := time.Date(first.Year(), first.Month(), d+add[3], h+add[4], mi+add[5], s, t.Nanosecond(), ev.Zone)
	if v.kind == KindDay && add[4] == 0 && add[5] == 0 {
		return MakeDay(dayOf(out))
	}
	return makeMoment(out)
}
