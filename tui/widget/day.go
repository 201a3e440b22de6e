package widget

import (
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
)

// DayLayout is how days are written: 2026-11-22.
const DayLayout = "2006-01-02"

// Toward says which of the days that a text without a year can mean is meant.
type Toward int

// The directions.
const (
	Past   Toward = iota // the last one up to today
	Coming               // the next one from today on
	Near                 // the nearest one, before or after
)

// DayField is a day being typed, in any of the ways people write one (see ParseDay).
type DayField struct {
	Field
	Toward Toward       // Past takes no days after today
	First  time.Time    // the earliest day taken; the zero time is 1900-01-01
	Today  casework.Day // what 今天 means; 0 is the day on the wall
}

func (d *DayField) today(env *stage.Env) time.Time {
	if d.Today != 0 {
		return utc(d.Today)
	}
	return civil(env.Now())
}

// Day is the day that has been typed, as DayLayout. problem is the sentence that says why
// it is none; both are "" while the field is empty.
func (d *DayField) Day(env *stage.Env) (day, problem string) {
	if strings.TrimSpace(d.Value()) == "" {
		return "", ""
	}
	today := d.today(env)
	t, ok := ParseDay(d.Value(), today, d.Toward)
	first := d.First
	if first.IsZero() {
		first = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	switch {
	case !ok:
		return "", env.Say("tui.date.bad")
	case d.Toward == Past && t.After(today):
		return "", env.Say("tui.date.future")
	case t.Before(civil(first)):
		return "", env.Say("tui.date.past", "First", first.Format(DayLayout))
	}
	return t.Format(DayLayout), ""
}

// Update is Field.Update; up and down go a day, PgUp and PgDn a month earlier or later. From
// an empty field they start at today.
func (d *DayField) Update(env *stage.Env, msg tea.Msg) bool {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return d.Field.Update(msg)
	}
	days, months := 0, 0
	switch keymap.Press(key) {
	case "up":
		days = -1
	case "down":
		days = 1
	case "pgup":
		months = -1
	case "pgdown":
		months = 1
	default:
		return d.Field.Update(msg)
	}
	today := d.today(env)
	t := today
	if typed, ok := ParseDay(d.Value(), today, d.Toward); ok {
		t = typed.AddDate(0, 0, days)
		if months != 0 {
			t = monthOn(typed, months)
		}
	}
	if d.Toward != Past || !t.After(today) {
		d.Set(t.Format(DayLayout))
	}
	return true
}

// monthOn is the same day in another month, or the last one of a month that is too short.
func monthOn(t time.Time, months int) time.Time {
	first := time.Date(t.Year(), t.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1)
}

// Read is what the field was understood as: the day, its weekday and its day in the lunar
// calendar; "" while it is empty or no day.
func (d *DayField) Read(env *stage.Env) string {
	text, problem := d.Day(env)
	if problem != "" || text == "" {
		return ""
	}
	t, _ := time.Parse(DayLayout, text)
	lunar := casework.LunarText(casework.DayOf(t))
	key := "tui.date.read"
	if lunar == "" {
		key = "tui.date.read_only"
	}
	return env.Say(key, "Day", text, "Weekday", env.Say("today.weekday."+strconv.Itoa(int(t.Weekday()))), "Lunar", lunar)
}

// Leave writes the day out in full, so that what was understood can be read.
func (d *DayField) Leave(env *stage.Env) {
	if day, problem := d.Day(env); day != "" && problem == "" {
		d.Set(day)
	}
}

// shanghai is civil time in all of China: UTC+8 since 1991, no daylight saving.
var shanghai = time.FixedZone("Asia/Shanghai", 8*3600)

