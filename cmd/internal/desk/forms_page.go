package desk

import (
	"context"
	"strconv"

	"doorstep/casework"
	"doorstep/casework/packs"
	"doorstep/casework/task"
	"doorstep/tui/book"
)

// formLine is one filled-in form as lists show it.
func (d *Desk) formLine(f casework.FormSummary) book.FormLine {
	l := book.FormLine{
		ID: f.ID, Date: f.Date, Title: formTitle(f.Form, f.Protected), Next: f.Next, Worker: d.NameOf(f.Worker), Where: d.where(f.ID),
		Mine: f.Worker == d.store.Author().Worker, Removed: !f.Counts(),
	}
	if f.Area != "" {
		l.Place = d.place(f.Area)
	}
	switch {
	case l.Removed:
		l.Result = book.Phrase{Key: "desk.visit.removed"}
	case !f.Protected:
		l.Result = FormResult(f)
	}
	return l
}

// FormResult is the result of a form in words; nothing when it has none that the reader may know.
func FormResult(f casework.FormSummary) book.Phrase {
	code := func(list string) book.Phrase {
		l, _ := casework.List(list)
		if _, ok := l.Of(f.Result); !ok {
			return book.Phrase{}
		}
		return book.Phrase{Key: "forms.result." + list + "." + f.Result}
	}
	known := func(codes ...string) book.Phrase {
		for _, c := range codes {
			if c == f.Result {
				return book.Phrase{Key: "forms.result." + f.Form + "." + c}
			}
		}
		return book.Phrase{}
	}
	switch f.Form {
	case packs.AbilityAssessment:
		if p := code("ability_level"); f.Scale == "screening" && p.Said() {
			return book.Phrase{Key: p.Key + ".screening"}
		}
		return code("ability_level")
	case packs.TekunSelfCare:
		return code("care_level")
	case packs.Guardianship:
		return code("guardian_rating")
	case packs.HouseholdSurvey:
		return known("yes", "no", "pending")
	case packs.CardSurvey:
		return known("NONE", "NO_AGREEMENT", "NOT_FILED", "NOT_GIVEN", "NOT_SEEN")
	case packs.CareRecord:
		if minutes := int(f.Score); minutes > 0 {
			return book.Phrase{Key: "forms.result.care-record", Pairs: []any{"Hours", strconv.FormatFloat(float64(minutes)/60, 'f', 1, 64)}}
		}
	case packs.SampleInspection:
		return known("MATCHED", "MISMATCH", "NOT_REACHED")
	case packs.PublicityCheck:
		return known("1", "0")
	case packs.HomeAdaptation:
		return known("PASS", "FIX", "1", "0")
	case packs.NoticeConsent:
		return known("1", "0")
	}
	return book.Phrase{}
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
