package main

import (
	"context"
	"encoding/json"
	"strings"

	"doorstep/casework"
	"doorstep/casework/packs"
	"doorstep/cmd/internal/desk"
	"doorstep/tui/book"
)

// besides is what doorstep record is told of a form that is no visit.
type besides struct {
	form    string   // form id
	who     string   // a person; empty for a check of a place
	area    string   // of a check of a place
	date    string   // another day than today: entered from paper
	exclude []string // names of colleagues from whom it is kept
}

// recordForm enters a form beside the visits from a file of answers, as if typed.
func (a *app) recordForm(ctx context.Context, b besides, answers map[string]json.RawMessage) error {
	return a.with(ctx, func(d *desk.Desk) error {
		begin := book.FormBeginning{Form: b.form, Area: casework.Area(b.area)}
		if b.area != "" {
			area, err := casework.ParseArea(b.area)
			if err != nil {
				return err
			}
			begin.Area = area
		} else {
			id, err := a.whom(d, b.who)
			if err != nil {
				return err
			}
			begin.Person = id
		}
		today, _ := d.Today()
		var err error
		if begin.Date, err = exactDay(b.date, today); err != nil {
			return err
		}
		if begin.Exclude, err = colleagues(ctx, d, begin.Person, b.exclude); err != nil {
			return err
		}
		s, err := d.BeginForm(ctx, begin)
		if err != nil {
			return err
		}
		changes, err := fill(s.Form, answers)
		if err != nil {
			_ = d.Discard(ctx, s.Draft, "answers")
			return err
		}
		if h := s.Form.Hindrances(); len(h) > 0 {
			_ = d.Discard(ctx, s.Draft, "unfinished")
			return casework.Problem("doorstep.record", "cmd.missing_answers", "Questions", questions(h), "Count", len(h))
		}
		if err := d.Answered(ctx, s.Draft, changes...); err != nil {
			return err
		}
		f, err := d.Finish(ctx, s)
		if err != nil {
			return err
		}
		return a.printFiled(f)
	})
}

// colleagues are those who would read a form about a person, by their names.
func colleagues(ctx context.Context, d *desk.Desk, person casework.RecordID, names []string) ([]casework.WorkerID, error) {
	if len(names) == 0 {
		return nil, nil
	}
	m, err := d.Forms(ctx, person)
	if err != nil {
		return nil, err
	}
	var out []casework.WorkerID
	for _, name := range names {
		before := len(out)
		for _, c := range m.Readers {
			if c.Name == name {
				out = append(out, c.ID)
			}
		}
		if len(out) == before {
			return nil, casework.Problem("doorstep.record", "cmd.no_colleague")
		}
	}
	return out, nil
}

type taskLine struct {
	Title string       `json:"title"`
	Until casework.Day `json:"until,omitzero"`
}

func (a *app) printFiled(f book.Finished) error {
	said, tasks, orders := []string{}, []taskLine{}, []string{}
	lines := []string{a.speaker.Say("visit.done")}
	for _, r := range f.Filed.Results {
		said = append(said, a.phrase(r))
	}
	if lines = append(lines, said...); len(said) > 0 && f.Filed.Advice {
		lines = append(lines, a.speaker.Say("forms.done.advice"))
	}
	for _, t := range f.Filed.Tasks {
		tasks = append(tasks, taskLine{t.Text, t.Until})
		lines = append(lines, a.speaker.Say("forms.done.until", "Text", t.Text, "Day", t.Until.String()))
	}
	for _, o := range f.Orders {
		orders = append(orders, o.Code)
	}
	return a.print(map[string]any{"record": f.Visit, "said": said, "tasks": tasks, "orders": orders}, lines...)
}

type formLine struct {
	ID     casework.RecordID `json:"id"`
	Date   casework.Day      `json:"date"`
	Title  string            `json:"title"`
	Result string            `json:"result,omitempty"`
	Next   casework.Day      `json:"next,omitzero"`
	Where  string            `json:"where"`
	Mine   bool              `json:"mine"`
}

// forms are the forms beside the visits of a file, as subcommands print them.
func (a *app) forms(all []book.FormLine) (out []formLine, lines []string) {
	out = []formLine{}
	for _, l := range all {
		if l.Removed {
			continue
		}
		f := formLine{l.ID, l.Date, a.phrase(l.Title), "", l.Next, l.Where.State, l.Mine}
		if l.Result.Said() {
			f.Result = a.phrase(l.Result)
		}
		out = append(out, f)
		where := a.speaker.Say("where."+l.Where.State, "Reason", a.speaker.Say("reason."+string(l.Where.Reason)))
		lines = append(lines, strings.Join([]string{l.Date.String(), f.Title, f.Result, where}, "  "))
	}
	return out, lines
}

// isBeside reports whether a form is none of a visit.
func isBeside(form string) bool {
	_, err := packs.FormByID(form)
	return err == nil
}
