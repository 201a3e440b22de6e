package casework_test

import (
	"encoding/json"
	"testing"
	"time"

	"doorstep/casework"

	"pgregory.net/rapid"
)

func TestFullYears(t *testing.T) {
	for _, c := range []struct {
		born, on string
		want     int
	}{
		{"2010-11-22", "2026-11-22", 16}, // no longer of the left-behind class
		{"2010-11-22", "2026-11-21", 15},
		{"2012-02-29", "2026-02-27", 13},
		{"2012-02-29", "2026-02-28", 14},
		{"2012-02-29", "2028-02-28", 15},
		{"2012-02-29", "2028-02-29", 16},
		{"2026-11-22", "2026-11-22", 0},
		{"2026-11-23", "2026-11-22", -1},
		{"1946-11-23", "2026-11-22", 79},
	} {
		if got := casework.MustDay(c.born).FullYears(casework.MustDay(c.on)); got != c.want {
			t.Errorf("born %s on %s: %d, want %d", c.born, c.on, got, c.want)
		}
	}
	if casework.Day(0).FullYears(today) != -1 {
		t.Error("nobody's age")
	}
}

func TestDayOfIsShanghaiEverywhere(t *testing.T) {
	late := time.Date(2026, 11, 21, 16, 0, 0, 0, time.UTC) // midnight in Shanghai
	if got := casework.DayOf(late); got.String() != "2026-11-22" {
		t.Error(got)
	}
	if got := casework.DayOf(late.Add(-time.Nanosecond)); got.String() != "2026-11-21" {
		t.Error(got)
	}
	if !today.Time().Equal(late) || today.Weekday() != time.Sunday {
		t.Error(today.Time(), today.Weekday())
	}
	if casework.DayOf(time.Time{}) != 0 {
		t.Error("no time, no day")
	}
}

func TestMonthArithmetic(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-01-31", 1, "2026-02-28"},
		{"2026-01-31", -2, "2025-11-30"},
		{"2026-11-22", 12, "2027-11-22"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2026-12-31", 2, "2027-02-28"},
	} {
		if got := casework.MustDay(c.from).AddMonths(c.n); got.String() != c.want {
			t.Errorf("%s %+d: %s", c.from, c.n, got)
		}
	}
	if d := casework.MustDay("2024-02-10"); d.MonthStart().String() != "2024-02-01" || d.MonthEnd().String() != "2024-02-29" {
		t.Error(d.MonthStart(), d.MonthEnd())
	}
}

func TestDayLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := casework.Day(rapid.Int32Range(1, 3652059).Draw(t, "day"))
		n := rapid.IntRange(-40000, 40000).Draw(t, "n")
		if e := d.AddDays(n); e > 1 && e < 3652059 && e.Sub(d) != n {
			t.Fatalf("%v + %d = %v", d, n, e)
		}
		b, err := json.Marshal(d)
		var back casework.Day
		if err != nil || json.Unmarshal(b, &back) != nil || back != d {
			t.Fatalf("%s %v", b, err)
		}
		if casework.DayOf(d.Time()) != d || casework.DayOf(d.Time().Add(24*time.Hour-1)) != d {
			t.Fatal(d)
		}
		y, m, k := d.Date()
		if again, err := casework.NewDay(y, m, k); err != nil || again != d {
			t.Fatal(d, again)
		}
		if on := d.AddDays(max(n, 0)); d.FullYears(on.AddDays(1)) < d.FullYears(on) {
			t.Fatal("someone grew younger", d, on)
		}
	})
}

func TestDayText(t *testing.T) {
	for text, code := range map[string]casework.Code{
		`"2026-11-22"`: "", `""`: "", `null`: "",
		`"2026-02-29"`: "day.not_in_calendar", `"2026-2-9"`: "day.malformed", `"２０２６-11-22"`: "day.malformed", `"0000-01-01"`: "day.not_in_calendar",
	} {
		var d casework.Day
		if err := json.Unmarshal([]byte(text), &d); casework.CodeOf(err) != code {
			t.Errorf("%s: %v", text, err)
		}
	}
}
