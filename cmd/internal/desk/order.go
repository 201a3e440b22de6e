package desk

import (
	"context"
	"slices"

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
		if code == "HT-M" || code == "HT-D" || code == "HT-A" {
			w := d.Worker()
			for _, r := range task.Script(task.Situation{
				Worker: w.Name, Post: w.Village, Place: p.Address, Name: p.Name, Age: p.Age(day),
			}) {
				b.Steps = append(b.Steps, d.phrase(r))
			}
		}
		out = append(out, b)
	}
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
	o := book.Order{Urgent: urgent, Quiet: t.Kind == "contact", Title: book.Phrase{Text: task.Title(t, d.opt.Speaker)}}
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
