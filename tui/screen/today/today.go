// Package today is the first page of a working day, 今日: whom to visit, why now, what was
// left unfinished, and whether her work has reached the district.
package today

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
)

// Doors are the pages that open from here.
type Doors struct {
	File   func(person casework.RecordID) stage.Screen
	Find   func(text string) stage.Screen
	Drafts func() stage.Screen
	Draft  func(draft casework.ID) stage.Screen
	Urgent func(u book.Urgent) stage.Screen
	New    func() stage.Screen
	Paper  func() stage.Screen
	Print  func(lines []book.Line) stage.Screen
	Status func() stage.Screen
	// Forms is nil for whoever fills in no forms about places: then the command does not exist.
	Forms func() stage.Screen
	// Confirm asks whether an odd day is really today.
	Confirm func(day casework.Day) stage.Screen
	// Locks is 遮屏和口令; nil where nothing locks.
	Locks func() stage.Screen
}

// Book is what this page asks for.
type Book interface {
	Worker() book.Worker
	Today() (casework.Day, bool)
	Agenda(ctx context.Context, day casework.Day) (book.Agenda, error)
	Status() book.Status
	Villages() []book.Village
}

// Screen is the page.
type Screen struct {
	book   Book
	doors  Doors
	day    casework.Day
	agenda book.Agenda
	loaded bool
	failed error
	asked  bool // whether the odd day was asked about
	load   stage.Latest

	at   int // line the cursor is on
	top  int // first line drawn
	rows int // lines of the last drawing
	spot map[int]int
}

// New makes the page; it fetches its content when it is put on the stack.
func New(b Book, doors Doors) *Screen { return &Screen{book: b, doors: doors} }

// Place implements stage.Screen.
func (s *Screen) Place() keymap.Place { return Place }

// Start implements stage.Starter.
func (s *Screen) Start(*stage.Env) tea.Cmd { return s.fetch() }

type loaded struct {
	day    casework.Day
	odd    bool
	agenda book.Agenda
	err    error
}

func (s *Screen) fetch() tea.Cmd {
	b := s.book
	return s.load.Ask(func() any {
		day, odd := b.Today()
		a, err := b.Agenda(context.Background(), day)
		return loaded{day: day, odd: odd, agenda: a, err: err}
	})
}

// Changed tells the page that something outside has changed: news from the district.
type Changed struct{}

// Update implements stage.Screen.
func (s *Screen) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if v, fresh, mine := s.load.Take(msg); mine {
		if fresh {
			return s.take(v.(loaded)), nil
		}
		return stage.None(), nil
	}
	switch msg := msg.(type) {
	case Changed:
		return stage.None(), s.fetch()
	case stage.Returned:
		return stage.None(), s.fetch()
	case stage.Do:
		return s.do(env, msg), nil
	case stage.Click:
		if i, ok := s.spot[msg.Y]; ok {
			s.at = i
			return s.open(i), nil
		}
	case stage.Wheel:
		s.move(msg.Lines)
	case tea.PasteMsg:
		return stage.Push(s.doors.Find(msg.Content)), nil
	case tea.KeyPressMsg:
		switch keymap.Press(msg) {
		case "pgup":
			s.move(-max(1, s.rows-1))
		case "pgdown":
			s.move(max(1, s.rows-1))
		case "home":
			s.move(-len(s.agenda.Lines))
		case "end":
			s.move(len(s.agenda.Lines))
		default:
			if text := keymap.Text(msg); text != "" && s.loaded {
				return stage.Push(s.doors.Find(text)), nil
			}
		}
	}
	return stage.None(), nil
}

func (s *Screen) take(l loaded) stage.Action {
	s.failed = l.err
	if l.err == nil {
		s.keep(l.agenda.Lines)
		s.day, s.agenda, s.loaded = l.day, l.agenda, true
		s.move(0)
	}
	if l.odd && !s.asked && s.doors.Confirm != nil {
		s.asked = true
		return stage.Push(s.doors.Confirm(l.day))
	}
	return stage.None()
}

// keep leaves the cursor on the person it is on when news bring other lines.
func (s *Screen) keep(lines []book.Line) {
	if s.at >= len(s.agenda.Lines) || s.at == 0 {
		return
	}
	who := s.agenda.Lines[s.at].Person
	for i, l := range lines {
		if l.Person == who {
			s.at = i
			return
		}
	}
}

func (s *Screen) do(env *stage.Env, do stage.Do) stage.Action {
	switch do.ID {
	case Choose:
		return s.digit(env, int(do.Key[0]-'0'))
	case Find:
		return stage.Push(s.doors.Find(""))
	case Open:
		return s.open(s.at)
	case Add:
		return stage.Push(s.doors.New())
	case Paper:
		return stage.Push(s.doors.Paper())
	case Print:
		return stage.Push(s.doors.Print(s.agenda.Lines))
	case Forms:
		return stage.Push(s.doors.Forms())
	case Upload:
		return stage.Push(s.doors.Status())
	case Locks:
		return stage.Push(s.doors.Locks())
	case Up:
		s.move(-1)
	case Down:
		s.move(1)
	}
	return stage.None()
}

// Has implements stage.Sparing.
func (s *Screen) Has(_ *stage.Env, id keymap.ID) bool { return id != Forms || s.doors.Forms != nil }

// Able implements stage.Able.
func (s *Screen) Able(env *stage.Env, id keymap.ID) string {
	if id == Print && len(s.agenda.Lines) == 0 {
		return env.Say("outing.today.nobody")
	}
	if id == Locks && s.doors.Locks == nil {
		return env.Say("locks.none")
	}
	if id == Add && len(s.book.Villages()) == 0 { // nobody can be entered without a village
		return env.Say("today.no_villages")
	}
	return ""
}

// digit chooses: 1–7 a person on the page, 0 the urgent work, 9 what was not finished.
func (s *Screen) digit(env *stage.Env, n int) stage.Action {
	switch {
	case n == 0 && len(s.agenda.Urgent) > 0:
		return stage.Push(s.doors.Urgent(s.agenda.Urgent[0]))
	case n == 9 && len(s.agenda.Drafts) == 1:
		return stage.Push(s.doors.Draft(s.agenda.Drafts[0].ID))
	case n == 9 && len(s.agenda.Drafts) > 1:
		return stage.Push(s.doors.Drafts())
	case n >= 1 && n <= choices && s.top+n-1 < len(s.agenda.Lines):
		s.at = s.top + n - 1
		return s.open(s.at)
	}
	return stage.Notice(env.Say("today.no_such", "Digit", n))
}

func (s *Screen) open(i int) stage.Action {
	if i < 0 || i >= len(s.agenda.Lines) {
		return stage.None()
	}
	return stage.Push(s.doors.File(s.agenda.Lines[i].Person))
}

func (s *Screen) move(by int) { s.at = max(0, min(s.at+by, len(s.agenda.Lines)-1)) }
