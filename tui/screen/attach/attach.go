// Package attach is the page where a photo or file is chosen for a question, and the page
// on which one that is kept is looked at. What is chosen is copied and sealed; the original
// stays where it is, and she is told so.
package attach

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/widget"
)

// Book is what these pages ask for.
type Book interface {
	MayAttach(ctx context.Context, draft casework.ID, question string) error
	Folder(ctx context.Context, path string) (book.Folder, error)
	Look(ctx context.Context, draft casework.ID, question, file string, w, h int) (book.Look, error)
	Attach(ctx context.Context, draft casework.ID, question, file string) (book.Attached, error)
	Attached(id string) (book.Attached, bool)
	Picture(ctx context.Context, id string, w, h int) (book.Cells, error)
	RemoveOriginal(ctx context.Context, file string) error
}

// Question is what a file is chosen for.
type Question struct {
	Draft casework.ID
	Path  string
	Title string
	Image bool   // only pictures
	Value string // the answer that stands there now; "" none
}

// Screen is the page where a file is chosen.
type Screen struct {
	book  Book
	q     Question
	leave func(id string) any // what it goes back with

	folder book.Folder
	back   []string // folders on the way here; "" are the places
	field  widget.Field
	shown  []book.Entry
	at     int
	rows   int
	shut   error // it may not be done at all
	say    string

	asking   *book.Look
	kept     *book.Attached
	original string // of kept
	busy     bool
	work     stage.Latest
}

// New makes the page; leave makes what it goes back with of the new answer.
func New(b Book, q Question, leave func(id string) any) *Screen {
	return &Screen{book: b, q: q, leave: leave, field: widget.Field{Max: 400}, busy: true}
}

// Place implements stage.Screen.
func (s *Screen) Place() keymap.Place {
	switch {
	case s.shut != nil:
		return shutPlace
	case s.kept != nil:
		return KeptPlace
	case s.asking != nil:
		return AskPlace
	}
	return Place
}

// Header implements stage.Screen.
func (s *Screen) Header(env *stage.Env) stage.Header {
	return stage.Header{Left: env.Say("attach.title", "Title", cell.CleanTo(s.q.Title, 40))}
}

// Typing implements stage.Typist.
func (s *Screen) Typing() bool { return s.Place() == Place }

// Start implements stage.Starter.
func (s *Screen) Start(*stage.Env) tea.Cmd {
	b, q := s.book, s.q
	return s.work.Ask(func() any {
		if err := b.MayAttach(context.Background(), q.Draft, q.Path); err != nil {
			return refusal{err}
		}
		return folderOf(b, "")
	})
}

type refusal struct{ err error }

func folderOf(b Book, path string) any {
	f, err := b.Folder(context.Background(), path)
	if err != nil {
		return err
	}
	return f
}

// Has implements stage.Sparing.
func (s *Screen) Has(_ *stage.Env, id keymap.ID) bool { return id != Now || s.q.Value != "" }

// Leave implements stage.Leaver: a folder up, and from the places back to the visit.
func (s *Screen) Leave(env *stage.Env) (stage.Action, tea.Cmd) {
	switch {
	case s.shut != nil:
		return stage.Pop(), nil
	case s.kept != nil:
		return stage.PopWith(s.leave(s.kept.ID)), nil
	case s.asking != nil:
		s.asking = nil
		return stage.None(), nil
	case s.field.Value() != "":
		s.field.Set("")
		s.sift()
		return stage.None(), nil
	case len(s.back) > 0:
		return stage.None(), s.up()
	}
	return stage.Pop(), nil
}

// up goes back to the folder she came from.
func (s *Screen) up() tea.Cmd {
	if len(s.back) == 0 {
		return nil
	}
	path := s.back[len(s.back)-1]
	s.back = s.back[:len(s.back)-1]
	return s.fetch(path)
}

func (s *Screen) fetch(path string) tea.Cmd {
	s.busy, s.say = true, ""
	b := s.book
	return s.work.Ask(func() any { return folderOf(b, path) })
}

// Update implements stage.Screen.
func (s *Screen) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if v, fresh, mine := s.work.Take(msg); mine {
		if fresh {
			return s.came(env, v), nil
		}
		return stage.None(), nil
	}
	if s.busy {
		return stage.None(), nil
	}
	switch msg := msg.(type) {
	case stage.Do:
		return s.do(env, msg.ID)
	case stage.Wheel:
		s.move(msg.Lines)
		return stage.None(), nil
	case stage.Click:
		if i := s.first() + msg.Y - typingRows; s.Place() == Place && msg.Y >= typingRows && i < len(s.shown) {
			s.at = i
			return s.enter(env)
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
		case "backspace":
			if s.field.Value() == "" {
				return stage.None(), s.up()
			}
		}
	}
	if s.Place() == Place && s.field.Update(msg) {
		s.say = ""
		s.sift()
	}
	return stage.None(), nil
}

// came takes what the disk gave.
func (s *Screen) came(env *stage.Env, v any) stage.Action {
	s.busy = false
	switch v := v.(type) {
	case refusal:
		s.shut = v.err
	case book.Folder:
		s.folder = v
		s.field.Set("")
		s.sift()
	case book.Look:
		s.asking = &v
	case book.Attached:
		s.original, s.asking, s.kept = s.asking.Path, nil, &v
	case removed:
		return stage.PopWith(s.leave(s.kept.ID)).Then(stage.Notice(env.Say("attach.removed")))
	case error:
		s.say = env.Error(v)
	}
	return stage.None()
}

func (s *Screen) do(env *stage.Env, id keymap.ID) (stage.Action, tea.Cmd) {
	switch id {
	case Open:
		return s.enter(env)
	case Up:
		s.move(-1)
	case Down:
		s.move(1)
	case Parent:
		return stage.None(), s.up()
	case Now:
		return stage.Push(NewView(s.book, s.q.Value)), nil
	case Keep:
		s.busy, s.say = true, ""
		b, q, file := s.book, s.q, s.asking.Path
		return stage.None(), s.work.Ask(func() any {
			a, err := b.Attach(context.Background(), q.Draft, q.Path, file)
			if err != nil {
				return err
			}
			return a
		})
	case Other:
		s.asking, s.say = nil, ""
	case Leave:
		return stage.PopWith(s.leave(s.kept.ID)), nil
	case Remove:
		return stage.None(), s.removeOriginal()
	}
	return stage.None(), nil
}

type removed struct{}

func (s *Screen) removeOriginal() tea.Cmd {
	s.busy, s.say = true, ""
	b, file := s.book, s.original
	return s.work.Ask(func() any {
		if err := b.RemoveOriginal(context.Background(), file); err != nil {
			return err
		}
		return removed{}
	})
}
