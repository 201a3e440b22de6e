package visit

import (
	tea "charm.land/bubbletea/v2"

	"doorstep/casework/form"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
)

// keys of moving that a day being typed takes for itself.
var dayKeys = map[string]rune{"up": tea.KeyUp, "down": tea.KeyDown, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown}

func (s *Screen) do(env *stage.Env, do stage.Do) (stage.Action, tea.Cmd) {
	if key, ok := dayKeys[do.Key]; ok && s.dating() {
		return s.typed(env, tea.KeyPressMsg{Code: key}), nil
	}
	switch do.ID {
	case Choose:
		return s.digit(env, do.Key)
	case Next, Previous:
		return s.move(env, do)
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
		if v, ok := s.view(); do.Key == "delete" && s.Typing() && ok && !choosing(v) {
			return s.typed(env, tea.KeyPressMsg{Code: tea.KeyDelete}), nil
		}
		if _, on := s.onTable(); on {
			return s.askRemove(env), nil
		}
		return s.set(env, "")
	case Add:
		return s.addInstance(env)
	case Remove:
		return s.askRemove(env), nil
	case Restore:
		return s.restore(env)
	case Undo:
		return s.undo(env)
	case Large:
		return s.wide(env), nil
	case Unknown:
		return s.unknown(env), nil
	case Code:
		cmd, ok := s.leaveField(env)
		if !ok {
			return stage.None(), cmd
		}
		return stage.Push(newCodes(env, s)), cmd
	case Problems:
		cmd, _ := s.leaveField(env)
		return stage.Push(newProblems(env, s.session.Form)), cmd
	case Why:
		return s.why(env)
	case Matters:
		return s.matters(env), nil
	case Newer:
		return s.newer(env)
	case Finish:
		return s.close(env)
	}
	return stage.None(), nil
}

// move goes to the next question or to the one before. In a table the arrows go through its
// rows, and Enter opens the one with the cursor.
func (s *Screen) move(env *stage.Env, do stage.Do) (stage.Action, tea.Cmd) {
	if table, on := s.onTable(); on {
		switch {
		case do.Key == "enter" && s.row < len(table.Instances):
			s.openRow(table.Instances[s.row].Path)
			return stage.None(), nil
		case do.Key == "up" && s.row > 0:
			s.row--
			return stage.None(), nil
		case do.Key == "down" && s.row < len(table.Instances):
			s.row++
			return stage.None(), nil
		}
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
}

// wide opens what is too small for the page: the large editor of a text, the whole of a long
// list, a question that is covered.
func (s *Screen) wide(env *stage.Env) stage.Action {
	v, ok := s.view()
	switch {
	case !ok:
	case s.covered(v):
		s.bare = v.Path
	case v.Item.Type.Selects() && !v.ReadOnly:
		return s.look(env, v, "")
	default:
		return s.large(env, "")
	}
	return stage.None()
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
		if _, open := s.roster(); !open {
			return env.Say("visit.no_table")
		}
		if s.marked() == "" {
			return env.Say("visit.no_row")
		}
	case Restore:
		if r, open := s.roster(); !open || len(r.InstanceBin) == 0 {
			return env.Say("visit.no_bin")
		}
	case Undo:
		if !s.edited && s.session.Form.Undoable() == 0 {
			return env.Say("visit.undone.none")
		}
	case Newer:
		if !s.session.Newer || s.doors.Upgrade == nil {
			return env.Say("visit.no_newer")
		}
	case Large:
		if !ok || v.Item.Type != form.TypeText && !s.covered(v) && !(v.Item.Type.Selects() && s.options(env, v).len() > perPage) {
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
