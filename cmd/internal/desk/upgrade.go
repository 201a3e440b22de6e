package desk

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/store/laptop"
	"doorstep/tui/book"
)

// Facts of a draft that went over from an older questionnaire. They travel in its first
// change: which draft it came from, and with how many changes, so that one that a dead
// battery cut short is known and never stands for the whole.
const (
	factFrom  = "x_upgraded_from"
	factCount = "x_upgraded_count"
)

// moved is a line in the journal of a draft of an older questionnaire, beside its changes: the
// draft that went on from it; zero when that was thrown away.
type moved struct {
	To *casework.ID `json:"moved,omitempty"`
}

// journal is the changes of a draft, and the draft that went on from it.
func (d *Desk) journal(ctx context.Context, id casework.ID) (changes []form.Change, to casework.ID, err error) {
	bodies, err := d.bodies(ctx, id)
	if err != nil {
		return nil, to, err
	}
	for i, b := range bodies {
		var line struct {
			form.Change
			moved
		}
		if err := json.Unmarshal(b, &line); err != nil {
			return nil, to, casework.Problem("desk.journal", "desk.draft_damaged", "Line", i+1).Because(err)
		}
		if line.To != nil {
			to = *line.To
			continue
		}
		changes = append(changes, line.Change)
	}
	return changes, to, nil
}

// note writes into the journal of a draft which one went on from it.
func (d *Desk) note(ctx context.Context, id, to casework.ID) error {
	body, err := json.Marshal(moved{&to})
	if err != nil {
		return err
	}
	return d.store.AppendDraft(ctx, id, body)
}

// superseded are the drafts that others went on from, and those that stand on no list: such
// as never became whole when the power went, and such as have become a visit by way of a
// newer one. The latter end here.
func (d *Desk) superseded(ctx context.Context) (old, hidden map[casework.ID]bool) {
	old, hidden = map[casework.ID]bool{}, map[casework.ID]bool{}
	there, to := map[casework.ID]bool{}, map[casework.ID]casework.ID{}
	for _, info := range d.store.Drafts() {
		there[info.ID] = true
		changes, next, err := d.journal(ctx, info.ID)
		switch {
		case err != nil:
			continue
		case len(changes) == 0: // not even its start was written
			hidden[info.ID] = true
			continue
		}
		if !next.IsZero() {
			to[info.ID] = next
		}
		if from, whole, ok := cameFrom(changes[0], info.Changes); ok && whole {
			old[from] = true
		} else if ok {
			hidden[info.ID] = true
		}
	}
	for id, next := range to {
		if there[next] {
			old[id] = true
			continue
		}
		hidden[id] = true
		_ = d.store.DropDraft(ctx, id, d.say("upgrade.finished")) // tried again the next time
	}
	return old, hidden
}

// cameFrom is the draft of an older questionnaire that one goes on from, by its first change.
func cameFrom(first form.Change, changes int) (from casework.ID, whole, ok bool) {
	if first.Start == nil || first.Start.Facts[factFrom] == "" {
		return from, false, false
	}
	from, err := casework.ParseID(first.Start.Facts[factFrom])
	count, err2 := strconv.Atoi(first.Start.Facts[factCount])
	return from, changes >= count && err2 == nil, err == nil
}

// stays is asked before a draft is thrown away: the one that it went on from is no longer the
// old one.
func (d *Desk) stays(ctx context.Context, info laptop.DraftInfo) error {
	changes, _, err := d.journal(ctx, info.ID)
	if err != nil || len(changes) == 0 {
		return nil // it may be thrown away all the same
	}
	from, _, ok := cameFrom(changes[0], info.Changes)
	if _, err := d.draft(from); !ok || err != nil {
		return nil
	}
	return d.note(ctx, from, casework.ID{})
}

