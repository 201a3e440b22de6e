package casework_test

import (
	"slices"
	"testing"

	"doorstep/casework"
)

func TestLunarWordsWithoutAYearMeanTheDaysAround(t *testing.T) {
	near := casework.MustDay("2026-11-23") // 十月十五
	for text, want := range map[string][]string{
		"腊月廿三":      {"2026-02-10", "2027-01-30", "2028-01-19"},
		"正月初五":      {"2025-02-02", "2026-02-21", "2027-02-10"},
		"农历五月初三":    {"2025-05-29", "2026-06-17", "2027-06-07"},
		"闰六月初一":     {"2025-07-25"},
		"初五":        {"2026-10-14", "2026-11-13", "2026-12-13"},
		"　廿三 ":      {"2026-11-01", "2026-12-01", "2026-12-31"},
		"阴历十五":      {"2026-10-24", "2026-11-23", "2026-12-23"},
		"腊月三十":      nil, // none of the three years has one
		"除夕":        {"2026-02-16", "2027-02-05", "2028-01-25"},
		"五月三日":      nil,
		"十五":        nil,
		"腊月":        nil,
		"腊月卅一":      nil,
		"":          nil,
		"2026年腊月廿三": nil,
	} {
		var got []string
		for _, d := range casework.LunarDays(text, near) {
			got = append(got, d.String())
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
	if casework.LunarDays("腊月廿三", casework.MustDay("1890-01-01")) != nil {
		t.Error("before the table begins nothing is known")
	}
}
