package casework

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Date is a date as a ledger knows it: sometimes only a month or a year, sometimes of the
// lunar calendar. Month and Day are 0 when they are not known. The zero Date is "none".
type Date struct {
	Year, Month, Day int
	Lunar            bool // 农历: Month and Day count lunar months (1–12) and days (1–30)
	Leap             bool // 闰: a leap lunar month
}

// DateOf is the full Date of a Day.
func DateOf(d Day) Date {
	y, m, n := d.Date()
	return Date{Year: y, Month: m, Day: n}
}

// IsZero reports whether nothing is known.
func (d Date) IsZero() bool { return d.Year == 0 }

// Exact is the civil day when d names one: complete, and if lunar within the years that
// Lunar knows.
func (d Date) Exact() (Day, bool) {
	if d.Year == 0 || d.Month == 0 || d.Day == 0 {
		return 0, false
	}
	if d.Lunar {
		day, _, ok := d.civil()
		return day, ok
	}
	day, err := NewDay(d.Year, d.Month, d.Day)
	return day, err == nil
}

// Bounds are the first and last civil day d may mean. A lunar date outside the years that
// Lunar knows spans the days its month can fall on.
func (d Date) Bounds() (first, last Day) {
	if day, ok := d.Exact(); ok {
		return day, day
	}
	if day, span, ok := d.civil(); ok {
		return day, day.AddDays(span - 1)
	}
	if d.Year < 1 || d.Year > 9998 {
		return 0, 0
	}
	switch {
	case d.Lunar && d.Month == 0:
		first, _ = NewDay(d.Year, 1, 20)
		return first, first.AddDays(400)
	case d.Lunar:
		first, _ = NewDay(d.Year, 1, 20)
		first = first.AddDays(29 * (d.Month - 1))
		return first, first.AddDays(92)
	case d.Month == 0:
		first, _ = NewDay(d.Year, 1, 1)
		last, _ = NewDay(d.Year, 12, 31)
	default:
		first, _ = NewDay(d.Year, d.Month, 1)
		last = first.MonthEnd()
	}
	return first, last
}

// String is "2024-02-28", "2024-02" or "2024"; a lunar date has "lunar:" before it, and a
// leap month "*" behind the month.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	var b strings.Builder
	if d.Lunar {
		b.WriteString("lunar:")
	}
	fmt.Fprintf(&b, "%04d", d.Year)
	if d.Month > 0 {
		fmt.Fprintf(&b, "-%02d", d.Month)
		if d.Leap {
			b.WriteByte('*')
		}
		if d.Day > 0 {
			fmt.Fprintf(&b, "-%02d", d.Day)
		}
	}
	return b.String()
}

type dateJSON struct {
	Day   string `json:"day"`
	Lunar bool   `json:"lunar,omitempty"`
	Leap  bool   `json:"leap,omitempty"`
}

// MarshalJSON writes {"day": "2024-02", "lunar": true}; null for the zero Date.
func (d Date) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	plain := Date{Year: d.Year, Month: d.Month, Day: d.Day}
	return json.Marshal(dateJSON{Day: plain.String(), Lunar: d.Lunar, Leap: d.Leap})
}

// UnmarshalJSON reads what MarshalJSON wrote. Errors: those of ParseDate.
func (d *Date) UnmarshalJSON(b []byte) error {
	var v *dateJSON
	if err := json.Unmarshal(b, &v); err != nil {
		return Problem("casework.Date", "day.malformed").Because(err)
	}
	if v == nil || v.Day == "" {
		*d = Date{}
		return nil
	}
	if strings.ContainsAny(v.Day, "*:") || len(v.Day) < 4 || len(v.Day) > 10 {
		return Problem("casework.Date", "day.malformed")
	}
	text := v.Day
	if v.Lunar {
		text = "lunar:" + text
	}
	got, err := ParseDate(text)
	if err != nil {
		return err
	}
	got.Leap = v.Leap
	if err := got.check("casework.Date"); err != nil {
		return err
	}
	*d = got
	return nil
}

var (
	datePunctuated = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})(\*?)[-/.月](\d{1,2})[日号]?$`)
	dateMonth      = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})(\*?)月?(?:份)?$`)
	dateYear       = regexp.MustCompile(`^(\d{4})年?$`)
	dateDigits     = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	dateMonthOnly  = regexp.MustCompile(`^(\d{4})(\d{2})$`)
	dateShortYear  = regexp.MustCompile(`^\d{2}[-/.年]\d{1,2}([-/.月]\d{1,2}[日号]?)?月?$`)
	dateSerial     = regexp.MustCompile(`^\d{5}(\.\d+)?$`)
	dateClock      = regexp.MustCompile(`^(.*\S)[ T]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$`)
)

