// Package visit is a visit under way: sections on the left, questions beside them, every
// answer on the disk before the next key. Danger is quiet here: whoever reads over the
// worker's shoulder sees a small mark and nothing else.
package visit

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/tui/book"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget"
	"doorstep/tui/widget/people"
)

// Book is what a visit asks for.
type Book interface {
	Begin(ctx context.Context, b book.Beginning) (*book.Session, error)
	Resume(ctx context.Context, draft casework.ID) (*book.Session, error)
	Answered(ctx context.Context, draft casework.ID, changes ...form.Change) error
	Orders(s *book.Session) []book.Order
	Finish(ctx context.Context, s *book.Session) (book.Finished, error)
	Discard(ctx context.Context, draft casework.ID, reason string) error
}

// Doors are the pages that open from here.
type Doors struct {
	// Urgent makes the page of an order that is on record.
	Urgent func(o book.Order) stage.Screen
	// Mate makes the visit of another one behind the same door.
	Mate func(person casework.RecordID) stage.Screen
	// Upgrade makes the page that says what becomes of a draft with the newer questionnaire.
	Upgrade func(draft casework.ID) stage.Screen
	// Attach makes the page where a file is chosen for a question; it goes back with an
	// Attached. nil: questions that are answered with a file are left out.
	Attach func(q Asked) stage.Screen
	// File says what an answer of such a question stands for: 照片 1.2 MB. nil, or "" from it,
	// reads neutrally.
	File func(value string) string
	// Filed makes the page behind a completed form that is no visit.
	Filed func(f book.Finished, s *book.Session) stage.Screen
}

// Screen is the page.
type Screen struct {
	book    Book
	doors   Doors
	open    func() (*book.Session, error)
	session *book.Session
	failed  error
	load    stage.Latest

	section int
	start   int      // the first section with questions
	inside  []string // rows of tables that are open, the outermost first
	at      string   // path of the question with the focus
	row     int      // of the table with the focus; one behind the last stands for going on
	bare    string   // path of the covered question she has opened
	field   widget.Field
	day     widget.DayField
	page    int // of the options of a long list
	top     int
	edited  bool // the field holds something not yet in the form
	say     string

	writing  stage.Latest
	waiting  []form.Change // not on the disk yet, in order
	flying   int           // of them, on their way
	goneOver bool          // to a newer questionnaire, just now
	trouble  error         // why the disk did not take them
	trying   bool          // a tryAgain is on its way

	opened    map[string]bool // codes of orders she has read
	shown     map[string]bool // orders that filled the screen
	upgrading bool            // on the way to the page of the newer questionnaire
	closing   bool            // the visit is on its way to the disk: nothing touches the form meanwhile
	finish    stage.Latest
	drop      stage.Latest
	mouse     spots
	finders   map[string]*finder // of long lists, by their question
	rules     map[string]*rule   // of questions that may be covered, by name
}

// New makes the page of a new visit.
func New(b Book, doors Doors, beginning book.Beginning) *Screen {
	return &Screen{book: b, doors: doors, open: func() (*book.Session, error) { return b.Begin(context.Background(), beginning) }}
}

// Resume makes the page of a visit that was not finished.
func Resume(b Book, doors Doors, draft casework.ID) *Screen {
	return &Screen{book: b, doors: doors, open: func() (*book.Session, error) { return b.Resume(context.Background(), draft) }}
}

// GoneOver is Resume for a draft that has just gone over to a newer questionnaire: it says
// that the old one is kept.
func GoneOver(b Book, doors Doors, draft casework.ID) *Screen {
	s := Resume(b, doors, draft)
	s.goneOver = true
	return s
}

// Place implements stage.Screen.
func (s *Screen) Place() keymap.Place { return Place }

// Header implements stage.Screen. The mark at its end says that something waits to be
// read, and nothing more.
func (s *Screen) Header(env *stage.Env) stage.Header {
	if s.session == nil {
		return stage.Header{Left: env.Say("visit.opening")}
	}
	title := env.Say("visit.title")
	if s.session.Title.Said() {
		title = people.Say(env, s.session.Title)
	} else if s.session.Paper {
		title = env.Say("visit.title.paper", "Day", people.MonthDay(s.session.Form.Day()))
	}
	h := stage.Header{Left: people.Name(env, s.session.Person) + "  " + title}
	if s.closing {
		return h
	}
	answered, visible := s.session.Form.Progress()
	h.Right = env.Say("visit.progress", "Answered", answered, "Visible", visible)
	if len(s.unread()) > 0 {
		h.Right = "*  " + h.Right
	}
	return h
}

