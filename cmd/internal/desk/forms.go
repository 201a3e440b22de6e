package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/casework/task"
	"doorstep/store/laptop"
	"doorstep/tui/book"
)

// Facts of a draft of a form beside the visits, that are not the form's: they travel in its
// first change.
const (
	factArea    = "x_area"    // of a check of a place
	factExclude = "x_exclude" // ids of whom it is kept from, with a blank between
	factUrgent  = "x_urgent"  // the order it is written for
	factAgain   = "x_again"   // the record it takes the place of
	factWhy     = "x_why"     // and why
)

// beside is a form of the field by its id: neither a child's nor an elder's visit.
func beside(id string) (packs.Form, bool) {
	f, err := packs.FormByID(id)
	return f, err == nil
}

// current is a form as it is to be filled in now: what the district published last, else
// what the program brings along.
func (d *Desk) current(id string) (*form.Definition, error) {
	if def, err := d.pack().Form(id); err == nil {
		return def, nil
	}
	f, err := packs.FormByID(id)
	if err != nil {
		return nil, err
	}
	return f.Definition()
}

// besideForm is a version of a form beside the visits that the program brings along.
func besideForm(name string, hash casework.Hash) *form.Definition {
	f, ok := beside(name)
	if !ok {
		return nil
	}
	def, err := f.Definition()
	if err != nil || !hash.IsZero() && hashOf(def) != hash {
		return nil
	}
	return def
}

// fills reports whether a form is this worker's to fill in. Before enrolment nobody knows
// her role: what a village worker may is hers.
func (d *Desk) fills(f packs.Form) bool {
	role := d.store.Actor().Role
	if role == "" {
		role = casework.RoleChildDirector
	}
	return slices.Contains(f.FilledBy, role)
}

// place reports whether a form is about a place and not about somebody.
func aboutPlace(f packs.Form) bool { return f.Subject == "village" || f.Subject == "case" }

// concerns reports whether a form is for a person like this.
func concerns(f packs.Form, p casework.Person, day casework.Day) bool {
	aid := len(p.Layers) > 0 || slices.Contains(p.Duties, casework.DutyAid)
	tekun := slices.Contains(p.Layers, "TEKUN")
	switch f.ID {
	case packs.MandatoryReport, packs.NoticeConsent: // these are for everybody, and nothing stands in their way
		return true
	case packs.CareRecord:
		return tekun
	case packs.TekunSelfCare:
		return tekun || aid && !p.IsChild(day)
	case packs.CardSurvey:
		return aid || slices.ContainsFunc(p.ChildCategories, func(c string) bool { return c != "" && c != "left_behind" && c != "migrant" })
	}
	switch f.Subject {
	case "child":
		return p.IsChild(day)
	case "elder":
		return p.IsElder(day) || !p.IsChild(day) && slices.Contains(p.Duties, casework.DutyElder)
	case "household":
		return aid
	}
	return false
}

// formTitle is what lists call a form.
func formTitle(id string) book.Phrase {
	return book.Phrase{Key: task.FormTitle(casework.FormSummary{Form: id})}
}

// called is what a questionnaire is called on a list of drafts.
func (d *Desk) called(def *form.Definition) string {
	if _, ok := beside(def.FormID); ok {
		return d.words(formTitle(def.FormID))
	}
	return def.Say(def.Title, d.opt.Speaker.Tag())
}

// Forms implements book.Filler.
func (d *Desk) Forms(ctx context.Context, person casework.RecordID) (book.FormMenu, error) {
	day, _ := d.Today()
	m := book.FormMenu{}
	var p casework.Person
	var filled []casework.FormSummary
	if person.IsZero() {
		m.Places, filled = d.Villages(), d.store.Forms(person)
	} else {
		var err error
		if p, err = d.person("desk.Forms", person); err != nil {
			return m, err
		}
		m.Person, m.Readers = d.plain(p, day), d.readers(p)
		filled = d.filled(p)
	}
	for _, f := range packs.Forms() {
		if aboutPlace(f) != person.IsZero() || !d.fills(f) || !person.IsZero() && !concerns(f, p, day) {
			continue
		}
		c := book.FormChoice{Form: f.ID, Title: formTitle(f.ID), Protected: task.Protected(f.ID)}
		for _, s := range filled {
			if s.Form == f.ID && !s.Protected && s.Counts() {
				c.Last = max(c.Last, s.Date)
			}
		}
		m.Choices = append(m.Choices, c)
	}
	drafts, err := d.Drafts(ctx)
	if err != nil {
		return m, err
	}
	for _, dr := range drafts {
		if dr.Beside && dr.Person == person {
			m.Drafts = append(m.Drafts, dr)
		}
	}
	if person.IsZero() {
		for _, s := range filled {
			m.Records = append(m.Records, d.formLine(s))
		}
	}
	return m, nil
}

