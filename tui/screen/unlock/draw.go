package unlock

import (
	"strings"

	"doorstep/tui/cell"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
)

// Draw implements stage.Screen.
func (s *Screen) Draw(env *stage.Env, size stage.Size) stage.Frame {
	w := min(size.W-8, 72)
	left := (size.W - w) / 2
	var f stage.Frame
	top := max(1, size.H/2-6)
	for range top {
		f.Body = append(f.Body, "")
	}
	add := func(text string) { f.Body = append(f.Body, cell.Indent(left)+text) }
	para := func(text string) {
		for _, l := range cell.Wrap(text, w) {
			add(l)
		}
		add("")
	}
	switch s.step {
	case coding:
		para(env.Say("unlock.code"))
	case asking:
		ask := s.opt.Ask
		if ask == "" {
			ask = "unlock.ask"
		}
		para(env.Say(ask))
	case proposing:
		para(env.Say("unlock.propose"))
		add("    " + env.Paint(theme.Strong, strings.Join(s.words, "  ")))
		add("")
		para(env.Say("unlock.propose.own"))
	case rehearsing:
		para(env.Say("unlock.rehearse", "Times", 1))
	case again:
		para(env.Say("unlock.rehearse", "Times", 2))
	}
	line, caret := s.field.Draw(env, min(w, 48), true)
	f.Cursor = &stage.Cursor{X: left + caret, Y: len(f.Body)}
	add(line)
	add("")
	switch {
	case s.busy:
		para(env.Say("unlock.busy"))
	case s.err != nil:
		para(env.Paint(theme.Warn, env.Error(s.err)))
	case s.say != "":
		para(env.Paint(theme.Warn, env.Say(s.say, "Least", least)))
	}
	return f
}
