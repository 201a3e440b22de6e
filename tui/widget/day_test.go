package widget_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"doorstep/casework"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
	"doorstep/tui/widget"
)

var today = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

func TestADayInAllTheWaysPeopleWriteIt(t *testing.T) {
	for text, want := range map[string]string{
		"2026-11-22": "2026-11-22", "20261122": "2026-11-22", "2026.11.22": "2026-11-22", "2026/1/2": "2026-01-02",
		"2026年11月22日": "2026-11-22", "２０２６－１１－２２": "2026-11-22", "26-11-22": "2026-11-22",
		"11-22": "2026-11-22", "1122": "2026-11-22", "11月22日": "2026-11-22", "11.22": "2026-11-22",
		"12-01": "2025-12-01", "02-29": "2024-02-29", "22": "2026-11-22", "24": "2026-10-24", "31": "2026-10-31", "5号": "2026-11-05",
		"今天": "2026-11-23", "昨天": "2026-11-22", "前天": "2026-11-21", "today": "2026-11-23",
		"-3": "2026-11-20", "－３": "2026-11-20", "+1": "2026-11-24", " 明天 ": "2026-11-24", "1999-02-28": "1999-02-28",
		"": "", "2026-02-30": "", "2026-13-01": "", "abc": "", "12345": "", "1-2-3-4": "", "-": "", "1800-01-01": "", "0": "", "２月": "",
		"9999999999": "", "2026-11-": "", "十一月": "",
		"正月初五": "2026-02-21", "腊月廿三": "2026-02-10", "农历十月初一": "2026-11-09", "初五": "2026-11-13", "十五": "", "2026年腊月廿三": "2027-01-30",
		"除夕": "2026-02-16", "２０２６１１２２": "2026-11-22", "五月三日": "",
	} {
		got, ok := widget.ParseDay(text, today, widget.Past)
		if s := got.Format(widget.DayLayout); (ok && s != want) || ok != (want != "") {
			t.Errorf("ParseDay(%q) = %s %v, want %q", text, s, ok, want)
		}
	}
	if got, _ := widget.ParseDay("02-01", today, widget.Coming); got.Format(widget.DayLayout) != "2027-02-01" {
		t.Errorf("an appointment lies ahead: %s", got)
	}
}

func TestADayWithoutAYearIsTheNearestWhereNothingElseIsKnown(t *testing.T) {
	for text, want := range map[string]string{
		"11-22": "2026-11-22", "12-8": "2026-12-08", "01-05": "2027-01-05", "5-1": "2027-05-01", "6-1": "2026-06-01",
		"正月初五": "2027-02-10", "腊月廿三": "2027-01-30", "30": "2026-11-30", "3": "2026-12-03", "初五": "2026-11-13",
	} {
		if got, ok := widget.ParseDay(text, today, widget.Near); !ok || got.Format(widget.DayLayout) != want {
			t.Errorf("%s: %s, want %s", text, got.Format(widget.DayLayout), want)
		}
	}
}

func TestKeysGoByDayAndByMonth(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		env := &stage.Env{Speaker: tuitest.Speaker(t, lang), Now: func() time.Time { return tuitest.Start }}
		d := &widget.DayField{Toward: widget.Near}
		for _, step := range []struct{ key, day string }{
			{"down", "2026-11-23"}, {"down", "2026-11-24"}, {"pgdown", "2026-12-24"}, {"pgup", "2026-11-24"}, {"up", "2026-11-23"},
		} {
			d.Update(env, tuitest.Key(step.key))
			if d.Value() != step.day {
				t.Errorf("%s: after %s %s, want %s", lang, step.key, d.Value(), step.day)
			}
		}
		d.Set("2027-01-31")
		d.Update(env, tuitest.Key("pgdown"))
		if d.Value() != "2027-02-28" {
			t.Error("a month that is too short ends with its last day:", d.Value())
		}
		want := map[string]string{"zh": "2027-02-28 周日  农历正月廿三", "en": "2027-02-28 Sun  (lunar 正月廿三)"}[lang]
		if got := d.Read(env); got != want {
			t.Errorf("%q, want %q", got, want)
		}
		d.Today = casework.MustDay("2026-11-01")
		d.Set("昨天")
		if day, _ := d.Day(env); day != "2026-10-31" {
			t.Error("the day before that on the paper:", day)
		}
	}
}

func TestEveryDayIsReadBackAsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := today.AddDate(0, 0, -rapid.IntRange(0, 40000).Draw(t, "back"))
		for _, layout := range []string{"2006-01-02", "20060102", "2006年1月2日", "2006/1/2"} {
			if got, ok := widget.ParseDay(day.Format(layout), today, widget.Past); !ok || !got.Equal(day) {
				t.Fatalf("%s is read as %s", day.Format(layout), got)
			}
		}
		if got, ok := widget.ParseDay(day.Format("01-02"), today, widget.Past); !ok || got.After(today) || got.Month() != day.Month() || got.Day() != day.Day() {
			t.Fatalf("%s without a year is read as %s", day.Format("01-02"), got)
		}
	})
}

func FuzzParseDay(f *testing.F) {
	for _, s := range []string{"2026-11-22", "-3", "今天", "1122", "二月", "１１－２２"} {
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, s string, future bool) {
		toward := widget.Past
		if future {
			toward = widget.Near
		}
		if got, ok := widget.ParseDay(s, today, toward); ok && got.Hour() != 0 {
			t.Errorf("%q is no whole day: %s", s, got)
		}
	})
}

func TestADayFieldSaysWhatIsWrongAndTakesTodayFromTheClock(t *testing.T) {
	// Half past midnight in Shanghai is still the day before in Greenwich.
	env := &stage.Env{Speaker: tuitest.Speaker(t, "zh"), Now: func() time.Time { return time.Date(2026, 11, 22, 16, 30, 0, 0, time.UTC) }}
	d := &widget.DayField{First: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	for _, c := range []struct{ text, day, problem string }{
		{"", "", ""},
		{"今天", "2026-11-23", ""},
		{"2026-12-01", "", "这一天还没有到。请写今天或以前的日期。"},
		{"2025-12-31", "", "这一天太早了，最早是 2026-01-01。"},
		{"哪天", "", env.Say("tui.date.bad")},
	} {
		d.Set(c.text)
		if day, problem := d.Day(env); day != c.day || problem != c.problem {
			t.Errorf("%q: %q %q", c.text, day, problem)
		}
	}
	d.Set("昨天")
	d.Leave(env)
	if d.Value() != "2026-11-22" {
		t.Errorf("left as %q", d.Value())
	}
	d.Update(env, tuitest.Key("up"))
	if d.Value() != "2026-11-21" {
		t.Errorf("a day earlier is %q", d.Value())
	}
	d.Update(env, tuitest.Key("down"))
	d.Update(env, tuitest.Key("down"))
	d.Update(env, tuitest.Key("down"))
	if d.Value() != "2026-11-23" {
		t.Errorf("not beyond today: %q", d.Value())
	}
}

func TestScrollTabsAndOutline(t *testing.T) {
	env := &stage.Env{Speaker: tuitest.Speaker(t, "zh")}
	var s widget.Scroll
	lines := []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}
	s.Draw(lines, 4)
	for _, step := range []struct{ key, first string }{{"down", "1"}, {"pgdown", "4"}, {"end", "6"}, {"pgup", "3"}, {"home", "0"}, {"up", "0"}} {
		s.Update(tuitest.Key(step.key))
		if got := s.Draw(lines, 4)[0]; got != step.first {
			t.Errorf("after %s the first line is %s, want %s", step.key, got, step.first)
		}
	}
	s.Show(8)
	if got := s.Draw(lines, 4); got[3] != "8" || s.Where(env) != "第 6-9 行，共 10 行" {
		t.Errorf("%v %s", got, s.Where(env))
	}
	if s.Draw(lines[:2], 4); s.Where(env) != "" {
		t.Error("nothing to say when all is shown")
	}

	tabs := widget.Tabs{Names: []string{"资料", "家庭", "走访"}}
	tabs.Update(tuitest.Key("ctrl+right"))
	if got := tabs.Draw(env, 26); got != "  资料   [家庭]   走访    " {
		t.Errorf("%q", got)
	}
	tabs.Update(stage.Click{X: 18})
	if tabs.At != 2 {
		t.Errorf("at %d", tabs.At)
	}

	o := widget.Outline{At: 3, Steps: []widget.Step{{Label: "住房", Done: true}, {Label: "取暖", Level: 1, Done: true}, {Label: "煤气", Level: 1, Wrong: true}, {Label: "买买提·吐尔逊的问题", Level: 1}}}
	got := widget.Beside(o.Draw(env, 12, 3), []string{"右", "边"}, 12, 1)
	want := []string{"x   取暖     右", "!   煤气     边", "    买买提.. "}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("line %d is %q, want %q", i, got[i], want[i])
		}
	}
}
