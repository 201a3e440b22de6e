package desk

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"slices"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/casework/rule"
	"doorstep/casework/task"
	"doorstep/store/laptop"
	"doorstep/tui/book"
)

// Facts of a draft that are not the questionnaire's: they travel in its first change.
const (
	factPaper  = "x_paper"        // "1": entered from paper
	factNumber = "x_paper_number" // of the sheet
)

// hashOf names a questionnaire.
func hashOf(def *form.Definition) casework.Hash { return sha256.Sum256(def.Encode()) }

// definition is a questionnaire as it was when a visit was made with it; nil when this
// laptop never had it.
func (d *Desk) definition(ctx context.Context, name string, hash casework.Hash) *form.Definition {
	sources := []packs.Pack{d.pack(), packs.Default()}
	for _, p := range sources {
		if def, err := p.Form(name); err == nil && (hash.IsZero() || hashOf(def) == hash) {
			return def
		}
	}
	for _, ref := range d.store.Packs() {
		if ref.Name != PackTables {
			continue
		}
		body, err := d.store.Pack(ctx, ref.Hash)
		if err != nil {
			continue
		}
		if p, err := packs.Load(body); err == nil {
			if def, err := p.Form(name); err == nil && hashOf(def) == hash {
				return def
			}
		}
	}
	return nil
}

// formFor is the questionnaire for a person: by her age where that is clear, else by the line of work she belongs to.
func (d *Desk) formFor(p casework.Person, day casework.Day) (*form.Definition, error) {
	duty := casework.DutyElder
	if p.IsChild(day) {
		duty = casework.DutyChild
	}
	name, ok := packs.FormFor(duty)
	if !ok {
		return nil, casework.Problem("desk.formFor", "desk.no_form")
	}
	return d.pack().Form(name)
}

// Begin implements book.Visitor.
func (d *Desk) Begin(ctx context.Context, b book.Beginning) (*book.Session, error) {
	if len(b.Persons) == 0 {
		return nil, casework.Problem("desk.Begin", "desk.no_person")
	}
	p, err := d.person("desk.Begin", b.Persons[0])
	if err != nil {
		return nil, err
	}
	today, _ := d.Today()
	day := b.Date
	if day == 0 {
		day = today
	}
	def, err := d.formFor(p, day)
	if err != nil {
		return nil, err
	}
	visits := d.store.Visits(p.ID)
	plan := rule.Due(p, visits, d.table(day), day)
	depth := b.Depth
	if depth == 0 {
		depth = task.DepthOf(plan.Depth)
	}
	facts := task.Facts(p, visits, plan, depth, day)
	if b.Paper {
		facts[factPaper], facts[factNumber] = "1", casework.CleanLine(b.Number, 40)
	}
	in, err := form.Start(def, form.StartOptions{
		Day: day, Depth: depth, Facts: facts, Lang: d.opt.Speaker.Tag(), Worker: d.Worker().Name,
		Previous: d.previous(ctx, def, visits), Shared: d.shared(ctx, def, p, day),
	}, d.opt.Now)
	if err != nil {
		return nil, err
	}
	id, err := casework.NewID(d.opt.Rand)
	if err != nil {
		return nil, err
	}
	draft := laptop.Draft{
		ID: id, Person: p.ID, Form: def.FormID, FormHash: hashOf(def), Started: d.opt.Now(),
		Title: def.Say(def.Title, d.opt.Speaker.Tag()),
	}
	if err := d.store.BeginDraft(ctx, draft); err != nil {
		return nil, err
	}
	if err := d.Answered(ctx, id, in.Journal()...); err != nil {
		return nil, err
	}
	return d.session(draft, in, p, time.Time{}), nil
}

// session is a draft as the visit screen holds it.
func (d *Desk) session(draft laptop.Draft, in *form.Instance, p casework.Person, resumed time.Time) *book.Session {
	day, _ := d.Today()
	t := d.table(day)
	s := &book.Session{
		Draft: draft.ID, Form: in, Resumed: resumed, Started: draft.Started, Paper: in.Options().Facts[factPaper] == "1",
		Person: d.line(p, rule.Due(p, d.store.Visits(p.ID), t, day), day),
	}
	for _, m := range d.store.Members(p.Household) {
		if m.ID == p.ID || p.Household.IsZero() || m.Gone() {
			continue
		}
		plan := rule.Due(*m, d.store.Visits(m.ID), t, day)
		if plan.Date != 0 && plan.Date.Sub(day) <= 7 {
			s.Mates = append(s.Mates, d.line(*m, plan, day))
		}
	}
	return s
}

// previous are the answers of the last visit made with a questionnaire.
func (d *Desk) previous(ctx context.Context, def *form.Definition, visits []casework.VisitSummary) map[string]string {
	for _, v := range visits {
		if !v.Counts() || v.Depth == "greeting" {
			continue
		}
		r, err := d.store.Record(ctx, v.ID)
		if err != nil {
			continue
		}
		full := casework.VisitOf(r)
		if full.Form != def.FormID {
			continue
		}
		return plainAnswers(full.Answers)
	}
	return nil
}

