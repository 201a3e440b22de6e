package tui_test

import (
	"context"
	"testing"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui"
	"doorstep/tui/book"
	"doorstep/tui/book/booktest"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

// watched is the whole program with its background; news lets it hear that something has
// changed, and the pages take it in.
func watched(t *testing.T, shelf *booktest.Shelf) (r *tuitest.Robot, news func()) {
	t.Helper()
	r, app := run(t, 80, 24, tui.Config{Book: shelf})
	ctx, stop := context.WithCancel(t.Context())
	told, ended := make(chan tea.Msg), make(chan struct{})
	go func() {
		defer close(ended)
		app.Watch(ctx, func(m tea.Msg) {
			select {
			case told <- m:
			case <-ctx.Done():
			}
		})
	}()
	t.Cleanup(func() { stop(); <-ended })
	<-told // the words of the header
	return r, func() {
		shelf.News()
		for {
			m := <-told
			r.Send(m)
			if _, last := m.(stage.Ribbon); last {
				return
			}
		}
	}
}

var closed = book.Lapse{Closed: true, Heard: tuitest.Start.AddDate(0, 0, -15), Until: tuitest.Start.AddDate(0, 0, -1), Most: 2, CanCall: true}

// A file is open on the screen when the fortnight is over: it goes, with everything below
// it, and comes back with the district's next word.
func TestOldFilesCloseWhileOneIsBeingRead(t *testing.T) {
	shelf := booktest.Village(clock)
	r, news := watched(t, shelf)
	r.Keys("1").Shows("竹岛村3组12号")
	shelf.Lease.Now = closed
	news()
	r.Shows("旧档案", "1  走访").Hides("竹岛村3组12号", "林小溪", "今日")
	if r.Depth() != 1 {
		t.Error(r.Depth())
	}
	news() // nothing new
	r.Shows("1  走访").Keys("1").Type("林小溪").Keys("enter").Shows("先对一下人")
	r.Keys("esc").Shows("1  走访")
	shelf.Lease.Now = book.Lapse{Until: tuitest.Start.AddDate(0, 0, 14), Days: 14}
	news()
	r.Shows("今日", "林小溪", "旧档案打开了")
}

func TestAVisitUnderWayGoesOn(t *testing.T) {
	shelf := booktest.Village(clock)
	r, news := watched(t, shelf)
	r.Keys("1", "2").Shows("已答 0 / 共 4 题")
	shelf.Lease.Now = closed
	news()
	r.Shows("已答 0 / 共 4 题")
	if r.Depth() != 2 {
		t.Errorf("the file is still below: %d pages", r.Depth())
	}
}

// Who opens the program when the fortnight is over never sees the list.
func TestTheProgramBeginsClosed(t *testing.T) {
	shelf := booktest.Village(clock)
	shelf.Lease.Now = closed
	r, _ := run(t, 80, 24, tui.Config{Keeper: keeper{shelf: shelf}})
	r.Type("zhu dao").Keys("enter").Shows("1  走访").Hides("林小溪", "赵铁柱")
	for _, key := range []string{"2", "3", "4", "5", "6", "9", "0"} {
		r, _ := run(t, 60, 20, tui.Config{Book: shelf})
		r.Keys(key).Hides("竹岛村3组12号")
	}
}
