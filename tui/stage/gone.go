package stage

import tea "charm.land/bubbletea/v2"

// End is a message from outside (Program.Send): what every page shows is gone for ever.
// Nothing is saved, all pages are dropped with what they hold, also the one that locks,
// and this one is the only one left.
type End struct{ Screen Screen }

func (s *Stage) end(screen Screen) tea.Cmd {
	clear(s.stack)
	s.stack, s.locked, s.blank, s.notice = nil, nil, false, ""
	s.env.Ribbon = ""
	return s.push(screen)
}
