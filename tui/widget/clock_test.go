package widget_test

import (
	"testing"
	"time"

	"doorstep/tui/tuitest"
	"doorstep/tui/widget"
)

func TestATimeOfDayInAllTheWaysPeopleSayIt(t *testing.T) {
	for text, want := range map[string]string{
		"14:30": "14:30", "１４：３０": "14:30", "1430": "14:30", "905": "09:05", "9点": "09:00", "9点半": "09:30", "下午2点半": "14:30",
		"晚上8点": "20:00", "中午12点": "12:00", "中午1点": "13:00", "凌晨12点": "00:00", "早上7点20": "07:20", "下午三点一刻": "15:15",
		"二十点十五分": "20:15", "十点": "10:00", "2:30pm": "14:30", "12:05 am": "00:05", "8:05": "08:05", "14.30": "14:30",
		"": "", "25:00": "", "12:60": "", "9": "", "14": "", "下午": "", "abc": "", "99999": "", "夜里11点": "23:00", "夜里2点": "02:00",
	} {
		h, m, ok := widget.ParseClock(text)
		got := ""
		if ok {
			got = time.Date(2000, 1, 1, h, m, 0, 0, time.UTC).Format("15:04")
		}
		if got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestADayAndATimeInOne(t *testing.T) {
	for text, want := range map[string]string{
		"今天 14:30": "2026-11-23 14:30", "昨天下午3点": "2026-11-22 15:00", "2026-11-22 8:05": "2026-11-22 08:05", "现在": "2026-11-23 09:00",
		"11-22 1430": "2026-11-22 14:30", "正月初五 9点": "2027-02-10 09:00", "-1 20:00": "2026-11-22 20:00", "14:30": "", "今天": "", "": "",
	} {
		d, h, m, ok := widget.ParseMoment(text, tuitest.Start, today, widget.Near)
		got := ""
		if ok {
			got = time.Date(d.Year(), d.Month(), d.Day(), h, m, 0, 0, time.UTC).Format("2006-01-02 15:04")
		}
		if got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func FuzzParseMoment(f *testing.F) {
	for _, s := range []string{"今天 14:30", "昨天下午三点半", "2026-11-22T14:30", "二十二点", "１４：３０"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if _, h, m, ok := widget.ParseMoment(s, tuitest.Start, today, widget.Near); ok && (h < 0 || h > 23 || m < 0 || m > 59) {
			t.Error(s, h, m)
		}
	})
}