// Start implements stage.Starter.
func (s *Screen) Start(*stage.Env) tea.Cmd {
	s.opened, s.shown = map[string]bool{}, map[string]bool{}
	open := s.open
	return s.load.Ask(func() any {
		session, err := open()
		if err != nil {
			return err
		}
		return session
	})
}

// Typing implements stage.Typist.
func (s *Screen) Typing() bool {
	if s.closing {
		return false
	}
	v, ok := s.view()
	return ok && v.Item.Kind == form.Question && !s.covered(v) && (!choosing(v) || s.long(v))
}

// Status implements stage.Reporter: a visit that is too short to count says so all along.
func (s *Screen) Status(env *stage.Env) string {
	if s.session == nil || s.closing {
		return ""
	}
	var words []string
	if s.trouble != nil {
		words = append(words, env.Paint(theme.Danger, env.Say("locks.unsaved")))
	}
	if s.ready() {
		words = append(words, env.Say("visit.ready"))
	}
	if s.session.Newer {
		words = append(words, env.Say("visit.newer.status"))
	}
	if s.session.Short.Said() {
		words = append(words, people.Say(env, s.session.Short))
	}
	if len(words) == 0 {
		return ""
	}
	return " " + strings.Join(words, "  ")
}

// ready reports a greeting that can be finished: all was well, and nothing must be asked any more.
func (s *Screen) ready() bool {
	in := s.session.Form
	return in.Options().Depth == 1 && in.Depth() == 1 && len(in.Journal()) > 1 && len(in.Hindrances()) == 0
}

// Update implements stage.Screen.
func (s *Screen) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if v, fresh, mine := s.load.Take(msg); mine {
		if fresh {
			return s.begin(env, v), nil
		}
		return stage.None(), nil
	}
	if v, fresh, mine := s.writing.Take(msg); mine {
		if fresh {
			return s.written(env, v)
		}
		return stage.None(), nil
	}
	if v, fresh, mine := s.finish.Take(msg); mine {
		if fresh {
			return s.finished(env, v), nil
		}
		return stage.None(), nil
	}
	if v, fresh, mine := s.drop.Take(msg); mine {
		if err, bad := v.(error); fresh && bad {
			return stage.Pop().Then(stage.Notice(env.Error(err))), nil
		}
		return stage.Pop(), nil
	}
	if _, again := msg.(tryAgain); again {
		return stage.None(), s.retry()
	}
	if s.session == nil || s.closing {
		return stage.None(), nil
	}
	switch msg.(type) { // what comes from outside does not scroll back
	case stage.Do, stage.Click, stage.Returned, tea.KeyPressMsg, tea.PasteMsg:
		s.mouse.peek = false
	}
	switch msg := msg.(type) {
	case stage.Returned:
		return s.returned(env, msg.Value)
	case stage.Do:
		return s.do(env, msg)
	case tea.KeyPressMsg, tea.PasteMsg:
		return s.typed(env, msg), nil
	case stage.Click:
		return s.click(env, msg)
	case stage.Wheel:
		s.mouse.peek, s.top = true, s.top+msg.Lines
		return stage.None(), nil
	}
	return stage.None(), nil
}

func (s *Screen) begin(env *stage.Env, v any) stage.Action {
	switch v := v.(type) {
	case error:
		s.failed = v
	case *book.Session:
		s.session = v
		s.first()
		if !v.Resumed.IsZero() {
			s.toOpen()
			s.start = -1 // the person was confirmed when it was begun
			answered, _ := v.Form.Progress()
			said := env.Say("visit.resumed_at", "Time", people.Moment(v.Resumed, env.Now()), "Number", answered+1)
			if s.goneOver {
				said = env.Say("upgrade.taken") + said
			}
			if v.Newer {
				said += env.Say("visit.newer")
			}
			return stage.Notice(said)
		}
	}
	return stage.None()
}

// title is a question's words without the mark of what must be answered.
func title(v form.View) string { return strings.TrimSpace(v.Label) }
