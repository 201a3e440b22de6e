package widget

import (
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/keymap"
	"doorstep/tui/stage"
)

// DayLayout is how days are written: 2026-11-22.
const DayLayout = "2006-01-02"

// DayField is a day being typed, in any of the ways people write one (see ParseDay).
type DayField struct {
	Field
	Future bool      // days after today are taken too
	First  time.Time // the earliest day taken; the zero time is 1900-01-01
}

// Day is the day that has been typed, as DayLayout. problem is the sentence that says why
// it is none; both are "" while the field is empty.
func (d *DayField) Day(env *stage.Env) (day, problem string) {
	if strings.TrimSpace(d.Value()) == "" {
		return "", ""
	}
	today := civil(env.Now())
	t, ok := ParseDay(d.Value(), today, d.Future)
	first := d.First
	if first.IsZero() {
		first = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	switch {
	case !ok:
		return "", env.Say("tui.date.bad")
	case !d.Future && t.After(today):
		return "", env.Say("tui.date.future")
	case t.Before(civil(first)):
		return "", env.Say("tui.date.past", "First", first.Format(DayLayout))
	}
	return t.Format(DayLayout), ""
}

// Update is Field.Update; up and down go a day later or earlier.
func (d *DayField) Update(env *stage.Env, msg tea.Msg) bool {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		by := map[string]int{"up": -1, "down": 1}[keymap.Press(key)]
		if by != 0 {
			today := civil(env.Now())
			t := today
			if d.Value() != "" {
				if typed, ok := ParseDay(d.Value(), today, d.Future); ok {
					t = typed.AddDate(0, 0, by)
				}
			}
			if d.Future || !t.After(today) {
				d.Set(t.Format(DayLayout))
			}
			return true
		}
	}
	return d.Field.Update(msg)
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
// 1122, 22, 今天, 昨天, 前天, -3 (three days ago), +2; full-width is folded. A day without a year is the last
// such day up to today, or, with future, the next one from today on. A day without a month is
// found in the same way. today is midnight UTC of the civil day, as is the answer.
func ParseDay(text string, today time.Time, future bool) (time.Time, bool) {
	text = strings.ToLower(strings.TrimSpace(keymap.Fold(text)))
	if by, ok := words[text]; ok {
		return today.AddDate(0, 0, by), true
	}
	if len(text) > 1 && len(text) <= 5 && (text[0] == '-' || text[0] == '+') {
		if by, err := strconv.Atoi(text); err == nil {
			return today.AddDate(0, 0, by), true
		}
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
		return nearest(today, future, func(back int) (time.Time, bool) {
			return valid(today.Year()+back, parts[0], parts[1])
		})
	case 1:
		return nearest(today, future, func(back int) (time.Time, bool) {
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

// nearest tries this year (or month) and up to eight before or after it: 02-29 needs that.
func nearest(today time.Time, future bool, make func(back int) (time.Time, bool)) (time.Time, bool) {
	for i := range 9 {
		by := -i
		if future {
			by = i
		}
		if t, ok := make(by); ok && (future && !t.Before(today) || !future && !t.After(today)) {
			return t, true
		}
	}
	return time.Time{}, false
}
