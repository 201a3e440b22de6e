// Package lapsed is the first page while old files are closed because the district has not
// been heard of for too long: what has happened, what can still be done, and what opens the
// files again. New visits are always among it.
package lapsed

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget"
	"doorstep/tui/widget/people"
)

// Place of its commands.
const Place keymap.Place = "lapsed"

// What can be done here.
const (
	Urgent keymap.ID = "lapsed.urgent"
	Visit  keymap.ID = "lapsed.visit"
	Add    keymap.ID = "lapsed.new"
	Paper  keymap.ID = "lapsed.paper"
	Upload keymap.ID = "lapsed.upload"
	Call   keymap.ID = "lapsed.call"
	File   keymap.ID = "lapsed.file"
	Forms  keymap.ID = "lapsed.forms"
	Drafts keymap.ID = "lapsed.drafts"
)

// Commands is the table of these places.
func Commands() []keymap.Command {
	return append([]keymap.Command{
		{ID: Visit, Where: Place, Keys: []string{"1"}, Label: "lapsed.cmd.visit", Help: "lapsed.cmd.visit.help", Bar: 1},
		{ID: Add, Where: Place, Keys: []string{"2", "f5"}, Label: "lapsed.cmd.new", Bar: 2},
		{ID: Paper, Where: Place, Keys: []string{"3"}, Label: "lapsed.cmd.paper", Bar: 3},
		{ID: Upload, Where: Place, Keys: []string{"4"}, Label: "lapsed.cmd.upload", Bar: 4},
		{ID: Call, Where: Place, Keys: []string{"5"}, Label: "lapsed.cmd.call", Help: "lapsed.cmd.call.help", Bar: 5},
		{ID: File, Where: Place, Keys: []string{"6"}, Label: "lapsed.cmd.file", Help: "lapsed.cmd.file.help", Bar: 6},
		{ID: Forms, Where: Place, Keys: []string{"7"}, Label: "forms.file.cmd", Help: "forms.file.cmd.help", Bar: 7},
		{ID: Drafts, Where: Place, Keys: []string{"9"}, Label: "lapsed.cmd.drafts"},
		{ID: Urgent, Where: Place, Keys: []string{"0"}, Label: "lapsed.cmd.urgent"},
	}, askCommands()...)
}

// Book is what these pages ask for.
type Book interface {
	book.Leaser
	Worker() book.Worker
	Status() book.Status
}

// Doors are the pages that open from here.
type Doors struct {
	Visit  func(person casework.RecordID) stage.Screen
	Forms  func(person casework.RecordID) stage.Screen
	New    func() stage.Screen
	Paper  func() stage.Screen
	Status func() stage.Screen
	Drafts func() stage.Screen
	Draft  func(draft casework.ID) stage.Screen
	Urgent func(u book.Urgent) stage.Screen
	// Today is the first page of every other day.
	Today func() stage.Screen
}

// Screen is the page.
type Screen struct {
	book   Book
	doors  Doors
	entry  book.EntryOnly
	loaded bool
	failed error
	load   stage.Latest
}

// New makes the page.
func New(b Book, doors Doors) *Screen { return &Screen{book: b, doors: doors} }

// Place implements stage.Screen.
func (s *Screen) Place() keymap.Place { return Place }

// Header implements stage.Screen.
func (s *Screen) Header(env *stage.Env) stage.Header {
	left := env.Say("lapsed.title")
	if name := s.book.Worker().Name; name != "" {
		left += "  " + name
	}
	return stage.Header{Left: left}
}

// Start implements stage.Starter.
func (s *Screen) Start(*stage.Env) tea.Cmd { return s.fetch() }

type fetched struct {
	entry book.EntryOnly
	err   error
}

func (s *Screen) fetch() tea.Cmd {
	b := s.book
	return s.load.Ask(func() any {
		e, err := b.EntryOnly(context.Background())
		return fetched{e, err}
	})
}

// Changed tells the page that something outside has changed: perhaps the files are open.
type Changed struct{}

