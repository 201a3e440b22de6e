package visit

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/stage"
	"doorstep/tui/widget"
)

// Leave implements stage.Leaver: the draft stays; what must be done and was not read comes
// back before she goes.
func (s *Screen) Leave(env *stage.Env) (stage.Action, tea.Cmd) {
	if s.session == nil {
		return stage.Pop(), nil
	}
	if s.closing {
		return stage.None(), nil
	}
	cmd, _ := s.leaveField(env)
	if len(s.inside) > 0 && !s.edited { // from a row back to its table
		s.out()
		return stage.None(), cmd
	}
	if s.edited {
		return stage.None(), cmd // what was typed is not an answer yet; the sentence says why
	}
	if len(s.unread()) > 0 {
		return stage.Push(newOrder(s.unread(), true)), cmd
	}
	if len(s.session.Form.Journal()) <= 1 { // the wrong person, or one key too many: nothing to keep
		b, draft, reason := s.book, s.session.Draft, env.Say("visit.nothing_answered")
		return stage.None(), s.drop.Ask(func() any {
			if err := b.Discard(context.Background(), draft, reason); err != nil {
				return err
			}
			return nil
		})
	}
	return stage.Pop().Then(stage.Notice(s.left(env))), cmd
}

func (s *Screen) returned(env *stage.Env, v any) (stage.Action, tea.Cmd) {
	switch v := v.(type) {
	case jump:
		s.goTo(v.path)
	case text:
		return s.takeText(env, v)
	case chosen:
		return s.pick(env, v.option)
	case Attached:
		return s.set(env, v.Value)
	case read:
		for _, code := range v.codes {
			s.opened[code] = true
		}
		if v.leaving {
			return stage.Pop().Then(stage.Notice(s.left(env))), nil
		}
	case widget.Picked:
		if mark, ok := v.Value.(string); ok && v.ID == "unknown" {
			return s.mark(env, mark)
		}
	case widget.Answer:
		switch {
		case v.ID == "dropped" && v.Yes:
			return stage.None(), s.send(env)
		case v.ID == "remove" && v.Yes:
			return s.remove(env)
		}
	}
	return stage.None(), nil
}

// Save implements stage.Saver: what was typed and can be an answer becomes one, and
// everything not on the disk yet is written.
func (s *Screen) Save(env *stage.Env) tea.Cmd {
	if s.session == nil || s.closing {
		return nil
	}
	cmd, _ := s.leaveField(env)
	return cmd
}

// newer opens the page of the newer questionnaire once everything is on the disk. The visit
// page makes room for it: she comes back by the list, or goes on with the new draft.
func (s *Screen) newer(env *stage.Env) (stage.Action, tea.Cmd) {
	cmd, ok := s.leaveField(env)
	if !ok {
		return stage.None(), cmd
	}
	if s.flying > 0 || len(s.waiting) > 0 {
		s.upgrading = true
		return stage.None(), cmd
	}
	return stage.Replace(s.doors.Upgrade(s.session.Draft)), cmd
}
