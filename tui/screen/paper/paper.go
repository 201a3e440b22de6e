// Package paper is 补录: a visit that was written on paper is entered. Who, which day, the
// number of the sheet; then the questions by code and digits. The day of the visit and the day
// of entry are both kept, and the visit is marked as paper, not as late.
package paper

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/casework/outing"
	"doorstep/tui/book"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/widget/entry"
	"doorstep/tui/widget/people"
)

// Place is where these commands live.
const Place keymap.Place = "paper"

// Who opens the search.
const Who keymap.ID = "paper.who"

// depth is the short form, which is what the sheet of paper holds.
const depth = 2

// Commands is the table of this place.
func Commands() []keymap.Command {
	return append(entry.Commands(Place, "paper.cmd.start"),
		keymap.Command{ID: Who, Where: Place, Keys: []string{"f3", "ctrl+f"}, Label: "today.cmd.find", Bar: 2})
}

// Screen is the page. It stays open for the next sheet of the pile.
type Screen struct {
	entry.Sheet
	visit func(b book.Beginning) stage.Screen
	who   book.Line
	count int // sheets entered since the page was opened
}

// New makes the page. choose is a search that goes back with the person chosen; visit makes
// the page of the visit.
func New(choose func(text string) stage.Screen, visit func(b book.Beginning) stage.Screen) *Screen {
	s := &Screen{visit: visit}
	s.Sheet = entry.NewSheet(Place, "paper.title", s.store, s.begin)
	s.Search = choose
	return s
}

// Start implements stage.Starter.
func (s *Screen) Start(env *stage.Env) tea.Cmd {
	s.Above = []string{env.Say("paper.about")}
	s.Fill(
		&entry.Line{ID: "who", Label: env.Say("paper.who"), Hint: env.Say("outing.who.hint"), Kind: entry.Person, Must: true},
		&entry.Line{ID: "day", Label: env.Say("paper.day"), Hint: env.Say("paper.day.hint"), Kind: entry.Day, Must: true},
		(&entry.Line{ID: "number", Label: env.Say("paper.number"), Hint: env.Say("paper.number.hint"), Kind: entry.Text}).Max(20),
	)
	return nil
}

// Update implements stage.Screen.
func (s *Screen) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	switch msg := msg.(type) {
	case stage.Do:
		if msg.ID == Who {
			return stage.Push(s.Search("")), nil
		}
	case stage.Returned:
		if l, ok := msg.Value.(book.Line); ok {
			s.paper(l)
			s.who = l
			who := s.Page.Find("who")
			who.Options = []entry.Option{{Value: l.Person.String(), Label: people.Name(env, l) + "  " + l.Village + l.Group}}
			who.Set(l.Person.String())
			s.Page.Focus("day")
			s.Mark()
			return stage.None(), nil
		}
	}
	return s.Sheet.Update(env, msg)
}

func (s *Screen) store(env *stage.Env) (func() error, bool) {
	return func() error { return nil }, s.Page.Check(env, env.Say("person.missing"))
}

// begin opens the visit and readies the page for the next sheet: the same day, the next number.
func (s *Screen) begin(env *stage.Env) stage.Action {
	day, _ := s.Page.Find("day").Day(env)
	number := s.Page.Find("number")
	b := book.Beginning{Persons: []casework.RecordID{s.who.Person}, Depth: depth, Paper: true, Date: day, Number: number.Value()}
	if s.who.Code == "" {
		number.Set(next(b.Number))
	} else { // 出门单 have numbers of their own
		if b.Number == "" {
			b.Number = outing.Number(day, s.who.Code)
		}
		number.Set("")
	}
	who := s.Page.Find("who")
	who.Options = nil
	who.Set("")
	s.who = book.Line{}
	s.count++
	s.Page.Start()
	s.Mark()
	return stage.Push(s.visit(b))
}

// paper fills in what the code of a 出门单 says beside who: its number, and the day it was for,
// which is most likely the day of the visit.
func (s *Screen) paper(l book.Line) {
	if l.Code == "" {
		if s.who.Code != "" { // somebody else after all
			s.Page.Find("number").Set("")
		}
		return
	}
	number := ""
	if l.Printed != 0 {
		number = outing.Number(l.Printed, l.Code)
		s.Page.Find("day").Set(l.Printed.String())
	}
	s.Page.Find("number").Set(number)
}

// next is the number after one: the digits at its end go up by one, "A-019" to "A-020".
func next(number string) string {
	i := len(number)
	for i > 0 && number[i-1] >= '0' && number[i-1] <= '9' {
		i--
	}
	n, err := strconv.ParseUint(number[i:], 10, 32)
	if err != nil {
		return ""
	}
	digits := strconv.FormatUint(n+1, 10)
	for len(digits) < len(number)-i {
		digits = "0" + digits
	}
	return number[:i] + digits
}

// Status implements stage.Reporter.
func (s *Screen) Status(env *stage.Env) string {
	if s.count == 0 {
		return ""
	}
	return " " + env.Say("paper.count", "Count", s.count)
}
