package casework

import (
	"slices"
	"strconv"
	"strings"
)

// lastOfYear is what the day before the new year is called, whether its month has 29 days or 30.
var lastOfYear = []string{"除夕", "年三十", "大年三十"}

// LunarDays are the civil days near a day that words of the lunar calendar can mean when they
// name no year: 腊月廿三, 农历五月初三, 闰六月初一, or 初五 alone. They stand in order: for a month
// and a day one in each of the three lunar years around, for a day alone one in each of the
// months around. nil when the text is no such words; a month and a day that could as well be
// of the other calendar (五月三日) are none.
func LunarDays(text string, near Day) []Day {
	here, ok := Lunar(near)
	if !ok || len(text) > 60 {
		return nil
	}
	text = strings.Trim(CleanLine(Narrow(text), 20), " ")
	named := false
	for _, mark := range []string{"农历", "阴历", "旧历"} {
		if rest, ok := strings.CutPrefix(text, mark); ok {
			text, named = strings.TrimSpace(rest), true
		}
	}
	if strings.Contains(text, "年") {
		return nil
	}
	var out []Day
	if i := slices.Index(lunarDayWords, text); i >= 0 {
		if !named && !strings.ContainsAny(text, "初廿") {
			return nil
		}
		for d := near.AddDays(-45); d <= near.AddDays(45); d++ {
			if l, ok := Lunar(d); ok && l.Day == i+1 {
				out = append(out, d)
			}
		}
		return out
	}
	for y := here.Year - 1; y <= here.Year+1; y++ {
		if slices.Contains(lastOfYear, text) {
			if first, _, ok := (Date{Year: y + 1, Month: 1, Day: 1, Lunar: true}).civil(); ok {
				out = append(out, first.AddDays(-1))
			}
			continue
		}
		if d, ok := lunarWords(strconv.Itoa(y)+"年"+text, named); ok && d.Day > 0 {
			if day, _, ok := d.civil(); ok {
				out = append(out, day)
			}
		}
	}
	return out
}
