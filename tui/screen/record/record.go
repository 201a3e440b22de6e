// Package record is one visit of a file opened: what was asked, what was answered, and where
// the visit is now.
package record

import (
	"context"

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

// Place is where these commands live.
const Place keymap.Place = "record"

// What can be done here.
const (
	Correct keymap.ID = "record.correct"
	Adopt   keymap.ID = "record.adopt"
)

// Commands is the table of this place.
func Commands() []keymap.Command {
	return []keymap.Command{
		{ID: Correct, Where: Place, Keys: []string{"8"}, Label: "file.cmd.correct", Help: "file.cmd.correct.help", Bar: 1},
		{ID: Look, Where: Place, Keys: []string{"9"}, Label: "record.cmd.look", Help: "record.cmd.look.help", Bar: 3},
		{ID: Adopt, Where: Place, Keys: []string{"1"}, Label: "forms.cmd.adopt", Help: "forms.cmd.adopt.help", Bar: 2},
	}
}

// Book is what this page asks for.
type Book interface {
	Visit(ctx context.Context, visit casework.RecordID) (book.VisitPage, error)
	File(ctx context.Context, person casework.RecordID) (book.File, error)
}

// Screen is the page.
type Screen struct {
	book    Book
	correct func(f book.File) stage.Screen
	forms   Forms
	open    func(id string) stage.Screen // a photo or file
	visit   casework.RecordID
	page    book.VisitPage
	file    book.File
	loaded  bool
	failed  error
	load    stage.Latest
	scroll  widget.Scroll
}

// New makes the page of one visit; correct makes the page 更正 of the person's file.
func New(b Book, correct func(f book.File) stage.Screen, visit casework.RecordID) *Screen {
	return &Screen{book: b, correct: correct, visit: visit}
}

// Place implements stage.Screen.
func (s *Screen) Place() keymap.Place { return Place }

// Header implements stage.Screen.
func (s *Screen) Header(env *stage.Env) stage.Header {
	if !s.loaded {
		return stage.Header{Left: env.Say("file.loading")}
	}
	if s.page.Filled != nil {
		return s.formHeader(env)
	}
	return stage.Header{
		Left:  people.Name(env, s.page.Person) + "  " + env.Say("record.title", "Day", s.page.Line.Date.String()),
		Right: people.Where(env, s.page.Line.Where),
	}
}

type fetched struct {
	page book.VisitPage
	file book.File
	err  error
}

// Start implements stage.Starter.
func (s *Screen) Start(*stage.Env) tea.Cmd { return s.fetch() }

func (s *Screen) fetch() tea.Cmd {
	b, id := s.book, s.visit
	return s.load.Ask(func() any {
		page, err := b.Visit(context.Background(), id)
		if err != nil {
			return fetched{err: err}
		}
		if page.Person.Person.IsZero() { // a form about a place
			return fetched{page: page}
		}
		f, err := b.File(context.Background(), page.Person.Person)
		return fetched{page, f, err}
	})
}

// Update implements stage.Screen.
func (s *Screen) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if v, fresh, mine := s.load.Take(msg); mine {
		if got, ok := v.(fetched); fresh && ok {
			s.failed = got.err
			if got.err == nil {
				s.page, s.file, s.loaded = got.page, got.file, true
			}
		}
		return stage.None(), nil
	}
	if action, mine := s.look(env, msg); mine {
		return action, nil
	}
	if action, cmd, mine := s.form(env, msg); mine {
		return action, cmd
	}
	switch msg := msg.(type) {
	case stage.Returned:
		return stage.None(), s.fetch()
	case stage.Do:
		if msg.ID == Correct && s.loaded {
			f := s.file
			f.Visits = []book.VisitLine{s.page.Line}
			return stage.Push(s.correct(f)), nil
		}
		return stage.None(), nil
	}
	s.scroll.Update(msg)
	return stage.None(), nil
}

// Able implements stage.Able.
func (s *Screen) Able(env *stage.Env, id keymap.ID) string {
	if s.loaded && s.page.Filled != nil || id == Adopt {
		return s.formAble(env, id)
	}
	switch {
	case id != Correct || !s.loaded:
	case s.page.Line.Removed:
		return env.Say("record.removed")
	case !s.page.Line.Mine:
		return env.Say("record.not_mine")
	}
	return ""
}

// Draw implements stage.Screen.
func (s *Screen) Draw(env *stage.Env, size stage.Size) stage.Frame {
	if !s.loaded {
		text := env.Say("file.loading")
		if s.failed != nil {
			text = env.Error(s.failed)
		}
		return stage.Frame{Body: widget.Paragraph(text, 1, size.W-1)}
	}
	return stage.Frame{Body: s.scroll.Draw(s.lines(env, size.W), size.H)}
}

// Status implements stage.Reporter. It is there whether or not all fits, so that scrolling
// does not change the height of the page.
func (s *Screen) Status(env *stage.Env) string {
	return " " + cell.CleanTo(s.page.Title, 40) + "  " + s.scroll.Where(env)
}

func (s *Screen) lines(env *stage.Env, w int) []string {
	l := s.page.Line
	if s.page.Filled != nil {
		return s.formLines(env, w)
	}
	out := []string{" " + cell.Cut(env.Say("record.line", "Mode", people.Mode(env, l.Mode), "Result", people.Say(env, l.Result), "Worker", cell.CleanTo(l.Worker, 40)), w-2)}
	return append(out, s.rest(env, w, "record.removed")...)
}

// rest is what stands below the first lines of a visit and of another form: where it came
// from, whether it still counts, and its answers.
func (s *Screen) rest(env *stage.Env, w int, removed string) []string {
	var out []string
	if s.page.Line.Paper {
		out = append(out, " "+env.Say("record.paper"))
	}
	if s.page.Line.Removed {
		out = append(out, widget.Problem(env, env.Say(removed), 1, w-1)...)
	}
	if s.page.Held {
		words := "record.held"
		if s.page.Line.Where.State == "pending" { // nobody has it but this laptop
			words = "record.held.pending"
		}
		for _, line := range widget.Paragraph(env.Say(words), 1, w-1) {
			out = append(out, env.Paint(theme.Strong, line))
		}
	}
	out = append(out, widget.Rule(env, w))
	if len(s.page.Facts) == 0 && !s.page.Held {
		out = append(out, " "+env.Say("record.empty"))
	}
	for _, f := range s.page.Facts {
		out = append(out, fact(env, f, w)...)
	}
	return out
}

// fact is a question with its answer beside it, or below it when both are long.
func fact(env *stage.Env, f book.Fact, w int) []string {
	label, value := people.Say(env, f.Label), cell.CleanText(f.Value, 600)
	half := w / 2
	if cell.Width(label) <= half-2 && cell.Width(value) <= w-half-2 {
		return []string{" " + env.Paint(theme.Dim, cell.Pad(label, half-1)) + " " + value}
	}
	var out []string
	for _, l := range widget.Paragraph(label, 1, w-1) {
		out = append(out, env.Paint(theme.Dim, l))
	}
	return append(out, widget.Paragraph(value, 4, w-1)...)
}
