package visit

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/book"
	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget"
	"doorstep/tui/widget/people"
)

// close finishes the visit: what hinders is listed, what would be dropped is named first.
func (s *Screen) close(env *stage.Env) (stage.Action, tea.Cmd) {
	cmd, ok := s.leaveField(env)
	if !ok {
		return stage.None(), cmd
	}
	if len(s.session.Form.Hindrances()) > 0 {
		return stage.Push(newProblems(env, s.session.Form)), cmd
	}
	if dropped := s.session.Form.Dropped(); len(dropped) > 0 {
		var names []string
		for _, d := range dropped {
			if v, ok := s.session.Form.View(d.Path); ok {
				names = append(names, title(v))
			}
		}
		return stage.Push(widget.NewConfirm("dropped", env.Say("visit.dropped.title"),
			env.Say("visit.dropped", "Questions", strings.Join(names, "、")), env.Say("visit.dropped.yes"), env.Say("visit.dropped.no"))), cmd
	}
	return stage.None(), tea.Batch(cmd, s.send(env))
}

// send closes the visit once everything that waits is on the disk.
func (s *Screen) send(*stage.Env) tea.Cmd {
	s.closing = true
	if s.flying > 0 || len(s.waiting) > 0 {
		return s.write()
	}
	return s.deliver()
}

func (s *Screen) deliver() tea.Cmd {
	b, session := s.book, s.session
	return s.finish.Ask(func() any {
		f, err := b.Finish(context.Background(), session)
		if err != nil {
			return err
		}
		return f
	})
}

func (s *Screen) finished(env *stage.Env, v any) stage.Action {
	s.closing = false
	switch v := v.(type) {
	case error:
		return stage.Notice(env.Error(v))
	case book.Finished:
		return stage.Replace(NewDone(s.book, v, s.session.Mates))
	}
	return stage.None()
}

// DonePage says that the visit is saved, when the next one is due, and who else lives behind the door.
type DonePage struct {
	book  Book
	f     book.Finished
	mates []book.Line
}

// NewDone makes the page.
func NewDone(b Book, f book.Finished, mates []book.Line) *DonePage {
	return &DonePage{book: b, f: f, mates: mates}
}

// Place implements stage.Screen.
func (d *DonePage) Place() keymap.Place { return DonePlace }

// Header implements stage.Screen.
func (d *DonePage) Header(env *stage.Env) stage.Header {
	return stage.Header{Left: env.Say("visit.done.title")}
}

// Start implements stage.Starter: orders that may fill the screen do so at once.
func (d *DonePage) Start(*stage.Env) tea.Cmd { return nil }

// Able implements stage.Able.
func (d *DonePage) Able(env *stage.Env, id keymap.ID) string {
	if id == Matters && len(d.f.Orders) == 0 {
		return env.Say("visit.no_matters")
	}
	return ""
}

// Leave implements stage.Leaver: orders come before the way back.
func (d *DonePage) Leave(env *stage.Env) (stage.Action, tea.Cmd) {
	return d.leave(env), nil
}

func (d *DonePage) leave(*stage.Env) stage.Action {
	if len(d.f.Orders) > 0 {
		o := newOrder(d.book, d.f.Orders, false)
		d.f.Orders = nil
		return stage.Replace(o)
	}
	return stage.Pop()
}

// Update implements stage.Screen.
func (d *DonePage) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if do, ok := msg.(stage.Do); ok {
		switch do.ID {
		case Done, Matters:
			return d.leave(env), nil
		}
	}
	return stage.None(), nil
}

// Draw implements stage.Screen.
func (d *DonePage) Draw(env *stage.Env, size stage.Size) stage.Frame {
	var f stage.Frame
	add := func(text string, token theme.Token) {
		for _, l := range cell.Wrap(text, size.W-6) {
			f.Body = append(f.Body, "   "+env.Paint(token, l))
		}
	}
	f.Body = append(f.Body, "", "")
	add(env.Say("visit.done"), theme.Good)
	f.Body = append(f.Body, "")
	if d.f.Grade.Said() {
		add(people.Say(env, d.f.Grade), theme.Plain)
	}
	if d.f.Next != 0 {
		add(env.Say("visit.done.next", "Day", d.f.Next.String()), theme.Plain)
	}
	if d.f.Tasks > 0 {
		add(env.Say("visit.done.tasks", "Count", d.f.Tasks), theme.Plain)
	}
	if len(d.f.Orders) > 0 {
		f.Body = append(f.Body, "")
		add(env.Say("visit.done.matters", "Count", len(d.f.Orders)), theme.Strong)
	}
	if len(d.mates) > 0 {
		var names []string
		for _, m := range d.mates {
			names = append(names, people.Name(env, m))
		}
		f.Body = append(f.Body, "")
		add(env.Say("visit.done.mates", "Names", strings.Join(names, "、")), theme.Plain)
	}
	return f
}
