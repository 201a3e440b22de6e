package desk

import (
	"context"

	"doorstep/casework"
	"doorstep/casework/task"
	"doorstep/tui/book"
)

// formLine is one filled-in form as lists show it.
func (d *Desk) formLine(f casework.FormSummary) book.FormLine {
	l := book.FormLine{
		ID: f.ID, Date: f.Date, Title: book.Phrase{Key: task.FormTitle(f)}, Next: f.Next, Worker: d.NameOf(f.Worker), Where: d.where(f.ID),
		Mine: f.Worker == d.store.Author().Worker, Removed: !f.Counts(),
	}
	if f.Area != "" {
		l.Place = d.place(f.Area)
	}
	switch {
	case l.Removed:
		l.Result = book.Phrase{Key: "desk.visit.removed"}
	case !f.Protected:
		key, args := task.FormResult(f)
		l.Result = book.Phrase{Key: key, Pairs: args}
	}
	return l
}

// formLines are the forms of a person's file. A protected one is there for whoever wrote it
// and for whoever may read it; to others nothing says that there is one.
func (d *Desk) formLines(p casework.Person) []book.FormLine {
	var out []book.FormLine
	for _, f := range d.filled(p) {
		if l := d.formLine(f); !f.Protected || l.Mine || f.Form != "" {
			out = append(out, l)
		}
	}
	return out
}

// formPage is one form opened, with the answers she may still see.
func (d *Desk) formPage(ctx context.Context, r casework.Record) (book.VisitPage, error) {
	f := casework.FilledFormOf(r)
	line := d.formLine(f.FormSummary)
	day, _ := d.Today()
	page := book.VisitPage{
		Line: book.VisitLine{
			ID: f.ID, Date: f.Date, Result: line.Result, Worker: line.Worker, Paper: f.Source == "paper", Where: line.Where, Mine: line.Mine, Removed: line.Removed,
		},
		Held: d.store.Where(f.ID).Held, Title: d.words(line.Title), Filled: &book.FilledPage{Form: line, Area: f.Area},
		Person: book.Line{Name: line.Place, Age: -1, Urgency: book.Later},
	}
	if p, ok := d.formOwner(f.Owner); ok {
		page.Person = d.plain(p, day)
	}
	if def := d.definition(ctx, f.Form, f.FormHash); def != nil {
		page.Facts = d.answers(def, casework.Visit{Answers: f.Answers})
	}
	if form, ok := beside(f.Form); ok && line.Mine && !line.Removed && !f.Protected && d.fills(form) {
		page.Filled.Again = form.ID
	}
	if !task.Protected(f.Form) {
		if !line.Removed && line.Mine {
			page.Filled.Adopt = d.adoptable(f)
		}
	}
	return page, nil
}

// formOwner is the person a form is shown with: of a household the first of its members.
func (d *Desk) formOwner(owner casework.RecordID) (casework.Person, bool) {
	if p, ok := d.store.Person(owner); ok {
		return *p, true
	}
	if members := d.store.Members(owner); len(members) > 0 {
		return *members[0], true
	}
	return casework.Person{}, false
}
