package casework

import (
	"fmt"
	"time"
)

// Shanghai is the only zone of the product: +08:00 all year.
var Shanghai = time.FixedZone("CST", 8*60*60)

// Day is a civil day in Asia/Shanghai: 1 is 0001-01-01 and each day is one more, so days
// compare with < and ==. The zero Day means "no day" and is written as empty text.
// Real days lie in the years 1 to 9999.
type Day int32

const lastDay Day = 3652059 // 9999-12-31

// NewDay is the day y-m-d, or an error when the calendar has no such day.
// Error: day.not_in_calendar.
func NewDay(y, m, d int) (Day, error) {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if y < 1 || y > 9999 || t.Year() != y || int(t.Month()) != m || t.Day() != d {
		return 0, Problem("casework.NewDay", "day.not_in_calendar", "Year", y, "Month", m, "Day", d)
	}
	return fromUTC(t), nil
}

// MustDay reads "2026-11-22" and panics on anything else. For tables and tests.
func MustDay(s string) Day {
	var d Day
	if err := d.UnmarshalText([]byte(s)); err != nil || d == 0 {
		panic("casework.MustDay: " + s)
	}
	return d
}

// DayOf is the civil day in Shanghai at the moment t; 0 for the zero time.
func DayOf(t time.Time) Day {
	if t.IsZero() {
		return 0
	}
	y, m, d := t.In(Shanghai).Date()
	if y < 1 || y > 9999 {
		return 0
	}
	return fromUTC(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
}

const yearOneUnix = -62135596800 // 0001-01-01T00:00:00Z

func fromUTC(t time.Time) Day { return Day((t.Unix()-yearOneUnix)/86400) + 1 }

func (d Day) utc() time.Time {
	return time.Unix(yearOneUnix+int64(d-1)*86400, 0).UTC()
}

// Date is year, month 1–12 and day of the month; zeros for the zero Day.
func (d Day) Date() (year, month, day int) {
	if d == 0 {
		return 0, 0, 0
	}
	y, m, n := d.utc().Date()
	return y, int(m), n
}

// Time is the first moment of d in Shanghai; the zero time for the zero Day.
func (d Day) Time() time.Time {
	if d == 0 {
		return time.Time{}
	}
	y, m, n := d.Date()
	return time.Date(y, time.Month(m), n, 0, 0, 0, 0, Shanghai)
}

// IsZero reports whether there is no day.
func (d Day) IsZero() bool { return d == 0 }

// Weekday is Sunday to Saturday.
func (d Day) Weekday() time.Weekday { return d.utc().Weekday() }

// AddDays is d moved by n days; it stays within the calendar, and the zero Day stays zero.
func (d Day) AddDays(n int) Day {
	if d == 0 {
		return 0
	}
	return Day(min(max(int64(d)+int64(n), 1), int64(lastDay)))
}

// AddMonths is the same day of the month n months away, or that month's last day when it
// has no such day (Civil Code Art. 202).
func (d Day) AddMonths(n int) Day {
	if d == 0 {
		return 0
	}
	y, m, day := d.Date()
	months := y*12 + m - 1 + n
	if months < 12 {
		return 1
	}
	if months/12 > 9999 {
		return lastDay
	}
	y, m = months/12, months%12+1
	return fromUTC(time.Date(y, time.Month(m), min(day, daysIn(y, m)), 0, 0, 0, 0, time.UTC))
}

// MonthStart is the first day of d's month.
func (d Day) MonthStart() Day {
	if d == 0 {
		return 0
	}
	_, _, n := d.Date()
	return d - Day(n) + 1
}

// MonthEnd is the last day of d's month.
func (d Day) MonthEnd() Day {
	if d == 0 {
		return 0
	}
	y, m, n := d.Date()
	return d + Day(daysIn(y, m)-n)
}

func daysIn(y, m int) int {
	return time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// Sub is how many days d lies after o; negative when before.
func (d Day) Sub(o Day) int { return int(d) - int(o) }

// FullYears is the age 周岁 on the day on of someone born on d: the birthday itself counts
// (N40, Civil Code Art. 1259), and one born on 29 February is a year older on
// 28 February of a common year (Art. 202). It is -1 when either day is missing or on lies
// before d.
func (d Day) FullYears(on Day) int {
	if d == 0 || on == 0 || on < d {
		return -1
	}
	by, _, _ := d.Date()
	oy, _, _ := on.Date()
	n := oy - by
	if d.AddMonths(12*n) > on {
		n--
	}
	return n
}

// String is "2026-11-22", or "" for the zero Day.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	y, m, n := d.Date()
	return fmt.Sprintf("%04d-%02d-%02d", y, m, n)
}

// MarshalText writes what String does.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads exactly "2026-11-22", or nothing. Error: day.malformed, day.not_in_calendar.
func (d *Day) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = 0
		return nil
	}
	if len(b) != 10 || b[4] != '-' || b[7] != '-' {
		return Problem("casework.Day", "day.malformed")
	}
	n := [3]int{}
	for i, part := range [3][]byte{b[:4], b[5:7], b[8:]} {
		for _, c := range part {
			if c < '0' || c > '9' {
				return Problem("casework.Day", "day.malformed")
			}
			n[i] = n[i]*10 + int(c-'0')
		}
	}
	v, err := NewDay(n[0], n[1], n[2])
	if err == nil {
		*d = v
	}
	return err
}
