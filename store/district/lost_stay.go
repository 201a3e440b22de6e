package district

import (
	"context"
	"maps"
	"slices"

	"doorstep/casework"
)

// stay is a record in one line of a scope, from one number of the log to another.
type stay struct {
	id           casework.RecordID
	since, until uint64
	period       period
}

// within finds what stood in one line of a scope. Everything is asked by its key, piece by
// piece: what a database makes of joins depends on what it knows of its tables.
func (x *exposure) within(ctx context.Context, p period, duty casework.Duty) ([]stay, error) {
	prefix := p.scope.Area.Prefix()
	if prefix == "" {
		return nil, nil
	}
	var out []stay
	err := x.w.each(ctx, func(scan func(...any) error) error {
		s := stay{period: p}
		err := scan(into(&s.id.ID), &s.since, &s.until)
		out = append(out, s)
		return err
	}, "SELECT record, since, until FROM record_scope WHERE county = $1 AND duty = $2 AND substr(area, 1, $3) = $4",
		x.w.s.county, string(duty), len(prefix), prefix)
	return out, err
}

// persons leaves the stays of persons.
func (x *exposure) persons(ctx context.Context, stays []stay) ([]stay, error) {
	kinds := map[casework.RecordID]bool{}
	for _, s := range stays {
		kinds[s.id] = false
	}
	var ids [][]byte
	for _, id := range sortedKeys(kinds) {
		ids = append(ids, blob(id.ID))
	}
	err := x.w.among(ctx, "SELECT id, kind FROM records WHERE county = $1 AND id IN (%)", ids, func(scan func(...any) error) error {
		var id casework.RecordID
		var kind string
		err := scan(into(&id.ID), &kind)
		kinds[id] = kind == string(casework.KindPerson)
		return err
	})
	return slices.DeleteFunc(stays, func(s stay) bool { return !kinds[s.id] }), err
}

// times are the moments of numbers of the log, in milliseconds.
func (x *exposure) times(ctx context.Context, stays []stay) (map[uint64]int64, error) {
	at := map[uint64]int64{}
	for _, s := range stays {
		at[s.since] = 0
	}
	for piece := range slices.Chunk(slices.Sorted(maps.Keys(at)), min(64, x.w.s.e.Rows)) {
		args := []any{x.w.s.county}
		for _, n := range piece {
			args = append(args, n)
		}
		err := x.w.each(ctx, func(scan func(...any) error) error {
			var n uint64
			var ms int64
			err := scan(&n, &ms)
			at[n] = ms
			return err
		}, list("SELECT seq, at FROM log WHERE county = $1 AND seq IN (%)", len(piece)), args...)
		if err != nil {
			return nil, err
		}
	}
	return at, nil
}

// came notes the stays of which an answer told.
func (x *exposure) came(stays []stay, at map[uint64]int64) {
	for _, s := range stays {
		come := slices.IndexFunc(x.answers, func(a answered) bool { return a.at >= max(at[s.since], s.period.begun) })
		left := func(a answered) bool { return a.seq >= s.until || a.seq > s.period.until }
		if come < 0 || left(x.answers[come]) {
			continue
		}
		e := Exposed{Person: s.id, Arrived: moment(x.answers[come].at)}
		if i := slices.IndexFunc(x.answers[come:], left); i >= 0 {
			e.Gone = moment(x.answers[come+i].at)
		}
		x.note(e)
	}
}
