package casework_test

import (
	"testing"

	"doorstep/casework"

	"pgregory.net/rapid"
)

// First days of the year, and days people celebrate, as almanacs print them.
func TestLunarDays(t *testing.T) {
	for day, want := range map[string]string{
		"1901-02-19": "正月初一", "1949-01-29": "正月初一", "1950-02-17": "正月初一", "1985-02-20": "正月初一", "2000-02-05": "正月初一",
		"2023-01-22": "正月初一", "2024-02-10": "正月初一", "2025-01-29": "正月初一", "2026-02-17": "正月初一", "2027-02-06": "正月初一",
		"2033-01-31": "正月初一", "2034-02-19": "正月初一",
		"1949-10-01": "八月初十", "1976-10-06": "闰八月十三", "1984-11-23": "闰十月初一", "1996-09-27": "八月十五", "2020-05-23": "闰四月初一",
		"2017-07-23": "闰六月初一", "2020-10-01": "八月十五", "2023-03-22": "闰二月初一", "2026-02-10": "腊月廿三", "2026-11-22": "十月十四",
		"2025-07-25": "闰六月初一", "2033-12-22": "闰冬月初一", "2057-02-03": "腊月三十", "2057-02-04": "", "1901-02-18": "", "1880-01-01": "",
	} {
		if got := casework.LunarText(casework.MustDay(day)); got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
	}
	if casework.LunarText(0) != "" {
		t.Error("no day")
	}
}

func TestLunarComesBack(t *testing.T) {
	first, last := casework.MustDay("1901-02-19"), casework.MustDay("2057-02-03")
	rapid.Check(t, func(t *rapid.T) {
		d := casework.Day(rapid.Int32Range(int32(first), int32(last)).Draw(t, "day"))
		l, ok := casework.Lunar(d)
		if back, exact := l.Exact(); !ok || !exact || back != d {
			t.Fatalf("%v is %v is %v", d, l, back)
		}
		if next, _ := casework.Lunar(d + 1); d < last && next.Day != l.Day+1 && next.Day != 1 {
			t.Fatalf("%v follows %v", next, l)
		}
		if a, b := (casework.Date{Year: l.Year, Month: l.Month, Leap: l.Leap, Lunar: true}).Bounds(); d < a || d > b || b.Sub(a) > 29 {
			t.Fatal(d, a, b)
		}
		if a, b := (casework.Date{Year: l.Year, Lunar: true}).Bounds(); d < a || d > b {
			t.Fatal(d, a, b)
		}
	})
}

func TestLunarBirthdaysInWords(t *testing.T) {
	for text, want := range map[string]string{
		"1952年腊月廿三": "lunar:1952-12-23", "1952年闰五月初三": "lunar:1952-05*-03", "农历1940年三月十五": "lunar:1940-03-15",
		"1940年正月": "lunar:1940-01", "1938年冬月十一日": "lunar:1938-11-11", "1950年十月初一": "lunar:1950-10-01",
		"1940年三月十五": "", "1940年腊月卅一": "", "腊月廿三": "",
	} {
		d, err := casework.ParseDate(text)
		if d.String() != want && want != "" || (err == nil) != (want != "") {
			t.Errorf("%s: %v %v", text, d, err)
		}
	}
	if day, ok := mustDate(t, "1952年闰五月初三").Exact(); !ok || day.String() != "1952-06-24" {
		t.Error(day)
	}
	if _, ok := mustDate(t, "农历1952年闰六月初三").Exact(); ok {
		t.Error("1952 doubled the fifth month, not the sixth")
	}
}
