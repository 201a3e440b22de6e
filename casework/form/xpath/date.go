package xpath

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// Days count from 1970-01-01 and stay within the years 1 to 9999.
var (
	minDay = civilDay(1, 1, 1)
	maxDay = civilDay(9999, 12, 31)
)

// chinaTime is the default zone. China has had one zone and no summer time since 1992.
var chinaTime = time.FixedZone("+08:00", 8*60*60)

func civilDay(y int, m time.Month, d int) int {
	return int(math.Floor(float64(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()) / 86400))
}

// dayOf is the civil day of t in t's own zone.
func dayOf(t time.Time) int { return civilDay(t.Date()) }

// dayDate is the UTC midnight of a civil day, for its year, month and weekday.
func dayDate(day int) time.Time { return time.Unix(int64(day)*86400, 0).UTC() }

// midnight is the instant a civil day begins in a zone.
func midnight(day int, zone *time.Location) time.Time {
	y, m, d := dayDate(day).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone)
}

// FormatDay writes a civil day as 2006-01-02.
func FormatDay(day int) string { return dayDate(day).Format("2006-01-02") }

// ParseDay reads the civil day written in a date or a timestamp: 2026-11-22, 2026-1-2,
// 2026-11-22T08:00:00.000+08:00. A day that does not exist is refused.
func ParseDay(s string) (int, bool) {
	st, ok := parseStamp(s)
	return st.day, ok
}

func formatMoment(t time.Time) string { return t.Format("2006-01-02T15:04:05.000-07:00") }

// stamp is a parsed date or timestamp. day is the day as written, whatever its offset.
type stamp struct {
	day     int
	hasTime bool
	clock   time.Duration // since the midnight of day
	offset  int           // seconds east of UTC, when hasOff
	hasOff  bool
}

// moment is the instant, taking zone where none was written.
func (s stamp) moment(zone *time.Location) time.Time {
	if s.hasOff {
		return time.Unix(int64(s.day)*86400-int64(s.offset), 0).Add(s.clock).In(zone)
	}
	y, m, d := dayDate(s.day).Date()
	c := s.clock
	return time.Date(y, m, d, int(c/time.Hour), int(c/time.Minute%60), int(c/time.Second%60), int(c%time.Second), zone)
}

func parseStamp(s string) (stamp, bool) {
	s = strings.Trim(s, xmlSpace)
	if len(s) < 8 || s[4] != '-' {
		return stamp{}, false
	}
	y, rest, ok := leadingInt(s, 4, 4)
	if !ok {
		return stamp{}, false
	}
	m, rest, ok := leadingInt(rest[1:], 1, 2)
	if !ok || rest == "" || rest[0] != '-' {
		return stamp{}, false
	}
	d, rest, ok := leadingInt(rest[1:], 1, 2)
	if !ok || y < 1 || m < 1 || m > 12 || d < 1 || d > 31 {
		return stamp{}, false
	}
	out := stamp{day: civilDay(y, time.Month(m), d)}
	if dayDate(out.day).Day() != d {
		return stamp{}, false
	}
	if rest == "" {
		return out, true
	}
	if rest[0] != 'T' && rest[0] != ' ' {
		return stamp{}, false
	}
	return parseClock(out, rest[1:])
}

// parseClock reads 10:20[:30[.000]][Z|+08:00|+08] into st.
func parseClock(st stamp, s string) (stamp, bool) {
	h, s, ok := leadingInt(s, 1, 2)
	if !ok || h > 23 || s == "" || s[0] != ':' {
		return stamp{}, false
	}
	m, s, ok := leadingInt(s[1:], 2, 2)
	if !ok || m > 59 {
		return stamp{}, false
	}
	st.hasTime = true
	st.clock = time.Duration(h)*time.Hour + time.Duration(m)*time.Minute
	if strings.HasPrefix(s, ":") {
		var sec int
		if sec, s, ok = leadingInt(s[1:], 2, 2); !ok || sec > 59 {
			return stamp{}, false
		}
		st.clock += time.Duration(sec) * time.Second
		if strings.HasPrefix(s, ".") {
			n := 1
			for unit := time.Second / 10; n < len(s) && s[n] >= '0' && s[n] <= '9'; n++ {
				st.clock += time.Duration(s[n]-'0') * unit
				unit /= 10
			}
			s = s[n:]
		}
	}
	switch {
	case s == "":
		return st, true
	case s == "Z":
		st.hasOff = true
		return st, true
	case s[0] != '+' && s[0] != '-':
		return stamp{}, false
	}
	sign := 1
	if s[0] == '-' {
		sign = -1
	}
	oh, s, ok := leadingInt(s[1:], 2, 2)
	om := 0
	if ok && s != "" {
		if om, s, ok = leadingInt(strings.TrimPrefix(s, ":"), 2, 2); ok && s != "" {
			ok = false
		}
	}
	if !ok || oh > 14 || om > 59 {
		return stamp{}, false
	}
	st.hasOff, st.offset = true, sign*(oh*3600+om*60)
	return st, true
}