// ParseDate reads a date as people type it: 1952年腊月廿三, 2024-02-28, 2024/2/28, 2024.2.28, 20240228,
// 2024年2月28日, 2024年2月, 2024.2, 202402, 2024; with full-width digits, a leading
// apostrophe, a time of day (dropped), and with 农历 or 阴历 (闰 for a leap month), which
// make a lunar Date. Five bare digits are an Excel serial of the 1900 system.
//
// Errors: day.two_digit_year (24.2.28 must be asked), day.not_in_calendar, day.range
// (years 1850–2200), day.malformed.
func ParseDate(text string) (Date, error) {
	const op = "casework.ParseDate"
	if len(text) > 200 {
		return Date{}, Problem(op, "day.malformed")
	}
	s := strings.Trim(CleanLine(Narrow(text), 60), "'’‘` ")
	s = strings.NewReplacer("—", "-", "－", "-", "–", "-", "。", ".", "、", ".", "／", "/").Replace(s)
	var d Date
	for _, mark := range []string{"农历", "阴历", "旧历", "lunar:", "(农)", "(阴)"} {
		if strings.Contains(s, mark) {
			d.Lunar = true
			s = strings.ReplaceAll(s, mark, "")
		}
	}
	for _, mark := range []string{"公历", "阳历", "(", ")", "生"} {
		s = strings.ReplaceAll(s, mark, "")
	}
	if d.Lunar && strings.Contains(s, "闰") {
		d.Leap = true
		s = strings.ReplaceAll(s, "闰", "")
	}
	if m := dateClock.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	s = strings.ReplaceAll(s, " ", "")
	if dateSerial.MatchString(s) && !d.Lunar {
		f, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return Date{}, Problem(op, "day.malformed")
		}
		day, err := SerialDay(f, false)
		return DateOf(day), err
	}
	if l, ok := lunarWords(s, d.Lunar); ok {
		l.Leap = l.Leap || d.Leap
		return l, l.check(op)
	}
	switch {
	case match(datePunctuated, s, &d, 3), match(dateDigits, s, &d, 3):
	case match(dateMonthOnly, s, &d, 2), match(dateMonth, s, &d, 2):
	case match(dateYear, s, &d, 1):
	case dateShortYear.MatchString(s):
		return Date{}, Problem(op, "day.two_digit_year")
	default:
		return Date{}, Problem(op, "day.malformed")
	}
	return d, d.check(op)
}

// match fills d from the first n numbers of a match; a "*" among them is a leap month.
func match(re *regexp.Regexp, s string, d *Date, n int) bool {
	m := re.FindStringSubmatch(s)
	if m == nil {
		return false
	}
	v := make([]int, 0, 3)
	for _, part := range m[1:] {
		if part == "*" {
			d.Leap = true
		}
		if k, err := strconv.Atoi(part); err == nil {
			v = append(v, k)
		}
	}
	d.Year = v[0]
	if n > 1 {
		d.Month = v[1]
	}
	if n > 2 {
		d.Day = v[2]
	}
	d.zeroed(n)
	return true
}

// zeroed marks a written 0 (2024-00-10) as impossible rather than unknown.
func (d *Date) zeroed(n int) {
	if n > 1 && d.Month == 0 {
		d.Month = 99
	}
	if n > 2 && d.Day == 0 {
		d.Day = 99
	}
}

func (d Date) check(op string) error {
	bad := Problem(op, "day.not_in_calendar", "Year", d.Year, "Month", d.Month%99, "Day", d.Day%99)
	switch {
	case d.Year < 1850 || d.Year > 2200:
		return Problem(op, "day.range", "Year", d.Year)
	case d.Month > 12, d.Lunar && d.Day > 30, d.Leap && !d.Lunar:
		return bad
	case !d.Lunar && d.Day > 0:
		if _, err := NewDay(d.Year, d.Month, d.Day); err != nil {
			return bad
		}
	}
	return nil
}

// SerialDay is the day of an Excel serial number: whole days since 1899-12-30 (the 1900
// system, with its 29 February 1900 that never was), or since 1904-01-01 when is1904.
// The fraction is a time of day and is dropped. Errors: day.serial (outside 1850–2200, or
// serial 60, the day that never was).
func SerialDay(serial float64, is1904 bool) (Day, error) {
	const op = "casework.SerialDay"
	if math.IsNaN(serial) || serial < 1 && !is1904 || serial < 0 || serial > 110000 {
		return 0, Problem(op, "day.serial")
	}
	n := int(serial)
	if is1904 {
		return MustDay("1904-01-01").AddDays(n), nil
	}
	switch {
	case n == 60:
		return 0, Problem(op, "day.serial")
	case n < 60:
		return MustDay("1899-12-31").AddDays(n), nil
	}
	return MustDay("1899-12-30").AddDays(n), nil
}
