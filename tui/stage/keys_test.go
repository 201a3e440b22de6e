package stage_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

func TestKeysBecomeCommandsAndTypingStaysTyping(t *testing.T) {
	h := home()
	r := run(t, 80, 24, h, commands())
	r.Keys("3", "４", "enter", "x").Type("林").Burst("小溪").Paste("贴")
	want := []tea.Msg{
		stage.Do{ID: "choose", Key: "3"},
		stage.Do{ID: "choose", Key: "4"},
		stage.Do{ID: "open", Key: "enter"},
		tuitest.Key("x"), tuitest.Key("林"),
		tea.KeyPressMsg{Code: tea.KeyExtended, Text: "小溪"},
		tea.PasteMsg{Content: "贴"},
	}
	compare(t, h.got, want)
	h.got, h.typing = nil, true
	r.Keys("3", "space", "enter", "ctrl+y")
	compare(t, h.got, []tea.Msg{tuitest.Key("3"), tuitest.Key("space"), stage.Do{ID: "open", Key: "enter"}, stage.Do{ID: "yes", Key: "ctrl+y"}})
}

func compare(t *testing.T, got, want []tea.Msg) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("message %d is %#v, want %#v", i, got[i], want[i])
		}
	}
}

func TestTheMenuOffersWhatThePageCanDo(t *testing.T) {
	h := home()
	h.why = map[keymap.ID]string{"print": "先打开一个人"}
	r := run(t, 80, 24, h, commands())
	r.Keys("space").Golden("menu-80x24")
	r.Keys("1").Shows("先打开一个人")
	if r.Depth() != 2 {
		t.Fatal("a disabled command must leave the menu open")
	}
	r.Keys("2")
	if r.Depth() != 1 {
		t.Fatal("choosing closes the menu")
	}
	compare(t, h.got, []tea.Msg{stage.Returned{}, stage.Do{ID: "yes", Key: "ctrl+y"}})
	r.Keys("space", "down", "enter")
	if r.Depth() != 1 || len(h.got) != 4 {
		t.Errorf("arrows and Enter choose too: %v", h.got)
	}
	r.Keys("f10", "esc", "ctrl+p", "space")
	if r.Depth() != 1 {
		t.Error("Esc and the space bar close the menu")
	}
	r.Keys("f7").Shows("先打开一个人")
}

func TestOnASmallScreenTheReasonStandsInPlaceOfTheKeys(t *testing.T) {
	h := home()
	h.why = map[keymap.ID]string{"print": "这里没有口令，不锁屏。"}
	run(t, 60, 20, h, commands()).Keys("space").Shows("这里没有口令，不锁屏。")
}

func TestHelpListsEveryCommandOfThePage(t *testing.T) {
	h := home()
	r := run(t, 80, 24, h, commands())
	r.Keys("f1").Golden("help-80x24")
	r.Keys("pgdown", "end", "up", "esc")
	if r.Depth() != 1 {
		t.Error("Esc leaves the help")
	}
}

func TestAPanelThatOpensByItselfCannotBeAnsweredByTypingInFlight(t *testing.T) {
	q := &question{page{place: "q", left: "要不要？", body: []string{" 1 是", " 2 否"}}}
	h := home()
	h.update = func(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
		if msg == "提醒" {
			return stage.Push(q), nil
		}
		return stage.None(), nil
	}
	r := run(t, 80, 24, h, commands())
	r.Send("提醒")
	r.Golden("panel-80x24")
	r.Keys("1").Paste("1").Click(3, 20)
	if len(q.got) != 0 {
		t.Fatalf("typing in flight answered: %v", q.got)
	}
	r.Advance(500 * time.Millisecond)
	r.Keys("1")
	compare(t, q.got, []tea.Msg{stage.Do{ID: "yes", Key: "1"}})
}

func TestTheMouseDoesWhatTheBarSays(t *testing.T) {
	h := home()
	r := run(t, 80, 24, h, commands(), func(c *stage.Config) { c.Mouse = true })
	lines := strings.Split(r.Screen(), "\n")
	for y, line := range lines {
		if i := strings.Index(line, "回车"); i >= 0 {
			r.Click(tuitest.Width(line[:i])+1, y)
		}
	}
	r.Click(4, 5)
	r.Send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	compare(t, h.got, []tea.Msg{stage.Do{ID: "open", Key: "enter"}, stage.Click{X: 4, Y: 3}, stage.Wheel{Lines: 3}})
}
