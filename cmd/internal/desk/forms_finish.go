package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/casework/task"
	"doorstep/tui/book"
)

// file closes a form: its record, what follows from it and the end of its draft are one
// transaction.
func (d *Desk) file(ctx context.Context, s *book.Session, f packs.Form) (book.Finished, error) {
	const op = "desk.Finish"
	closed, hindrances := s.Form.Finalise()
	if len(hindrances) > 0 {
		return book.Finished{}, casework.Problem(op, "desk.unfinished", "Count", len(hindrances))
	}
	info, err := d.draft(s.Draft)
	if err != nil {
		return book.Finished{}, err
	}
	var p casework.Person
	if !aboutPlace(f) {
		if p, err = d.person(op, info.Person); err != nil {
			return book.Finished{}, err
		}
	}
	w := &filing{d: d, form: f, in: s.Form, closed: closed, person: p, facts: s.Form.Options().Facts, author: d.store.Author()}
	w.at = d.opt.Now().In(casework.Shanghai).Truncate(time.Second)
	if w.record, err = w.author.NewRecord(); err != nil {
		return book.Finished{}, err
	}
	w.values = task.FormRecord(s.Form, closed, task.FormFiled{FormHash: info.FormHash, Entered: w.at, Paper: s.Paper})
	if err := w.write(ctx); err != nil {
		return book.Finished{}, err
	}
	owner := w.ops[0].Owner
	if owner.IsZero() {
		owner = w.record // a check of a place holds its own photos
	}
	files, err := d.files(s.Draft, owner, w.record, w.values)
	if err != nil {
		return book.Finished{}, err
	}
	w.ops = append(w.ops, files...)
	if err := d.saveAndClose(ctx, s.Draft, w.ops...); err != nil {
		return book.Finished{}, err
	}
	d.tell()
	d.Exchange()
	return w.finished(), nil
}

// filing is one form on its way to the disk.
type filing struct {
	d      *Desk
	form   packs.Form
	in     *form.Instance
	closed form.Closed
	person casework.Person
	facts  map[string]string
	author casework.Author
	at     time.Time
	record casework.RecordID

	values   casework.Values
	ops      []casework.Op
	openings []task.Opening
	urgent   map[bool]casework.RecordID // by whether it is quiet
}

func (w *filing) write(ctx context.Context) error {
	kind, owner := casework.KindForm, w.d.ownerOf(w.form, w.person)
	w.values["worker"] = w.author.Worker
	if area := w.facts[factArea]; area != "" {
		kind, owner = casework.KindCheck, casework.RecordID{}
		w.values[casework.FieldArea], w.values[casework.FieldDuties] = area, []casework.Duty{casework.DutyAid}
	}
	excluded := w.excluded()
	if len(excluded) > 0 {
		w.values[casework.FieldExcluded] = excluded
	}
	var rest []casework.Op
	made, err := w.follow(owner, excluded, &rest)
	if err != nil {
		return err
	}
	if len(made) > 0 {
		w.values["made"] = made
	}
	if err := w.correct(ctx, &rest); err != nil {
		return err
	}
	if err := w.hide(ctx, excluded, &rest); err != nil {
		return err
	}
	op, err := w.author.Create(w.record, kind, owner, w.values)
	w.ops = append([]casework.Op{op}, rest...)
	return err
}

// excluded are the people it is kept from: those chosen, and colleagues named in the form as
// implicated.
func (w *filing) excluded() []casework.WorkerID {
	var out []casework.WorkerID
	for _, text := range strings.Fields(w.facts[factExclude]) {
		if id, err := casework.ParseID(text); err == nil {
			out = append(out, casework.WorkerID{ID: id})
		}
	}
	it := w.in.Definition().Find("r_implicated")
	if !task.Protected(w.form.ID) || it == nil {
		return out
	}
	v, _ := w.in.View(it.Path)
	for _, c := range w.d.readers(w.person) {
		if c.Name != "" && strings.Contains(v.Value, c.Name) && !slices.Contains(out, c.ID) {
			out = append(out, c.ID)
		}
	}
	return out
}

// follow makes the tasks and the care entries that come of a form.
func (w *filing) follow(owner casework.RecordID, excluded []casework.WorkerID, ops *[]casework.Op) ([]casework.RecordID, error) {
	if w.person.ID.IsZero() {
		return nil, nil // nobody's file has it
	}
	w.openings = task.OpenForm(task.FormDone{
		In: w.in, Closed: w.closed, Person: w.person, Record: w.record, At: w.at, Order: w.facts[factUrgent] != "", Excluded: excluded,
	}, w.d.table(casework.DayOf(w.at)))
	w.urgent = map[bool]casework.RecordID{}
	var made []casework.RecordID
	add := func(kind casework.Kind, to casework.RecordID, v casework.Values) (casework.RecordID, error) {
		id, err := w.author.NewRecord()
		if err != nil {
			return id, err
		}
		op, err := w.author.Create(id, kind, to, v)
		*ops, made = append(*ops, op), append(made, id)
		return id, err
	}
	for _, o := range w.openings {
		id, err := add(casework.KindTask, w.person.ID, o.Values())
		if err != nil {
			return nil, err
		}
		if len(o.Triggers) > 0 {
			w.urgent[o.Kind == "contact"] = id
		}
	}
	for _, v := range task.Care(w.in, w.person.ID) {
		if _, err := add(casework.KindCare, w.person.ID, v); err != nil {
			return nil, err
		}
	}
	return made, nil
}

