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
	"doorstep/tui/widget/people"
)

// read is what the page of orders leaves behind: which were read, and whether she was leaving.
type read struct {
	codes   []string
	leaving bool
}

// Order is the page that says what must be done now. Quiet orders wait closed, behind one
// neutral sentence, until she opens them; the others stand there at once.
type Order struct {
	book    Book
	orders  []book.Order
	open    bool
	leaving bool
	top     int
	rows    int
	long    int
}

func newOrder(b Book, orders []book.Order, leaving bool) *Order {
	o := &Order{book: b, orders: orders, leaving: leaving, open: true}
	for _, order := range orders {
		if order.Quiet {
			o.open = false
		}
	}
	return o
}

// NewOrder makes the page for an order of 今日 or of a file, closed.
func NewOrder(b Book, order book.Order) *Order { return newOrder(b, []book.Order{order}, false) }

// Place implements stage.Screen.
func (o *Order) Place() keymap.Place { return OrderPlace }

// Header implements stage.Screen.
func (o *Order) Header(env *stage.Env) stage.Header {
	return stage.Header{Left: env.Say("visit.matters")}
}

// Leave implements stage.Leaver.
func (o *Order) Leave(*stage.Env) (stage.Action, tea.Cmd) { return o.later(), nil }

func (o *Order) later() stage.Action {
	if o.open {
		return stage.PopWith(read{codes: o.codes(), leaving: o.leaving})
	}
	return stage.PopWith(read{leaving: o.leaving})
}

func (o *Order) codes() []string {
	var out []string
	for _, order := range o.orders {
		out = append(out, order.Code)
	}
	return out
}

// Update implements stage.Screen.
func (o *Order) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	switch msg := msg.(type) {
	case stage.Do:
		switch msg.ID {
		case Attend:
			if !o.open {
				o.open = true
				return stage.None(), o.attend(env)
			}
			return o.later(), nil
		case Later:
			return o.later(), nil
		}
	case attendFailed:
		return stage.Notice(env.Error(msg.err)), nil
	case stage.Wheel:
		o.top += msg.Lines
	case tea.KeyPressMsg:
		switch keymap.Press(msg) {
		case "down":
			o.top++
		case "up":
			o.top--
		case "pgdown":
			o.top += o.rows
		case "pgup":
			o.top -= o.rows
		}
	}
	return stage.None(), nil
}

// attend notes that the orders were opened, where they are already on record.
func (o *Order) attend(env *stage.Env) tea.Cmd {
	b, orders, now := o.book, o.orders, env.Now()
	return func() tea.Msg {
		for _, order := range orders {
			if order.Urgent.IsZero() {
				continue
			}
			if err := b.Attend(context.Background(), order.Urgent, book.Attention{Step: "opened", At: now}); err != nil {
				return attendFailed{err}
			}
		}
		return nil
	}
}

type attendFailed struct{ err error }

// Draw implements stage.Screen.
func (o *Order) Draw(env *stage.Env, size stage.Size) stage.Frame {
	var lines []string
	add := func(indent int, text string, token theme.Token) {
		for _, l := range cell.Wrap(text, size.W-indent-2) {
			lines = append(lines, cell.Indent(indent)+env.Paint(token, l))
		}
	}
	lines = append(lines, "")
	if !o.open {
		add(4, env.Say("visit.matters.closed", "Count", len(o.orders)), theme.Plain)
		return stage.Frame{Body: lines}
	}
	for _, order := range o.orders {
		add(2, people.Say(env, order.Title), theme.Danger)
		for i, step := range order.Steps {
			text := string(rune('1'+i)) + ". " + people.Say(env, step)
			add(4, text, theme.Plain)
		}
		if len(order.Call) > 0 {
			add(4, env.Say("visit.matters.call", "Numbers", strings.Join(order.Call, "  ")), theme.Strong)
		}
		lines = append(lines, "")
	}
	o.rows, o.long = size.H, len(lines)
	o.top = max(0, min(o.top, o.long-o.rows))
	return stage.Frame{Body: lines[o.top:min(len(lines), o.top+size.H)]}
}
