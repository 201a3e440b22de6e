package desk

import (
	"context"
	"slices"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/store/laptop"
)

// door is what was answered today behind a person's door to questions that are asked once, in
// visits to the others: those on record and those not finished, the later answer before the
// earlier. Other questionnaires count, too; nothing restricted is ever in it.
func (d *Desk) door(ctx context.Context, p casework.Person, day casework.Day) form.Door {
	door := form.Door{}
	if p.Household.IsZero() {
		return door
	}
	for _, m := range d.store.Members(p.Household) {
		if m.ID == p.ID {
			continue
		}
		for _, v := range slices.Backward(d.store.Visits(m.ID)) {
			if v.Date != day || !v.Counts() {
				continue
			}
			r, err := d.store.Record(ctx, v.ID)
			if err != nil {
				continue
			}
			full := casework.VisitOf(r)
			if was := d.definition(ctx, full.Form, full.FormHash); was != nil {
				door.Add(form.DoorOf(was, plainAnswers(full.Answers)))
			}
		}
		for _, info := range slices.Backward(d.store.Drafts()) {
			if info.Person != m.ID {
				continue
			}
			if in, err := d.reopen(ctx, info.Draft); err == nil && in.Day() == day {
				door.Add(in.Door())
			}
		}
	}
	return door
}

// meanwhile brings an open visit what was answered behind its door since it was left. What the
// disk does not take stays away until the next time.
func (d *Desk) meanwhile(ctx context.Context, draft laptop.Draft, in *form.Instance, p casework.Person) (*form.Instance, error) {
	changes, err := in.TakeDoor(d.door(ctx, p, in.Day()))
	if err == nil && len(changes) == 0 {
		return in, nil
	}
	if err == nil {
		err = d.Answered(ctx, draft.ID, changes...)
	}
	if err != nil {
		return d.reopen(ctx, draft)
	}
	return in, nil
}
