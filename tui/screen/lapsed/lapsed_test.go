package lapsed_test

import (
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/book/booktest"
	"doorstep/tui/keymap"
	"doorstep/tui/screen/lapsed"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

func commands() []keymap.Command { return append(lapsed.Commands(), booktest.HomeCommands()...) }

func closed() *booktest.Shelf {
	s := booktest.Village(func() time.Time { return tuitest.Start })
	s.Lease.Now = book.Lapse{
		Closed: true, Heard: tuitest.Start.AddDate(0, 0, -15), Until: tuitest.Start.AddDate(0, 0, -1), Most: 2, CanCall: true,
	}
	s.Lease.Code, s.Lease.Files = "42669443", []string{"/media/u/张桂芬.lease"}
	return s
}

func page(s *booktest.Shelf) stage.Screen {
	name := func(n string) func() stage.Screen { return func() stage.Screen { return booktest.Page(n) } }
	return lapsed.New(s, lapsed.Doors{
		Visit: func(id casework.RecordID) stage.Screen { return booktest.Page("visit " + id.String()[:4]) },
		Forms: func(id casework.RecordID) stage.Screen { return booktest.Page("forms " + id.String()[:4]) },
		New:   name("new"), Paper: name("paper"), Status: name("status"), Drafts: name("drafts"), Today: name("today"),
		Draft:  func(casework.ID) stage.Screen { return booktest.Page("draft") },
		Urgent: func(book.Urgent) stage.Screen { return booktest.Page("urgent") },
	})
}

func TestThePageSaysWhatCanStillBeDone(t *testing.T) {
	for _, size := range []struct {
		name string
		w, h int
		opt  []tuitest.Option
	}{{"80x24", 80, 24, nil}, {"60x20", 60, 20, nil}, {"english-60x20", 60, 20, []tuitest.Option{tuitest.English(t)}}} {
		r := tuitest.Run(t, size.w, size.h, page(closed()), commands(), size.opt...)
		r.Golden("lapsed-"+size.name).Hides("林小溪", "赵铁柱")
	}
	quiet := closed()
	quiet.Duties, quiet.Begun = nil, nil
	quiet.Lease.Now.Astray = true
	tuitest.Run(t, 80, 24, page(quiet), commands()).Golden("astray").Keys("9").Shows("没有没写完的").Keys("0").Shows("没有急办的事")
}

func TestEveryDigitOpensItsPage(t *testing.T) {
	for key, want := range map[string]string{"2": "new", "3": "paper", "4": "status", "9": "draft", "0": "urgent"} {
		tuitest.Run(t, 80, 24, page(closed()), commands()).Keys(key).Shows(want)
	}
}

// Only the whole name: what was typed half finds nobody, and nothing is listed meanwhile.
func TestAVisitIsBegunByTheWholeName(t *testing.T) {
	s := closed()
	r := tuitest.Run(t, 80, 24, page(s), commands())
	r.Keys("1").Type("林小").Hides("林小溪").Golden("who").Keys("enter").Shows("名册里没有")
	r.Type("溪").Keys("enter").Shows("visit " + booktest.ID(1).String()[:4])

	tuitest.Run(t, 80, 24, page(s), commands()).Keys("7").Type("林小溪").Keys("enter").Shows("forms " + booktest.ID(1).String()[:4])

	other := s.People[0]
	other.Person, other.Village = booktest.ID(9), "望海村"
	s.People = append(s.People, other)
	r = tuitest.Run(t, 80, 24, page(s), commands())
	r.Keys("1").Type("林小溪").Keys("enter").Golden("several").Keys("7").Shows("没有 7 号").Keys("esc").Shows("林小溪").Keys("enter", "2")
	r.Shows("visit " + booktest.ID(9).String()[:4])
}

func TestACodeOpensTheDay(t *testing.T) {
	r := tuitest.Run(t, 80, 24, page(closed()), commands())
	r.Keys("5").Golden("call").Type("11111111").Keys("enter").Shows("延期码不对")
	r.Keys("esc", "5").Type("42669443").Keys("enter").Shows("today").Shows("旧档案打开了")
}

func TestALeaseFileOnAStickIsProposed(t *testing.T) {
	s := closed()
	r := tuitest.Run(t, 80, 24, page(s), commands())
	r.Keys("6").Golden("file").Keys("enter").Shows("today")
	if len(s.Lease.Read) != 1 || s.Lease.Read[0] != "/media/u/张桂芬.lease" {
		t.Error(s.Lease.Read)
	}
}

// The district answers while the page stands there: it makes way by itself.
func TestContactOpensTheDay(t *testing.T) {
	s := closed()
	r := tuitest.Run(t, 80, 24, page(s), commands())
	s.Lease.Now = book.Lapse{Until: tuitest.Start.AddDate(0, 0, 14), Days: 14}
	r.Send(lapsed.Changed{})
	r.Shows("today", "旧档案打开了")
}