// Update implements stage.Screen.
func (s *Screen) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if v, fresh, mine := s.load.Take(msg); mine {
		if !fresh {
			return stage.None(), nil
		}
		got := v.(fetched)
		s.entry, s.failed, s.loaded = got.entry, got.err, true
		if !s.entry.Closed {
			return stage.Replace(s.doors.Today()).Then(stage.Notice(env.Say("lapsed.open", "Until", s.entry.Until.In(casework.Shanghai).Format("01-02 15:04")))), nil
		}
		return stage.None(), nil
	}
	switch msg := msg.(type) {
	case Changed, stage.Returned:
		return stage.None(), s.fetch()
	case stage.Do:
		return s.do(env, msg.ID), nil
	}
	return stage.None(), nil
}

func (s *Screen) do(env *stage.Env, id keymap.ID) stage.Action {
	switch id {
	case Visit:
		return stage.Push(newWho(s.book, func(l book.Line) stage.Action { return stage.Replace(s.doors.Visit(l.Person)) }))
	case Forms:
		return stage.Push(newWho(s.book, func(l book.Line) stage.Action { return stage.Replace(s.doors.Forms(l.Person)) }))
	case Add:
		return stage.Push(s.doors.New())
	case Paper:
		return stage.Push(s.doors.Paper())
	case Upload:
		return stage.Push(s.doors.Status())
	case Call:
		return stage.Push(newCall(s.book))
	case File:
		return stage.Push(newFile(s.book))
	case Drafts:
		switch n := len(s.entry.Drafts); n {
		case 0:
			return stage.Notice(env.Say("lapsed.no_drafts"))
		case 1:
			return stage.Push(s.doors.Draft(s.entry.Drafts[0].ID))
		}
		return stage.Push(s.doors.Drafts())
	case Urgent:
		if len(s.entry.Urgent) == 0 {
			return stage.Notice(env.Say("lapsed.no_urgent"))
		}
		return stage.Push(s.doors.Urgent(s.entry.Urgent[0]))
	}
	return stage.None()
}

// Draw implements stage.Screen.
func (s *Screen) Draw(env *stage.Env, size stage.Size) stage.Frame {
	var f stage.Frame
	add := func(token theme.Token, text string) {
		for _, l := range widget.Paragraph(text, 2, size.W-2) {
			f.Body = append(f.Body, env.Paint(token, l))
		}
	}
	if !s.loaded {
		return f
	}
	if n := len(s.entry.Urgent); n > 0 {
		add(theme.Danger, "0  "+env.Say("today.urgent", "Count", n, "Words", people.Say(env, s.entry.Urgent[0].Words)))
	}
	if n := len(s.entry.Drafts); n > 0 {
		add(theme.Plain, "9  "+env.Say("lapsed.drafts", "Count", n))
	}
	if len(f.Body) > 0 {
		f.Body = append(f.Body, widget.Rule(env, size.W))
	}
	add(theme.Strong, s.what(env))
	add(theme.Plain, env.Say("lapsed.still"))
	roomy := size.H >= 17
	gap := func() {
		if roomy {
			f.Body = append(f.Body, "")
		}
	}
	gap()
	for _, key := range []string{"visit", "new", "paper"} {
		add(theme.Plain, env.Say("lapsed.do."+key))
	}
	add(theme.Plain, env.Say("forms.lapsed"))
	gap()
	add(theme.Plain, env.Say("lapsed.again"))
	for _, key := range []string{"upload", "call", "file"} {
		add(theme.Plain, env.Say("lapsed.do."+key))
	}
	if s.failed != nil {
		gap()
		add(theme.Warn, env.Error(s.failed))
	}
	return f
}

// what is the one sentence that says what has happened.
func (s *Screen) what(env *stage.Env) string {
	heard := s.entry.Heard.In(casework.Shanghai).Format("2006-01-02")
	if s.entry.Astray {
		return env.Say("lapsed.astray", "Heard", heard, "Today", env.Now().In(casework.Shanghai).Format("2006-01-02"))
	}
	return env.Say("lapsed.what", "Heard", heard, "Until", s.entry.Until.In(casework.Shanghai).Format("01-02"))
}
