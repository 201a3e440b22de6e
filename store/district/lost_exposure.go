package district

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"math"
	"slices"
	"time"

	"doorstep/casework"
)

// exposure works out whose data a laptop held. Arrival is judged generously, by the
// clock: the first answer after her record came into the laptop's scope may have brought
// it. Leaving is judged strictly, by the number of the log that an answer told: only then
// did the laptop know that it had to go.
type exposure struct {
	w       *work
	dev     Device
	answers []answered
	people  map[casework.RecordID]*Exposed
}

// answered is one answer a laptop was given.
type answered struct {
	seq uint64 // how far it told the log
	at  int64  // milliseconds
}

// period is a stretch of the log in which a worker held a scope: after since, up to and
// including until.
type period struct {
	since, until uint64
	begun        int64 // milliseconds
	scope        casework.Scope
}

func (x *exposure) gather(ctx context.Context) error {
	err := x.w.each(ctx, func(scan func(...any) error) error {
		var a answered
		err := scan(&a.seq, &a.at)
		x.answers = append(x.answers, a)
		return err
	}, "SELECT seq, at FROM tokens WHERE county = $1 AND device = $2 ORDER BY at, seq", x.w.s.county, blob(x.dev.ID.ID))
	if err != nil {
		return err
	}
	periods, err := x.periods(ctx)
	if err != nil {
		return err
	}
	var stays []stay
	for _, p := range periods {
		for _, duty := range p.scope.Duties {
			more, err := x.within(ctx, p, duty)
			if err != nil {
				return err
			}
			stays = append(stays, more...)
		}
	}
	if stays, err = x.persons(ctx, stays); err != nil {
		return err
	}
	at, err := x.times(ctx, stays)
	if err != nil {
		return err
	}
	x.came(stays, at)
	if err := x.written(ctx); err != nil {
		return err
	}
	return x.classify(ctx)
}

