package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"doorstep/casework"
	"doorstep/casework/task"
	"doorstep/tui/book"
)

// Orders implements book.Visitor.
func (d *Desk) Orders(s *book.Session) []book.Order {
	p, err := d.person("desk.Orders", s.Person.Person)
	if err != nil {
		p = casework.Person{Name: s.Person.Name}
	}
	return d.orders(task.Codes(s.Form.Triggers()), p)
}

func (d *Desk) orders(codes []string, p casework.Person) []book.Order {
	day, _ := d.Today()
	var out []book.Order
	for _, code := range codes {
		o, ok := task.OrderOf(code, p, day)
		if !ok {
			continue
		}
		b := book.Order{Code: code, Quiet: o.Quiet, Title: book.Phrase{Key: o.Title}}
		for _, l := range o.Steps {
			b.Steps = append(b.Steps, book.Phrase{Key: l.Key})
			if l.Number != "" && !slices.Contains(b.Call, l.Number) {
				b.Call = append(b.Call, l.Number)
			}
		}
		if o.Quiet {
			b.Script = d.script(p)
		}
		out = append(out, b)
	}
	return out
}

// script is what to read out on the telephone (people §1.5).
func (d *Desk) script(p casework.Person) []book.Phrase {
	day, _ := d.Today()
	w := d.Worker()
	var out []book.Phrase
	for _, r := range task.Script(task.Situation{
		Worker: w.Name, Post: d.say("desk.post", "Village", w.Village, "Role", d.label("role", string(w.Role))),
		Place: d.place(p.Area()) + p.Grid + " " + p.Address, Name: p.Name, Age: p.Age(day),
	}) {
		out = append(out, d.phrase(r))
	}
	return out
}

// taken is what was noted about a task so far, oldest first.
func (d *Desk) taken(r casework.Record) []book.Attention {
	var out []book.Attention
	for _, f := range r.Elements("steps") {
		var step struct {
			On   time.Time `json:"on"`
			Note string    `json:"note"`
		}
		if r.Read(f, &step) {
			out = append(out, book.Attention{Step: strings.TrimPrefix(string(f), "steps/"), At: step.On, Note: step.Note})
		}
	}
	slices.SortFunc(out, func(a, b book.Attention) int { return a.At.Compare(b.At) })
	return out
}

// Order implements book.Reader: the order behind an urgent line of 今日. A quiet one whose
// true kind this laptop may not read back any more says in neutral words whom to reach.
func (d *Desk) Order(ctx context.Context, urgent casework.RecordID) (book.Order, error) {
	r, err := d.store.Record(ctx, urgent)
	if err != nil {
		return book.Order{}, err
	}
	t := casework.TaskOf(r)
	p, err := d.person("desk.Order", t.Owner)
	if err != nil {
		return book.Order{}, err
	}
	o := book.Order{Urgent: urgent, Quiet: t.Kind == "contact", Title: book.Phrase{Text: task.Title(t, d.opt.Speaker)}, Taken: d.taken(r)}
	if o.Quiet {
		o.Script, o.People = d.script(p), d.readers(p)
	}
	if all := d.orders(t.Triggers, p); len(all) > 0 {
		o.Title, o.Code = all[0].Title, all[0].Code
		for _, one := range all {
			o.Steps = append(o.Steps, one.Steps...)
			for _, n := range one.Call {
				if !slices.Contains(o.Call, n) {
					o.Call = append(o.Call, n)
				}
			}
		}
		return o, nil
	}
	o.Steps = []book.Phrase{
		{Key: "desk.order.reach", Pairs: []any{"Until", t.DueAt.In(casework.Shanghai).Format("01-02 15:04")}},
		{Key: "desk.order.tell", Pairs: []any{"Name", p.Name}},
	}
	return o, nil
}

// readers are those who would see a report about a person: whoever has her in their care and
// may read such things. One of them may be implicated.
func (d *Desk) readers(p casework.Person) []book.Colleague {
	d.mu.Lock()
	defer d.mu.Unlock()
	me := d.store.Author().Worker
	var out []book.Colleague
	for id, c := range d.workers {
		actor := casework.Actor{Worker: id, Role: c.Role, Scopes: c.Scopes}
		if id != me && c.Role.Clearance() >= casework.Restricted && actor.Holds(p.Areas, p.Duties) {
			out = append(out, book.Colleague{ID: id, Name: c.Name, Duty: book.Phrase{Text: d.label("role", string(c.Role))}})
		}
	}
	slices.SortFunc(out, func(a, b book.Colleague) int { return strings.Compare(a.Name+a.ID.String(), b.Name+b.ID.String()) })
	return out
}
