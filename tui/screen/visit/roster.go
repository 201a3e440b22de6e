package visit

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework/form"
	"doorstep/tui/stage"
	"doorstep/tui/widget"
)

// tableOf is the table a row belongs to: /data/member of /data/member[2].
func tableOf(row string) string { return row[:strings.LastIndexByte(row, '[')] }

// inner is the row that is open, "" when none is.
func (s *Screen) inner() string {
	if n := len(s.inside); n > 0 {
		return s.inside[n-1]
	}
	return ""
}

// inRow are the questions of a row; false when it is not there any more.
func (s *Screen) inRow(path string) ([]form.View, bool) {
	table, ok := s.session.Form.View(tableOf(path))
	if !ok || !s.session.Form.Applies(path) {
		return nil, false
	}
	for _, row := range table.Instances {
		if row.Path == path {
			return row.Views, true
		}
	}
	return nil, false
}

// roster is the table the focus is on, or the one whose row is open. Tables whose rows the
// form counts by itself are not open to adding and removing.
func (s *Screen) roster() (form.View, bool) {
	if s.session == nil {
		return form.View{}, false
	}
	if v, ok := s.view(); ok && v.Item.Kind == form.Repeat {
		return v, true
	}
	if row := s.inner(); row != "" {
		return s.session.Form.View(tableOf(row))
	}
	return form.View{}, false
}

// onTable is the table with the focus itself.
func (s *Screen) onTable() (form.View, bool) {
	v, ok := s.view()
	return v, ok && v.Item.Kind == form.Repeat
}

// marked is the row that a command is about: the one with the cursor, or the one that is
// open; "" for none.
func (s *Screen) marked() string {
	if table, ok := s.onTable(); ok {
		if s.row < len(table.Instances) {
			return table.Instances[s.row].Path
		}
		return ""
	}
	return s.inner()
}

// openRow goes to the first question of a row.
func (s *Screen) openRow(path string) {
	if s.inner() != "" && tableOf(s.inner()) == tableOf(path) {
		s.inside = s.inside[:len(s.inside)-1]
	}
	s.inside = append(s.inside[:len(s.inside):len(s.inside)], path)
	s.top = 0
	for _, q := range s.questions() {
		if s.answerable(q) {
			s.focus(q.Path)
			return
		}
	}
	s.out()
}

// out goes from a row back to its table, with the cursor behind the last row, ready for
// another one or to go on.
func (s *Screen) out() {
	row := s.inner()
	s.inside = s.inside[:len(s.inside)-1]
	s.focus(tableOf(row))
	s.hold()
}

// addInstance adds a row to the table and goes to its first question.
func (s *Screen) addInstance(env *stage.Env) (stage.Action, tea.Cmd) {
	table, ok := s.roster()
	if !ok {
		return stage.None(), nil
	}
	cmd, ok := s.leaveField(env)
	if !ok {
		return stage.None(), cmd
	}
	var added string
	action, write := s.apply(env, func() (form.Change, error) {
		c, err := s.session.Form.Add(table.Path)
		added = c.Value
		return c, err
	})
	if added != "" {
		s.openRow(added)
	}
	return action, tea.Batch(cmd, write)
}

func (s *Screen) askRemove(env *stage.Env) stage.Action {
	table, ok := s.roster()
	row := s.marked()
	if !ok || row == "" {
		return stage.Notice(env.Say("visit.no_row"))
	}
	number := 0
	for i, r := range table.Instances {
		if r.Path == row {
			number = i + 1
		}
	}
	return stage.Push(widget.NewConfirm("remove", env.Say("visit.cmd.remove"),
		env.Say("visit.remove.ask", "Table", title(table), "Number", strconv.Itoa(number)), env.Say("visit.remove.yes"), ""))
}

// remove puts the row into the bin.
func (s *Screen) remove(env *stage.Env) (stage.Action, tea.Cmd) {
	path := s.marked()
	if path == "" {
		return stage.None(), nil
	}
	if s.inner() == path {
		s.out()
	}
	action, cmd := s.apply(env, func() (form.Change, error) { return s.session.Form.Remove(path) })
	if table, ok := s.onTable(); ok {
		s.row = min(s.row, len(table.Instances))
	}
	return action, cmd
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
