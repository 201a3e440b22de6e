package locks

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget"
)

// digits is how long a visit code is.
const digits = 6

// Code chooses the visit code: six digits, typed twice.
type Code struct {
	set    func(ctx context.Context, code []byte) error
	first  bool // the first day: it may be left for another day
	field  widget.Field
	chosen string
	busy   bool
	say    string
	err    error
	work   stage.Latest
}

// NewCode makes the page. On the first day it says what the code is for, and that it can wait.
func NewCode(set func(ctx context.Context, code []byte) error, first bool) *Code {
	return &Code{set: set, first: first, field: widget.Field{Max: digits, Digits: true, Secret: true}}
}

// Place implements stage.Screen.
func (s *Code) Place() keymap.Place { return CodePlace }

// Header implements stage.Screen.
func (s *Code) Header(env *stage.Env) stage.Header {
	return stage.Header{Left: env.Say("locks.code.title")}
}

// Typing implements stage.Typist.
func (s *Code) Typing() bool { return true }

// Leave implements stage.Leaver.
func (s *Code) Leave(env *stage.Env) (stage.Action, tea.Cmd) {
	if s.chosen != "" && !s.busy {
		s.chosen, s.say, s.err = "", "", nil
		s.field.Set("")
		return stage.None(), nil
	}
	if s.first {
		return stage.Pop().Then(stage.Notice(env.Say("locks.code.later"))), nil
	}
	return stage.Pop(), nil
}

// Update implements stage.Screen.
func (s *Code) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if v, fresh, mine := s.work.Take(msg); mine {
		return s.done(env, v, fresh), nil
	}
	if s.busy {
		return stage.None(), nil
	}
	switch msg := msg.(type) {
	case stage.Do:
		if msg.ID == Enter {
			return stage.None(), s.enter()
		}
	case tea.KeyPressMsg, tea.PasteMsg:
		if s.field.Update(msg) {
			s.say, s.err = "", nil
		}
	}
	return stage.None(), nil
}

func (s *Code) enter() tea.Cmd {
	code := s.field.Value()
	s.field.Set("")
	s.say, s.err = "", nil
	switch {
	case len(code) != digits:
		s.say = "locks.code.six"
	case s.chosen == "":
		s.chosen = code
	case code != s.chosen:
		s.say, s.chosen = "locks.code.differs", ""
	default:
		s.busy = true
		set := s.set
		return s.work.Ask(func() any {
			secret := []byte(code)
			defer clear(secret)
			if err := set(context.Background(), secret); err != nil {
				return err
			}
			return nil
		})
	}
	return nil
}

func (s *Code) done(env *stage.Env, v any, fresh bool) stage.Action {
	if !fresh {
		return stage.None()
	}
	s.busy, s.chosen = false, ""
	if err, bad := v.(error); bad {
		s.err = err
		return stage.None()
	}
	if s.first {
		return stage.Pop().Then(stage.Notice(env.Say("locks.code.set")))
	}
	return stage.PopWith(Said("locks.code.set"))
}

// Draw implements stage.Screen.
func (s *Code) Draw(env *stage.Env, size stage.Size) stage.Frame {
	w := min(size.W-8, 72)
	f := stage.Frame{Body: []string{"", ""}}
	para := func(text string) {
		for _, l := range cell.Wrap(text, w) {
			f.Body = append(f.Body, "    "+l)
		}
		f.Body = append(f.Body, "")
	}
	if s.chosen == "" {
		para(env.Say("locks.code.ask"))
		if s.first {
			para(env.Say("locks.code.wait"))
		}
	} else {
		para(env.Say("locks.code.again"))
	}
	line, caret := s.field.Draw(env, 12, true)
	f.Cursor = &stage.Cursor{X: 4 + caret, Y: len(f.Body)}
	f.Body = append(f.Body, "    "+line, "")
	switch {
	case s.busy:
		para(env.Say("unlock.busy"))
	case s.err != nil:
		para(env.Paint(theme.Warn, env.Error(s.err)))
	case s.say != "":
		para(env.Paint(theme.Warn, env.Say(s.say)))
	}
	return f
}
