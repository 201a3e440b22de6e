package stage_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

func TestCtrlLBlanksAtOnceAndKeepsEverything(t *testing.T) {
	h := home()
	h.update = func(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
		if _, ok := msg.(tea.KeyPressMsg); ok {
			h.body = append(h.body, " 打了字")
		}
		return stage.None(), nil
	}
	h.typing = true
	r := run(t, 80, 24, h, commands())
	r.Type("林").Keys("ctrl+l")
	if got := strings.TrimSpace(r.Screen()); got != "" || r.Cursor() != "none" {
		t.Fatalf("after Ctrl+L the screen shows %q, cursor %s", got, r.Cursor())
	}
	r.Type("小溪")
	if got := strings.TrimSpace(r.Screen()); got != "" {
		t.Fatal("typing that was in flight must not bring the screen back")
	}
	r.Advance(time.Second)
	r.Keys("enter")
	r.Shows("今日", "打了字")
	if n := strings.Count(r.Screen(), "打了字"); n != 1 {
		t.Errorf("the keys of a blank screen must do nothing: %d", n)
	}
	r.Keys("ctrl+l", "ctrl+l").Shows("今日")
}

func TestAnIdleProgramLocksAndKeepsWhatIsBelow(t *testing.T) {
	saved := 0
	h := home()
	h.saved = &saved
	lock := &page{place: "p", left: "请输入口令", typing: true}
	lock.update = func(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
		if do, ok := msg.(stage.Do); ok && do.ID == "open" {
			return stage.Pop(), nil
		}
		return stage.None(), nil
	}
	r := run(t, 80, 24, h, commands(), func(c *stage.Config) {
		c.IdleLock, c.BlankLock = 5*time.Minute, time.Minute
		c.LockScreen = func(*stage.Env, stage.Screen) stage.Screen { return lock }
	})
	r.Advance(4 * time.Minute)
	r.Keys("x").Advance(4 * time.Minute)
	r.Shows("今日")
	r.Advance(2 * time.Minute)
	r.Shows("请输入口令").Hides("今日", "林小溪")
	if saved != 1 {
		t.Errorf("what was being typed must be saved before locking: %d", saved)
	}
	r.Advance(time.Hour)
	if r.Depth() != 2 {
		t.Fatal("locked is locked once")
	}
	r.Keys("enter").Shows("今日")
	r.Keys("ctrl+l").Advance(30 * time.Second)
	r.Keys("x").Shows("今日")
	r.Keys("ctrl+l").Advance(2 * time.Minute)
	r.Keys("x").Shows("请输入口令")
}

func TestQuittingSavesWhatIsBeingTyped(t *testing.T) {
	for name, end := range map[string]func(*tuitest.Robot){
		"Ctrl+Q":                  func(r *tuitest.Robot) { r.Keys("ctrl+q") },
		"a signal, a window shut": func(r *tuitest.Robot) { r.Send(tea.QuitMsg{}) },
		"an interrupt":            func(r *tuitest.Robot) { r.Send(tea.InterruptMsg{}) },
	} {
		saved := 0
		h := home()
		h.saved = &saved
		r := run(t, 80, 24, h, commands())
		r.Keys("ctrl+c").Shows("Ctrl+Q")
		if r.Ended() {
			t.Fatal("Ctrl+C copies in other programs and must not end this one")
		}
		r.Keys("esc", "esc", "esc").Shows("Ctrl+Q")
		if r.Ended() {
			t.Fatal("one Esc too many must not end the program")
		}
		end(r)
		if !r.Ended() || saved != 1 {
			t.Errorf("%s: ended %v, saved %d", name, r.Ended(), saved)
		}
	}
}
