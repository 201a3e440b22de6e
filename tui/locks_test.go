package tui_test

import (
	"testing"
	"time"

	"doorstep/tui"
	"doorstep/tui/book/booktest"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

// away is nobody at the keys for long enough.
func away(r *tuitest.Robot) *tuitest.Robot {
	r.Advance(11 * time.Minute)
	r.Send(stage.IdleTick())
	return r
}

func TestInAnOpenVisitTheVisitCodeBringsThePageBack(t *testing.T) {
	shelf := booktest.Village(clock)
	shelf.Locks.Code = "274913"
	r, _ := run(t, 80, 24, tui.Config{Keeper: keeper{shelf: shelf}, Idle: 10 * time.Minute})
	r.Type("zhu dao").Keys("enter", "1", "2").Shows("已答 0 / 共 4 题")
	away(r).Hides("已答", "林小溪").Shows("走访码").Keys("esc").Hides("林小溪").Type("274913").Keys("enter").Shows("已答 0 / 共 4 题")
	r.Keys("space") // a menu over the visit changes nothing
	away(r).Shows("走访码")
	for range 3 {
		r.Type("000000").Keys("enter").Hides("林小溪")
	}
	r.Shows("请打口令").Type("zhu dao").Keys("enter").Hides("请打口令")
	r.Keys("esc")
	shelf.Locks.Wrong = 0
	r.Keys("esc", "esc", "esc").Shows("今日")
	away(r).Shows("请打口令").Hides("走访码")
}

func TestOutsideOfAVisitItIsAlwaysThePassphrase(t *testing.T) {
	shelf := booktest.Village(clock)
	shelf.Locks.Code = "274913"
	r, _ := run(t, 80, 24, tui.Config{Keeper: keeper{shelf: shelf}, Idle: 10 * time.Minute})
	r.Type("zhu dao").Keys("enter", "1")
	away(r).Shows("请打口令").Type("274913").Keys("enter").Shows("口令不对").Hides("林小溪")
}

func TestWithoutAVisitCodeSheIsToldOfIt(t *testing.T) {
	r, _ := run(t, 80, 24, tui.Config{Keeper: keeper{shelf: booktest.Village(clock)}, Idle: 10 * time.Minute})
	r.Type("zhu dao").Keys("enter", "1", "2")
	away(r).Shows("请打口令").Type("zhu dao").Keys("enter").Shows("定个六位走访码")
}

func TestThePassphraseIsChangedOnThePageOfLocks(t *testing.T) {
	shelf := booktest.Village(clock)
	r, _ := run(t, 80, 24, tui.Config{Keeper: keeper{shelf: shelf}, Idle: 10 * time.Minute})
	r.Type("zhu dao").Keys("enter", "ctrl+k").Shows("遮屏和口令", "还没有定").Keys("1").Shows("请先打现在的口令")
	r.Type("wrong").Keys("enter").Shows("口令不对").Type("zhu dao old").Keys("enter").Shows("zhu  dao  chun  tian")
	r.Type("hai cao fang wei").Keys("enter").Type("hai cao fang wei").Keys("enter").Type("hai cao fang wei").Keys("enter").Shows("口令换好了", "遮屏和口令")
	if len(shelf.Locks.Changed) != 1 || shelf.Locks.Changed[0] != [2]string{"zhu dao old", "hai cao fang wei"} {
		t.Error(shelf.Locks.Changed)
	}
	r.Keys("2").Type("274913").Keys("enter").Type("274913").Keys("enter").Shows("走访码定好了", "已经定了")
	if shelf.Locks.Code != "274913" {
		t.Error(shelf.Locks.Code)
	}
	r.Keys("1", "esc").Shows("遮屏和口令").Keys("3").Shows("请打口令").Advance(time.Second)
	r.Type("zhu dao").Keys("enter", "esc").Shows("今日")
}

func TestInThePracticeNothingLocks(t *testing.T) {
	r, _ := run(t, 80, 24, tui.Config{Book: booktest.Village(clock)})
	r.Keys("ctrl+k").Shows("这里没有口令")
}
