package desk

import (
	"context"
	"encoding/json"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/casework/rule"
	"doorstep/casework/task"
	"doorstep/store/laptop"
	"doorstep/tui/book"
)

// hashOf names a questionnaire.
func hashOf(def *form.Definition) casework.Hash { return def.Sum() }

// definition is a questionnaire as it was when a visit was made with it; nil when this
// laptop never had it.
func (d *Desk) definition(ctx context.Context, name string, hash casework.Hash) *form.Definition {
	if body, err := d.store.Pack(ctx, hash); err == nil && !hash.IsZero() { // a version that was published is a pack of its own
		if def, err := form.Load(body); err == nil && def.FormID == name {
			return def
		}
	}
	sources := []packs.Pack{d.pack(), packs.Default()}
	for _, p := range sources {
		if def, err := p.Form(name); err == nil && (hash.IsZero() || hashOf(def) == hash) {
			return def
		}
	}
	for _, ref := range d.store.Packs() {
		if ref.Name != packs.Tables {
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
	return besideForm(name, hash)
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
	if day > today {
		return nil, casework.Problem("desk.Begin", "desk.future_day", "Day", day.String())
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
		if d.store.Closed() {
			depth = entryDepth
		}
	}
	facts := task.Facts(p, visits, plan, depth, day)
	if b.Paper {
		facts[factPaper], facts[factNumber] = "1", casework.CleanLine(b.Number, 40)
	}
	in, err := form.Start(def, form.StartOptions{
		Day: day, Depth: depth, Facts: facts, Lang: d.opt.Speaker.Tag(), Worker: d.Worker().Name,
		Previous: d.previous(ctx, def, visits), Shared: d.door(ctx, p, day).For(def),
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
	if err := d.beginDraft(ctx, draft, in.Journal()...); err != nil {
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
	s.Short = d.short(rule.Fulfils(p, d.store.Visits(p.ID), t, in.Day(), "door", task.DepthCode(in.Options().Depth)))
	for _, m := range d.store.Members(p.Household) {
		if m.ID == p.ID || p.Household.IsZero() || m.Gone() {
			continue
		}
		plan := rule.Due(*m, d.store.Visits(m.ID), t, day)
		if plan.Date != 0 && plan.Date.Sub(day) <= 7 {
			s.Mates = append(s.Mates, d.line(*m, plan, day))
		}
	}
	if d.store.Closed() {
		bare(s)
	}
	return s
}

// short says what a visit of this depth does not count for, and what it does count for when
// there is both: who asks after an old man every other day has done that with a greeting.
func (d *Desk) short(rows []rule.Verdict) book.Phrase {
	names := map[bool]string{}
	for _, v := range rows {
		names[v.Counts] = d.phrase(v.Row.Every.Name()).Text
	}
	switch {
	case names[false] == "":
		return book.Phrase{}
	case names[true] == "" || names[true] == names[false]:
		return book.Phrase{Key: "desk.short", Pairs: []any{"Every", names[false]}}
	}
	return book.Phrase{Key: "desk.short.but", Pairs: []any{"Every", names[false], "Counts", names[true]}}
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
		out := plainAnswers(full.Answers)
		for it := range def.All() {
			if it.Type.Attaches() { // a photo belongs to the visit it was chosen in
				delete(out, it.Name)
			}
		}
		return out
	}
	return nil
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