// correct closes the record this one takes the place of, with the care entries it had made.
func (w *filing) correct(ctx context.Context, ops *[]casework.Op) error {
	id, err := casework.ParseID(w.facts[factAgain])
	if w.facts[factAgain] == "" || err != nil {
		return nil
	}
	old, err := w.d.store.Record(ctx, casework.RecordID{ID: id})
	if err != nil {
		return err
	}
	why := w.facts[factWhy]
	w.values["supersedes"], w.values["correction_reason"] = old.ID, why
	op, err := w.author.Edit(old, casework.Values{casework.FieldSupersededBy: w.record}, why)
	if err != nil {
		return err
	}
	*ops = append(*ops, op)
	return w.d.undo(ctx, w.author, casework.FilledFormOf(old).Made, why, ops)
}

// undo takes back the care entries a form had made. Its tasks stay: they may be under way.
func (d *Desk) undo(ctx context.Context, a casework.Author, made []casework.RecordID, why string, ops *[]casework.Op) error {
	for _, id := range made {
		r, err := d.store.Record(ctx, id)
		if err != nil {
			return err
		}
		if r.Kind != casework.KindCare {
			continue
		}
		op, err := a.Retract(r, why)
		if err != nil {
			return err
		}
		*ops = append(*ops, op)
	}
	return nil
}

// hide keeps the order it is written for from the same people as the form.
func (w *filing) hide(ctx context.Context, excluded []casework.WorkerID, ops *[]casework.Op) error {
	id, err := casework.ParseID(w.facts[factUrgent])
	if len(excluded) == 0 || w.facts[factUrgent] == "" || err != nil {
		return nil
	}
	order, err := w.d.store.Record(ctx, casework.RecordID{ID: id})
	if err != nil {
		return err
	}
	if !order.IsZero() {
		op, err := w.author.Edit(order, casework.Values{casework.FieldExcluded: excluded}, "")
		if err != nil {
			return err
		}
		*ops = append(*ops, op)
	}
	return w.d.hide(ctx, order, excluded, ops)
}

// hide keeps from people what an order rests on: the visit or form it came from, the
// protected forms she wrote about the same person, and what else these ask to be done.
func (d *Desk) hide(ctx context.Context, order casework.Record, from []casework.WorkerID, ops *[]casework.Op) error {
	if order.IsZero() {
		return nil
	}
	me := d.store.Author().Worker
	roots := []casework.RecordID{}
	if visit := casework.TaskOf(order).OpenedBy; !visit.IsZero() {
		roots = append(roots, visit)
	}
	for _, f := range d.store.Forms(order.Owner) {
		if f.Protected && f.Worker == me && !slices.Contains(roots, f.ID) {
			roots = append(roots, f.ID)
		}
	}
	all := slices.Clone(roots)
	for _, t := range d.store.Tasks(order.Owner) {
		quiet := t.Kind == "contact" || strings.HasPrefix(t.TitleKey, "task.title.form.report")
		if quiet && t.ID != order.ID && slices.Contains(roots, t.OpenedBy) {
			all = append(all, t.ID)
		}
	}
	for _, id := range all {
		r, err := d.store.Record(ctx, id)
		if err != nil {
			return err
		}
		if r.IsZero() {
			continue
		}
		op, err := d.store.Author().Edit(r, casework.Values{casework.FieldExcluded: from}, "")
		if err != nil {
			return err
		}
		*ops = append(*ops, op)
	}
	return nil
}

// finished is what the screen says afterwards.
func (w *filing) finished() book.Finished {
	d := w.d
	out := book.Finished{Visit: w.record, Tasks: len(w.openings)}
	codes := task.Codes(w.closed.Triggers)
	if !w.person.ID.IsZero() {
		out.Orders = d.orders(codes, w.person)
	}
	for i, o := range out.Orders {
		out.Orders[i].Urgent = w.urgent[o.Quiet]
	}
	filed := &book.Filed{Title: formTitle(w.form.ID), Advice: task.FormAdvises(w.form.ID)}
	if !task.Protected(w.form.ID) {
		for _, text := range task.FormNotes(w.in, d.store.Actor().Role.Clearance()) {
			filed.Results = append(filed.Results, book.Phrase{Text: text})
		}
		filed.Adopt = d.adoptable(w.formRecord())
	}
	for _, o := range w.openings {
		t := casework.Task{Title: o.Title, TitleKey: o.TitleKey, TitleArgs: o.TitleArgs, Need: o.Need, Kind: o.Kind}
		filed.Tasks = append(filed.Tasks, book.Promise{Text: task.Title(t, d.opt.Speaker), Until: o.Due})
	}
	out.Filed = filed
	return out
}

// formRecord is the form as it now stands.
func (w *filing) formRecord() casework.FilledForm {
	r, _ := casework.Merge(casework.Record{}, w.ops[0])
	return casework.FilledFormOf(r)
}