// BeginForm implements book.Filler.
func (d *Desk) BeginForm(ctx context.Context, b book.FormBeginning) (*book.Session, error) {
	const op = "desk.BeginForm"
	f, ok := beside(b.Form)
	if !ok {
		return nil, casework.Problem(op, "packs.no_form", "Form", casework.CleanLine(b.Form, 40))
	}
	if !d.fills(f) {
		return nil, casework.Problem(op, "desk.form_not_yours")
	}
	today, _ := d.Today()
	day := b.Date
	if day == 0 {
		day = today
	}
	if day > today {
		return nil, casework.Problem(op, "desk.future_day", "Day", day.String())
	}
	facts := map[string]string{}
	p, err := d.about(ctx, f, &b, facts, day)
	if err != nil {
		return nil, err
	}
	def, err := d.current(f.ID)
	if err != nil {
		return nil, err
	}
	in, err := form.Start(def, form.StartOptions{
		Day: day, Facts: facts, Lang: d.opt.Speaker.Tag(), Worker: d.Worker().Name, Previous: d.previousForm(ctx, def, p),
	}, d.opt.Now)
	if err != nil {
		return nil, err
	}
	if err := d.prefill(ctx, in, b); err != nil {
		return nil, err
	}
	id, err := casework.NewID(d.opt.Rand)
	if err != nil {
		return nil, err
	}
	draft := laptop.Draft{
		ID: id, Person: p.ID, Form: def.FormID, FormHash: hashOf(def), Started: d.opt.Now(), Title: d.words(formTitle(f.ID)),
	}
	if err := d.beginDraft(ctx, draft, in.Journal()...); err != nil {
		return nil, err
	}
	return d.formSession(draft, in, p, time.Time{}), nil
}

// about settles whom or what a form is about, and tells the form what the file knows.
func (d *Desk) about(ctx context.Context, f packs.Form, b *book.FormBeginning, facts map[string]string, day casework.Day) (casework.Person, error) {
	const op = "desk.BeginForm"
	var p casework.Person
	if !b.Urgent.IsZero() {
		r, err := d.store.Record(ctx, b.Urgent)
		if err != nil {
			return p, err
		}
		b.Person = casework.TaskOf(r).Owner
		facts[factUrgent] = b.Urgent.String()
	}
	if aboutPlace(f) {
		if !slices.ContainsFunc(d.Villages(), func(v book.Village) bool { return v.Area == b.Area }) {
			return p, casework.Problem(op, "desk.form_no_place")
		}
		facts[factArea], facts["p_case_township"] = string(b.Area), d.place(b.Area.Township())
	} else {
		var err error
		if p, err = d.person(op, b.Person); err != nil {
			return p, err
		}
		if !concerns(f, p, day) {
			return p, casework.Problem(op, "desk.form_not_for_her")
		}
		for k, v := range d.formFacts(ctx, f, p, day) {
			facts[k] = v
		}
	}
	if !b.Corrects.IsZero() {
		r, err := d.store.Record(ctx, b.Corrects)
		if err != nil {
			return p, err
		}
		old := casework.FormSummaryOf(r)
		if old.Form != f.ID || !old.Counts() || old.Worker != d.store.Author().Worker || old.Owner != d.ownerOf(f, p) {
			return p, casework.Problem(op, "desk.form_not_yours")
		}
		if strings.TrimSpace(b.Reason) == "" {
			return p, casework.Problem(op, "laptop.reason_missing")
		}
		facts[factAgain], facts[factWhy] = b.Corrects.String(), casework.CleanLine(b.Reason, 200)
	}
	var ids []string
	for _, w := range b.Exclude {
		ids = append(ids, w.String())
	}
	if len(ids) > 0 {
		facts[factExclude] = strings.Join(ids, " ")
	}
	if day != casework.DayOf(d.opt.Now()) {
		facts[factPaper] = "1"
	}
	return p, nil
}

// ownerOf is the record a form belongs to: the household of what is asked of a household.
func (d *Desk) ownerOf(f packs.Form, p casework.Person) casework.RecordID {
	if f.Subject == "household" && !p.Household.IsZero() {
		return p.Household
	}
	return p.ID
}

// filled are the forms about a person and about her household, the newest first.
func (d *Desk) filled(p casework.Person) []casework.FormSummary {
	out := d.store.Forms(p.ID)
	if !p.Household.IsZero() {
		out = append(out, d.store.Forms(p.Household)...)
		slices.SortStableFunc(out, func(a, b casework.FormSummary) int {
			return cmp.Or(cmp.Compare(b.Date, a.Date), b.Written.Compare(a.Written))
		})
	}
	return out
}

// formSession is a draft of a form as the screen holds it.
func (d *Desk) formSession(draft laptop.Draft, in *form.Instance, p casework.Person, resumed time.Time) *book.Session {
	day, _ := d.Today()
	s := &book.Session{
		Title: formTitle(draft.Form), Draft: draft.ID, Form: in, Resumed: resumed, Started: draft.Started,
		Paper: in.Options().Facts[factPaper] == "1", Person: d.plain(p, day),
	}
	if area := casework.Area(in.Options().Facts[factArea]); area != "" {
		s.Person = book.Line{Name: d.place(area), Age: -1, Urgency: book.Later}
	}
	return s
}

// words are a phrase in the worker's language.
func (d *Desk) words(p book.Phrase) string {
	if p.Key == "" {
		return p.Text
	}
	return d.say(p.Key, p.Pairs...)
}
