// Package urgent is an order that must be carried out now and is on record: what to do, what
// to say on the telephone, and what was done. A quiet one stands there as one neutral
// sentence until she opens it. Nothing here is ever blocked by a missing notice, consent or
// network.
package urgent

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/widget"
	"doorstep/tui/widget/people"
)

// Book is what this page asks for.
type Book interface {
	Order(ctx context.Context, urgent casework.RecordID) (book.Order, error)
	Attend(ctx context.Context, urgent casework.RecordID, what book.Attention) error
}

// Screen is the page.
type Screen struct {
	book   Book
	id     casework.RecordID
	order  book.Order
	open   bool
	loaded bool
	failed error
	load   stage.Latest
	scroll widget.Scroll
	report func(o book.Order) stage.Screen
}

// New makes the page of an urgent order; quiet ones begin closed.
func New(b Book, id casework.RecordID, quiet bool) *Screen {
	return &Screen{book: b, id: id, open: !quiet}
}

// WithReport lets the record of a quiet order be written from here; without it that does not
// exist.
func (s *Screen) WithReport(report func(o book.Order) stage.Screen) *Screen {
	s.report = report
	return s
}

// Has implements stage.Sparing.
func (s *Screen) Has(_ *stage.Env, id keymap.ID) bool { return id != Report || s.report != nil }

// Place implements stage.Screen.
func (s *Screen) Place() keymap.Place {
	if s.open {
		return Place
	}
	return ClosedPlace
}

// Header implements stage.Screen.
func (s *Screen) Header(env *stage.Env) stage.Header {
	return stage.Header{Left: env.Say("visit.matters")}
}

// Start implements stage.Starter.
func (s *Screen) Start(env *stage.Env) tea.Cmd {
	if s.open {
		return s.attend(book.Attention{Step: "opened", At: env.Now()})
	}
	return s.fetch()
}

func (s *Screen) fetch() tea.Cmd {
	b, id := s.book, s.id
	return s.load.Ask(func() any {
		o, err := b.Order(context.Background(), id)
		if err != nil {
			return err
		}
		return o
	})
}

// attend notes one thing that was done, then reads the order again.
func (s *Screen) attend(what book.Attention) tea.Cmd {
	b, id := s.book, s.id
	return s.load.Ask(func() any {
		if err := b.Attend(context.Background(), id, what); err != nil {
			return err
		}
		o, err := b.Order(context.Background(), id)
		if err != nil {
			return err
		}
		return o
	})
}

// Update implements stage.Screen.
func (s *Screen) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if v, fresh, mine := s.load.Take(msg); mine {
		switch v := v.(type) {
		case error:
			if fresh && !s.loaded {
				s.failed = v
			}
			return stage.Notice(env.Error(v)), nil
		case book.Order:
			s.order, s.loaded, s.failed = v, true, nil
		}
		return stage.None(), nil
	}
	switch msg := msg.(type) {
	case stage.Returned:
		return s.returned(env, msg.Value)
	case stage.Do:
		return s.do(env, msg)
	}
	if s.open {
		s.scroll.Update(msg)
	}
	return stage.None(), nil
}

func (s *Screen) do(env *stage.Env, do stage.Do) (stage.Action, tea.Cmd) {
	switch do.ID {
	case Look:
		s.open = true
		return stage.None(), s.attend(book.Attention{Step: "opened", At: env.Now()})
	case Later:
		return stage.Pop(), nil
	case Called:
		return stage.Push(newCall(s.order.Call)), nil
	case Told:
		return stage.Push(widget.NewChoice("told", env.Say("urgent.told"), []widget.Option{
			{Value: "supervisor", Label: env.Say("urgent.step.supervisor")},
			{Value: "station", Label: env.Say("urgent.step.station")},
			{Value: "bureau", Label: env.Say("urgent.step.bureau")},
		})), nil
	case Exclude:
		var options []widget.Option
		for _, p := range s.order.People {
			label := cell.CleanTo(p.Name, 40) + "  " + people.Say(env, p.Duty)
			options = append(options, widget.Option{Value: p.ID, Label: label})
		}
		return stage.Push(widget.NewChoice("exclude", env.Say("urgent.exclude"), options)), nil
	case Report:
		return stage.Push(s.report(s.order)), nil
	case Done:
		return stage.Push(widget.NewConfirm("done", env.Say("urgent.cmd.done"), env.Say("urgent.done.question"), env.Say("urgent.done.yes"), "")), nil
	}
	return stage.None(), nil
}

func (s *Screen) returned(env *stage.Env, v any) (stage.Action, tea.Cmd) {
	what := book.Attention{At: env.Now()}
	switch v := v.(type) {
	case book.Attention:
		what = v
	case widget.Answer:
		if v.ID != "done" || !v.Yes {
			return stage.None(), nil
		}
		what.Step = "done"
	case widget.Picked:
		switch value := v.Value.(type) {
		case string:
			what.Step = value
		case casework.WorkerID:
			what.Step, what.Exclude = "exclude", []casework.WorkerID{value}
		}
	}
	if what.Step == "" {
		return stage.None(), nil
	}
	return stage.Notice(env.Say("urgent.noted")), s.attend(what)
}

// Able implements stage.Able.
func (s *Screen) Able(env *stage.Env, id keymap.ID) string {
	if id == Exclude && len(s.order.People) == 0 {
		return env.Say("urgent.no_people")
	}
	if id == Report && s.loaded && !s.order.Quiet {
		return env.Say("forms.urgent.none")
	}
	return ""
}
