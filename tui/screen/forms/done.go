package forms

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/book"
	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget/people"
)

// done says that a form is saved, what it makes of the answers, what follows, and whether
// the result goes into the person's file.
type done struct {
	book    Book
	urgent  func(o book.Order) stage.Screen
	person  book.Line
	f       book.Finished
	orders  []book.Order // not opened yet
	adopted bool
	adopt   stage.Latest
}

// Done makes the page behind a completed form; urgent makes that of an order on record.
func Done(b Book, urgent func(o book.Order) stage.Screen, f book.Finished, s *book.Session) stage.Screen {
	d := &done{book: b, urgent: urgent, person: s.Person, f: f}
	for _, o := range f.Orders {
		if !o.Urgent.IsZero() {
			d.orders = append(d.orders, o)
		}
	}
	return d
}

func (d *done) Place() keymap.Place { return DonePlace }

func (d *done) Header(env *stage.Env) stage.Header {
	return stage.Header{Left: people.Name(env, d.person) + "  " + people.Say(env, d.f.Filed.Title) + "  " + env.Say("forms.done.title")}
}

// Has implements stage.Sparing.
func (d *done) Has(_ *stage.Env, id keymap.ID) bool {
	switch id {
	case Adopt:
		return d.f.Filed.Adopt.Said() && !d.adopted
	case Matters:
		return len(d.f.Orders) > 0
	}
	return true
}

// Able implements stage.Able.
func (d *done) Able(env *stage.Env, id keymap.ID) string {
	if id == Matters && len(d.orders) == 0 {
		return env.Say("visit.no_matters")
	}
	return ""
}

// Leave implements stage.Leaver.
func (d *done) Leave(*stage.Env) (stage.Action, tea.Cmd) { return d.leave(), nil }

// leave opens what was not opened yet, one after the other, before it goes back.
func (d *done) leave() stage.Action {
	if len(d.orders) > 0 {
		o := d.orders[0]
		d.orders = d.orders[1:]
		return stage.Push(d.urgent(o))
	}
	return stage.Pop()
}

func (d *done) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if v, fresh, mine := d.adopt.Take(msg); mine {
		if err, bad := v.(error); fresh && bad {
			return stage.Notice(env.Error(err)), nil
		}
		d.adopted = d.adopted || fresh
		return stage.None(), nil
	}
	do, ok := msg.(stage.Do)
	if !ok {
		return stage.None(), nil
	}
	if do.ID == Adopt {
		b, id := d.book, d.f.Visit
		return stage.None(), d.adopt.Ask(func() any {
			if err := b.Adopt(context.Background(), id); err != nil {
				return err
			}
			return nil
		})
	}
	return d.leave(), nil
}

func (d *done) Draw(env *stage.Env, size stage.Size) stage.Frame {
	f := stage.Frame{Body: []string{""}}
	add := func(text string, token theme.Token) {
		for _, l := range cell.Wrap(text, size.W-6) {
			f.Body = append(f.Body, "   "+env.Paint(token, l))
		}
	}
	gap := func() { f.Body = append(f.Body, "") }
	add(env.Say("visit.done"), theme.Good)
	filed := d.f.Filed
	if len(filed.Results) > 0 {
		gap()
		for _, r := range filed.Results {
			add(people.Say(env, r), theme.Strong)
		}
		if filed.Advice {
			add(env.Say("forms.done.advice"), theme.Dim)
		}
	}
	switch {
	case d.adopted:
		gap()
		add(env.Say("forms.done.adopted"), theme.Good)
	case filed.Adopt.Said():
		gap()
		add(env.Say("forms.done.adopt.key", "What", people.Say(env, filed.Adopt)), theme.Notice)
	}
	if len(filed.Tasks) > 0 {
		gap()
		add(env.Say("forms.done.tasks"), theme.Plain)
		for _, t := range filed.Tasks {
			text := cell.CleanTo(t.Text, 80)
			if t.Until != 0 {
				text = env.Say("forms.done.until", "Text", text, "Day", t.Until.String())
			}
			add("  "+text, theme.Plain)
		}
	}
	if len(d.orders) > 0 {
		gap()
		add(env.Say("forms.done.matters", "Count", len(d.orders)), theme.Strong)
	}
	return f
}
