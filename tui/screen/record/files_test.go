package record_test

import (
	"testing"

	"doorstep/tui/book"
	"doorstep/tui/book/booktest"
	"doorstep/tui/screen/record"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

func TestThePhotosOfAVisitAreLookedAt(t *testing.T) {
	s := shelf()
	look := func() *tuitest.Robot {
		return start(t, 80, 24, record.New(s, nil, booktest.ID(41)).WithFiles(func(id string) stage.Screen { return booktest.Page("look " + id) }))
	}
	look().Hides("看照片或文件")
	photo := func(label, id string) book.Fact {
		return book.Fact{Label: booktest.Text(label), Value: "照片 1.2 MB，只在这台电脑里", File: id}
	}
	s.Page.Facts = append(s.Page.Facts, photo("门前台阶", "7F3A"))
	look().Shows("照片 1.2 MB，只在这台电脑里").Keys("9").Shows("look 7F3A")
	s.Page.Facts = append(s.Page.Facts, photo("卫生间", "7F3B"))
	look().Keys("9").Shows("卫生间").Keys("2").Shows("look 7F3B")
}
