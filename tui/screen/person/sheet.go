// Package person holds the pages on which facts about a person are written: 新发现, 改资料,
// 更正 and 没见到. What was typed is never thrown away without asking.
package person

import (
	tea "charm.land/bubbletea/v2"

	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget"
	"doorstep/tui/widget/entry"
)

// sheet is what the pages share: lines, a way to save them, and the question asked when
// she leaves with something unsaved.
type sheet struct {
	place  keymap.Place
	title  string // a key
	page   entry.Page
	above  []string // sentences over the lines
	before string   // the lines' values when they were last saved
	busy   bool
	err    error
	saving stage.Latest
	save   func(env *stage.Env) (work func() error, ok bool)
	done   func(env *stage.Env) stage.Action
}

func (s *sheet) Place() keymap.Place { return s.place }

func (s *sheet) Header(env *stage.Env) stage.Header { return stage.Header{Left: env.Say(s.title)} }

// Typing implements stage.Typist.
func (s *sheet) Typing() bool { return s.page.Typing() }

func (s *sheet) values() string {
	var all string
	for _, l := range s.page.Lines {
		all += l.ID + "=" + l.Value() + "\n"
	}
	return all
}

// Leave implements stage.Leaver.
func (s *sheet) Leave(env *stage.Env) (stage.Action, tea.Cmd) {
	if s.values() == s.before {
		return stage.Pop(), nil
	}
	return stage.Push(widget.NewConfirm("leave", env.Say("person.leave.title"), env.Say("person.leave.question"),
		env.Say("person.leave.stay"), env.Say("person.leave.drop"))), nil
}

func (s *sheet) update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if v, fresh, mine := s.saving.Take(msg); mine {
		if !fresh {
			return stage.None(), nil
		}
		s.busy = false
		if err, bad := v.(error); bad {
			s.err = err
			return stage.None(), nil
		}
		s.before = s.values()
		return s.done(env), nil
	}
	switch msg := msg.(type) {
	case stage.Returned:
		if a, ok := msg.Value.(widget.Answer); ok && a.ID == "leave" {
			if !a.Yes {
				return stage.Pop(), nil
			}
			return stage.None(), nil
		}
	case stage.Do:
		if msg.ID == Save {
			return stage.None(), s.store(env)
		}
		return stage.None(), nil
	}
	mine, done, action := s.page.Update(env, msg)
	if mine {
		s.err = nil
	}
	if done {
		return action, s.store(env)
	}
	return action, nil
}

func (s *sheet) store(env *stage.Env) tea.Cmd {
	if s.busy {
		return nil
	}
	s.err = nil
	work, ok := s.save(env)
	if !ok {
		return nil
	}
	s.busy = true
	return s.saving.Ask(func() any {
		if err := work(); err != nil {
			return err
		}
		return nil
	})
}

// Draw implements stage.Screen.
func (s *sheet) Draw(env *stage.Env, size stage.Size) stage.Frame {
	var f stage.Frame
	for _, text := range s.above {
		for _, l := range cell.Wrap(text, size.W-4) {
			f.Body = append(f.Body, "  "+l)
		}
	}
	if len(f.Body) > 0 {
		f.Body = append(f.Body, "")
	}
	var foot []string
	switch {
	case s.busy:
		foot = []string{"  " + env.Say("person.saving")}
	case s.err != nil:
		for _, l := range cell.Wrap(env.Error(s.err), size.W-4) {
			foot = append(foot, "  "+env.Paint(theme.Warn, l))
		}
	}
	rows, cursor := s.page.Draw(env, stage.Size{W: size.W, H: max(3, size.H-len(f.Body)-len(foot))})
	if cursor != nil {
		cursor.Y += len(f.Body)
	}
	f.Body = append(append(f.Body, rows...), foot...)
	f.Cursor = cursor
	return f
}
