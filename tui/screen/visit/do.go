package visit

import (
	tea "charm.land/bubbletea/v2"

	"doorstep/casework/form"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
)

func (s *Screen) do(env *stage.Env, do stage.Do) (stage.Action, tea.Cmd) {
	switch do.ID {
	case Choose:
		return s.digit(env, do.Key)
	case Next, Previous:
		if (do.Key == "up" || do.Key == "down") && s.dating() {
			return s.typed(env, tea.KeyPressMsg{Code: map[string]rune{"up": tea.KeyUp, "down": tea.KeyDown}[do.Key]}), nil
		}
		cmd, ok := s.leaveField(env)
		if v, here := s.view(); ok && here && do.Key == "enter" && s.ready() && !v.Answered() {
			action, more := s.close(env) // a greeting is three keys and Enter
			return action, tea.Batch(cmd, more)
		}
		if ok && do.ID == Previous {
			s.step(-1)
		} else if ok && !s.step(1) && do.Key == "enter" {
			action, more := s.close(env) // behind the last question: finished
			return action, tea.Batch(cmd, more)
		}
		return stage.None(), cmd
	case Section, Back:
		cmd, ok := s.leaveField(env)
		if ok {
			by := 1
			if do.ID == Back {
				by = -1
			}
			s.turn(by)
		}
		return stage.None(), cmd
	case Repeat:
		return s.repeat(env)
	case Clear:
		if do.Key == "delete" && s.Typing() {
			return s.typed(env, tea.KeyPressMsg{Code: tea.KeyDelete}), nil
		}
		return s.set(env, "")
	case Add:
		return s.addInstance(env)
	case Remove:
		return s.askRemove(env), nil
	case Restore:
		return s.restore(env)
	case Large:
		return s.large(env, ""), nil
	case Unknown:
		return s.unknown(env), nil
	case Code:
		return stage.Push(newCodes(env, s)), nil
	case Problems:
		cmd, _ := s.leaveField(env)
		return stage.Push(newProblems(env, s.session.Form)), cmd
	case Why:
		return s.why(env), nil
	case Matters:
		return s.matters(env), nil
	case Finish:
		return s.close(env)
	}
	return stage.None(), nil
}

// Able implements stage.Able.
func (s *Screen) Able(env *stage.Env, id keymap.ID) string {
	if s.session == nil || s.closing {
		return ""
	}
	v, ok := s.view()
	switch id {
	case Repeat:
		if !ok || s.previous(env, v) == "" {
			return env.Say("visit.no_previous")
		}
	case Add:
		if _, open := s.roster(); !open {
			return env.Say("visit.no_table")
		}
	case Remove:
		if r, open := s.roster(); !open || s.instance(r) == "" {
			return env.Say("visit.no_table")
		}
	case Restore:
		if r, open := s.roster(); !open || len(r.InstanceBin) == 0 {
			return env.Say("visit.no_bin")
		}
	case Large:
		if !ok || v.Item.Type != form.TypeText {
			return env.Say("visit.no_text")
		}
	case Unknown:
		if !ok || !v.Item.Unknown {
			return env.Say("visit.no_unknown")
		}
	case Matters:
		if len(s.book.Orders(s.session)) == 0 {
			return env.Say("visit.no_matters")
		}
	}
	return ""
}
