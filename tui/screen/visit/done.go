package visit

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget/people"
)

// done says that the visit is saved, when the next one is due, what must be done now, and who
// else behind the door is due.
type done struct {
	person book.Line
	doors  Doors
	f      book.Finished
	mates  []book.Line
	short  book.Phrase // what the visit does not count for
	day    casework.Day
	orders []book.Order // not opened yet
}

// mostMates is how many of a household digits choose.
const mostMates = 9

func newDone(doors Doors, f book.Finished, session *book.Session) *done {
	d := &done{person: session.Person, doors: doors, f: f, mates: session.Mates, short: session.Short, day: session.Form.Day()}
	if session.Paper {
		d.mates = nil // the next one is the next sheet of the pile
	}
	for _, o := range f.Orders {
		if !o.Urgent.IsZero() {
			d.orders = append(d.orders, o)
		}
	}
	return d
}

func (d *done) Place() keymap.Place { return DonePlace }

func (d *done) Header(env *stage.Env) stage.Header {
	return stage.Header{Left: people.Name(env, d.person) + "  " + env.Say("visit.done.title")}
}

// Able implements stage.Able.
func (d *done) Able(env *stage.Env, id keymap.ID) string {
	switch {
	case id == Matters && len(d.orders) == 0:
		return env.Say("visit.no_matters")
	case id == Mate && len(d.mates) == 0:
		return env.Say("visit.no_mates")
	}
	return ""
}

// Leave implements stage.Leaver.
func (d *done) Leave(*stage.Env) (stage.Action, tea.Cmd) { return d.leave(), nil }

// leave opens what was not opened yet, one after the other, before it goes back. What she puts
// off stays on 今日.
func (d *done) leave() stage.Action {
	if len(d.orders) > 0 {
		return d.next()
	}
	return stage.Pop()
}

func (d *done) next() stage.Action {
	o := d.orders[0]
	d.orders = d.orders[1:]
	return stage.Push(d.doors.Urgent(o))
}

// Update implements stage.Screen.
func (d *done) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	do, ok := msg.(stage.Do)
	if !ok {
		return stage.None(), nil
	}
	switch do.ID {
	case Matters:
		return d.leave(), nil
	case Done:
		return d.leave(), nil
	case Mate:
		n, _ := strconv.Atoi(do.Key)
		if n < 1 || n > min(len(d.mates), mostMates) {
			return stage.Notice(env.Say("today.no_such", "Digit", n)), nil
		}
		if len(d.orders) > 0 {
			return d.next(), nil // what must be done now comes before the next visit
		}
		return stage.Replace(d.doors.Mate(d.mates[n-1].Person)), nil
	}
	return stage.None(), nil
}

// Draw implements stage.Screen.
func (d *done) Draw(env *stage.Env, size stage.Size) stage.Frame {
	f := stage.Frame{Body: []string{""}}
	add := func(text string, token theme.Token) {
		for _, l := range cell.Wrap(text, size.W-6) {
			f.Body = append(f.Body, "   "+env.Paint(token, l))
		}
	}
	add(env.Say("visit.done"), theme.Good)
	f.Body = append(f.Body, "")
	if d.f.Grade.Said() {
		add(people.Say(env, d.f.Grade), theme.Plain)
	}
	if d.short.Said() {
		add(people.Say(env, d.short), theme.Plain)
	}
	switch {
	case d.f.Next == 0:
	case d.f.Next < d.day: // the visit was too short to count
		add(env.Say("visit.done.owed", "Day", d.f.Next.String()), theme.Plain)
	default:
		add(env.Say("visit.done.next", "Day", d.f.Next.String()), theme.Plain)
	}
	if d.f.Tasks > 0 {
		add(env.Say("visit.done.tasks", "Count", d.f.Tasks), theme.Plain)
	}
	if len(d.orders) > 0 {
		f.Body = append(f.Body, "")
		add(env.Say("visit.done.matters", "Count", len(d.orders)), theme.Strong)
	}
	if len(d.mates) > 0 {
		f.Body = append(f.Body, "")
		add(env.Say("visit.done.mates"), theme.Plain)
		for i, m := range d.mates[:min(len(d.mates), mostMates)] {
			f.Body = append(f.Body, people.Row(env, m, strconv.Itoa(i+1), false, size.W))
		}
	}
	return f
}
