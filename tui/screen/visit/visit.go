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
	Attend(ctx context.Context, urgent casework.RecordID, what book.Attention) error
}

// Doors are the pages that open from here.
type Doors struct {
	// Urgent makes the page of an order that is on record.
	Urgent func(o book.Order) stage.Screen
	// Mate makes the visit of another one behind the same door.
	Mate func(person casework.RecordID) stage.Screen
}

// Screen is the page.
type Screen struct {
	book    Book
	doors   Doors
	open    func() (*book.Session, error)
	session *book.Session
	failed  error
	load    stage.Latest
	resumed bool // the sentence about it was shown

	section int
	at      string // path of the question with the focus
	field   widget.Field
	day     widget.DayField
	page    int // of the options of a long list
	top     int
	edited  bool // the field holds something not yet in the form
	say     string

	writing stage.Latest
	waiting []form.Change // not on the disk yet, in order
	flying  int           // of them, on their way
	trouble error         // why the disk did not take them

	opened  map[string]bool // codes of orders she has read
	shown   map[string]bool // orders that filled the screen
	closing bool
	finish  stage.Latest
}

// New makes the page of a new visit.
func New(b Book, doors Doors, beginning book.Beginning) *Screen {
	return &Screen{book: b, doors: doors, open: func() (*book.Session, error) { return b.Begin(context.Background(), beginning) }}
}

// Resume makes the page of a visit that was not finished.
func Resume(b Book, doors Doors, draft casework.ID) *Screen {
	return &Screen{book: b, doors: doors, open: func() (*book.Session, error) { return b.Resume(context.Background(), draft) }}
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
	if s.session.Paper {
		title = env.Say("visit.title.paper", "Day", people.MonthDay(s.session.Form.Day()))
	}
	h := stage.Header{Left: people.Name(env, s.session.Person) + "  " + title}
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
	v, ok := s.view()
	return ok && !choosing(v)
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
	if s.session == nil || s.closing {
		return stage.None(), nil
	}
	switch msg := msg.(type) {
	case stage.Returned:
		return s.returned(env, msg.Value)
	case stage.Do:
		return s.do(env, msg)
	case tea.KeyPressMsg, tea.PasteMsg:
		return s.typed(env, msg), nil
	case stage.Wheel:
		s.top = max(0, s.top+msg.Lines)
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
			at := v.Resumed.In(casework.Shanghai).Format("01-02 15:04")
			return stage.Notice(env.Say("visit.resumed", "Time", at))
		}
	}
	return stage.None()
}

func (s *Screen) do(env *stage.Env, do stage.Do) (stage.Action, tea.Cmd) {
	switch do.ID {
	case Choose:
		return s.digit(env, do.Key)
	case Next:
		cmd, ok := s.leaveField(env)
		if ok {
			s.step(1)
		}
		return stage.None(), cmd
	case Previous:
		cmd, ok := s.leaveField(env)
		if ok {
			s.step(-1)
		}
		return stage.None(), cmd
	case Section, Back:
		cmd, ok := s.leaveField(env)
		if ok {
			by := 1
			if do.ID == Back {
				by = -1
			}
			s.turn(by)
		}
		return stage.None(), cmd
	case Repeat:
		return s.repeat(env)
	case Clear:
		return s.set(env, "")
	case Add:
		return s.addInstance(env)
	case Problems:
		cmd, _ := s.leaveField(env)
		return stage.Push(newProblems(env, s.session.Form)), cmd
	case Why:
		return s.why(env), nil
	case Matters:
		return s.matters(env, false), nil
	case Finish:
		return s.close(env)
	}
	return stage.None(), nil
}

// Able implements stage.Able.
func (s *Screen) Able(env *stage.Env, id keymap.ID) string {
	if s.session == nil {
		return ""
	}
	v, ok := s.view()
	switch id {
	case Repeat:
		if !ok || v.Previous == "" {
			return env.Say("visit.no_previous")
		}
	case Add:
		if !ok || v.Item.Kind != form.Repeat {
			return env.Say("visit.no_table")
		}
	case Matters:
		if len(s.book.Orders(s.session)) == 0 {
			return env.Say("visit.no_matters")
		}
	}
	return ""
}

// Leave implements stage.Leaver: the draft stays; what must be done and was not read comes
// back before she goes.
func (s *Screen) Leave(env *stage.Env) (stage.Action, tea.Cmd) {
	if s.session == nil {
		return stage.Pop(), nil
	}
	cmd, _ := s.leaveField(env)
	if s.edited {
		return stage.None(), cmd // what was typed is not an answer yet; the sentence says why
	}
	if len(s.unread()) > 0 {
		return stage.Push(newOrder(s.book, s.unread(), true)), cmd
	}
	return stage.Pop().Then(stage.Notice(env.Say("visit.kept"))), cmd
}

func (s *Screen) returned(env *stage.Env, v any) (stage.Action, tea.Cmd) {
	switch v := v.(type) {
	case jump:
		s.goTo(v.path)
	case read:
		for _, code := range v.codes {
			s.opened[code] = true
		}
		if v.leaving {
			return stage.Pop().Then(stage.Notice(env.Say("visit.kept"))), nil
		}
	case widget.Picked:
		if i, ok := v.Value.(int); ok && v.ID == "options" {
			return s.pick(env, i)
		}
	case widget.Answer:
		if v.ID == "dropped" && v.Yes {
			return stage.None(), s.send(env)
		}
	}
	return stage.None(), nil
}

// Save implements stage.Saver: what was typed and can be an answer becomes one, and
// everything not on the disk yet is written.
func (s *Screen) Save(env *stage.Env) tea.Cmd {
	if s.session == nil {
		return nil
	}
	cmd, _ := s.leaveField(env)
	return cmd
}

// unread are the quiet orders she has not opened yet.
func (s *Screen) unread() []book.Order {
	var out []book.Order
	for _, o := range s.book.Orders(s.session) {
		if !s.opened[o.Code] {
			out = append(out, o)
		}
	}
	return out
}

// loud opens the orders that may fill the screen, once each.
func (s *Screen) loud() stage.Action {
	var now []book.Order
	for _, o := range s.book.Orders(s.session) {
		if !o.Quiet && !s.shown[o.Code] {
			s.shown[o.Code] = true
			now = append(now, o)
		}
	}
	if len(now) == 0 {
		return stage.None()
	}
	return stage.Push(newOrder(s.book, now, false))
}

func (s *Screen) matters(env *stage.Env, leaving bool) stage.Action {
	orders := s.book.Orders(s.session)
	if len(orders) == 0 {
		return stage.Notice(env.Say("visit.no_matters"))
	}
	o := newOrder(s.book, orders, leaving)
	o.open = true
	return stage.Push(o)
}

// title is a question's words without the mark of what must be answered.
func title(v form.View) string { return strings.TrimSpace(v.Label) }
