package stage_test

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/tuitest"
)

// Of four pages the two in the middle may not be seen any longer: what is typed on them is
// saved, the one on top stays, and below it there is the new first page.
func TestPagesThatMayNotBeSeenGoAndTheOthersStay(t *testing.T) {
	saved := 0
	open := func(next stage.Screen) func(*stage.Env, tea.Msg) (stage.Action, tea.Cmd) {
		return func(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
			if do, ok := msg.(stage.Do); ok && do.ID == "open" {
				return stage.Push(next), nil
			}
			return stage.None(), nil
		}
	}
	top := &page{place: "q", left: "走访"}
	file := &page{place: "p", left: "档案", saved: &saved, update: open(top)}
	list := &page{place: "p", left: "名单", update: open(file)}
	first := &page{place: "p", left: "今日", update: open(list)}
	table := append(commands(), keymap.Command{ID: "open", Where: "q", Keys: []string{"enter"}, Label: "tui.cmd.open"})
	r := tuitest.Run(t, 60, 20, first, table)
	r.Keys("enter", "enter", "enter").Shows("走访")
	now := &page{place: "p", left: "收起来了"}
	r.Send(stage.Shut{First: now, Stays: func(p keymap.Place) bool { return p == "q" }})
	r.Shows("走访")
	if r.Depth() != 2 || saved != 1 {
		t.Errorf("%d pages, saved %d", r.Depth(), saved)
	}
	r.Keys("esc").Shows("收起来了").Hides("档案", "名单", "今日")

	r.Send(stage.Shut{First: first, Stays: func(keymap.Place) bool { return false }})
	r.Shows("今日")
}
