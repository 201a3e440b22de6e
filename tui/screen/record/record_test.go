package record_test

import (
	"testing"
	"time"

	"doorstep/tui/book"
	"doorstep/tui/book/booktest"
	"doorstep/tui/screen/record"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

func shelf() *booktest.Shelf { return booktest.Village(func() time.Time { return tuitest.Start }) }

func start(t *testing.T, w, h int, screen stage.Screen, options ...tuitest.Option) *tuitest.Robot {
	t.Helper()
	return tuitest.Run(t, w, h, booktest.Home{Screen: screen}, append(booktest.HomeCommands(), record.Commands()...), options...).Keys("enter")
}

func opening(t *testing.T, w, h int, s *booktest.Shelf, options ...tuitest.Option) *tuitest.Robot {
	return start(t, w, h, record.New(s, func(f book.File) stage.Screen { return booktest.Page("correct " + f.Visits[0].Date.String()) }, booktest.ID(41)), options...)
}

func TestOneVisitWithWhatWasAskedAndAnswered(t *testing.T) {
	opening(t, 80, 24, shelf()).Golden("80x24")
	opening(t, 60, 20, shelf()).Golden("60x20")
	opening(t, 120, 40, shelf()).Golden("120x40")
	opening(t, 80, 24, shelf(), tuitest.English(t)).Golden("english")
}

func TestAVisitKeptByTheDistrictSaysSo(t *testing.T) {
	s := shelf()
	s.Page.Held, s.Page.Facts = true, nil
	s.Page.Line.Where = book.Whereabouts{State: "held"}
	opening(t, 80, 24, s).Golden("held")
	s.Page.Line.Where = book.Whereabouts{State: "pending"}
	opening(t, 80, 24, s).Shows("还没上传，封在这台电脑里").Hides("已交区里")
}

func TestALongVisitScrolls(t *testing.T) {
	s := shelf()
	for range 5 {
		s.Page.Facts = append(s.Page.Facts, s.Page.Facts...)
	}
	s.Page.Facts = append(s.Page.Facts, book.Fact{Label: booktest.Text("最后一题"), Value: "最后"})
	opening(t, 80, 24, s).Hides("最后一题").Keys("end").Shows("最后一题").Keys("home").Hides("最后一题")
}

func TestOnlyHerOwnVisitsAreCorrected(t *testing.T) {
	s := shelf()
	opening(t, 80, 24, s).Keys("8").Shows("correct 2026-11-06")
	s.Page.Line.Mine = false
	opening(t, 80, 24, s).Keys("8").Shows("不是你记的走访")
	s.Page.Line.Removed = true
	opening(t, 80, 24, s).Shows("已经更正")
}

func TestPaperIsSaid(t *testing.T) {
	s := shelf()
	s.Page.Line.Paper = true
	opening(t, 80, 24, s).Shows("照纸补录")
}
