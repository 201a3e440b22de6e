package visit

import (
	tea "charm.land/bubbletea/v2"

	"doorstep/tui/book"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/widget"
	"doorstep/tui/widget/people"
)

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
	return stage.Push(newOrder(now, false))
}

func (s *Screen) matters(env *stage.Env) stage.Action {
	orders := s.book.Orders(s.session)
	if len(orders) == 0 {
		return stage.Notice(env.Say("visit.no_matters"))
	}
	o := newOrder(orders, false)
	o.open = true
	return stage.Push(o)
}

// read is what the page of orders leaves behind: which were read, and whether she was leaving.
type read struct {
	codes   []string
	leaving bool
}

// orders is the page that says what the answers so far ask to be done. Quiet orders wait
// closed, behind one neutral sentence, until she opens them; the others stand there at once.
// What she does about them is noted later, when the visit is on record.
type orders struct {
	orders  []book.Order
	open    bool
	leaving bool
	scroll  widget.Scroll
}

func newOrder(list []book.Order, leaving bool) *orders {
	o := &orders{orders: list, leaving: leaving, open: true}
	for _, order := range list {
		if order.Quiet {
			o.open = false
		}
	}
	return o
}

// Place implements stage.Screen.
func (o *orders) Place() keymap.Place {
	if o.open {
		return OpenPlace
	}
	return OrderPlace
}

// Header implements stage.Screen.
func (o *orders) Header(env *stage.Env) stage.Header {
	return stage.Header{Left: env.Say("visit.matters")}
}

// Leave implements stage.Leaver.
func (o *orders) Leave(*stage.Env) (stage.Action, tea.Cmd) { return o.later(), nil }

func (o *orders) later() stage.Action {
	r := read{leaving: o.leaving}
	if o.open {
		for _, order := range o.orders {
			r.codes = append(r.codes, order.Code)
		}
	}
	return stage.PopWith(r)
}

// Update implements stage.Screen.
func (o *orders) Update(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if do, ok := msg.(stage.Do); ok {
		if do.ID == Attend && !o.open {
			o.open = true
			return stage.None(), nil
		}
		return o.later(), nil
	}
	o.scroll.Update(msg)
	return stage.None(), nil
}

// Status implements stage.Reporter. It is there whether or not all fits, so that scrolling
// does not change the height of the page.
func (o *orders) Status(env *stage.Env) string {
	if !o.open {
		return ""
	}
	return " " + o.scroll.Where(env)
}

// Draw implements stage.Screen.
func (o *orders) Draw(env *stage.Env, size stage.Size) stage.Frame {
	if !o.open {
		return stage.Frame{Body: append([]string{""}, widget.Paragraph(env.Say("visit.matters.closed", "Count", len(o.orders)), 4, size.W-2)...)}
	}
	lines := []string{""}
	for _, order := range o.orders {
		lines = append(append(lines, people.Instructions(env, order, size.W)...), "")
	}
	return stage.Frame{Body: o.scroll.Draw(lines, size.H)}
}
