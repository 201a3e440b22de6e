package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"doorstep/casework"
	"doorstep/casework/rule"
	"doorstep/casework/task"
	"doorstep/tui/book"
)

// Find implements book.Reader. Whose sheet of paper has the code that was typed comes first.
func (d *Desk) Find(text string, limit int) []book.Line {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	day, _ := d.Today()
	t := d.table(day)
	var out []book.Line
	who, code, printed, onPaper := d.bySheet(text, day)
	if p, ok := d.store.Person(who); ok && onPaper {
		l := d.line(*p, rule.Due(*p, d.store.Visits(p.ID), t, day), day)
		l.Code, l.Printed = code, printed
		out = append(out, l)
	}
	for _, h := range d.store.Find(text) {
		if len(out) == limit {
			break
		}
		if onPaper && h.Person.ID == who {
			continue
		}
		out = append(out, d.line(*h.Person, rule.Due(*h.Person, d.store.Visits(h.Person.ID), t, day), day))
	}
	return out
}

func (d *Desk) person(op string, id casework.RecordID) (casework.Person, error) {
	p, ok := d.store.Person(id)
	if !ok {
		return casework.Person{}, casework.Problem(op, "desk.no_person")
	}
	return *p, nil
}

// File implements book.Reader: one person's whole file.
func (d *Desk) File(ctx context.Context, id casework.RecordID) (book.File, error) {
	if err := d.shut("desk.File"); err != nil {
		return book.File{}, err
	}
	p, err := d.person("desk.File", id)
	if err != nil {
		return book.File{}, err
	}
	day, _ := d.Today()
	visits := d.store.Visits(id)
	plan := rule.Due(p, visits, d.table(day), day)
	f := book.File{
		Line: d.line(p, plan, day), Address: strings.TrimSpace(d.place(p.Area()) + p.Address),
		Caution: p.Caution, Child: p.IsChild(day), Elder: p.IsElder(day),
	}
	if strings.HasPrefix(p.Address, d.place(p.Area())) {
		f.Address = p.Address
	}
	if p.Standing.Grade > 0 {
		f.Standing = book.Phrase{Key: "desk.standing", Pairs: []any{"By", p.Standing.By, "Day", p.Standing.On.String()[5:]}}
	}
	for _, r := range rule.Readable(plan.Why, d.store.Actor().Role.Clearance()) {
		f.Why = append(f.Why, d.phrase(r))
	}
	f.Facts = d.facts(p)
	f.Promises = d.promises(id)
	for _, v := range visits {
		f.Visits = append(f.Visits, d.visitLine(v, p.IsChild(day)))
	}
	f.Forms = d.formLines(p)
	for _, m := range d.store.Members(p.Household) {
		if m.ID != id && !p.Household.IsZero() && !m.Gone() {
			f.Mates = append(f.Mates, d.line(*m, rule.Due(*m, d.store.Visits(m.ID), d.table(day), day), day))
		}
	}
	drafts, err := d.Drafts(ctx)
	if err != nil {
		return book.File{}, err
	}
	for _, dr := range drafts {
		if dr.Person == id && !dr.Beside && !dr.Old {
			f.Drafts = append(f.Drafts, dr)
		}
	}
	f.Urgent = d.urgent(&p)
	return f, nil
}

