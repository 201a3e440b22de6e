package today_test

import (
	"strconv"
	"testing"

	"doorstep/tui/book"
	"doorstep/tui/screen/today"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

func printing(agenda book.Agenda) *today.Screen {
	d := doors()
	d.Print = func(lines []book.Line) stage.Screen { return opened{"print " + strconv.Itoa(len(lines))} }
	return today.New(shelf{agenda: agenda}, d)
}

func TestThePeopleOfTheDayArePrintedFromTheMenu(t *testing.T) {
	r := tuitest.Run(t, 80, 24, printing(morning()), today.Commands())
	r.Keys("space").Shows("打印").Keys("esc", "f6").Shows("print 6")
}

func TestThereIsNobodyToPrintFor(t *testing.T) {
	tuitest.Run(t, 80, 24, printing(book.Agenda{}), today.Commands()).Keys("f6").Shows("按 9 打印").Hides("print 0")
}
