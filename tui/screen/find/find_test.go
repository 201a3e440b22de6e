package find_test

import (
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/tui/book/booktest"
	"doorstep/tui/screen/find"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

func shelf() *booktest.Shelf { return booktest.Village(func() time.Time { return tuitest.Start }) }

func start(t *testing.T, w, h int, screen stage.Screen, options ...tuitest.Option) *tuitest.Robot {
	t.Helper()
	return tuitest.Run(t, w, h, booktest.Home{Screen: screen}, append(booktest.HomeCommands(), find.Commands()...), options...).Keys("enter")
}

func searching(t *testing.T, w, h int, s *booktest.Shelf, options ...tuitest.Option) *tuitest.Robot {
	return start(t, w, h, find.New(s, func(id casework.RecordID) stage.Screen { return booktest.Page("file " + string('0'+id.ID[0])) }, "竹"), options...)
}

func TestWhatWasTypedIsSearchedFor(t *testing.T) {
	searching(t, 80, 24, shelf()).Golden("80x24")
	searching(t, 60, 20, shelf()).Golden("60x20")
	searching(t, 120, 40, shelf()).Golden("120x40")
	searching(t, 80, 24, shelf(), tuitest.English(t)).Golden("english")
}

func TestArrowsAndEnterOpenAFile(t *testing.T) {
	searching(t, 80, 24, shelf()).Keys("down", "down", "enter").Shows("file 3")
	searching(t, 80, 24, shelf()).Shows("王秀英").Click(10, 6).Shows("file 2")
	searching(t, 80, 24, shelf()).Keys("backspace").Burst("买买提").Shows("买买提·吐尔逊", "找到 1 人").Keys("enter").Shows("file 5")
}

func TestNobodyFoundIsSaid(t *testing.T) {
	searching(t, 80, 24, shelf()).Type("没有这人").Golden("nobody").Keys("enter").Shows("没有找到")
}

func TestALongListFollowsTheCursor(t *testing.T) {
	s := shelf()
	for range 4 {
		s.People = append(s.People, s.People...)
	}
	r := searching(t, 80, 24, s).Shows("找到 96 人")
	r.Keys("pgdown", "up").Golden("page")
	r.Keys("enter").Hides("找人")
}

func TestAChooserGoesBackWithThePerson(t *testing.T) {
	start(t, 80, 24, find.Chooser(shelf(), "𠮷")).Keys("enter").Shows("home")
}
