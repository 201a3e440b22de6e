package stage_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/tuitest"
)

// The limits of the program as a whole; a screen's own work comes on top of what is
// measured here, so that the stage may use a part of them only.
const (
	keyToFrame = 8 * time.Millisecond
	firstFrame = 60 * time.Millisecond
)

func fullPage() *page {
	h := home()
	for range 60 {
		h.body = append(h.body, " 3  今天     赵铁柱 男 12岁    下午2点约好       三级 每月一次   上次 10-23    买买提·吐尔逊 “二级”")
	}
	return h
}

func open(b *testing.B, home stage.Screen) *stage.Stage {
	s := stage.New(stage.Config{
		Speaker: tuitest.Speaker(b, "zh"), Theme: theme.New(theme.Dark, theme.True), Now: func() time.Time { return tuitest.Start },
		Keys: keymap.Must(keymap.Own(), commands()), Home: home, After: func(time.Duration, tea.Msg) tea.Cmd { return nil },
	})
	s.Init()
	s.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	return s
}

// BenchmarkKeyToFrame is a key, the drawing and the bytes for the terminal, at 120×40.
func BenchmarkKeyToFrame(b *testing.B) {
	h := fullPage()
	s, render := open(b, h), tuitest.Renderer(120, 40)
	b.ResetTimer()
	for i := range b.N {
		h.body[2] = strings.Repeat("林", i%40)
		s.Update(tuitest.Key("x"))
		render(s.View().Content)
		h.got = h.got[:0]
	}
	within(b, keyToFrame)
}

// BenchmarkPageToFrame is the worst case: every cell changes.
func BenchmarkPageToFrame(b *testing.B) {
	h := fullPage()
	s, render := open(b, h), tuitest.Renderer(120, 40)
	b.ResetTimer()
	for i := range b.N {
		for y := range h.body {
			h.body[y] = strings.Repeat(string(rune('一'+i%500+y)), 60)
		}
		s.Update(tuitest.Key("x"))
		render(s.View().Content)
		h.got = h.got[:0]
	}
	within(b, keyToFrame)
}

// BenchmarkFirstFrame is from nothing to the bytes of the first frame: table of commands,
// sentences, stage, drawing.
func BenchmarkFirstFrame(b *testing.B) {
	for range b.N {
		s := open(b, home())
		tuitest.Renderer(120, 40)(s.View().Content)
	}
	within(b, firstFrame)
}

func within(b *testing.B, limit time.Duration) {
	b.Helper()
	if mean := b.Elapsed() / time.Duration(b.N); mean > limit {
		b.Errorf("%s on average; the limit is %s", mean, limit)
	}
}
