package desk

import (
	"context"
	"slices"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/task"
	"doorstep/store/laptop"
	"doorstep/tui/book"
)

// Facts of a draft that are not the questionnaire's: they travel in its first change.
const (
	factPaper  = "x_paper"        // "1": entered from paper
	factNumber = "x_paper_number" // of the sheet
)

// Drafts implements book.Visitor.
func (d *Desk) Drafts(ctx context.Context) ([]book.Draft, error) {
	var out []book.Draft
	old, hidden := d.superseded(ctx)
	for _, info := range d.store.Drafts() {
		if hidden[info.ID] {
			continue
		}
		b := book.Draft{ID: info.ID, Person: info.Person, Title: info.Title, Saved: info.Last, Old: old[info.ID]}
		if p, ok := d.store.Person(info.Person); ok {
			b.Name = p.Name
		}
		_, b.Beside = beside(info.Form)
		if in, err := d.reopen(ctx, info.Draft); err == nil {
			answered, _ := in.Progress()
			b.Number, b.Paper = answered+1, in.Options().Facts[factPaper] == "1"
			if area := casework.Area(in.Options().Facts[factArea]); area != "" {
				b.Name = d.place(area)
			}
			if def, err := d.current(info.Form); err == nil {
				b.Outdate = hashOf(def) != info.FormHash
			}
		}
		out = append(out, b)
	}
	slices.SortFunc(out, func(a, b book.Draft) int {
		if a.Old != b.Old { // behind those she goes on with
			return map[bool]int{true: 1, false: -1}[a.Old]
		}
		return b.Saved.Compare(a.Saved)
	})
	return out, nil
}

func (d *Desk) draft(id casework.ID) (laptop.DraftInfo, error) {
	for _, info := range d.store.Drafts() {
		if info.ID == id {
			return info, nil
		}
	}
	if begin, bodies := d.unsaved.waiting(id); begin != nil {
		return laptop.DraftInfo{Draft: *begin, Changes: len(bodies), Last: begin.Started}, nil
	}
	return laptop.DraftInfo{}, casework.Problem("desk.draft", "desk.no_draft")
}

// reopen rebuilds a draft from its journal.
func (d *Desk) reopen(ctx context.Context, draft laptop.Draft) (*form.Instance, error) {
	changes, _, err := d.journal(ctx, draft.ID)
	if err != nil {
		return nil, err
	}
	def := d.definition(ctx, draft.Form, draft.FormHash)
	if def == nil {
		return nil, casework.Problem("desk.reopen", "desk.form_gone")
	}
	return form.Resume(def, changes, d.opt.Now)
}

// Resume implements book.Visitor.
func (d *Desk) Resume(ctx context.Context, id casework.ID) (*book.Session, error) {
	info, err := d.draft(id)
	if err != nil {
		return nil, err
	}
	in, err := d.reopen(ctx, info.Draft)
	if err != nil {
		return nil, err
	}
	f, other := beside(info.Form)
	var p casework.Person
	if !other || !aboutPlace(f) {
		if p, err = d.person("desk.Resume", info.Person); err != nil {
			return nil, err
		}
	}
	var s *book.Session
	if other {
		s = d.formSession(info.Draft, in, p, info.Last)
	} else {
		if in, err = d.meanwhile(ctx, info.Draft, in, p); err != nil {
			return nil, err
		}
		s = d.session(info.Draft, in, p, info.Last)
	}
	def, err := d.current(info.Form)
	old, _ := d.superseded(ctx)
	s.Newer = err == nil && hashOf(def) != info.FormHash && !old[id]
	return s, nil
}

// Discard implements book.Visitor. An order that an answer had given stays: it becomes a task.
func (d *Desk) Discard(ctx context.Context, id casework.ID, reason string) error {
	info, err := d.draft(id)
	if err != nil {
		return err
	}
	if err := d.stays(ctx, info); err != nil {
		return err
	}
	in, err := d.reopen(ctx, info.Draft)
	codes := []string(nil)
	if err == nil {
		codes = task.Codes(in.Triggers())
	}
	p, known := d.store.Person(info.Person)
	if len(codes) == 0 || !known {
		if err := d.dropDraft(ctx, id, reason); err != nil {
			return err
		}
		d.tell()
		return nil
	}
	day, _ := d.Today()
	a := d.store.Author()
	var ops []casework.Op
	for _, o := range task.Open(task.Finished{Person: *p, Date: day, At: d.opt.Now(), Triggers: codes}, d.table(day)) {
		tid, err := a.NewRecord()
		if err != nil {
			return err
		}
		op, err := a.Create(tid, casework.KindTask, p.ID, o.Values())
		if err != nil {
			return err
		}
		ops = append(ops, op)
	}
	if err := d.saveAndClose(ctx, id, ops...); err != nil {
		return err
	}
	d.tell()
	d.Exchange()
	return nil
}
