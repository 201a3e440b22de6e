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

// save writes operations that say something, tells the screens and calls for an exchange.
func (d *Desk) save(ctx context.Context, ops ...casework.Op) error {
	ops = slices.DeleteFunc(ops, func(o casework.Op) bool { return len(o.Writes) == 0 })
	if len(ops) == 0 {
		return nil
	}
	if err := d.store.Save(ctx, ops...); err != nil {
		return err
	}
	d.tell()
	d.Exchange()
	return nil
}

// Likely implements book.Writer: people with the same number, or the same or a similar name and about the same age.
func (d *Desk) Likely(n book.NewPerson) []book.Line {
	day, _ := d.Today()
	var out []book.Line
	first, last := n.Birth.Bounds()
	for _, h := range d.store.Find(n.Name) {
		a, b := h.Person.Birth.Bounds()
		if n.Sex != "" && h.Person.Sex != "" && n.Sex != h.Person.Sex || n.Birth.IsZero() || h.Person.Birth.IsZero() ||
			b.AddDays(730) < first || a.AddDays(-730) > last {
			if h.Person.Name != n.Name {
				continue
			}
		}
		out = append(out, d.plain(*h.Person, day))
	}
	if id, err := casework.ParseResidentID(n.Resident, day); err == nil && n.Resident != "" {
		for _, p := range d.store.People() {
			same := p.Resident.Reveal() == id.Reveal()
			if same && !slices.ContainsFunc(out, func(l book.Line) bool { return l.Person == p.ID }) {
				out = slices.Insert(out, 0, d.plain(*p, day))
			}
		}
	}
	return out[:min(len(out), 8)]
}

// plain is a line without a plan.
func (d *Desk) plain(p casework.Person, day casework.Day) book.Line {
	return book.Line{
		Person: p.ID, Name: p.Name, Sex: p.Sex, Age: p.Age(day), Group: p.Grid, Village: d.place(p.Area()), Urgency: book.Later,
	}
}

// Add implements book.Writer.
func (d *Desk) Add(ctx context.Context, n book.NewPerson) (casework.RecordID, error) {
	a := d.store.Author()
	day, _ := d.Today()
	id, err := a.NewRecord()
	if err != nil {
		return id, err
	}
	name, err := casework.CleanName(n.Name)
	if err != nil {
		return id, err
	}
	v := casework.Values{
		"name": name, "area": n.Area, "duties": n.Duties, "remark": n.Reason, "category_since": casework.DateOf(day),
	}
	if n.Sex != "" {
		v["sex"] = n.Sex
	}
	if !n.Birth.IsZero() {
		v["birth"] = n.Birth
	}
	if g := casework.CleanLine(n.Group, 30); g != "" {
		v["grid"] = g
	}
	switch {
	case n.Resident != "":
		number, err := casework.ParseResidentID(n.Resident, day)
		if err != nil {
			return id, err
		}
		v["resident"] = number.Register()
	case n.Absent != "":
		absent, err := casework.AbsentID(n.Absent)
		if err != nil {
			return id, err
		}
		v["resident"] = absent.Register()
	}
	if strings.TrimSpace(n.Phone) != "" {
		phones, err := casework.ParsePhones(n.Phone)
		if err != nil {
			return id, err
		}
		for _, p := range phones {
			element, err := a.NewRecord()
			if err != nil {
				return id, err
			}
			v[casework.Field("phones/"+element.String())] = string(p)
		}
	}
	op, err := a.Create(id, casework.KindPerson, casework.RecordID{}, v)
	if err != nil {
		return id, err
	}
	return id, d.save(ctx, op)
}

// Record implements book.Writer.
func (d *Desk) Record(ctx context.Context, id casework.RecordID) (casework.Record, error) {
	return d.store.Record(ctx, id)
}

// Edit implements book.Writer. New elements of a set get an id of their own.
func (d *Desk) Edit(ctx context.Context, seen casework.Record, values casework.Values, reason string) error {
	a := d.store.Author()
	ready := casework.Values{}
	for f, v := range values {
		if set, ok := strings.CutSuffix(string(f), "/new"); ok {
			id, err := a.NewRecord()
			if err != nil {
				return err
			}
			f = casework.Field(set + "/" + id.String())
		}
		ready[f] = v
	}
	op, err := a.Edit(seen, ready, reason)
	if err != nil {
		return err
	}
	return d.save(ctx, op)
}

