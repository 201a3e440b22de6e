// Package file is one person's whole file, 一人一档: who she lives with, what was agreed,
// every visit and whether it has reached the district, and why she is due now.
package file

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/widget"
	"doorstep/tui/widget/people"
)

// Doors are the pages that open from here.
type Doors struct {
	Visit   func(person casework.RecordID, depth int) stage.Screen
	Draft   func(draft casework.ID) stage.Screen
	Missed  func(person casework.RecordID, name string) stage.Screen
	Edit    func(person casework.RecordID) stage.Screen
	Correct func(f book.File) stage.Screen
	Record  func(visit casework.RecordID) stage.Screen
	File    func(person casework.RecordID) stage.Screen
	Mates   func(mates []book.Line) stage.Screen
	Urgent  func(u book.Urgent) stage.Screen
	Forms   func(person casework.RecordID) stage.Screen
	// Print is for her and, when they are chosen, too, for those behind the same door.
	Print func(who book.Line, mates []book.Line) stage.Screen
}

// Book is what this page asks for.
type Book interface {
	File(ctx context.Context, person casework.RecordID) (book.File, error)
	Phone(ctx context.Context, person casework.RecordID, field casework.Field) (string, error)
	Promise(ctx context.Context, task casework.RecordID, done bool) error
}

// Greeting is the depth of a 平安问候.
const Greeting = 1

// Screen is the page.
type Screen struct {
	book   Book
	doors  Doors
	person casework.RecordID

	file    book.File
	ahead   *stage.Do // a command typed before the file was there
	loaded  bool
	failed  error
	shown   map[casework.Field]string // numbers shown in full
	ticking book.Promise              // the one she was asked about
	load    stage.Latest
	phone   stage.Latest

	at     int // visit or promise the cursor is on
	top    int // first line drawn
	rows   int
	long   int   // lines of the whole page at the last drawing
	spot   []int // lines of the targets at the last drawing
	follow bool  // the next drawing scrolls to the cursor
}

// New makes the page of one person.
func New(b Book, doors Doors, person casework.RecordID) *Screen {
	return &Screen{book: b, doors: doors, person: person, shown: map[casework.Field]string{}}
}

// Place implements stage.Screen.
func (s *Screen) Place() keymap.Place { return Place }

// Header implements stage.Screen.
func (s *Screen) Header(env *stage.Env) stage.Header {
	if !s.loaded {
		return stage.Header{Left: env.Say("file.loading")}
	}
	h := stage.Header{Left: people.Name(env, s.file.Line) + "  " + s.file.Address}
	if len(s.file.Visits) > 0 {
		h.Right = env.Say("file.status", "Day", people.MonthDay(s.file.Visits[0].Date), "Where", people.Where(env, s.file.Visits[0].Where))
	}
	return h
}

// Start implements stage.Starter.
func (s *Screen) Start(*stage.Env) tea.Cmd { return s.fetch() }

type fetched struct {
	file book.File
	err  error
}

type revealed struct {
	field  casework.Field
	number string
	err    error
}

func (s *Screen) fetch() tea.Cmd {
	b, id := s.book, s.person
	return s.load.Ask(func() any {
		f, err := b.File(context.Background(), id)
		return fetched{f, err}
	})
}

// Changed tells the page that something outside has changed.
type Changed struct{}

