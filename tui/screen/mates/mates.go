// Package mates lists the people behind one door, to go to one of them by a digit.
package mates

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/widget/people"
)

// Place is where these commands live.
const Place keymap.Place = "mates"

// What can be done here.
const (
	Choose keymap.ID = "mates.choose"
	Open   keymap.ID = "mates.open"
	Up     keymap.ID = "mates.up"
	Down   keymap.ID = "mates.down"
)

// Commands is the table of this place.
func Commands() []keymap.Command {
	return []keymap.Command{
		{ID: Choose, Where: Place, Keys: []string{keymap.Digit}, Label: "today.cmd.choose", Bar: 1},
		{ID: Open, Where: Place, Keys: []string{"enter"}, Label: "today.cmd.open", Bar: 2},
		{ID: Up, Where: Place, Keys: []string{"up", "shift+tab"}, Label: "today.cmd.up"},
		{ID: Down, Where: Place, Keys: []string{"down", "tab"}, Label: "today.cmd.down"},
	}
}

// most is how many digits choose; a household of more is scrolled.
const most = 9

// Screen is the page.
type Screen struct {
	lines []book.Line
	open  func(person casework.RecordID) stage.Screen
	at    int
	top   int
}

// New makes the page; open makes the page that the choice leads to.
func New(lines []book.Line, open func(person casework.RecordID) stage.Screen) *Screen {
	return &Screen{lines: lines, open: open}
}

// Place implements stage.Screen.
func (s *Screen) Place() keymap.Place { return Place }

// Header implements stage.Screen.
func (s *Screen) Header(env *stage.Env) stage.Header {
	return stage.Header{Left: env.Say("mates.title", "Count", len(s.lines))}
}

// Update implements stage.Screen.
func (s *Screen) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	switch msg := msg.(type) {
	case stage.Do:
		switch msg.ID {
		case Choose:
			n, _ := strconv.Atoi(msg.Key)
			if n == 0 || s.top+n > len(s.lines) {
				return stage.Notice(env.Say("today.no_such", "Digit", n)), nil
			}
			return s.enter(s.top + n - 1), nil
		case Open:
			return s.enter(s.at), nil
		case Up:
			s.at = max(0, s.at-1)
		case Down:
			s.at = max(0, min(s.at+1, len(s.lines)-1))
		}
	case stage.Click:
		return s.enter(s.top + msg.Y), nil
	case stage.Wheel:
		s.at = max(0, min(s.at+msg.Lines, len(s.lines)-1))
	}
	return stage.None(), nil
}

func (s *Screen) enter(i int) stage.Action {
	if i < 0 || i >= len(s.lines) {
		return stage.None()
	}
	return stage.Replace(s.open(s.lines[i].Person))
}

// Draw implements stage.Screen.
func (s *Screen) Draw(env *stage.Env, size stage.Size) stage.Frame {
	s.top = max(min(s.top, s.at), s.at-size.H+1)
	var f stage.Frame
	for i := s.top; i < min(len(s.lines), s.top+size.H); i++ {
		key := ""
		if i-s.top < most {
			key = strconv.Itoa(i - s.top + 1)
		}
		if i == s.at {
			f.Cursor = &stage.Cursor{X: 1, Y: len(f.Body)}
		}
		f.Body = append(f.Body, people.Row(env, s.lines[i], key, i == s.at, size.W))
	}
	return f
}