// civil is the civil day of t in China, as midnight UTC of that date.
func civil(t time.Time) time.Time {
	y, m, d := t.In(shanghai).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

var words = map[string]int{
	"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "大前天": -3, "明天": 1, "明日": 1, "后天": 2,
	"today": 0, "yesterday": -1, "tomorrow": 1,
}

// ParseDay reads a day: 2026-11-22 (also with . / 年月日 or spaces), 20261122, 11-22,
// 1122, 22, 今天, 昨天, 前天, -3 (three days ago), +2, 腊月廿三, 正月初五, 初五, 2026年腊月廿三;
// full-width is folded. Which day a text without a year or a month means is said by toward.
// today is midnight UTC of the civil day, as is the answer.
func ParseDay(text string, today time.Time, toward Toward) (time.Time, bool) {
	text = strings.ToLower(strings.TrimSpace(keymap.Fold(text)))
	if by, ok := words[text]; ok {
		return today.AddDate(0, 0, by), true
	}
	if len(text) > 1 && len(text) <= 5 && (text[0] == '-' || text[0] == '+') {
		if by, err := strconv.Atoi(text); err == nil {
			return today.AddDate(0, 0, by), true
		}
	}
	if t, ok := lunar(text, today, toward); ok {
		return t, true
	}
	parts, ok := dayNumbers(text)
	if !ok {
		return time.Time{}, false
	}
	switch len(parts) {
	case 3:
		if parts[0] < 100 {
			parts[0] += 2000
		}
		return valid(parts[0], parts[1], parts[2])
	case 2:
		return nearest(today, toward, func(back int) (time.Time, bool) {
			return valid(today.Year()+back, parts[0], parts[1])
		})
	case 1:
		return nearest(today, toward, func(back int) (time.Time, bool) {
			month := time.Date(today.Year(), today.Month()+time.Month(back), 1, 0, 0, 0, 0, time.UTC)
			return valid(month.Year(), int(month.Month()), parts[0])
		})
	}
	return time.Time{}, false
}

// dayNumbers splits text into year, month and day, or fewer of them.
func dayNumbers(text string) ([]int, bool) {
	text = strings.TrimRight(text, "日号 ")
	fields := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("-./年月 ", r) })
	if len(fields) == 1 {
		if strings.ContainsAny(text, "年月") {
			return nil, false // a year or a month is no day
		}
		switch s := fields[0]; len(s) {
		case 8:
			fields = []string{s[:4], s[4:6], s[6:]}
		case 4:
			fields = []string{s[:2], s[2:]}
		case 1, 2:
		default:
			return nil, false
		}
	}
	if len(fields) == 0 || len(fields) > 3 {
		return nil, false
	}
	var out []int
	for _, f := range fields {
		n, err := strconv.Atoi(f)
		if err != nil || n < 0 || len(f) > 4 || f[0] == '+' {
			return nil, false
		}
		out = append(out, n)
	}
	return out, true
}

func valid(y, m, d int) (time.Time, bool) {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	ok := t.Year() == y && int(t.Month()) == m && t.Day() == d && y >= 1900 && y <= 2199
	return t, ok
}

// lunar reads a day of the lunar calendar, with its year or without.
func lunar(text string, today time.Time, toward Toward) (time.Time, bool) {
	var found []time.Time
	if date, err := casework.ParseDate(text); err == nil && date.Lunar {
		if day, ok := date.Exact(); ok {
			return utc(day), true
		}
		return time.Time{}, false
	}
	for _, day := range casework.LunarDays(text, casework.DayOf(today)) {
		found = append(found, utc(day))
	}
	return pick(found, today, toward)
}

func utc(d casework.Day) time.Time {
	y, m, n := d.Date()
	return time.Date(y, time.Month(m), n, 0, 0, 0, 0, time.UTC)
}

// nearest tries this year (or month) and up to eight before and after it: 02-29 needs that.
func nearest(today time.Time, toward Toward, make func(by int) (time.Time, bool)) (time.Time, bool) {
	var found []time.Time
	for by := -8; by <= 8; by++ {
		if t, ok := make(by); ok {
			found = append(found, t)
		}
	}
	return pick(found, today, toward)
}

// pick takes the one that is meant of days in order.
func pick(days []time.Time, today time.Time, toward Toward) (best time.Time, ok bool) {
	away := func(t time.Time) time.Duration { return t.Sub(today).Abs() }
	for _, t := range days {
		if toward == Past && t.After(today) || toward == Coming && t.Before(today) {
			continue
		}
		if !ok || away(t) < away(best) {
			best, ok = t, true
		}
	}
	return best, ok
}
