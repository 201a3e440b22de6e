package tui_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"doorstep/casework"
	"doorstep/tui"
	"doorstep/tui/book"
	"doorstep/tui/book/booktest"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

// keeper guards a shelf with the passphrase "zhu dao".
type keeper struct {
	shelf *booktest.Shelf
	fresh bool
}

func (k keeper) Fresh() bool { return k.fresh }

func (k keeper) Propose() ([]string, error) {
	return []string{"zhu", "dao", "chun", "tian"}, nil
}

func (k keeper) Check(_ context.Context, passphrase []byte) error {
	if strings.HasPrefix(string(passphrase), "zhu dao") {
		return nil
	}
	return casework.Problem("keeper.Check", "laptop.wrong_passphrase")
}

func (k keeper) Open(ctx context.Context, passphrase []byte) (book.Book, error) {
	return k.shelf, k.Check(ctx, passphrase)
}

func clock() time.Time { return tuitest.Start }

// run starts the program as it is put together by New, on the robot's keyboard.
func run(t testing.TB, w, h int, cfg tui.Config) (*tuitest.Robot, *tui.App) {
	t.Helper()
	var r *tuitest.Robot
	cfg.Speaker, cfg.Now = tuitest.Speaker(t, "zh"), func() time.Time {
		if r == nil {
			return tuitest.Start
		}
		return r.Now()
	}
	app, err := tui.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	home, configure := tui.Parts(app)
	r = tuitest.Run(t, w, h, home, tui.Commands(), configure)
	return r, app
}

func TestTheCommandsOfAllScreensFitTogetherAndHaveWordsInBothLanguages(t *testing.T) {
	table, err := tui.Keys()
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range []string{"zh", "en"} {
		if text := table.Manual(tuitest.Speaker(t, language).Say); len(text) < 1000 {
			t.Error(text)
		}
	}
}

func TestTheFirstPageOpensTheStoreAndThenItIsToday(t *testing.T) {
	r, _ := run(t, 80, 24, tui.Config{Keeper: keeper{shelf: booktest.Village(clock)}})
	r.Hides("林小溪").Type("xyz").Keys("enter").Shows("口令不对").Hides("林小溪")
	r.Type("zhu dao").Keys("enter").Shows("今日", "林小溪")
	if r.Depth() != 1 {
		t.Error("the passphrase page is still below", r.Depth())
	}
}

func TestOnTheFirstDayAPassphraseIsMade(t *testing.T) {
	r, _ := run(t, 80, 24, tui.Config{Keeper: keeper{shelf: booktest.Village(clock), fresh: true}})
	r.Keys("enter").Type("zhu dao chun tian").Keys("enter").Type("zhu dao chun tian").Keys("enter").Shows("走访码", "不定也行").Hides("林小溪")
	r.Keys("esc").Shows("今日", "林小溪", "以后再定")
}

func TestAPracticeBookIsOpenAtOnce(t *testing.T) {
	r, _ := run(t, 80, 24, tui.Config{Book: booktest.Village(clock)})
	r.Shows("今日", "林小溪")
}

func TestNobodyAtTheKeysForAWhileAsksForThePassphraseAndKeepsThePage(t *testing.T) {
	r, _ := run(t, 80, 24, tui.Config{Keeper: keeper{shelf: booktest.Village(clock)}, Idle: 10 * time.Minute})
	r.Type("zhu dao").Keys("enter", "1").Shows("竹岛村3组12号")
	r.Advance(11 * time.Minute)
	r.Send(stage.IdleTick())
	r.Hides("竹岛村3组12号", "林小溪").Keys("esc").Hides("林小溪")
	r.Type("wrong").Keys("enter").Shows("口令不对").Hides("林小溪")
	r.Type("zhu dao").Keys("enter").Shows("竹岛村3组12号")
}

