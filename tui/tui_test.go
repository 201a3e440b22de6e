package tui_test

import (
	"testing"

	"doorstep/tui"
	"doorstep/tui/tuitest"
)

func TestTheCommandsOfAllScreensFitTogetherAndHaveWordsInBothLanguages(t *testing.T) {
	table, err := tui.Keys()
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range []string{"zh", "en"} {
		if text := table.Manual(tuitest.Speaker(t, language).Say); len(text) < 1000 {
			t.Error(text)
		}
	}
}
