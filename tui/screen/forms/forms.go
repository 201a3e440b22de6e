// Package forms is 其他表, the forms beside the visits: which of them a worker fills in about
// somebody or about a place, what a completed one says, and how it is corrected. It is filled
// in on the screen of the visit.
package forms

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget"
	"doorstep/tui/widget/people"
)

// Book is what these pages ask for.
type Book interface {
	Forms(ctx context.Context, person casework.RecordID) (book.FormMenu, error)
	Adopt(ctx context.Context, record casework.RecordID) error
	Withdraw(ctx context.Context, record casework.RecordID, reason string) error
}

// Doors are the pages that open from here.
type Doors struct {
	// Fill makes the page on which a form is filled in, and Draft that of one not finished.
	Fill  func(b book.FormBeginning) stage.Screen
	Draft func(draft casework.ID) stage.Screen
	// Record makes the page of one that was filed.
	Record func(record casework.RecordID) stage.Screen
}

// Screen is the page: about one person, or about places.
type Screen struct {
	book   Book
	doors  Doors
	person casework.RecordID

	menu   book.FormMenu
	loaded bool
	failed error
	load   stage.Latest
	list   widget.List
	items  []item
	chosen book.FormChoice // whose village is asked for
}

// item is what a line of the page opens.
type item struct {
	draft  casework.ID
	choice *book.FormChoice
	record casework.RecordID
}

// New makes the page of a person; of places with a zero person.
func New(b Book, doors Doors, person casework.RecordID) *Screen {
	return &Screen{book: b, doors: doors, person: person}
}

// Place implements stage.Screen.
func (s *Screen) Place() keymap.Place { return Place }

// Header implements stage.Screen.
func (s *Screen) Header(env *stage.Env) stage.Header {
	title := env.Say("forms.heading")
	if s.loaded && !s.person.IsZero() {
		title = people.Name(env, s.menu.Person) + "  " + title
	}
	return stage.Header{Left: title}
}

// Start implements stage.Starter.
func (s *Screen) Start(*stage.Env) tea.Cmd { return s.fetch() }

func (s *Screen) fetch() tea.Cmd {
	b, id := s.book, s.person
	return s.load.Ask(func() any {
		m, err := b.Forms(context.Background(), id)
		if err != nil {
			return err
		}
		return m
	})
}

// Changed tells the page that something outside has changed.
type Changed struct{}

// Update implements stage.Screen.
func (s *Screen) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if v, fresh, mine := s.load.Take(msg); mine {
		if fresh {
			s.take(env, v)
		}
		return stage.None(), nil
	}
	switch msg := msg.(type) {
	case Changed:
		return stage.None(), s.fetch()
	case stage.Returned:
		if p, ok := msg.Value.(widget.Picked); ok && p.ID == "place" {
			area, _ := p.Value.(casework.Area)
			return stage.Push(s.doors.Fill(book.FormBeginning{Form: s.chosen.Form, Area: area})), nil
		}
		return stage.None(), s.fetch()
	case stage.Do:
		if msg.ID == Choose && !s.list.Pick(msg.Key) {
			return stage.Notice(env.Say("today.no_such", "Digit", msg.Key)), nil
		}
		return s.enter(env), nil
	}
	if _, chosen := s.list.Update(msg); chosen {
		return s.enter(env), nil
	}
	return stage.None(), nil
}

func (s *Screen) take(env *stage.Env, v any) {
	switch v := v.(type) {
	case error:
		s.failed = v
	case book.FormMenu:
		s.menu, s.loaded, s.failed = v, true, nil
		s.fill(env)
	}
}

// fill writes the lines: what was begun, what can be filled in, what was filed about places.
func (s *Screen) fill(env *stage.Env) {
	var rows []widget.Row
	s.items = nil
	add := func(text string, it item) {
		rows, s.items = append(rows, widget.Row{Text: text}), append(s.items, it)
	}
	head := func(key string) {
		rows, s.items = append(rows, widget.Row{Text: env.Say(key), Heading: true}), append(s.items, item{})
	}
	if len(s.menu.Drafts) > 0 {
		head("forms.begun")
		for _, d := range s.menu.Drafts {
			text := env.Say("forms.draft", "Title", cell.CleanTo(d.Title, 40), "Time", d.Saved.In(casework.Shanghai).Format("01-02 15:04"), "Number", d.Number)
			if s.person.IsZero() {
				text = cell.CleanTo(d.Name, 20) + "  " + text
			}
			if d.Outdate {
				text += "  " + env.Say("drafts.outdated")
			}
			add(text, item{draft: d.ID})
		}
		head("forms.begin")
	}
	for i, c := range s.menu.Choices {
		text := cell.Fit(people.Say(env, c.Title), 24)
		if c.Last != 0 {
			text += "  " + env.Say("forms.last", "Day", c.Last.String())
		}
		add(text, item{choice: &s.menu.Choices[i]})
	}
	if len(s.menu.Records) > 0 {
		head("forms.filled")
		for _, l := range s.menu.Records {
			add(strings.TrimRight(Line(env, l), " "), item{record: l.ID})
		}
	}
	s.list.Set(rows)
}

