package urgent_test

import (
	"testing"

	"doorstep/tui/book"
	"doorstep/tui/book/booktest"
	"doorstep/tui/screen/urgent"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

func TestTheRecordOfAQuietOrderIsWrittenFromHere(t *testing.T) {
	s := shelf()
	var about book.Order
	screen := func() *urgent.Screen {
		return urgent.New(s, booktest.ID(60), true).WithReport(func(o book.Order) stage.Screen { about = o; return booktest.Page("填表") })
	}
	start(t, 80, 24, screen()).Hides("写记录").Keys("1").Golden("report").Keys("4").Shows("填表")
	if about.Urgent != booktest.ID(60) || len(about.People) != 1 {
		t.Errorf("%+v", about)
	}
	o := s.OnRecord[booktest.ID(60)]
	o.Quiet = false
	s.OnRecord[booktest.ID(60)] = o
	start(t, 80, 24, screen()).Keys("1", "4").Shows("不用写情况记录")
	start(t, 80, 24, urgent.New(shelf(), booktest.ID(60), false), tuitest.English(t)).Hides("Write the record").Keys("4").Hides("填表")
}