// facts are the labelled lines at the top of a file, what matters at the door first.
func (d *Desk) facts(p casework.Person) []book.Fact {
	var out []book.Fact
	add := func(key string, field casework.Field, parts ...string) {
		value := strings.Join(slices.DeleteFunc(parts, func(s string) bool { return strings.TrimSpace(s) == "" }), " ")
		conflict := p.InConflict(field)
		if value != "" || conflict {
			out = append(out, book.Fact{Label: book.Phrase{Key: key}, Value: value, Field: field, Conflict: conflict})
		}
	}
	phone := func(field casework.Field, register casework.Field, number string) {
		if number != "" {
			out = append(out, book.Fact{
				Label: book.Phrase{Key: "desk.fact.phone"}, Value: casework.Phone(number).Mask(), Field: field, Reveal: true, Conflict: p.InConflict(register),
			})
		}
	}
	day, _ := d.Today()
	if p.IsChild(day) {
		add("desk.fact.lives_with", "guardian", d.kin(p.Guardian.Relation, p.Guardian.Name))
		phone("guardian_phone", "guardian", p.Guardian.Phone)
		add("desk.fact.father", "father", p.Father.Name, d.label("parent_state", p.Father.State), p.Father.Place)
		add("desk.fact.mother", "mother", p.Mother.Name, d.label("parent_state", p.Mother.State), p.Mother.Place)
		add("desk.fact.school", "schooling", p.Schooling.School, p.Schooling.Class)
		add("desk.fact.category", "child_categories", d.labels("child_category", p.ChildCategories))
	} else {
		add("desk.fact.living", "living", d.label("living_pattern", p.Living))
		for i, n := range p.Phones {
			if i < 2 {
				phone(casework.Field("phones#"+string(rune('0'+i))), "phones", n)
			}
		}
		add("desk.fact.supporter", "supporter", p.Supporter.Name, d.label("relation", p.Supporter.Relation))
		phone("supporter_phone", "supporter", p.Supporter.Phone)
		add("desk.fact.ability", "ability", d.label("ability_level", p.Ability.Level))
		add("desk.fact.health", "health", d.label("health", p.Health.State), p.Health.Illness)
		add("desk.fact.category", "elder_categories", d.labels("elder_category", p.ElderCategories))
	}
	add("desk.fact.layers", "layers", d.labels("low_income_layer", p.Layers))
	if id := p.Resident.Mask(); id != "" {
		add("desk.fact.resident", "resident", id)
	}
	for _, f := range []casework.Field{"name", "sex", "birth", casework.FieldArea, "address", "grid"} {
		if p.InConflict(f) {
			spec, _ := casework.SchemaOf(casework.KindPerson)
			s, _ := spec.Find(f)
			out = append(out, book.Fact{Label: book.Phrase{Text: s.Zh}, Field: f, Conflict: true})
		}
	}
	return out
}

func (d *Desk) label(list, code string) string {
	if code == "" {
		return ""
	}
	return d.term(list, code)
}

func (d *Desk) labels(list string, codes []string) string {
	var out []string
	for _, c := range codes {
		out = append(out, d.term(list, c))
	}
	return strings.Join(out, "、")
}

// promises are the open things first, then what was done lately.
func (d *Desk) promises(id casework.RecordID) []book.Promise {
	tasks := slices.DeleteFunc(slices.Clone(d.store.Tasks(id)), func(t casework.Task) bool {
		return t.Retracted || t.Kind == "contact" || t.Kind == "danger"
	})
	slices.SortStableFunc(tasks, func(a, b casework.Task) int {
		if a.Open() != b.Open() {
			if a.Open() {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.Due, b.Due)
	})
	var out []book.Promise
	day, _ := d.Today()
	for i, t := range tasks {
		if i == 8 {
			break
		}
		t = task.AsOf(t, day)
		p := book.Promise{Task: t.ID, Until: t.Due, Done: !t.Open(), Who: t.AssigneeName, Text: t.Title}
		if t.Title == "" {
			p.Text = task.Title(t, d.opt.Speaker)
		}
		if k, ok := task.KindOf(t.Kind); ok && t.Step != k.First() {
			p.State = book.Phrase{Text: d.label("task_step", t.Step)}
			if t.DoneOn != 0 {
				p.State.Text = t.DoneOn.String()[5:] + " " + p.State.Text
			}
		}
		out = append(out, p)
	}
	return out
}

// Phone implements book.Reader. Looking at a number leaves a note in the person's record,
// which supervisors can read.
func (d *Desk) Phone(ctx context.Context, id casework.RecordID, field casework.Field) (string, error) {
	p, err := d.person("desk.Phone", id)
	if err != nil {
		return "", err
	}
	number := ""
	switch {
	case field == "guardian_phone":
		number = p.Guardian.Phone
	case field == "supporter_phone":
		number = p.Supporter.Phone
	case field == "phones#0" && len(p.Phones) > 0:
		number = p.Phones[0]
	case field == "phones#1" && len(p.Phones) > 1:
		number = p.Phones[1]
	}
	if number == "" {
		return "", casework.Problem("desk.Phone", "desk.no_number")
	}
	r, err := d.store.Record(ctx, id)
	if err != nil {
		return "", err
	}
	a := d.store.Author()
	look, err := a.NewRecord()
	if err != nil {
		return "", err
	}
	op, err := a.Edit(r, casework.Values{casework.Field("looks/" + look.String()): map[string]any{"field": field, "by": a.Worker}}, "")
	if err != nil {
		return "", err
	}
	return number, d.save(ctx, op)
}

// kin is a relative by what she is and by name: 奶奶王秀英, paternal grandmother 王秀英.
func (d *Desk) kin(relation, name string) string {
	word := d.label("relation", relation)
	if word != "" && name != "" && d.opt.Speaker.Tag() != "zh" {
		word += " "
	}
	return word + name
}
