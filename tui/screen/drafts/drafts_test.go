package drafts_test

import (
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/book/booktest"
	"doorstep/tui/screen/drafts"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

func shelf() *booktest.Shelf { return booktest.Village(func() time.Time { return tuitest.Start }) }

func start(t *testing.T, w, h int, screen stage.Screen, options ...tuitest.Option) *tuitest.Robot {
	t.Helper()
	return tuitest.Run(t, w, h, booktest.Home{Screen: screen}, append(booktest.HomeCommands(), drafts.Commands()...), options...).Keys("enter")
}

func listing(t *testing.T, w, h int, s *booktest.Shelf, options ...tuitest.Option) *tuitest.Robot {
	page := func(what string) func(id casework.ID) stage.Screen {
		return func(id casework.ID) stage.Screen { return booktest.Page(what + string('0'+id[0]-50)) }
	}
	return start(t, w, h, drafts.New(s, page("visit "), page("gone over ")), options...)
}

func two() *booktest.Shelf {
	s := shelf()
	s.Begun = append(s.Begun, book.Draft{ID: casework.ID{51}, Name: "买买提·吐尔逊", Title: "老人探访", Number: 3, Saved: tuitest.Start.Add(-26 * time.Hour), Paper: true, Outdate: true})
	return s
}

func TestVisitsNotFinishedAreListedAndGoOn(t *testing.T) {
	listing(t, 80, 24, two()).Golden("80x24").Keys("2").Shows("visit 1")
	listing(t, 60, 20, two()).Golden("60x20").Keys("enter").Shows("visit 0")
	listing(t, 80, 24, two(), tuitest.English(t)).Golden("english")
	listing(t, 80, 24, two()).Keys("7").Shows("没有 7 号")
}

func TestADraftIsDroppedOnlyWithAReason(t *testing.T) {
	s := two()
	r := listing(t, 80, 24, s).Keys("delete").Golden("drop").Keys("ctrl+s").Shows("这一栏要填")
	if len(s.Reasons) != 0 {
		t.Fatal("dropped without a reason")
	}
	r.Type("开错了人").Keys("enter").Shows("已丢掉", "没有没写完的走访")
	if len(s.Reasons) != 1 || s.Reasons[0] != "开错了人" {
		t.Error(s.Reasons)
	}
	r.Keys("delete").Shows("没有没写完的走访")
}

func TestATroubleIsASentence(t *testing.T) {
	s := two()
	s.Err = casework.Problem("x", "laptop.wrong_passphrase")
	listing(t, 80, 24, s).Shows("口令不对")
}

func TestADraftGoesOverToANewerQuestionnaireWhenSheHasSeenWhatBecomesOfIt(t *testing.T) {
	s := two()
	r := listing(t, 80, 24, s).Shows("有新问卷").Keys("ctrl+n").Shows("没有更新的") // the first one is as it should be
	r.Keys("down", "f5").Golden("upgrade").Shows("放不下的 1 处", "新要答的 2 题", "留下的 3 题", "要答").Hides("新伤")
	r.Keys("2").Shows("没写完的走访")
	if len(s.Begun) != 2 {
		t.Fatal("something was done without her")
	}
	r.Advance(3 * time.Second)
	r.Keys("f5", "1").Shows("gone over 9").Keys("esc").Shows("旧的").Golden("old")
	r.Keys("3", "esc").Shows("没写完的走访") // the old one is still there to be opened
}

func TestTheNewerQuestionnaireOnOtherScreens(t *testing.T) {
	listing(t, 60, 20, two()).Keys("down", "ctrl+n").Golden("upgrade-60x20").Keys("esc").Shows("没写完的走访")
	listing(t, 80, 24, two(), tuitest.English(t)).Keys("down", "f5").Golden("upgrade-english")
	s := two()
	r := listing(t, 80, 24, s).Keys("down", "f5")
	s.Err = casework.Problem("x", "laptop.disk_full")
	r.Keys("1").Shows("换新问卷")
}
