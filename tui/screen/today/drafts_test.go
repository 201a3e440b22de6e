package today_test

import (
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/tuitest"
)

func TestADraftThatWentOverIsCountedOnceAndOneOfAnotherDayHasItsDay(t *testing.T) {
	a := morning()
	a.Drafts = []book.Draft{
		{ID: casework.ID{2}, Name: "李静静", Number: 9, Saved: tuitest.Start.Add(-24 * time.Hour)},
		{ID: casework.ID{1}, Name: "李静静", Number: 9, Old: true},
	}
	start(t, 80, 24, shelf{agenda: a}).Shows("没写完 1 份：李静静，写到第 9 题，11-22 09:00 已保存")
}
