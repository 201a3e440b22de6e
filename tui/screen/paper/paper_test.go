package paper_test

import (
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/book/booktest"
	"doorstep/tui/screen/find"
	"doorstep/tui/screen/paper"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

func shelf() *booktest.Shelf { return booktest.Village(func() time.Time { return tuitest.Start }) }

func entering(t *testing.T, w, h int, s *booktest.Shelf, begun *[]book.Beginning, options ...tuitest.Option) *tuitest.Robot {
	t.Helper()
	screen := paper.New(func(text string) stage.Screen { return find.Chooser(s, text) }, func(b book.Beginning) stage.Screen {
		*begun = append(*begun, b)
		return booktest.Page("visit")
	})
	commands := append(append(booktest.HomeCommands(), paper.Commands()...), find.Commands()...)
	return tuitest.Run(t, w, h, booktest.Home{Screen: screen}, commands, options...).Keys("enter")
}

func TestAPileOfPaperGoesPersonDayNumber(t *testing.T) {
	var begun []book.Beginning
	r := entering(t, 80, 24, shelf(), &begun).Golden("80x24")
	r.Burst("赵").Keys("enter").Type("-3").Keys("enter").Type("A-019").Golden("filled").Keys("enter").Shows("visit")
	want := book.Beginning{Persons: []casework.RecordID{booktest.ID(3)}, Depth: 2, Paper: true, Date: booktest.Day(11, 20), Number: "A-019"}
	if len(begun) != 1 || begun[0].Date != want.Date || begun[0].Number != want.Number || !begun[0].Paper || begun[0].Persons[0] != want.Persons[0] || begun[0].Depth != 2 {
		t.Fatalf("%+v", begun)
	}
	r.Keys("esc").Golden("next").Burst("林").Keys("enter", "enter", "enter").Shows("visit")
	if len(begun) != 2 || begun[1].Number != "A-020" || begun[1].Date != want.Date || begun[1].Persons[0] != booktest.ID(1) {
		t.Errorf("%+v", begun)
	}
}

func TestPaperNeedsAPersonAndADayThatHasCome(t *testing.T) {
	var begun []book.Beginning
	r := entering(t, 80, 24, shelf(), &begun).Keys("ctrl+s").Shows("这一栏要填")
	r.Burst("赵").Keys("enter").Type("+1").Keys("ctrl+s").Shows("还没有到")
	if len(begun) != 0 {
		t.Error(begun)
	}
}

func TestOtherScreens(t *testing.T) {
	var begun []book.Beginning
	entering(t, 60, 20, shelf(), &begun).Golden("60x20")
	entering(t, 80, 24, shelf(), &begun, tuitest.English(t)).Golden("english")
}