// Line is one filed form in a list: day, title, result, by when, where it is.
func Line(env *stage.Env, l book.FormLine) string {
	result := people.Say(env, l.Result)
	if l.Next != 0 && !l.Removed {
		result = strings.TrimSpace(result + "  " + env.Say("forms.by", "Day", people.MonthDay(l.Next)))
	}
	title := people.Say(env, l.Title)
	if l.Place != "" {
		title = cell.CleanTo(l.Place, 20) + " " + title
	}
	cols := []cell.Column{{Min: 5, Max: 5}, {Min: 18, Max: 26}, {Min: 12, Max: 34}, {Min: 8, Max: 14}, {Min: 10, Max: 24}}
	texts := []string{people.MonthDay(l.Date), title, result, cell.CleanTo(l.Worker, 20), people.Where(env, l.Where)}
	return cell.Row(cols, cell.Layout(cols, 1, env.Size.W-7), texts, 1)
}

func (s *Screen) enter(env *stage.Env) stage.Action {
	i := s.list.At()
	if i < 0 || i >= len(s.items) {
		return stage.None()
	}
	switch it := s.items[i]; {
	case it.choice != nil:
		return s.begin(env, *it.choice)
	case !it.record.IsZero():
		return stage.Push(s.doors.Record(it.record))
	case !it.draft.IsZero():
		return stage.Push(s.doors.Draft(it.draft))
	}
	return stage.None()
}

// begin opens a form. Before a protected one she says from whom it is kept; for a check of a
// place where there are several she says which.
func (s *Screen) begin(env *stage.Env, c book.FormChoice) stage.Action {
	b := book.FormBeginning{Form: c.Form, Person: s.person}
	switch {
	case s.person.IsZero() && len(s.menu.Places) == 1:
		b.Area = s.menu.Places[0].Area
	case s.person.IsZero():
		s.chosen = c
		var options []widget.Option
		for _, v := range s.menu.Places {
			options = append(options, widget.Option{Value: v.Area, Label: cell.CleanTo(v.Name, 30)})
		}
		return stage.Push(widget.NewChoice("place", env.Say("forms.places"), options))
	case c.Protected && len(s.menu.Readers) > 0:
		return stage.Push(Kept(s.doors.Fill, b, s.menu.Readers))
	}
	return stage.Push(s.doors.Fill(b))
}

// Able implements stage.Able.
func (s *Screen) Able(env *stage.Env, id keymap.ID) string {
	if (id == Choose || id == Open) && s.loaded && len(s.items) == 0 {
		return s.empty(env)
	}
	return ""
}

func (s *Screen) empty(env *stage.Env) string {
	if s.person.IsZero() {
		return env.Say("forms.today.none")
	}
	return env.Say("forms.none")
}

// Draw implements stage.Screen.
func (s *Screen) Draw(env *stage.Env, size stage.Size) stage.Frame {
	switch {
	case s.failed != nil:
		return stage.Frame{Body: widget.Problem(env, env.Error(s.failed), 2, size.W-2)}
	case !s.loaded:
		return stage.Frame{Body: []string{"  " + env.Say("forms.loading")}}
	case len(s.items) == 0:
		return stage.Frame{Body: []string{"", "  " + s.empty(env)}}
	}
	head := []string{" " + env.Paint(theme.Dim, env.Say("forms.about")), ""}
	lines, cursor := s.list.Draw(env, stage.Size{W: size.W, H: max(1, size.H-len(head))})
	if cursor != nil {
		cursor.Y += len(head)
	}
	return stage.Frame{Body: append(head, lines...), Cursor: cursor}
}