// Update implements stage.Screen.
func (s *Screen) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if v, fresh, mine := s.load.Take(msg); mine {
		if got, ok := v.(fetched); fresh && ok {
			if got.err != nil && s.loaded {
				return stage.Notice(env.Error(got.err)), nil // what is on the screen is still the last truth
			}
			s.failed = got.err
			if got.err == nil {
				s.file, s.loaded = got.file, true
			}
			if do := s.ahead; do != nil && s.loaded { // typed before the file was there
				s.ahead = nil
				return s.do(env, *do)
			}
		}
		return stage.None(), nil
	}
	if v, fresh, mine := s.phone.Take(msg); mine {
		if got, ok := v.(revealed); fresh && ok {
			if got.err != nil {
				return stage.Notice(env.Error(got.err)), nil
			}
			s.shown[got.field] = got.number
		}
		return stage.None(), nil
	}
	switch msg := msg.(type) {
	case Changed:
		return stage.None(), s.fetch()
	case stage.Returned:
		if a, ok := msg.Value.(widget.Answer); ok && a.ID == "promise" {
			if a.Yes {
				return stage.None(), s.tick()
			}
			return stage.None(), nil
		}
		return stage.None(), s.fetch()
	case stage.Do:
		return s.do(env, msg)
	case stage.Wheel:
		s.scroll(msg.Lines)
	case stage.Click:
		for i, line := range s.spot {
			if line == s.top+msg.Y {
				s.at = i
				return s.enter(env)
			}
		}
	case tea.KeyPressMsg:
		switch keymap.Press(msg) {
		case "pgup":
			s.scroll(-max(1, s.rows-2))
		case "pgdown":
			s.scroll(max(1, s.rows-2))
		case "home":
			s.scroll(-s.long)
		case "end":
			s.scroll(s.long)
		}
	}
	return stage.None(), nil
}

func (s *Screen) do(env *stage.Env, do stage.Do) (stage.Action, tea.Cmd) {
	if !s.loaded {
		s.ahead = &do
		return stage.None(), nil
	}
	switch do.ID {
	case Visit:
		if len(s.file.Drafts) > 0 {
			return stage.Push(s.doors.Draft(s.file.Drafts[0].ID)), nil
		}
		return stage.Push(s.doors.Visit(s.person, 0)), nil
	case Greet:
		return stage.Push(s.doors.Visit(s.person, Greeting)), nil
	case Missed:
		return stage.Push(s.doors.Missed(s.person, s.file.Line.Name)), nil
	case Edit:
		return stage.Push(s.doors.Edit(s.person)), nil
	case Reveal:
		return stage.None(), s.reveal()
	case Household:
		if len(s.file.Mates) == 1 {
			return stage.Push(s.doors.File(s.file.Mates[0].Person)), nil
		}
		return stage.Push(s.doors.Mates(s.file.Mates)), nil
	case Correct:
		return stage.Push(s.doors.Correct(s.file)), nil
	case Print:
		return stage.Push(s.doors.Print(s.file.Line, s.file.Mates)), nil
	case Forms:
		return stage.Push(s.doors.Forms(s.person)), nil
	case Why:
		return stage.Push(newWhy(s.file)), nil
	case Open:
		return s.enter(env)
	case Up:
		s.step(-1)
	case Down:
		s.step(1)
	}
	return stage.None(), nil
}

// Able implements stage.Able.
func (s *Screen) Able(env *stage.Env, id keymap.ID) string {
	switch id {
	case Household:
		if len(s.file.Mates) == 0 {
			return env.Say("file.no_mates")
		}
	case Reveal:
		if len(s.hidden()) == 0 {
			return env.Say("file.no_phone")
		}
	case Correct:
		if len(s.file.Visits) == 0 {
			return env.Say("file.no_visits")
		}
	}
	return ""
}

// hidden are the fields that can be shown in full and are not.
func (s *Screen) hidden() []casework.Field {
	var out []casework.Field
	for _, f := range s.file.Facts {
		if f.Reveal && s.shown[f.Field] == "" {
			out = append(out, f.Field)
		}
	}
	return out
}

func (s *Screen) reveal() tea.Cmd {
	fields := s.hidden()
	if len(fields) == 0 {
		return nil
	}
	b, id, field := s.book, s.person, fields[0]
	return s.phone.Ask(func() any {
		number, err := b.Phone(context.Background(), id, field)
		return revealed{field, number, err}
	})
}

func (s *Screen) step(by int) {
	s.at = max(0, min(s.at+by, len(s.targets())-1))
	s.follow = true
	if by < 0 && s.at == 0 {
		s.top, s.follow = 0, false
	}
}

func (s *Screen) scroll(by int) {
	s.top, s.follow = max(0, min(s.top+by, s.long-s.rows)), false
}
