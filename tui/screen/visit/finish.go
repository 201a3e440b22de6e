package visit

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/book"
	"doorstep/tui/stage"
	"doorstep/tui/widget"
)

// close finishes the visit: what hinders is listed, what would be dropped is named first.
func (s *Screen) close(env *stage.Env) (stage.Action, tea.Cmd) {
	cmd, ok := s.leaveField(env)
	if !ok {
		return stage.None(), cmd
	}
	if len(s.session.Form.Hindrances()) > 0 {
		return stage.Push(newProblems(env, s.session.Form)), cmd
	}
	if dropped := s.session.Form.Dropped(); len(dropped) > 0 {
		var names []string
		for _, d := range dropped {
			if v, ok := s.session.Form.View(d.Path); ok {
				names = append(names, title(v))
			}
		}
		return stage.Push(widget.NewConfirm("dropped", env.Say("visit.dropped.title"),
			env.Say("visit.dropped", "Questions", strings.Join(names, "、")), env.Say("visit.dropped.yes"), env.Say("visit.dropped.no"))), cmd
	}
	return stage.None(), tea.Batch(cmd, s.send(env))
}

// send closes the visit once everything that waits is on the disk.
func (s *Screen) send(*stage.Env) tea.Cmd {
	s.closing = true
	if s.flying > 0 || len(s.waiting) > 0 {
		return s.write()
	}
	return s.deliver()
}

func (s *Screen) deliver() tea.Cmd {
	b, session := s.book, s.session
	return s.finish.Ask(func() any {
		f, err := b.Finish(context.Background(), session)
		if err != nil {
			return err
		}
		return f
	})
}

func (s *Screen) finished(env *stage.Env, v any) stage.Action {
	s.closing = false
	switch v := v.(type) {
	case error:
		return stage.Notice(env.Error(v))
	case book.Finished:
		if v.Filed != nil && s.doors.Filed != nil {
			return stage.Replace(s.doors.Filed(v, s.session))
		}
		return stage.Replace(newDone(s.doors, v, s.session))
	}
	return stage.None()
}