// shared are answers given today behind the same door to questions asked once.
func (d *Desk) shared(ctx context.Context, def *form.Definition, p casework.Person, day casework.Day) map[string]string {
	if p.Household.IsZero() {
		return nil
	}
	out := map[string]string{}
	for _, m := range d.store.Members(p.Household) {
		for _, v := range d.store.Visits(m.ID) {
			if m.ID == p.ID || v.Date != day || !v.Counts() {
				continue
			}
			r, err := d.store.Record(ctx, v.ID)
			if err != nil {
				continue
			}
			full := casework.VisitOf(r)
			if full.Form != def.FormID {
				continue
			}
			for key, value := range plainAnswers(full.Answers) {
				if it := def.Find(key); it != nil && it.Shared && it.Sensitivity == 0 {
					out[key] = value
				}
			}
		}
	}
	return out
}

func plainAnswers(answers map[string]json.RawMessage) map[string]string {
	out := map[string]string{}
	for key, raw := range answers {
		var text string
		if json.Unmarshal(raw, &text) == nil {
			out[key] = text
		}
	}
	return out
}

// Drafts implements book.Visitor.
func (d *Desk) Drafts(ctx context.Context) ([]book.Draft, error) {
	var out []book.Draft
	for _, info := range d.store.Drafts() {
		b := book.Draft{ID: info.ID, Person: info.Person, Title: info.Title, Saved: info.Last}
		if p, ok := d.store.Person(info.Person); ok {
			b.Name = p.Name
		}
		if in, err := d.reopen(ctx, info.Draft); err == nil {
			answered, _ := in.Progress()
			b.Number, b.Paper = answered+1, in.Options().Facts[factPaper] == "1"
			if def, err := d.pack().Form(info.Form); err == nil {
				b.Outdate = hashOf(def) != info.FormHash
			}
		}
		out = append(out, b)
	}
	slices.SortFunc(out, func(a, b book.Draft) int { return b.Saved.Compare(a.Saved) })
	return out, nil
}

func (d *Desk) draft(id casework.ID) (laptop.DraftInfo, error) {
	for _, info := range d.store.Drafts() {
		if info.ID == id {
			return info, nil
		}
	}
	return laptop.DraftInfo{}, casework.Problem("desk.draft", "desk.no_draft")
}

// reopen rebuilds a draft from its journal.
func (d *Desk) reopen(ctx context.Context, draft laptop.Draft) (*form.Instance, error) {
	bodies, err := d.store.ReadDraft(ctx, draft.ID)
	if err != nil {
		return nil, err
	}
	changes := make([]form.Change, len(bodies))
	for i, b := range bodies {
		if err := json.Unmarshal(b, &changes[i]); err != nil {
			return nil, casework.Problem("desk.reopen", "desk.draft_damaged", "Line", i+1).Because(err)
		}
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
	p, err := d.person("desk.Resume", info.Person)
	if err != nil {
		return nil, err
	}
	return d.session(info.Draft, in, p, info.Last), nil
}

// Answered implements book.Visitor: the changes are on the disk when it returns.
func (d *Desk) Answered(ctx context.Context, id casework.ID, changes ...form.Change) error {
	for _, c := range changes {
		body, err := json.Marshal(c)
		if err != nil {
			return casework.Problem("desk.Answered", "desk.draft_damaged").Because(err)
		}
		if err := d.store.AppendDraft(ctx, id, body); err != nil {
			return err
		}
	}
	return nil
}

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

// Finish implements book.Visitor: the visit, what follows from it and the end of the draft
// are one transaction.
func (d *Desk) Finish(ctx context.Context, s *book.Session) (book.Finished, error) {
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
	ops := []casework.Op{visit}
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
		err = d.store.SaveAndClose(ctx, draft, ops...)
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

// Discard implements book.Visitor. An order that an answer had given stays: it becomes a task.
func (d *Desk) Discard(ctx context.Context, id casework.ID, reason string) error {
	info, err := d.draft(id)
	if err != nil {
		return err
	}
	in, err := d.reopen(ctx, info.Draft)
	codes := []string(nil)
	if err == nil {
		codes = task.Codes(in.Triggers())
	}
	p, known := d.store.Person(info.Person)
	if len(codes) == 0 || !known {
		if err := d.store.DropDraft(ctx, id, reason); err != nil {
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
	if err := d.store.SaveAndClose(ctx, id, ops...); err != nil {
		return err
	}
	d.tell()
	d.Exchange()
	return nil
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
			if v.Counts() && v.Result == "not_met" && day.Sub(v.Date) <= 1 {
				done.Triggers = []string{"HT-N"}
			}
		}
	}
	return d.conclude(ctx, p, casework.ID{}, values, done)
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