// plan is the dry run of a draft with the questionnaire as it is now.
func (d *Desk) plan(ctx context.Context, id casework.ID) (laptop.DraftInfo, *form.Definition, *form.Definition, *form.Plan, error) {
	fail := func(err error) (laptop.DraftInfo, *form.Definition, *form.Definition, *form.Plan, error) {
		return laptop.DraftInfo{}, nil, nil, nil, err
	}
	info, err := d.draft(id)
	if err != nil {
		return fail(err)
	}
	now, err := d.current(info.Form)
	if err != nil {
		return fail(err)
	}
	then := d.definition(ctx, info.Form, info.FormHash)
	if then == nil {
		return fail(casework.Problem("desk.plan", "desk.form_gone"))
	}
	if hashOf(now) == info.FormHash {
		return fail(casework.Problem("desk.plan", "desk.no_newer"))
	}
	in, err := d.reopen(ctx, info.Draft)
	if err != nil {
		return fail(err)
	}
	plan, err := form.Upgrade(then, in.Journal(), now, d.opt.Now)
	if err != nil {
		return fail(err)
	}
	return info, then, now, plan, nil
}

// Upgrade implements book.Newer.
func (d *Desk) Upgrade(ctx context.Context, id casework.ID) (book.Upgrade, error) {
	info, then, now, plan, err := d.plan(ctx, id)
	if err != nil {
		return book.Upgrade{}, err
	}
	u := book.Upgrade{Title: d.called(now), From: then.Version, To: now.Version}
	if p, ok := d.store.Person(info.Person); ok {
		u.Name = p.Name
	}
	words := func(a form.Answer, label, shown string, class casework.Sensitivity) book.UpgradeLine {
		if a.Unknown != "" {
			shown = d.say("form.unknown." + a.Unknown)
		}
		return book.UpgradeLine{Label: label, Answer: shown, Secret: max(a.Class, class) == casework.Restricted}
	}
	for _, k := range plan.Kept {
		l := words(k.Answer, k.Label, k.Shown, k.Class)
		for _, note := range []struct {
			on  bool
			key string
		}{{k.Reworded, "upgrade.reworded"}, {k.Idle, "upgrade.idle"}, {k.Class < k.Answer.Class, "upgrade.wider"}} {
			if note.on {
				l.Notes = append(l.Notes, book.Phrase{Key: note.key})
			}
		}
		u.Kept = append(u.Kept, l)
	}
	for _, k := range plan.Dropped {
		l := words(k.Answer, k.Label, k.Shown, k.Answer.Class)
		l.Notes = []book.Phrase{{Key: string(k.Why)}}
		u.Dropped = append(u.Dropped, l)
	}
	for _, a := range plan.Asked {
		u.Asked = append(u.Asked, book.UpgradeLine{Label: a.Label, Must: a.Required})
	}
	return u, nil
}

// TakeUpgrade implements book.Newer. Whenever the power goes, the old draft is whole; a new one
// that is not yet so is on no list.
func (d *Desk) TakeUpgrade(ctx context.Context, id casework.ID) (casework.ID, error) {
	info, _, now, plan, err := d.plan(ctx, id)
	if err != nil {
		return casework.ID{}, err
	}
	_, hidden := d.superseded(ctx)
	for part := range hidden {
		if _, err := d.draft(part); err != nil {
			continue
		}
		if err := d.store.DropDraft(ctx, part, d.say("upgrade.part")); err != nil {
			return casework.ID{}, err
		}
	}
	next, err := casework.NewID(d.opt.Rand)
	if err != nil {
		return casework.ID{}, err
	}
	journal := slices.Clone(plan.Journal)
	start := *journal[0].Start
	start.Facts = maps.Clone(start.Facts)
	if start.Facts == nil {
		start.Facts = map[string]string{}
	}
	start.Facts[factFrom], start.Facts[factCount] = id.String(), strconv.Itoa(len(journal))
	journal[0].Start = &start
	draft := info.Draft
	draft.ID, draft.FormHash, draft.Title = next, hashOf(now), d.called(now)
	if err := d.store.BeginDraft(ctx, draft); err != nil {
		return casework.ID{}, err
	}
	if err := d.Answered(ctx, next, journal...); err != nil {
		return casework.ID{}, err
	}
	if err := d.note(ctx, id, next); err != nil {
		return casework.ID{}, err
	}
	d.tell()
	return next, nil
}
