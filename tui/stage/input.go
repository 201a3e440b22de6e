package stage

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/keymap"
)

// key is one key press, from the most general meaning to the most particular one.
func (s *Stage) key(msg tea.KeyPressMsg) tea.Cmd {
	press := keymap.Press(msg)
	now := s.cfg.Now()
	if s.blank {
		return s.unblank(press)
	}
	e := s.top()
	if e == nil {
		return nil
	}
	if c, ok := s.cfg.Keys.Find(e.screen.Place(), press); ok && c.ID == keymap.Blank {
		return s.apply(nil, Blank())
	}
	if e.sudden && now.Sub(e.opened) < settle {
		return nil
	}
	if s.notice != "" && now.Sub(s.noticeAt) >= noticeFor {
		s.notice = ""
	}
	if press == "ctrl+c" {
		return s.apply(nil, Notice(s.env.Say("tui.quit.how")))
	}
	if s.typing(e) && keymap.Text(msg) != "" {
		return s.update(e, msg)
	}
	if c, ok := s.cfg.Keys.Find(e.screen.Place(), press); ok && s.has(e, c.ID) {
		return s.run(c, press)
	}
	return s.update(e, msg)
}

func (s *Stage) typing(e *entry) (yes bool) {
	if t, ok := e.screen.(Typist); ok {
		s.guard(e, func() { yes = t.Typing() })
	}
	return yes
}

// run does a command of the screen on top, or says why it cannot be done.
func (s *Stage) run(c keymap.Command, press string) tea.Cmd {
	e := s.top()
	if why := s.reason(e, c.ID); why != "" {
		return s.apply(nil, Notice(why))
	}
	_, panel := e.screen.(Panel)
	switch c.ID {
	case keymap.More:
		if panel {
			return nil
		}
		return s.push(newMenu(&s.env, s.those(e, s.cfg.Keys.Menu(e.screen.Place())), func(id keymap.ID) string { return s.reason(e, id) }))
	case keymap.Help:
		if panel {
			return nil
		}
		return s.push(newHelp(e.screen.Place(), s.those(e, s.cfg.Keys.Here(e.screen.Place()))))
	case keymap.Blank:
		return s.apply(nil, Blank())
	case keymap.Quit:
		return s.quit()
	case keymap.Back:
		return s.leave(e)
	}
	return s.update(e, Do{ID: c.ID, Key: press})
}

func (s *Stage) leave(e *entry) tea.Cmd {
	l, ok := e.screen.(Leaver)
	if !ok && len(s.stack) == 1 {
		return s.apply(nil, Notice(s.env.Say("tui.quit.how")))
	}
	if !ok {
		return s.apply(e, Pop())
	}
	var action Action
	var cmd tea.Cmd
	if !s.guard(e, func() { action, cmd = l.Leave(&s.env) }) {
		action, cmd = Pop(), nil // Esc always gets you out
	}
	return tea.Batch(s.tag(e, cmd), s.apply(e, action))
}

// reason is why a command cannot be done now, or "".
func (s *Stage) reason(e *entry, id keymap.ID) (why string) {
	if a, ok := e.screen.(Able); ok {
		s.guard(e, func() { why = a.Able(&s.env, id) })
	}
	return why
}

// has reports whether a command exists for whoever sits here.
func (s *Stage) has(e *entry, id keymap.ID) bool {
	yes := true
	if a, ok := e.screen.(Sparing); ok {
		s.guard(e, func() { yes = a.Has(&s.env, id) })
	}
	return yes
}

// those are the commands that exist.
func (s *Stage) those(e *entry, all []keymap.Command) []keymap.Command {
	return slices.DeleteFunc(slices.Clone(all), func(c keymap.Command) bool { return !s.has(e, c.ID) })
}

func (s *Stage) paste(msg tea.PasteMsg) tea.Cmd {
	e := s.top()
	if s.blank || e == nil || (e.sudden && s.cfg.Now().Sub(e.opened) < settle) {
		return nil
	}
	return s.update(e, msg)
}

func (s *Stage) mouse(msg tea.MouseMsg) tea.Cmd {
	e := s.top()
	if s.blank || e == nil || (e.sudden && s.cfg.Now().Sub(e.opened) < settle) {
		return nil
	}
	m := msg.Mouse()
	switch msg.(type) {
	case tea.MouseWheelMsg:
		switch m.Button {
		case tea.MouseWheelUp:
			return s.update(e, Wheel{Lines: -3})
		case tea.MouseWheelDown:
			return s.update(e, Wheel{Lines: 3})
		}
	case tea.MouseClickMsg:
		if m.Button != tea.MouseLeft {
			return nil
		}
		if c, ok := s.layout.barAt(m.X, m.Y); ok {
			return s.run(c, c.Keys[0])
		}
		if y := m.Y - s.layout.bodyTop; y >= 0 && y < s.layout.bodyRows {
			return s.update(e, Click{X: m.X, Y: y})
		}
	}
	return nil
}
