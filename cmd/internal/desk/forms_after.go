package desk

import (
	"context"
	"encoding/json"

	"doorstep/casework"
	"doorstep/casework/packs"
	"doorstep/tui/book"
)

// adoptable is the question whether a result goes into the person's file. An ability level
// is what two assessors have signed; the self-care level of a tekun person is the township's
// and the bureau's to confirm. A screening never is.
func (d *Desk) adoptable(f casework.FilledForm) book.Phrase {
	switch {
	case f.Result == "" || f.Protected || f.Owner.IsZero():
	case f.Form == packs.AbilityAssessment && f.Scale == "gbt42195":
		return book.Phrase{Key: "forms.adopt.ability", Pairs: []any{"Level", d.term("ability_level", f.Result)}}
	case f.Form == packs.TekunSelfCare && f.Scale == "tekun6":
		if role := d.store.Actor().Role; role == casework.RoleAidClerk || role == casework.RoleAidOfficer {
			return book.Phrase{Key: "forms.adopt.self_care", Pairs: []any{"Level", d.term("care_level", f.Result)}}
		}
	}
	return book.Phrase{}
}

// Adopt implements book.Filler.
func (d *Desk) Adopt(ctx context.Context, record casework.RecordID) error {
	const op = "desk.Adopt"
	r, err := d.store.Record(ctx, record)
	if err != nil {
		return err
	}
	f := casework.FilledFormOf(r)
	if !f.Counts() || !d.adoptable(f).Said() {
		return casework.Problem(op, "desk.form_no_result")
	}
	person, err := d.store.Record(ctx, f.Owner)
	if err != nil {
		return err
	}
	v := casework.Values{"self_care_level": f.Result, "self_care_on": f.Date}
	if f.Form == packs.AbilityAssessment {
		v = casework.Values{"ability_level": f.Result, "ability_scale": f.Scale, "ability_on": f.Date, "ability_total": int(f.Score)}
		var total json.RawMessage
		if total = f.Answers["total"]; len(total) == 0 || string(total) == `""` {
			delete(v, "ability_total") // a coma decides without a total
		}
	}
	return d.Edit(ctx, person, v, d.say("desk.form.adopted"))
}

// Withdraw implements book.Filler.
func (d *Desk) Withdraw(ctx context.Context, record casework.RecordID, reason string) error {
	r, err := d.store.Record(ctx, record)
	if err != nil {
		return err
	}
	f := casework.FilledFormOf(r)
	a := d.store.Author()
	if f.Worker != a.Worker || !f.Counts() {
		return casework.Problem("desk.Withdraw", "desk.form_not_yours")
	}
	reason = casework.CleanLine(reason, 200)
	op, err := a.Retract(r, reason)
	if err != nil {
		return err
	}
	ops := []casework.Op{op}
	if err := d.undo(ctx, a, f.Made, reason, &ops); err != nil {
		return err
	}
	files, err := d.retractFiles(ctx, r, reason)
	if err != nil {
		return err
	}
	return d.save(ctx, append(ops, files...)...)
}
