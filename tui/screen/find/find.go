// Package find is the search: she types, and the people who match stand below.
package find

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/widget"
	"doorstep/tui/widget/people"
)

// Place is where these commands live.
const Place keymap.Place = "find"

// What can be done in the search.
const (
	Open keymap.ID = "find.open"
	Up   keymap.ID = "find.up"
	Down keymap.ID = "find.down"
)

// Commands is the table of this place.
func Commands() []keymap.Command {
	return []keymap.Command{
		{ID: Open, Where: Place, Keys: []string{"enter"}, Label: "find.cmd.open", Bar: 1},
		{ID: Up, Where: Place, Keys: []string{"up", "shift+tab"}, Label: "find.cmd.up", Bar: 2},
		{ID: Down, Where: Place, Keys: []string{"down", "tab"}, Label: "find.cmd.down", Bar: 3},
	}
}

// Book is what the search asks for. Find works in memory and does not wait.
type Book interface {
	Find(text string, limit int) []book.Line
}

// Screen is the page. It leaves by opening a file or, with Choose set, with the person chosen.
type Screen struct {
	book   Book
	open   func(person casework.RecordID) stage.Screen
	field  widget.Field
	hits   []book.Line
	at     int
	rows   int
	choose bool
}

const limit = 200

// New makes a search that opens files.
func New(b Book, open func(person casework.RecordID) stage.Screen, text string) *Screen {
	s := &Screen{book: b, open: open, field: widget.Field{Max: 40}}
	s.field.Set(text)
	s.search()
	return s
}

// Chooser makes a search that goes back with the person chosen, as Returned of book.Line.
func Chooser(b Book, text string) *Screen {
	s := New(b, nil, text)
	s.choose = true
	return s
}

// Place implements stage.Screen.
func (s *Screen) Place() keymap.Place { return Place }

// Header implements stage.Screen.
func (s *Screen) Header(env *stage.Env) stage.Header {
	return stage.Header{Left: env.Say("find.label")}
}

// Typing implements stage.Typist.
func (s *Screen) Typing() bool { return true }

// Changed tells the page that something outside has changed: news from the district.
type Changed struct{}

// Update implements stage.Screen.
func (s *Screen) Update(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	switch msg := msg.(type) {
	case Changed:
		at := s.at
		s.search()
		s.at = min(at, max(0, len(s.hits)-1))
		return stage.None(), nil
	case stage.Do:
		switch msg.ID {
		case Open:
			return s.enter(s.at), nil
		case Up:
			s.move(-1)
		case Down:
			s.move(1)
		}
		return stage.None(), nil
	case stage.Wheel:
		s.move(msg.Lines)
		return stage.None(), nil
	case stage.Click:
		if i := s.first() + msg.Y - above; msg.Y >= above && i < len(s.hits) {
			return s.enter(i), nil
		}
		return stage.None(), nil
	case tea.KeyPressMsg:
		switch keymap.Press(msg) {
		case "pgup":
			s.move(-s.rows)
			return stage.None(), nil
		case "pgdown":
			s.move(s.rows)
			return stage.None(), nil
		}
	}
	if s.field.Update(msg) {
		s.search()
	}
	return stage.None(), nil
}

func (s *Screen) search() { s.hits, s.at = s.book.Find(s.field.Value(), limit), 0 }

func (s *Screen) move(by int) { s.at = max(0, min(s.at+by, len(s.hits)-1)) }

func (s *Screen) enter(i int) stage.Action {
	if i < 0 || i >= len(s.hits) {
		return stage.None()
	}
	if s.choose {
		return stage.PopWith(s.hits[i])
	}
	return stage.Replace(s.open(s.hits[i].Person))
}

// above is how many lines stand over the people.
const above = 3

func (s *Screen) first() int { return s.at / max(1, s.rows) * max(1, s.rows) }

// Draw implements stage.Screen.
func (s *Screen) Draw(env *stage.Env, size stage.Size) stage.Frame {
	label := " " + env.Say("find.label") + "  "
	x := cell.Width(label)
	text, caret := s.field.Draw(env, size.W-x-1, true)
	f := stage.Frame{Cursor: &stage.Cursor{X: x + caret, Y: 0}}
	note := env.Say("find.count", "Count", strconv.Itoa(len(s.hits)))
	switch {
	case s.field.Value() == "":
		note = env.Say("find.empty")
	case len(s.hits) == 0:
		note = env.Say("find.nobody")
	}
	f.Body = []string{label + text, " " + note, ""}
	s.rows = max(1, size.H-above)
	for i := s.first(); i < min(len(s.hits), s.first()+s.rows); i++ {
		f.Body = append(f.Body, people.Row(env, s.hits[i], "", i == s.at, size.W))
	}
	return f
}
