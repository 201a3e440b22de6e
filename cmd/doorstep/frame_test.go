package main

import (
	"crypto/rand"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework/lang"
	"doorstep/tui"
)

// BenchmarkFirstFrame is everything between main and the first frame of the unlock page, but
// for the terminal's own answer: sentences, commands, screens, one drawing. Limit: 60 ms.
func BenchmarkFirstFrame(b *testing.B) {
	dir := b.TempDir()
	for b.Loop() {
		a := &app{world: world{now: time.Now, rand: rand.Reader}}
		a.cfg.Store = dir
		var err error
		if a.speaker, err = lang.New("zh"); err != nil {
			b.Fatal(err)
		}
		program, err := tui.New(tui.Config{Keeper: a.keeper(false), Speaker: a.speaker, Now: a.now})
		if err != nil {
			b.Fatal(err)
		}
		s := program.Stage(tui.Look{})
		s.Init()
		s.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
		if s.View().Content == "" {
			b.Fatal("nothing on the screen")
		}
	}
}