// Settle implements book.Writer.
func (d *Desk) Settle(ctx context.Context, seen casework.Record, field casework.Field, value any) error {
	op, err := d.store.Author().Settle(seen, field, value)
	if err != nil {
		return err
	}
	return d.save(ctx, op)
}

// Correct implements book.Writer: 更正. The wrong visit stays in the log and counts no more.
func (d *Desk) Correct(ctx context.Context, visit, to casework.RecordID, reason string) error {
	a := d.store.Author()
	old, err := d.store.Record(ctx, visit)
	if err != nil {
		return err
	}
	if to.IsZero() {
		op, err := a.Retract(old, reason)
		if err != nil {
			return err
		}
		files, err := d.retractFiles(ctx, old, reason)
		if err != nil {
			return err
		}
		return d.save(ctx, append(files, op)...)
	}
	id, err := a.NewRecord()
	if err != nil {
		return err
	}
	v := casework.Values{"supersedes": visit, "correction_reason": casework.CleanLine(reason, 200)}
	spec, _ := casework.SchemaOf(casework.KindVisit)
	for f, reg := range old.Registers {
		if m := spec.Members(f); len(m) == 1 && !m[0].Late && f != "supersedes" && f != "correction_reason" && !reg.Removed() {
			v[f] = reg.Value
		}
	}
	files, renamed, err := d.moveFiles(ctx, old, id, to, v, reason)
	if err != nil {
		return err
	}
	moved, err := a.Create(id, casework.KindVisit, to, v)
	if err != nil {
		return err
	}
	closed, err := a.Edit(old, casework.Values{casework.FieldSupersededBy: id}, reason)
	if err != nil {
		return err
	}
	if err := d.store.SaveMoved(ctx, renamed, append(files, moved, closed)...); err != nil {
		return err
	}
	d.tell()
	d.Exchange()
	return nil
}

// Promise implements book.Writer.
func (d *Desk) Promise(ctx context.Context, id casework.RecordID, done bool) error {
	r, err := d.store.Record(ctx, id)
	if err != nil {
		return err
	}
	t := casework.TaskOf(r)
	day, _ := d.Today()
	v := casework.Values{"step": "done", "done_on": day}
	reason := ""
	if !done {
		v["done_on"], reason = nil, d.say("desk.undone")
		if k, ok := task.KindOf(t.Kind); ok {
			v["step"] = k.First()
		}
	}
	op, err := d.store.Author().Edit(r, v, reason)
	if err != nil {
		return err
	}
	return d.save(ctx, op)
}

// Attend implements book.Writer. What was done stands in the steps of the task, in neutral
// words; the officer's name and the call stand in its restricted part.
func (d *Desk) Attend(ctx context.Context, urgent casework.RecordID, what book.Attention) error {
	r, err := d.store.Record(ctx, urgent)
	if err != nil {
		return err
	}
	a := d.store.Author()
	at := what.At
	if at.IsZero() {
		at = d.opt.Now()
	}
	step := map[string]any{"on": at.In(casework.Shanghai).Truncate(time.Second), "by": a.Worker}
	if what.Note != "" {
		step["note"] = casework.CleanLine(what.Note, 200)
	}
	v := casework.Values{casework.Field("steps/" + what.Step): step}
	if what.Officer != "" {
		v["report"] = map[string]any{"called": at.In(casework.Shanghai).Truncate(time.Second), "officer": casework.CleanLine(what.Officer, 60)}
	}
	if len(what.Exclude) > 0 {
		v[casework.FieldExcluded] = what.Exclude
	}
	switch what.Step {
	case "supervisor", "station", "bureau", "done":
		day, _ := d.Today()
		v["step"], v["done_on"] = "done", day
	}
	op, err := a.Edit(r, v, "")
	if err != nil {
		return err
	}
	ops := []casework.Op{op}
	if len(what.Exclude) > 0 {
		if err := d.hide(ctx, r, what.Exclude, &ops); err != nil {
			return err
		}
	}
	return d.save(ctx, ops...)
}
