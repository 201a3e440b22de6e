package district

import (
	"context"
	"maps"
	"slices"
	"strings"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// line is one area × duty of a worker's scope.
type line struct {
	key  string
	area casework.Area
	duty casework.Duty
}

func lines(a casework.Actor) []line {
	var out []line
	for _, s := range a.Scopes {
		if s.Area.Level() == casework.LevelNone {
			continue
		}
		for _, d := range s.Duties {
			l := line{ledger.CursorKey(s.Area, d), s.Area, d}
			if !slices.Contains(out, l) {
				out = append(out, l)
			}
		}
	}
	return out
}

// sighting is one row of record_scope within a page, with its record.
type sighting struct {
	since, until uint64
	touched      uint64
	record       *entry
	cursor       uint64 // of its line before the page
}

const (
	qSighting = `SELECT s.since, s.until, s.touched, r.id, r.kind, r.owner, r.seq, r.erased, r.scope, r.body
		FROM record_scope s JOIN records r ON r.county = s.county AND r.id = s.record WHERE s.county = $1 AND s.duty = $2 AND s.touched > $3 AND `
	qInVillage = qSighting + "s.area = $4 AND s.touched <= $5 ORDER BY s.touched LIMIT $6"
	qBelow     = qSighting + "substr(s.area, 1, $7) = $4 AND s.touched <= $5 ORDER BY s.touched LIMIT $6"
)

// look finds what was touched in a line after low, up to and including high.
func (p *page) look(ctx context.Context, l *line, low, high uint64, limit int) ([]sighting, error) {
	var out []sighting
	q, args := qInVillage, []any{p.w.s.county, string(l.duty), low, string(l.area), high, limit}
	if l.area.Level() != casework.LevelVillage {
		q = qBelow
		args[3] = l.area.Prefix()
		args = append(args, len(l.area.Prefix()))
	}
	err := p.w.each(ctx, func(scan func(...any) error) error {
		x := sighting{cursor: low}
		e, err := scanEntry(func(to ...any) error {
			return scan(append([]any{&x.since, &x.until, &x.touched}, to...)...)
		})
		x.record = e
		out = append(out, x)
		return err
	}, q, args...)
	return out, err
}

const qHeld = `SELECT DISTINCT r.id, r.kind, r.owner, r.seq, r.erased, r.scope, r.body
	FROM record_scope s JOIN records r ON r.county = s.county AND r.id = s.record
	WHERE s.county = $1 AND s.duty = $2 AND substr(s.area, 1, $3) = $4 AND s.since <= $5 AND s.until > $5
	AND r.owner = $6 ORDER BY r.id`

// dropped lets go of what was held under lines the worker no longer has. Only persons
// and households are named: what belongs to them goes with them.
func (p *page) dropped(ctx context.Context, had ledger.Cursors) error {
	for _, key := range slices.Sorted(maps.Keys(had)) {
		prefix, duty, ok := strings.Cut(key, "|")
		if _, still := p.news.Cursors[key]; still || !ok {
			continue
		}
		err := p.w.each(ctx, func(scan func(...any) error) error {
			e, err := scanEntry(scan)
			if err == nil && !p.told[e.id] && !holds(p.dev.Actor.Scopes, e.places) {
				p.leave(e, p.head)
				p.news.Leaves[len(p.news.Leaves)-1].Reason = "scope"
			}
			return err
		}, qHeld, p.w.s.county, duty, len(prefix), prefix, min(had[key], p.head), blob(casework.ID{}))
		if err != nil {
			return err
		}
	}
	p.told = map[casework.RecordID]bool{}
	return nil
}
