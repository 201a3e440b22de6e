package mates_test

import (
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/tui/book/booktest"
	"doorstep/tui/screen/mates"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

func shelf() *booktest.Shelf { return booktest.Village(func() time.Time { return tuitest.Start }) }

func start(t *testing.T, w, h int, screen stage.Screen, options ...tuitest.Option) *tuitest.Robot {
	t.Helper()
	return tuitest.Run(t, w, h, booktest.Home{Screen: screen}, append(booktest.HomeCommands(), mates.Commands()...), options...).Keys("enter")
}

func TestTheHouseholdByDigit(t *testing.T) {
	s := shelf()
	open := func(id casework.RecordID) stage.Screen { return booktest.Page("file " + string('0'+id.ID[0])) }
	start(t, 80, 24, mates.New(s.People[:4], open)).Golden("80x24").Keys("3").Shows("file 3")
	start(t, 80, 24, mates.New(s.People[:4], open)).Keys("down", "enter").Shows("file 2")
	start(t, 80, 24, mates.New(s.People[:4], open)).Keys("9").Shows("没有 9 号")
	start(t, 80, 24, mates.New(s.People[:4], open)).Shows("赵铁柱").Click(5, 4).Shows("file 3")
}
