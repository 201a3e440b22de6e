package visit

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/widget"
)

// An instant and a time of day as answers keep them.
const (
	clockFormat  = "15:04:05.000-07:00"
	momentFormat = "2006-01-02T15:04:05.000-07:00"
)

// understood is what was typed as an answer keeps it. What cannot be read is kept as it was
// typed: the form says what is wrong with it, and nothing blocks the way.
func (s *Screen) understood(env *stage.Env, v form.View) string {
	text := strings.TrimSpace(s.field.Value())
	y, m, d := s.session.Form.Day().Date()
	today := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	switch v.Item.Type {
	case form.TypeDate:
		text = strings.TrimSpace(s.day.Value())
		if day, ok := widget.ParseDay(text, today, s.day.Toward); ok {
			return day.Format(widget.DayLayout)
		}
	case form.TypeTime:
		hour, minute, ok := widget.ParseClock(text)
		if now := env.Now().In(casework.Shanghai); !ok && (text == "现在" || strings.EqualFold(text, "now")) {
			hour, minute, ok = now.Hour(), now.Minute(), true
		}
		if ok {
			return time.Date(2000, 1, 1, hour, minute, 0, 0, casework.Shanghai).Format(clockFormat)
		}
	case form.TypeDateTime:
		if day, hour, minute, ok := widget.ParseMoment(text, env.Now(), today, toward(v.Item.Constraint)); ok {
			y, m, d := day.Date()
			return time.Date(y, m, d, hour, minute, 0, 0, casework.Shanghai).Format(momentFormat)
		}
	case form.TypeInteger, form.TypeDecimal, form.TypeRange:
		return strings.TrimSpace(casework.Narrow(text))
	case form.TypeGeopoint:
		if at, ok := point(text); ok {
			return at
		}
	}
	return casework.CleanLine(text, lineMax)
}

// typedAs is an answer as it stands in the field.
func typedAs(v form.View) string {
	switch v.Item.Type {
	case form.TypeTime:
		if t, err := time.Parse(clockFormat, v.Value); err == nil {
			return t.Format("15:04")
		}
	case form.TypeDateTime:
		if t, err := time.Parse(momentFormat, v.Value); err == nil {
			return t.In(casework.Shanghai).Format("2006-01-02 15:04")
		}
	}
	return v.Value
}

var degrees = regexp.MustCompile(`-?\d+(?:\.\d+)?`)

// point reads a place typed as 37.35, 122.58 or 北纬37.35 东经122.58, and puts latitude first.
func point(text string) (string, bool) {
	text = keymap.Fold(text)
	found := degrees.FindAllString(text, 5)
	if len(found) < 2 || len(found) > 4 {
		return "", false
	}
	lat, err := strconv.ParseFloat(found[0], 64)
	lon, err2 := strconv.ParseFloat(found[1], 64)
	if err != nil || err2 != nil {
		return "", false
	}
	east := strings.IndexAny(text, "经Ee")
	north := strings.IndexAny(text, "纬Nn")
	if east >= 0 && north > east || (lat > 90 || lat < -90) && lon <= 90 && lon >= -90 {
		found[0], found[1] = found[1], found[0]
	}
	for i, sign := range []string{"南纬", "西经"} {
		if strings.Contains(text, sign) && !strings.HasPrefix(found[i], "-") {
			found[i] = "-" + found[i]
		}
	}
	return strings.Join(found, " "), true
}
