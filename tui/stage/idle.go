package stage

import (
	tea "charm.land/bubbletea/v2"

	"doorstep/tui/keymap"
)

// idleTick comes every idleEvery.
type idleTick struct{}

// quitNow comes when everything typed has been saved.
type quitNow struct{}

// askQuit is a wish to end that came from outside: a signal, a closed window.
type askQuit struct{}

// IdleTick is the message by which the stage looks whether anybody is there; tests send it.
func IdleTick() tea.Msg { return idleTick{} }

// Filter is for tea.WithFilter: when the system ends the program, screens save first.
func Filter(model tea.Model, msg tea.Msg) tea.Msg {
	s, ok := model.(*Stage)
	if !ok || s.quitting {
		return msg
	}
	switch msg.(type) {
	case tea.QuitMsg, tea.InterruptMsg:
		return askQuit{}
	case tea.SuspendMsg:
		return nil
	}
	return msg
}

// unblank brings the screen back. The key that did it does nothing else.
func (s *Stage) unblank(press string) tea.Cmd {
	since := s.cfg.Now().Sub(s.blankAt)
	again := false
	if c, ok := s.cfg.Keys.Find(keymap.Everywhere, press); ok {
		again = c.ID == keymap.Blank
	}
	if since < settle && !again {
		return nil
	}
	s.blank = false
	if s.cfg.BlankLock > 0 && since >= s.cfg.BlankLock {
		return s.lock()
	}
	return nil
}

func (s *Stage) checkIdle() tea.Cmd {
	if s.cfg.IdleLock <= 0 || s.locked != nil || s.cfg.Now().Sub(s.touched) < s.cfg.IdleLock {
		return nil
	}
	return s.lock()
}

// lock covers everything with the screen that asks who is there.
func (s *Stage) lock() tea.Cmd {
	if s.locked != nil || s.cfg.LockScreen == nil {
		return nil
	}
	save := s.saveAll()
	screen := s.cfg.LockScreen(&s.env, s.page())
	if screen == nil {
		return save
	}
	s.notice = ""
	start := s.push(screen)
	s.locked = s.top()
	s.locked.sudden = true
	return tea.Batch(save, start)
}

// page is the screen on top that is no panel over another.
func (s *Stage) page() Screen {
	for i := len(s.stack) - 1; i > 0; i-- {
		if _, panel := s.stack[i].screen.(Panel); !panel {
			return s.stack[i].screen
		}
	}
	return s.stack[0].screen
}

// quit saves what is being typed, then ends.
func (s *Stage) quit() tea.Cmd {
	save := s.saveAll()
	if save == nil {
		s.quitting = true
		return tea.Quit
	}
	return tea.Sequence(save, func() tea.Msg { return quitNow{} })
}

func (s *Stage) saveAll() tea.Cmd {
	var cmds []tea.Cmd
	for _, e := range s.stack {
		if saver, ok := e.screen.(Saver); ok {
			var cmd tea.Cmd
			s.guard(e, func() { cmd = saver.Save(&s.env) })
			cmds = append(cmds, s.tag(e, cmd))
		}
	}
	return tea.Batch(cmds...)
}