// periods are the scopes of everybody who worked on this laptop.
func (x *exposure) periods(ctx context.Context) ([]period, error) {
	w := x.w
	workers := []casework.WorkerID{x.dev.Actor.Worker}
	err := w.each(ctx, func(scan func(...any) error) error {
		var id casework.WorkerID
		err := scan(into(&id.ID))
		if !slices.Contains(workers, id) {
			workers = append(workers, id)
		}
		return err
	}, "SELECT DISTINCT worker FROM log WHERE county = $1 AND device = $2 AND verdict <> 'quarantined'", w.s.county, blob(x.dev.ID.ID))
	if err != nil {
		return nil, err
	}
	var out []period
	for _, id := range workers {
		next := uint64(math.MaxInt64)
		err := w.each(ctx, func(scan func(...any) error) error {
			var since uint64
			var begun int64
			var text string
			var scopes []casework.Scope
			if err := scan(&since, &text, &begun); err != nil {
				return err
			}
			if err := json.Unmarshal([]byte(text), &scopes); err != nil {
				return err
			}
			for _, s := range scopes {
				out = append(out, period{since, next, begun, s})
			}
			next = since
			return nil
		}, `SELECT s.since, s.scopes, COALESCE(l.at, 0) FROM worker_scopes s LEFT JOIN log l ON l.county = s.county AND l.seq = s.since
			WHERE s.county = $1 AND s.worker = $2 ORDER BY s.since DESC`, w.s.county, blob(id.ID))
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// written adds whom this laptop wrote about, whatever answers it got.
func (x *exposure) written(ctx context.Context) error {
	return x.w.each(ctx, func(scan func(...any) error) error {
		var id, owner casework.RecordID
		var kind string
		var at int64
		if err := scan(into(&id.ID), into(&owner.ID), &kind, &at); err != nil {
			return err
		}
		if kind != string(casework.KindPerson) {
			return nil // a household: its members stand for themselves
		}
		if !owner.IsZero() {
			id = owner
		}
		if e := x.people[id]; e != nil {
			if moment(at).Before(e.Arrived) {
				e.Arrived = moment(at)
			}
			return nil
		}
		x.note(Exposed{Person: id, Arrived: moment(at)})
		return nil
	}, `SELECT r.id, r.owner, COALESCE(o.kind, r.kind), MIN(l.at) FROM log l JOIN records r ON r.county = l.county AND r.id = l.record
		LEFT JOIN records o ON o.county = r.county AND o.id = r.owner
		WHERE l.county = $1 AND l.device = $2 AND l.verdict <> 'quarantined' GROUP BY r.id, r.owner, COALESCE(o.kind, r.kind)`,
		x.w.s.county, blob(x.dev.ID.ID))
}

// note adds one stay of a person's data on the laptop to the others.
func (x *exposure) note(e Exposed) {
	held := x.people[e.Person]
	if held == nil {
		x.people[e.Person] = &e
		return
	}
	if e.Arrived.Before(held.Arrived) {
		held.Arrived = e.Arrived
	}
	if e.Gone.IsZero() || !held.Gone.IsZero() && e.Gone.After(held.Gone) {
		held.Gone = e.Gone
	}
}

// classify says to which family everybody belongs, and which classes of data the worker
// could read or wrote herself.
func (x *exposure) classify(ctx context.Context) error {
	seen := map[casework.RecordID]map[casework.Sensitivity]bool{}
	var ids [][]byte
	for _, id := range sortedKeys(x.people) {
		x.people[id].Family = id
		seen[id] = map[casework.Sensitivity]bool{casework.Routine: true}
		ids = append(ids, blob(id.ID))
	}
	for _, q := range []string{
		"SELECT body FROM records WHERE county = $1 AND id IN (%) AND erased = 0",
		"SELECT body FROM records WHERE county = $1 AND owner IN (%) AND erased = 0",
	} {
		err := x.w.among(ctx, q, ids, func(scan func(...any) error) error {
			var body []byte
			if err := scan(&body); err != nil {
				return err
			}
			rec, err := (&entry{exists: true, body: body}).record()
			if err != nil {
				return err
			}
			whose := rec.Owner
			if whose.IsZero() {
				whose = rec.ID
				if homes := households(rec); len(homes) > 0 {
					x.people[whose].Family = homes[0]
				}
			}
			x.look(rec, seen[whose])
			return nil
		})
		if err != nil {
			return err
		}
	}
	for id, classes := range seen {
		x.people[id].Classes = slices.Sorted(maps.Keys(classes))
	}
	return nil
}

func (x *exposure) look(rec casework.Record, seen map[casework.Sensitivity]bool) {
	spec, ok := casework.SchemaOf(rec.Kind)
	if !ok {
		return
	}
	read := rec.As(x.dev.Actor.Role).Registers
	for f, reg := range rec.Registers {
		_, reads := read[f]
		if reads || reg.Worker == x.dev.Actor.Worker || reg.Worker == x.dev.Own {
			seen[spec.SensitivityOf(f)] = true
		}
	}
}

// keep writes down what was gathered, and the notices.
func (x *exposure) keep(ctx context.Context, now time.Time) error {
	w, device := x.w, blob(x.dev.ID.ID)
	var last int64
	if n := len(x.answers); n > 0 {
		last = x.answers[n-1].at
	}
	err := w.exec(ctx, "INSERT INTO losses (county, device, reported, answered) VALUES ($1,$2,$3,$4)", w.s.county, device, millis(now), last)
	if err != nil {
		return err
	}
	families := []casework.RecordID{{}} // first the authority
	var rows [][]any
	all := make([]*Exposed, 0, len(x.people))
	for _, id := range sortedKeys(x.people) {
		all = append(all, x.people[id])
	}
	slices.SortStableFunc(all, func(a, b *Exposed) int { return cmp.Compare(a.Arrived.UnixMilli(), b.Arrived.UnixMilli()) })
	known := map[casework.RecordID]bool{}
	for _, e := range all {
		classes := int64(0)
		for _, c := range e.Classes {
			classes |= 1 << c
		}
		rows = append(rows, []any{w.s.county, device, blob(e.Person.ID), blob(e.Family.ID), millis(e.Arrived), millis(e.Gone), classes})
		if !known[e.Family] {
			known[e.Family] = true
			families = append(families, e.Family)
		}
	}
	if err := w.insert(ctx, bulk{into: "loss_people (county, device, person, family, arrived, gone, classes)", width: 7}, rows); err != nil {
		return err
	}
	return w.notify(ctx, x.dev.ID, families, now)
}

func decode(text string, into any) error { return json.Unmarshal([]byte(text), into) }
