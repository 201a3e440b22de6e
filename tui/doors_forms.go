package tui

import (
	"context"

	"doorstep/casework"
	"doorstep/casework/packs"
	"doorstep/tui/book"
	"doorstep/tui/screen/forms"
	"doorstep/tui/screen/record"
	"doorstep/tui/screen/urgent"
	"doorstep/tui/screen/visit"
	"doorstep/tui/stage"
)

// forms is 其他表 of a person; of places with a zero one.
func (d doors) forms(person casework.RecordID) stage.Screen {
	return forms.New(d.Book, forms.Doors{Fill: d.fill, Draft: d.draft, Record: d.record}, person)
}

// places is 其他表 of places for whoever fills any in, and nil for everybody else.
func (d doors) places() func() stage.Screen {
	role := d.Worker().Role
	for _, f := range packs.Forms() {
		if f.Subject != "village" && f.Subject != "case" {
			continue
		}
		for _, r := range f.FilledBy {
			if r == role {
				return func() stage.Screen { return d.forms(casework.RecordID{}) }
			}
		}
	}
	return nil
}

// fill begins a form and fills it in on the screen of the visit.
func (d doors) fill(b book.FormBeginning) stage.Screen {
	return visit.Beside(d.Book, d.visitDoors(), func() (*book.Session, error) { return d.BeginForm(context.Background(), b) })
}

func (d doors) filed(f book.Finished, s *book.Session) stage.Screen {
	return forms.Done(d.Book, func(o book.Order) stage.Screen { return d.order(o.Urgent, o.Quiet, o.Code) }, f, s)
}

func (d doors) record(id casework.RecordID) stage.Screen {
	return record.New(d.Book, d.correct, id).WithFiles(d.look).WithForms(record.Forms{
		Again:    func(b book.FormBeginning) stage.Screen { return forms.Redo(d.fill, b) },
		Withdraw: func(l book.FormLine) stage.Screen { return forms.Withdraw(d.Book, l) },
		Adopt:    d.Adopt,
	})
}

// order is the page of an order on record. The record of a quiet one is written from there,
// after she has said from whom it is kept.
func (d doors) order(id casework.RecordID, quiet bool, triggers ...string) stage.Screen {
	return urgent.New(d.Book, id, quiet).WithReport(func(o book.Order) stage.Screen {
		b := book.FormBeginning{Form: packs.MandatoryReport, Urgent: id, Triggers: triggers}
		if len(o.People) == 0 {
			return d.fill(b)
		}
		return forms.Kept(d.fill, b, o.People)
	})
}
