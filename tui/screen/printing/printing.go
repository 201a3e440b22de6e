// Package printing is the page 打印出门单: for whom, and into which file. Nothing is written
// before she says so, and only where she says.
package printing

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/widget/entry"
	"doorstep/tui/widget/people"
)

// Place is where these commands live.
const Place keymap.Place = "outing"

// Commands is the table of this place.
func Commands() []keymap.Command { return entry.Commands(Place, "outing.cmd.print") }

// Book is what this page asks for.
type Book interface {
	Today() (casework.Day, bool)
	PrintTo(day casework.Day) string
	Print(ctx context.Context, persons []casework.RecordID, file string) error
}

// Screen is the page.
type Screen struct {
	entry.Sheet
	book   Book
	offer  []book.Line
	chosen int // the first so many of them are chosen at the start
	count  int // sheets of the last printing
	file   string
}

// New makes the page for one person; mates are those behind the same door, to be chosen, too.
func New(b Book, who book.Line, mates []book.Line) *Screen {
	return page(b, append([]book.Line{who}, mates...), 1)
}

// ForDay makes the page for the people of a day, all of them chosen.
func ForDay(b Book, lines []book.Line) *Screen { return page(b, lines, len(lines)) }

func page(b Book, offer []book.Line, chosen int) *Screen {
	s := &Screen{book: b, offer: offer, chosen: chosen}
	s.Sheet = entry.NewSheet(Place, "outing.screen", s.store, func(env *stage.Env) stage.Action {
		return stage.Pop().Then(stage.Notice(env.Say("outing.done", "Count", s.count, "File", s.file)))
	})
	return s
}

// Start implements stage.Starter.
func (s *Screen) Start(env *stage.Env) tea.Cmd {
	who := env.Say("outing.choose")
	if len(s.offer) == 1 {
		who = people.Name(env, s.offer[0])
	}
	s.Above = []string{env.Say("outing.screen.about", "Who", who)}
	day, _ := s.book.Today()
	file := (&entry.Line{ID: "file", Label: env.Say("outing.file"), Hint: env.Say("outing.file.hint"), Kind: entry.Text, Must: true}).Max(300)
	file.Set(s.book.PrintTo(day))
	if len(s.offer) < 2 {
		s.Fill(file)
		return nil
	}
	whom := &entry.Line{ID: "who", Label: env.Say("outing.whom"), Kind: entry.Many, Must: true}
	var chosen []string
	for i, l := range s.offer {
		whom.Options = append(whom.Options, entry.Option{Value: l.Person.String(), Label: people.Name(env, l)})
		if i < s.chosen {
			chosen = append(chosen, l.Person.String())
		}
	}
	s.Fill(whom.Set(chosen...), file)
	return nil
}

// Update implements stage.Screen.
func (s *Screen) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	return s.Sheet.Update(env, msg)
}

func (s *Screen) store(env *stage.Env) (func() error, bool) {
	if !s.Page.Check(env, env.Say("person.missing")) {
		return nil, false
	}
	var persons []casework.RecordID
	for _, l := range s.offer {
		if whom := s.Page.Find("who"); whom == nil || slices.Contains(whom.Values(), l.Person.String()) {
			persons = append(persons, l.Person)
		}
	}
	s.count, s.file = len(persons), s.Page.Find("file").Value()
	b, file := s.book, s.file
	return func() error { return b.Print(context.Background(), persons, file) }, true
}