func TestEveryDoorLeadsSomewhere(t *testing.T) {
	for _, c := range []struct {
		keys  []string
		shows string
	}{
		{[]string{"0"}, "按 1 看"},
		{[]string{"9"}, "接着写"},
		{[]string{"ctrl+n"}, "新发现"},
		{[]string{"ctrl+b"}, "补录"},
		{[]string{"ctrl+u"}, "环翠区"},
		{[]string{"ctrl+f"}, "找人"},
		{[]string{"1", "1"}, "先对一下人"},
		{[]string{"1", "2"}, "已答 0 / 共 4 题"},
		{[]string{"1", "3"}, "没见到"},
		{[]string{"1", "4"}, "改资料"},
		{[]string{"1", "5"}, "139 0631 2231"},
		{[]string{"1", "7"}, "同户 2 人"},
		{[]string{"1", "7", "2"}, "𠮷玉兰"},
		{[]string{"1", "8"}, "走访记错了人"},
		{[]string{"1", "0"}, "两次"},
		{[]string{"1", "enter"}, "按 1 看"},
		{[]string{"1", "down", "enter"}, "办好了吗"},
		{[]string{"1", "down", "down", "enter"}, "2026-11-06 的走访"},
		{[]string{"1", "down", "down", "enter", "8"}, "走访记错了人"},
	} {
		r, _ := run(t, 80, 24, tui.Config{Book: booktest.Village(clock)})
		r.Keys(c.keys...).Shows(c.shows)
	}
}

func TestAClockThatCannotBeRightIsAskedAboutAndStopsNobody(t *testing.T) {
	shelf := booktest.Village(clock)
	shelf.Odd = true
	r, _ := run(t, 80, 24, tui.Config{Book: shelf})
	r.Golden("oddday").Keys("esc").Shows("请按 1 或 2").Keys("1").Shows("林小溪")
	r, _ = run(t, 80, 24, tui.Config{Book: shelf})
	if r.Keys("2"); !r.Ended() {
		t.Error("the program went on with the wrong day")
	}
}

func TestNewsFromTheDistrictReachesTheHeaderAndThePages(t *testing.T) {
	shelf := booktest.Village(clock)
	app, err := tui.New(tui.Config{Book: shelf, Speaker: tuitest.Speaker(t, "zh"), Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var got []tea.Msg
	heard := make(chan struct{}, 100)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		app.Watch(ctx, func(m tea.Msg) {
			mu.Lock()
			got = append(got, m)
			mu.Unlock()
			heard <- struct{}{}
		})
		close(ended)
	}()
	<-heard
	shelf.News()
	for range 6 { // five pages are told, and the words of the header are new
		<-heard
	}
	stop()
	<-ended
	mu.Lock()
	defer mu.Unlock()
	if got[0] != stage.Ribbon("离线  待上传 3 份") || got[6] != got[0] {
		t.Error(got)
	}
}

func TestNoKeyAnywherePanicsOrBreaksAFrame(t *testing.T) {
	sizes := [][2]int{{60, 20}, {80, 24}, {120, 40}}
	keys := []string{
		"1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "enter", "esc", "tab", "shift+tab", "up", "down", "left", "right",
		"pgup", "pgdown", "home", "end", "insert", "delete", "backspace", "space", "f1", "f2", "f3", "f4", "f5", "f6", "f8", "f9",
		"f10", "ctrl+s", "ctrl+o", "ctrl+r", "ctrl+n", "ctrl+b", "ctrl+x", "ctrl+z", "ctrl+w", "ctrl+f", "ctrl+d", "ctrl+l",
	}
	crash := tuitest.Speaker(t, "zh").Say("tui.crash.step")
	rapid.Check(t, func(rt *rapid.T) {
		shelf := booktest.Village(clock)
		shelf.Mates = shelf.People[1:3]
		shelf.Likes = shelf.People[:2]
		crashed := ""
		size := sizes[rapid.IntRange(0, 2).Draw(rt, "size")]
		r, _ := run(t, size[0], size[1], tui.Config{Book: shelf, Crashed: tui.Tell(&crashed)})
		for range rapid.IntRange(1, 60).Draw(rt, "keys") {
			switch rapid.IntRange(0, 9).Draw(rt, "how") {
			case 0:
				r.Burst(rapid.SampledFrom([]string{"林", "小溪", "𠮷", "ｚｈｕ", "-3", "2026-11-20", "买买提·吐尔逊"}).Draw(rt, "text"))
			case 1:
				r.Click(rapid.IntRange(0, size[0]-1).Draw(rt, "x"), rapid.IntRange(0, size[1]-1).Draw(rt, "y"))
			default:
				r.Keys(rapid.SampledFrom(keys).Draw(rt, "key"))
			}
			if r.Ended() {
				return
			}
			screen := r.Screen()
			if crashed != "" || strings.Contains(screen, crash) {
				rt.Fatalf("crashed: %s\n%s", crashed, screen)
			}
			lines := strings.Split(screen, "\n")
			if len(lines) > size[1] {
				rt.Fatalf("%d lines", len(lines))
			}
			for _, l := range lines {
				if tuitest.Width(l) > size[0] {
					rt.Fatalf("too wide: %q", l)
				}
			}
		}
	})
}
