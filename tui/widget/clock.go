package widget

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"doorstep/tui/keymap"
)

// clockWords read a time of day as people say it: 下午2点半, 14:30, 1430, 2:30pm.
var clockWords = regexp.MustCompile(`^(凌晨|早上|早晨|清早|上午|中午|下午|傍晚|晚上|夜里|半夜)?\s*(\d{1,2}|[零〇一二两三四五六七八九十]{1,3})\s*(?:[:.点时]\s*(?:(\d{1,2}|[零〇一二三四五六七八九十]{1,3})\s*分?|(半)|(一刻)|(三刻)|钟|整)?)?\s*([ap]\.?m\.?)?$`)

// later are the words for the half of the day that begins at noon.
var later = map[string]bool{"下午": true, "傍晚": true, "晚上": true, "中午": true, "夜里": true}

// ParseClock reads a time of day: 14:30, 1430, 14点30分, 下午2点半, 晚上8点, 2:30pm; full-width is
// folded. 下午 and 晚上 make hours before 12 those after noon.
func ParseClock(text string) (hour, minute int, ok bool) {
	text = strings.ToLower(strings.TrimSpace(keymap.Fold(text)))
	if len(text) > 40 {
		return 0, 0, false
	}
	if n := len(text); (n == 3 || n == 4) && strings.Trim(text, "0123456789") == "" {
		text = text[:n-2] + ":" + text[n-2:]
	}
	m := clockWords.FindStringSubmatch(text)
	if m == nil || text == m[2] && m[1] == "" { // a bare number is no time of day
		return 0, 0, false
	}
	hour, minute = numeral(m[2]), 0
	switch {
	case m[3] != "":
		minute = numeral(m[3])
	case m[4] != "":
		minute = 30
	case m[5] != "":
		minute = 15
	case m[6] != "":
		minute = 45
	}
	switch half := strings.ReplaceAll(m[7], ".", ""); {
	case half == "pm" && hour < 12, later[m[1]] && hour < 12 && (m[1] != "中午" || hour < 3) && (m[1] != "夜里" || hour > 5):
		hour += 12
	case half == "am" && hour == 12, (m[1] == "凌晨" || m[1] == "半夜" || m[1] == "夜里") && hour == 12:
		hour = 0
	}
	return hour, minute, hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59
}

// numeral reads 14, 十四, 二十, 两.
func numeral(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	n, seen := 0, false
	for _, r := range strings.NewReplacer("〇", "零", "两", "二").Replace(s) {
		if r == '十' {
			if !seen {
				n = 1
			}
			n *= 10
			seen = true
			continue
		}
		d := strings.IndexRune("零一二三四五六七八九", r) / len("零")
		if seen && n >= 10 {
			n += d
		} else {
			n = n*10 + d
		}
		seen = true
	}
	return n
}

// ParseMoment reads a day and a time of day in one: 今天 14:30, 昨天下午3点, 2026-11-22 8:05,
// 现在. now is an instant, today midnight UTC of the civil day that 今天 means.
func ParseMoment(text string, now, today time.Time, toward Toward) (day time.Time, hour, minute int, ok bool) {
	text = strings.TrimSpace(keymap.Fold(text))
	if len(text) > 60 {
		return day, 0, 0, false
	}
	if n := strings.ToLower(text); n == "现在" || n == "刚才" || n == "now" {
		at := now.In(shanghai)
		return civil(now), at.Hour(), at.Minute(), true
	}
	for i := range text {
		if i == 0 || digit(text[i-1]) && digit(text[i]) { // 14:30 is not the first at 4:30
			continue
		}
		if hour, minute, ok = ParseClock(text[i:]); !ok {
			continue
		}
		if day, ok = ParseDay(text[:i], today, toward); ok {
			return day, hour, minute, true
		}
	}
	return day, 0, 0, false
}

func digit(b byte) bool { return b >= '0' && b <= '9' }
