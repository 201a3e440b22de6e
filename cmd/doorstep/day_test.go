package main

import (
	"testing"

	"doorstep/casework"
)

func TestAMonthIsNeverTakenForADay(t *testing.T) {
	today := casework.MustDay("2026-11-23")
	for text, want := range map[string]casework.Day{"": today, "2026-11-06": casework.MustDay("2026-11-06"), "２０２６年11月6日": casework.MustDay("2026-11-06")} {
		if got, err := exactDay(text, today); err != nil || got != want {
			t.Errorf("%q is %s, %v", text, got, err)
		}
	}
	for _, text := range []string{"2026-11", "2026", "24.2.28", "2026-02-30", "明年", "\x1b[31m"} {
		if got, err := exactDay(text, today); err == nil || casework.CodeOf(err) == "" {
			t.Errorf("%q was taken for %s, %v", text, got, err)
		}
	}
}
