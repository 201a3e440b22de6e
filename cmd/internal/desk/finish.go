package desk

import (
	"context"
	"slices"
	"time"

	"doorstep/casework"
	"doorstep/casework/rule"
	"doorstep/casework/task"
	"doorstep/tui/book"
)

// Finish implements book.Visitor: the visit, what follows from it and the end of the draft
// are one transaction.
func (d *Desk) Finish(ctx context.Context, s *book.Session) (book.Finished, error) {
	if f, ok := beside(s.Form.Definition().FormID); ok {
		return d.file(ctx, s, f)
	}
	p, err := d.person("desk.Finish", s.Person.Person)
	if err != nil {
		return book.Finished{}, err
	}
	closed, hindrances := s.Form.Finalise()
	if len(hindrances) > 0 {
		return book.Finished{}, casework.Problem("desk.Finish", "desk.unfinished", "Count", len(hindrances))
	}
	info, err := d.draft(s.Draft)
	if err != nil {
		return book.Finished{}, err
	}
	day, _ := d.Today()
	plan := rule.Due(p, d.store.Visits(p.ID), d.table(day), day)
	now := d.opt.Now().In(casework.Shanghai).Truncate(time.Second)
	c := task.Circumstances{
		FormHash: info.FormHash, Entered: now, FromForm: s.Paper, Paper: s.Form.Options().Facts[factNumber], Grade: plan.Grade.Grade,
	}
	if !s.Paper {
		c.Started, c.Ended = info.Started.In(casework.Shanghai).Truncate(time.Second), now
	}
	values := task.Record(s.Form, closed, c)
	defer d.superseded(ctx) // drafts of older questionnaires that this one went on from end with it
	if d.store.Closed() {
		unread(values, closed)
	}
	return d.conclude(ctx, p, s.Draft, values, task.Finished{
		Date: closed.Day, At: now, Triggers: task.Codes(closed.Triggers), Unknowns: len(closed.Unknowns),
		Needs: task.Promises(s.Form), Broken: task.Broken(s.Form),
	})
}

// conclude saves a visit with the tasks that follow from it. A zero draft is none.
func (d *Desk) conclude(ctx context.Context, p casework.Person, draft casework.ID, values casework.Values, done task.Finished) (book.Finished, error) {
	a := d.store.Author()
	id, err := a.NewRecord()
	if err != nil {
		return book.Finished{}, err
	}
	values["worker"] = a.Worker
	visit, err := a.Create(id, casework.KindVisit, p.ID, values)
	if err != nil {
		return book.Finished{}, err
	}
	done.Person, done.Visit = p, id
	after := append(slices.Clone(d.store.Visits(p.ID)), summary(visit))
	if p.IsChild(done.Date) {
		done.Unseen = rule.Unseen(after, done.Date)
	}
	files, err := d.files(draft, p.ID, id, values)
	if err != nil {
		return book.Finished{}, err
	}
	ops := append([]casework.Op{visit}, files...)
	urgent := map[bool]casework.RecordID{} // by whether it is quiet
	table := d.table(done.Date)
	openings := task.Open(done, table)
	for _, o := range openings {
		tid, err := a.NewRecord()
		if err != nil {
			return book.Finished{}, err
		}
		op, err := a.Create(tid, casework.KindTask, p.ID, o.Values())
		if err != nil {
			return book.Finished{}, err
		}
		if len(o.Triggers) > 0 {
			urgent[o.Kind == "contact"] = tid
		}
		ops = append(ops, op)
	}
	if draft.IsZero() {
		err = d.store.Save(ctx, ops...)
	} else {
		err = d.saveAndClose(ctx, draft, ops...)
	}
	if err != nil {
		return book.Finished{}, err
	}
	d.tell()
	d.Exchange()
	out := book.Finished{Visit: id, Orders: d.orders(done.Triggers, p), Tasks: len(openings)}
	for i, o := range out.Orders {
		out.Orders[i].Urgent = urgent[o.Quiet]
	}
	if d.store.Closed() {
		return out, nil // what is next stands in her file
	}
	day, _ := d.Today()
	next := rule.Due(p, after, table, day)
	out.Next = next.Date
	if next.Grade.Grade > 0 {
		out.Grade = book.Phrase{Key: "desk.grade", Pairs: []any{"Grade", d.term("grade", string(rune('0'+next.Grade.Grade)))}}
	}
	return out, nil
}

// summary is a visit's operation as the rules read it.
func summary(op casework.Op) casework.VisitSummary {
	r, _ := casework.Merge(casework.Record{}, op)
	return casework.SummaryOf(r)
}

// NotMet implements book.Visitor: nobody was met, in one step. An elder who lives alone and
// is not met twice within a day brings the order for that (HT-N, domain §12).
func (d *Desk) NotMet(ctx context.Context, id casework.RecordID, result, note string) (book.Finished, error) {
	p, err := d.person("desk.NotMet", id)
	if err != nil {
		return book.Finished{}, err
	}
	day, _ := d.Today()
	now := d.opt.Now().In(casework.Shanghai).Truncate(time.Second)
	values := casework.Values{
		"date": day, "entered": now, "mode": "door", "result": result, "seen": false, "source": "screen", "purpose": "routine", "depth": "greeting",
	}
	if note = casework.CleanLine(note, 200); note != "" {
		values["summary"] = note
	}
	done := task.Finished{Date: day, At: now}
	alone := p.Living == "alone" || slices.Contains(p.ElderCategories, "EL1")
	if result == "not_met" && alone && p.IsElder(day) {
		for _, v := range d.store.Visits(id) {
			if v.Counts() && v.Result == "not_met" && v.Date <= day && day.Sub(v.Date) <= 1 {
				done.Triggers = []string{"HT-N"}
			}
		}
	}
	return d.conclude(ctx, p, casework.ID{}, values, done)
}
