package stage

import (
	tea "charm.land/bubbletea/v2"

	"doorstep/tui/keymap"
)

// Shut is a message from outside (Program.Send): what most pages show may not be seen any
// longer. First becomes the first page; of the others only those stay whose place Stays
// allows, with the panels upon them. What was being typed on the others is saved.
type Shut struct {
	First Screen
	Stays func(keymap.Place) bool
}

func (s *Stage) shut(m Shut) tea.Cmd {
	if len(s.stack) == 0 {
		return nil
	}
	var stay []*entry
	var cmds []tea.Cmd
	top, kept := s.top(), false
	for _, e := range s.stack[1:] {
		_, panel := e.screen.(Panel)
		if kept = e == s.locked || m.Stays(e.place) || kept && panel; kept {
			stay = append(stay, e)
			continue
		}
		if saver, ok := e.screen.(Saver); ok {
			var cmd tea.Cmd
			s.guard(e, func() { cmd = saver.Save(&s.env) })
			cmds = append(cmds, s.tag(e, cmd))
		}
	}
	s.stack = nil
	cmds = append(cmds, s.push(m.First))
	s.stack = append(s.stack, stay...)
	if now := s.top(); now != top && len(stay) > 0 {
		cmds = append(cmds, s.update(now, Returned{}))
	}
	return tea.Batch(cmds...)
}
