package visit

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/tui/stage"
)

// undo takes back what she did last, one step after the other, and says which question it
// was; for one about harm or mood only that it was one.
func (s *Screen) undo(env *stage.Env) (stage.Action, tea.Cmd) {
	if s.edited { // what is being typed goes first
		s.refill()
		s.say = ""
		return stage.Notice(env.Say("visit.undone.typing")), nil
	}
	if s.session.Form.Undoable() == 0 {
		return stage.Notice(env.Say("visit.undone.none")), nil
	}
	action, cmd := s.apply(env, s.session.Form.Undo)
	if !action.IsNone() {
		return action, cmd
	}
	c := s.waiting[len(s.waiting)-1]
	v, ok := s.session.Form.View(c.Path)
	if !ok && strings.HasSuffix(c.Path, "]") { // a row: its table
		v, ok = s.session.Form.View(tableOf(c.Path))
	}
	said := env.Say("visit.undone.one")
	if ok && v.Class != casework.Restricted && !s.hushed(v) {
		said = env.Say("visit.undone", "Question", title(v))
		if v.Item.Kind == form.Repeat {
			said = env.Say("visit.undone.row", "Table", title(v))
		}
	}
	if ok && s.session.Form.Applies(v.Path) {
		s.goTo(v.Path)
	}
	return stage.Notice(said), cmd
}
