package casework_test

import (
	"encoding/json"
	"math"
	"testing"

	"doorstep/casework"
)

func TestDatesAsPeopleTypeThem(t *testing.T) {
	for _, c := range []struct {
		text, want string
		code       casework.Code
	}{
		{text: "2024-02-28", want: "2024-02-28"},
		{text: "2024/2/28", want: "2024-02-28"},
		{text: "2024.2.28", want: "2024-02-28"},
		{text: "20240228", want: "2024-02-28"},
		{text: "2024年2月28日", want: "2024-02-28"},
		{text: "2024年2月28号", want: "2024-02-28"},
		{text: "2024 年 2 月 28 日", want: "2024-02-28"},
		{text: "２０２４．２．２８", want: "2024-02-28"},
		{text: "'2024-02-28", want: "2024-02-28"},
		{text: "2024-02-28 00:00:00", want: "2024-02-28"},
		{text: "2024-02-28T00:00:00+08:00", want: "2024-02-28"},
		{text: "2024年2月", want: "2024-02"},
		{text: "2024.2", want: "2024-02"},
		{text: "202402", want: "2024-02"},
		{text: "2024年2月份", want: "2024-02"},
		{text: "2024年", want: "2024"},
		{text: "2024", want: "2024"},
		{text: "45350", want: "2024-02-28"},
		{text: "45350.75", want: "2024-02-28"},
		{text: "1952.2.29", want: "1952-02-29"},
		{text: "农历1952.2.30", want: "lunar:1952-02-30"},
		{text: "1952-02-30(阴历)", want: "lunar:1952-02-30"},
		{text: "1952年闰5月3日 农历", want: "lunar:1952-05*-03"},
		{text: "24.2.28", code: "day.two_digit_year"},
		{text: "24年2月", code: "day.two_digit_year"},
		{text: "24/02/28", code: "day.two_digit_year"},
		{text: "2023-02-29", code: "day.not_in_calendar"},
		{text: "2024-13-01", code: "day.not_in_calendar"},
		{text: "2024-00-10", code: "day.not_in_calendar"},
		{text: "2024-04-31", code: "day.not_in_calendar"},
		{text: "农历1952.2.31", code: "day.not_in_calendar"},
		{text: "1024-02-28", code: "day.range"},
		{text: "3024", code: "day.range"},
		{text: "", code: "day.malformed"},
		{text: "不详", code: "day.malformed"},
		{text: "2024-02-28至今", code: "day.malformed"},
		{text: "123", code: "day.malformed"},
		{text: "2.02402E+07", code: "day.malformed"},
	} {
		d, err := casework.ParseDate(c.text)
		if err != nil && d.String() != c.want && c.code == "" || casework.CodeOf(err) != c.code || err == nil && d.String() != c.want {
			t.Errorf("%q: %q %v, want %q %q", c.text, d, err, c.want, c.code)
		}
		if err != nil {
			continue
		}
		b, err := json.Marshal(d)
		var back casework.Date
		if err != nil || json.Unmarshal(b, &back) != nil || back != d {
			t.Errorf("%q: %s does not come back: %v", c.text, b, back)
		}
	}
}

func TestSerials(t *testing.T) {
	for _, c := range []struct {
		serial float64
		is1904 bool
		want   string
	}{
		{45350, false, "2024-02-28"},
		{43888, true, "2024-02-28"},
		{1, false, "1900-01-01"},
		{59, false, "1900-02-28"},
		{60, false, ""},
		{61, false, "1900-03-01"},
		{0, true, "1904-01-01"},
		{0, false, ""},
		{-1, true, ""},
		{1e9, false, ""},
		{math.NaN(), false, ""},
		{math.Inf(1), true, ""},
		{19053.99, false, "1952-02-29"},
	} {
		d, err := casework.SerialDay(c.serial, c.is1904)
		if d.String() != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%v %v: %v %v", c.serial, c.is1904, d, err)
		}
	}
}

func TestDateBounds(t *testing.T) {
	for text, want := range map[string][2]string{
		"2024-02-28": {"2024-02-28", "2024-02-28"},
		"2024-02":    {"2024-02-01", "2024-02-29"},
		"2024":       {"2024-01-01", "2024-12-31"},
	} {
		first, last := mustDate(t, text).Bounds()
		if first.String() != want[0] || last.String() != want[1] {
			t.Errorf("%s: %v %v", text, first, last)
		}
	}
	if day, ok := mustDate(t, "农历2015.1.27").Exact(); !ok || day.String() != "2015-03-17" {
		t.Error("a lunar birthday has its civil day:", day)
	}
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"2024-02-28", "2024年2月", "45350", "农历1952.2.30", "闰", "24.2.28", "２０２４"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := casework.ParseDate(s)
		if err != nil {
			if casework.CodeOf(err) == "" {
				t.Fatal(err)
			}
			return
		}
		again, err := casework.ParseDate(d.String())
		if err != nil || again != d {
			t.Fatalf("%q → %v → %v %v", s, d, again, err)
		}
	})
}
