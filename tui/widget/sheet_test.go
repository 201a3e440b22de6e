package widget_test

import (
	tea "charm.land/bubbletea/v2"

	"doorstep/tui/keymap"
	"doorstep/tui/stage"
)

// sheet is a screen around whatever a test wants to try.
type sheet struct {
	update func(env *stage.Env, msg tea.Msg) stage.Action
	draw   func(env *stage.Env, size stage.Size) stage.Frame
	typing bool
	left   any // the last thing a panel left behind
}

func (s *sheet) Place() keymap.Place            { return "sheet" }
func (s *sheet) Header(*stage.Env) stage.Header { return stage.Header{Left: "试"} }
func (s *sheet) Typing() bool                   { return s.typing }
func (s *sheet) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if r, ok := msg.(stage.Returned); ok {
		s.left = r.Value
	}
	if s.update == nil {
		return stage.None(), nil
	}
	return s.update(env, msg), nil
}

func (s *sheet) Draw(env *stage.Env, size stage.Size) stage.Frame {
	if s.draw == nil {
		return stage.Frame{}
	}
	return s.draw(env, size)
}

// typist is a sheet with one field in its second line, behind the word 姓名.
func typist(update func(env *stage.Env, msg tea.Msg) bool, draw func(env *stage.Env, w int) (string, int)) *sheet {
	return &sheet{
		typing: true,
		update: func(env *stage.Env, msg tea.Msg) stage.Action { update(env, msg); return stage.None() },
		draw: func(env *stage.Env, _ stage.Size) stage.Frame {
			line, caret := draw(env, 12)
			return stage.Frame{Body: []string{"", " 姓名  " + line + "|"}, Cursor: &stage.Cursor{X: 7 + caret, Y: 1}}
		},
	}
}
