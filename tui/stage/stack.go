package stage

import (
	"reflect"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/keymap"
)

// entry is a screen on the stack, with a number that is never used twice.
type entry struct {
	n      uint64
	screen Screen
	place  keymap.Place // as it said when it was opened
	opened time.Time
	sudden bool // it opened by itself, not because of a key
}

// result is what a screen's Cmd brought back.
type result struct {
	n   uint64
	msg tea.Msg
}

// crash says that a Cmd crashed.
type crash struct{}

func (s *Stage) top() *entry {
	if len(s.stack) == 0 {
		return nil
	}
	return s.stack[len(s.stack)-1]
}

func (s *Stage) push(screen Screen) tea.Cmd {
	if screen == nil {
		return nil
	}
	s.next++
	_, panel := screen.(Panel)
	e := &entry{n: s.next, screen: screen, place: screen.Place(), opened: s.cfg.Now(), sudden: panel && !s.inKey}
	s.stack = append(s.stack, e)
	starter, ok := screen.(Starter)
	if !ok {
		return nil
	}
	var cmd tea.Cmd
	s.guard(e, func() { cmd = starter.Start(&s.env) })
	return s.tag(e, cmd)
}

func (s *Stage) pop() {
	e := s.top()
	if e == s.locked {
		s.locked = nil
	}
	s.stack = s.stack[:len(s.stack)-1]
}

// tag makes the results of cmd find their way back to e, and to nobody else.
func (s *Stage) tag(e *entry, cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	n, crashed, place := e.n, s.cfg.Crashed, e.place
	var wrap func(tea.Cmd) tea.Cmd
	wrap = func(cmd tea.Cmd) tea.Cmd {
		if cmd == nil {
			return nil
		}
		return func() (msg tea.Msg) {
			defer func() {
				if recover() != nil {
					if crashed != nil {
						crashed(place, whereabouts())
					}
					msg = crash{}
				}
			}()
			msg = cmd()
			if batch, ok := msg.(tea.BatchMsg); ok {
				out := make(tea.BatchMsg, len(batch))
				for i, c := range batch {
					out[i] = wrap(c)
				}
				return out
			}
			switch msg.(type) {
			case nil, Tell, Ribbon:
				return msg
			}
			if ofBubbleTea(msg) {
				return msg
			}
			return result{n: n, msg: msg}
		}
	}
	return wrap(cmd)
}

// ofBubbleTea says that msg is Bubble Tea's own: an order to it, or news of the terminal.
func ofBubbleTea(msg tea.Msg) bool {
	t := reflect.TypeOf(msg)
	if t == nil {
		return true
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return strings.HasPrefix(t.PkgPath(), "charm.land/bubbletea") || strings.HasPrefix(t.PkgPath(), "github.com/charmbracelet/")
}

// deliver gives a result to the screen that asked; when it has left, to nobody.
func (s *Stage) deliver(r result) tea.Cmd {
	for _, e := range s.stack {
		if e.n == r.n {
			return s.update(e, r.msg)
		}
	}
	return nil
}

// tellAll gives a message from outside (Program.Send) to every screen, from the bottom up.
func (s *Stage) tellAll(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, e := range append([]*entry(nil), s.stack...) {
		cmds = append(cmds, s.update(e, msg))
	}
	return tea.Batch(cmds...)
}

// update lets a screen take one message and does what it asks.
func (s *Stage) update(e *entry, msg tea.Msg) tea.Cmd {
	var action Action
	var cmd tea.Cmd
	if !s.guard(e, func() { action, cmd = e.screen.Update(&s.env, msg) }) {
		action, cmd = Notice(s.env.Say("tui.crash.step")), nil
	}
	return tea.Batch(s.tag(e, cmd), s.apply(e, action))
}

// apply does what an action asks. by is the screen that asked; nil is the stage itself.
func (s *Stage) apply(by *entry, a Action) tea.Cmd {
	var cmds []tea.Cmd
	asker := by == nil || by == s.top()
	for _, o := range a.orders {
		if o.step == stepNotice {
			s.notice, s.noticeAt = o.text, s.cfg.Now()
			continue
		}
		if asker {
			cmds = append(cmds, s.order(o))
		}
	}
	return tea.Batch(cmds...)
}

func (s *Stage) order(o order) tea.Cmd {
	if now := s.cfg.Now(); o.step != stepBlank && now.Sub(s.noticeAt) > 0 {
		s.notice = "" // it was about the page that goes
	}
	switch o.step {
	case stepPush:
		return s.push(o.screen)
	case stepReplace:
		s.pop()
		return s.push(o.screen)
	case stepPop:
		if len(s.stack) == 1 {
			return s.quit()
		}
		s.pop()
		return s.update(s.top(), Returned{Value: o.value})
	case stepHome:
		if len(s.stack) > 1 {
			s.stack = s.stack[:1]
			s.locked = nil
			return s.update(s.top(), Returned{})
		}
	case stepQuit:
		return s.quit()
	case stepBlank:
		s.blank, s.blankAt = true, s.cfg.Now()
	case stepLock:
		return s.lock()
	case stepRun:
		if c, ok := s.cfg.Keys.Lookup(s.Top().Place(), o.id); ok {
			return s.run(c, c.Keys[0])
		}
	}
	return nil
}
