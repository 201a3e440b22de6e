package stage_test

import (
	"testing"

	"doorstep/tui/keymap"
	"doorstep/tui/stage"
)

// sparing is a page on which one command does not exist for this worker.
type sparing struct{ *page }

func (sparing) Has(_ *stage.Env, id keymap.ID) bool { return id != "yes" }

// Screens and commands of other duties do not exist for her (people §11).
func TestACommandOfOtherDutiesIsNowhere(t *testing.T) {
	h := home()
	run(t, 80, 24, h, commands()).Keys("space").Shows("Ctrl+Y").Keys("esc", "f1").Shows("Ctrl+Y").Keys("esc", "ctrl+y")
	if last := h.got[len(h.got)-1]; last != (stage.Do{ID: "yes", Key: "ctrl+y"}) {
		t.Fatal(last)
	}
	h = home()
	run(t, 80, 24, sparing{h}, commands()).Hides("Ctrl+Y").Keys("space").Hides("Ctrl+Y").Keys("esc", "f1").Hides("Ctrl+Y").Keys("esc", "ctrl+y")
	for _, m := range h.got {
		if do, ok := m.(stage.Do); ok && do.ID == "yes" {
			t.Error("its key works all the same")
		}
	}
}
