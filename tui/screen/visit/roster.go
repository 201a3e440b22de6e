package visit

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework/form"
	"doorstep/tui/stage"
	"doorstep/tui/widget"
)

// roster is the table the focus is in: its head, or a question of one of its rows. Tables whose
// rows the form counts by itself are not open to adding and removing.
func (s *Screen) roster() (form.View, bool) {
	if s.session == nil || s.at == "" {
		return form.View{}, false
	}
	for _, q := range s.questions() {
		if q.Item.Kind == form.Repeat && (q.Path == s.at || strings.HasPrefix(s.at, q.Path+"[")) {
			return q, true
		}
	}
	return form.View{}, false
}

// instance is the path of the row the focus is in, or "" at the head of the table.
func (s *Screen) instance(table form.View) string {
	for _, row := range table.Instances {
		if strings.HasPrefix(s.at, row.Path+"/") {
			return row.Path
		}
	}
	return ""
}

// addInstance adds a row to the table and goes to its first question.
func (s *Screen) addInstance(env *stage.Env) (stage.Action, tea.Cmd) {
	table, ok := s.roster()
	if !ok {
		return stage.None(), nil
	}
	var added string
	action, cmd := s.apply(env, func() (form.Change, error) {
		c, err := s.session.Form.Add(table.Path)
		added = c.Value
		return c, err
	})
	for _, q := range s.questions() {
		if added != "" && answerable(q) && strings.HasPrefix(q.Path, added+"/") {
			s.focus(q.Path)
			break
		}
	}
	return action, cmd
}

func (s *Screen) askRemove(env *stage.Env) stage.Action {
	return stage.Push(widget.NewConfirm("remove", env.Say("visit.cmd.remove"), env.Say("visit.remove.question"), env.Say("visit.remove.yes"), ""))
}

// remove puts the row with the focus into the bin.
func (s *Screen) remove(env *stage.Env) (stage.Action, tea.Cmd) {
	table, ok := s.roster()
	path := s.instance(table)
	if !ok || path == "" {
		return stage.None(), nil
	}
	s.focus(table.Path)
	return s.apply(env, func() (form.Change, error) { return s.session.Form.Remove(path) })
}

// restore takes the row out of the bin that went there last.
func (s *Screen) restore(env *stage.Env) (stage.Action, tea.Cmd) {
	table, ok := s.roster()
	if !ok || len(table.InstanceBin) == 0 {
		return stage.None(), nil
	}
	path := table.InstanceBin[len(table.InstanceBin)-1].Path
	return s.apply(env, func() (form.Change, error) { return s.session.Form.Restore(path) })
}
