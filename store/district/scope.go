package district

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"doorstep/casework"
)

// fieldHousehold is the register of a person that names her household.
const fieldHousehold casework.Field = "household"

// pairs are the area × duty pairs in which a person is visible.
func pairs(person casework.Record) []place {
	var out []place
	for _, a := range person.Areas() {
		if a.Level() == casework.LevelNone {
			continue
		}
		for _, d := range person.Duties() {
			out = append(out, place{Area: a, Duty: d})
		}
	}
	return out
}

// stand puts a record into exactly these places from a number of the log on, and reports
// whether that changed anything. Without any place it stays where it was: nobody falls
// out of everyone's sight.
func (e *entry) stand(want []place, seq uint64) bool {
	if len(want) == 0 {
		return false
	}
	var now []place
	changed := false
	for _, p := range e.places {
		if slices.ContainsFunc(want, p.same) {
			now = append(now, p)
			continue
		}
		changed = true
		e.closed = append(e.closed, interval{place: p, until: seq, touched: seq})
	}
	for _, p := range want {
		if !slices.ContainsFunc(now, p.same) {
			p.Since = seq
			now = append(now, p)
			changed = true
		}
	}
	slices.SortFunc(now, func(a, b place) int { return cmp.Or(cmp.Compare(a.Area, b.Area), cmp.Compare(a.Duty, b.Duty)) })
	e.places = now
	e.moved = e.moved || changed
	return changed
}

func (p place) same(o place) bool { return p.Area == o.Area && p.Duty == o.Duty }

// settle brings the places up to date after an operation entered a record: the person's
// own, those of everything that follows her, and those of her households.
func (t *intake) settle(ctx context.Context, e *entry, before casework.Record, seq uint64) error {
	e.kind, e.owner = e.rec.Kind, e.rec.Owner
	switch {
	case !e.owner.IsZero():
		if len(e.places) == 0 {
			e.stand(t.entries[e.owner].places, seq)
		}
	case e.kind == casework.KindPerson:
		return t.settlePerson(ctx, e, before, seq)
	case placed(e.kind):
		e.stand(pairs(e.rec), seq)
	case before.IsZero():
		return t.house(ctx, e.id, seq)
	}
	return nil
}

func (t *intake) settlePerson(ctx context.Context, e *entry, before casework.Record, seq uint64) error {
	was, is := households(before), households(e.rec)
	moved := e.stand(pairs(e.rec), seq)
	if moved && !before.IsZero() {
		if err := t.follow(ctx, e, seq); err != nil {
			return err
		}
	}
	var touched []casework.RecordID
	for _, h := range was {
		if !slices.Contains(is, h) {
			if err := t.join(ctx, membership{h, e.id, false}); err != nil {
				return err
			}
			touched = append(touched, h)
		}
	}
	for _, h := range is {
		if slices.Contains(was, h) && !moved {
			continue
		}
		if err := t.join(ctx, membership{h, e.id, true}); err != nil {
			return err
		}
		touched = append(touched, h)
	}
	for _, h := range touched {
		if err := t.house(ctx, h, seq); err != nil {
			return err
		}
	}
	return nil
}

// follow moves everything that belongs to a person or household to where it now is.
func (t *intake) follow(ctx context.Context, root *entry, seq uint64) error {
	all, err := t.owned(ctx, root.id)
	if err != nil {
		return err
	}
	for _, e := range all {
		e.stand(root.places, seq)
	}
	return nil
}

func households(person casework.Record) []casework.RecordID {
	var out []casework.RecordID
	for _, v := range person.Every(fieldHousehold) {
		var id casework.RecordID
		if json.Unmarshal(v, &id) == nil && !id.IsZero() && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// membership says that a person belongs to a household, or no longer.
type membership struct {
	household, person casework.RecordID
	in                bool
}

func (t *intake) join(ctx context.Context, m membership) error {
	home, err := t.home(ctx, m.household)
	if err != nil {
		return err
	}
	if home[m.person] == m.in {
		return nil
	}
	home[m.person] = m.in
	t.joins = append(t.joins, m)
	return nil
}

const qMembers = "SELECT person FROM members WHERE county = $1 AND household = $2"

func (t *intake) home(ctx context.Context, household casework.RecordID) (map[casework.RecordID]bool, error) {
	if home, ok := t.homes[household]; ok {
		return home, nil
	}
	// The household's row is locked first, so that two members who move at the same
	// time in two transactions see each other.
	if err := t.fetch(ctx, []casework.RecordID{household}); err != nil {
		return nil, err
	}
	home := map[casework.RecordID]bool{}
	err := t.w.each(ctx, func(scan func(...any) error) error {
		var id casework.RecordID
		err := scan(into(&id.ID))
		home[id] = true
		return err
	}, qMembers, t.w.s.county, blob(household.ID))
	t.homes[household] = home
	return home, err
}

const qPlaces = "SELECT scope FROM records WHERE county = $1 AND id IN (%)"

// house puts a household where any of its members is; one without members stays with
// those who began it.
func (t *intake) house(ctx context.Context, household casework.RecordID, seq uint64) error {
	home, err := t.home(ctx, household)
	if err != nil {
		return err
	}
	e := t.entries[household]
	if e == nil || !e.exists || e.kind != casework.KindHousehold {
		return nil
	}
	var want []place
	add := func(more []place) {
		for _, p := range more {
			if !slices.ContainsFunc(want, p.same) {
				want = append(want, p)
			}
		}
	}
	var elsewhere [][]byte
	for _, id := range sortedKeys(home) {
		switch m := t.entries[id]; {
		case !home[id]:
		case m != nil && m.exists:
			add(m.places)
		default:
			elsewhere = append(elsewhere, blob(id.ID))
		}
	}
	err = t.w.among(ctx, qPlaces, elsewhere, func(scan func(...any) error) error {
		var text string
		var places []place
		if err := scan(&text); err != nil {
			return err
		}
		err := json.Unmarshal([]byte(text), &places)
		add(places)
		return err
	})
	if err != nil {
		return err
	}
	if len(want) == 0 && len(e.places) == 0 {
		for _, s := range t.dev.Actor.Scopes {
			for _, d := range s.Duties {
				add([]place{{Area: s.Area, Duty: d}})
			}
		}
	}
	if e.stand(want, seq) {
		return t.follow(ctx, e, seq)
	}
	return nil
}
