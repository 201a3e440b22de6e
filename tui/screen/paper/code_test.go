package paper_test

import (
	"strings"
	"testing"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/book/booktest"
	"doorstep/tui/screen/find"
	"doorstep/tui/screen/paper"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

// coded finds 赵铁柱 by what stands on his sheet.
type coded struct{ *booktest.Shelf }

func (c coded) Find(text string, limit int) []book.Line {
	hits := c.Shelf.Find("赵", limit)
	switch text = strings.ReplaceAll(text, "-", ""); text {
	case "4703":
		hits[0].Code = "4703"
	case "11204703":
		hits[0].Code, hits[0].Printed = "4703", booktest.Day(11, 20)
	default:
		return c.Shelf.Find(text, limit)
	}
	return hits
}

func withSheets(t *testing.T, begun *[]book.Beginning) *tuitest.Robot {
	t.Helper()
	s := coded{shelf()}
	screen := paper.New(func(text string) stage.Screen { return find.Chooser(s, text) }, func(b book.Beginning) stage.Screen {
		*begun = append(*begun, b)
		return booktest.Page("visit")
	})
	commands := append(append(booktest.HomeCommands(), paper.Commands()...), find.Commands()...)
	return tuitest.Run(t, 80, 24, booktest.Home{Screen: screen}, commands).Keys("enter")
}

// The whole number of a 出门单 fills in who, day and number: nothing else has to be typed.
func TestTheNumberOfASheetFillsInTheRest(t *testing.T) {
	var begun []book.Beginning
	r := withSheets(t, &begun)
	r.Type("1120-4703").Keys("enter").Golden("sheet").Keys("enter", "enter").Shows("visit")
	want := book.Beginning{Persons: []casework.RecordID{booktest.ID(3)}, Depth: 2, Paper: true, Date: booktest.Day(11, 20), Number: "1120-4703"}
	if len(begun) != 1 || begun[0].Persons[0] != want.Persons[0] || begun[0].Date != want.Date || begun[0].Number != want.Number || !begun[0].Paper {
		t.Fatalf("%+v", begun)
	}
	// The next sheet of the pile has a number of its own: none is made up.
	r.Keys("esc").Hides("4704").Hides("4703").Burst("林").Keys("enter", "enter", "enter").Shows("visit")
	if len(begun) != 2 || begun[1].Number != "" || begun[1].Date != want.Date {
		t.Errorf("%+v", begun)
	}
}

// With the code alone she says the day, and the number of the sheet follows.
func TestTheCodeAloneNeedsTheDay(t *testing.T) {
	var begun []book.Beginning
	r := withSheets(t, &begun)
	r.Type("4703").Keys("enter").Type("-2").Keys("enter", "enter").Shows("visit")
	if len(begun) != 1 || begun[0].Date != booktest.Day(11, 21) || begun[0].Number != "1121-4703" {
		t.Fatalf("%+v", begun)
	}
}

func TestSomebodyElseAfterAll(t *testing.T) {
	var begun []book.Beginning
	r := withSheets(t, &begun)
	r.Type("11204703").Keys("enter", "f3").Burst("林").Keys("enter", "enter", "enter").Shows("visit")
	if len(begun) != 1 || begun[0].Persons[0] != booktest.ID(1) || begun[0].Number != "" {
		t.Errorf("%+v", begun)
	}
}