// leadingInt reads between least and most digits from the front of s.
func leadingInt(s string, least, most int) (n int, rest string, ok bool) {
	i := 0
	for i < len(s) && i < most && s[i] >= '0' && s[i] <= '9' {
		n = n*10 + int(s[i]-'0')
		i++
	}
	return n, s[i:], i >= least
}

// parseTimeOfDay reads 10:20:30.000+08:00 alone or behind a date, as a fraction of a
// day in zone. A time without a date is taken on the day of today.
func parseTimeOfDay(s string, today int, zone *time.Location) (float64, bool) {
	s = strings.Trim(s, xmlSpace)
	st, ok := parseStamp(s)
	if !ok {
		if st, ok = parseClock(stamp{day: today}, s); !ok {
			return 0, false
		}
	}
	t := st.moment(zone)
	return fractionOfDay(t), true
}

func fractionOfDay(t time.Time) float64 {
	h, m, s := t.Clock()
	ms := float64((h*60+m)*60+s)*1000 + float64(t.Nanosecond()/1e6)
	return ms / 86400000
}

// utcDays is the number of days since 1970-01-01T00:00Z with their fraction.
func utcDays(t time.Time) float64 { return float64(t.UnixMilli()) / 86400000 }

// fromUTCDays is the inverse of utcDays; false when out of the years 1 to 9999.
func fromUTCDays(f float64, zone *time.Location) (time.Time, bool) {
	if math.IsNaN(f) || f < float64(minDay) || f > float64(maxDay) {
		return time.Time{}, false
	}
	return time.UnixMilli(int64(math.Round(f * 86400000))).In(zone), true
}

var weekdaysZh = [...]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"}

// formatTime fills ODK's date pattern. An unknown % directive is kept as it stands.
func formatTime(t time.Time, pattern, lang string) string {
	var b strings.Builder
	runes := []rune(pattern)
	for i := 0; i < len(runes); i++ {
		if runes[i] != '%' || i+1 == len(runes) {
			b.WriteRune(runes[i])
			continue
		}
		i++
		switch runes[i] {
		case '%':
			b.WriteByte('%')
		case 'Y':
			fmt.Fprintf(&b, "%04d", t.Year())
		case 'y':
			fmt.Fprintf(&b, "%02d", t.Year()%100)
		case 'm':
			fmt.Fprintf(&b, "%02d", int(t.Month()))
		case 'n':
			fmt.Fprintf(&b, "%d", int(t.Month()))
		case 'b':
			if lang == "zh" {
				fmt.Fprintf(&b, "%d月", int(t.Month()))
			} else {
				b.WriteString(t.Format("Jan"))
			}
		case 'B':
			if lang == "zh" {
				fmt.Fprintf(&b, "%d月", int(t.Month()))
			} else {
				b.WriteString(t.Month().String())
			}
		case 'd':
			fmt.Fprintf(&b, "%02d", t.Day())
		case 'e':
			fmt.Fprintf(&b, "%d", t.Day())
		case 'H':
			fmt.Fprintf(&b, "%02d", t.Hour())
		case 'h':
			fmt.Fprintf(&b, "%d", t.Hour())
		case 'M':
			fmt.Fprintf(&b, "%02d", t.Minute())
		case 'S':
			fmt.Fprintf(&b, "%02d", t.Second())
		case '3':
			fmt.Fprintf(&b, "%03d", t.Nanosecond()/1e6)
		case 'a':
			if lang == "zh" {
				b.WriteString(weekdaysZh[t.Weekday()])
			} else {
				b.WriteString(t.Format("Mon"))
			}
		case 'A':
			if lang == "zh" {
				b.WriteString(weekdaysZh[t.Weekday()])
			} else {
				b.WriteString(t.Weekday().String())
			}
		default:
			b.WriteByte('%')
			b.WriteRune(runes[i])
		}
	}
	return b.String()
}
