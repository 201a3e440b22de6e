package district

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"doorstep/casework"
)

var (
	recordBulk = bulk{
		into: "records (county, id, kind, owner, area, seq, conflicts, erased, scope, body)", width: 10,
		tail: `ON CONFLICT (county, id) DO UPDATE SET area = excluded.area, seq = excluded.seq, conflicts = excluded.conflicts,
			scope = excluded.scope, body = excluded.body`,
	}
	scopeBulk = bulk{
		into: "record_scope (county, record, duty, area, since, until, touched)", width: 7,
		tail: "ON CONFLICT (county, record, duty, area, since) DO UPDATE SET until = excluded.until, touched = excluded.touched",
	}
	memberBulk = bulk{into: "members (county, household, person)", width: 3, tail: "ON CONFLICT (county, household, person) DO NOTHING"}
)

const (
	qPart    = "DELETE FROM members WHERE county = $1 AND household = $2 AND person = $3"
	qAdvance = `UPDATE devices SET epoch = $3, seq = $4, hash = $5, forked = $6, frozen = $7, last_log = $8, heard = $9
		WHERE county = $1 AND id = $2`
)

// frequent are the statements worth preparing once.
func frequent() []string {
	return []string{
		qDeviceLock, qDeviceOne, qHead, qRaise, qLinks, qAdvance, qAnswered, qToken, qTokenSeq, qPlaceAt, qScopesAt, qMembers, qPart, qOwned,
		list(qReceipts, 1), list(qRecords, 1), list(qPlaces, 1),
		logBulk.sql(1), payloadBulk.sql(1), recordBulk.sql(1), scopeBulk.sql(1), memberBulk.sql(1), batchBulk.sql(1),
	}
}

// store writes what the batch changed; its log rows are written already.
func (t *intake) store(ctx context.Context) error {
	var records, scopes [][]any
	county := t.w.s.county
	for _, id := range sortedKeys(t.entries) {
		e := t.entries[id]
		if e == nil || !e.dirty && !e.moved {
			continue
		}
		row, err := e.row(county)
		if err != nil {
			return err
		}
		records = append(records, row)
		scopes = append(scopes, e.intervals(county)...)
	}
	if err := t.w.insert(ctx, recordBulk, records); err != nil {
		return err
	}
	if err := t.w.insert(ctx, scopeBulk, scopes); err != nil {
		return err
	}
	for _, m := range t.joins {
		var err error
		if m.in {
			err = t.w.exec(ctx, memberBulk.sql(1), county, blob(m.household.ID), blob(m.person.ID))
		} else {
			err = t.w.exec(ctx, qPart, county, blob(m.household.ID), blob(m.person.ID))
		}
		if err != nil {
			return err
		}
	}
	if t.proof != nil {
		if err := t.w.exec(ctx, batchBulk.sql(1), t.proof...); err != nil {
			return err
		}
	}
	if !t.changed {
		return nil
	}
	d := t.dev
	return t.w.exec(ctx, qAdvance, county, blob(d.ID.ID), int64(d.Chain.Epoch), d.Chain.Seq, hashBlob(d.Chain.Hash),
		millis(d.Forked), flag(d.Frozen), d.LastLog, millis(d.Heard))
}

func (e *entry) row(county string) ([]any, error) {
	if e.dirty {
		b, err := json.Marshal(e.rec)
		if err != nil {
			return nil, err
		}
		e.body = b
	}
	rec, err := e.record()
	if err != nil {
		return nil, err
	}
	scope, err := json.Marshal(e.places)
	if err != nil {
		return nil, err
	}
	area := ""
	if len(e.places) > 0 {
		area = string(e.places[0].Area)
	}
	return []any{
		county, blob(e.id.ID), string(e.kind), blob(e.owner.ID), area, e.seq, int64(len(rec.Conflicts())), flag(e.erased), string(scope), e.body,
	}, nil
}

// intervals are the rows of record_scope to write: the places it left, and the open ones,
// which were touched when they began or by the last operation of the record.
func (e *entry) intervals(county string) [][]any {
	var out [][]any
	row := func(p place, until, touched uint64) {
		out = append(out, []any{county, blob(e.id.ID), string(p.Duty), string(p.Area), p.Since, until, touched})
	}
	for _, c := range e.closed {
		row(c.place, c.until, c.touched)
	}
	for _, p := range e.places {
		row(p, forever, max(p.Since, e.seq))
	}
	return out
}

func sorted(ids []casework.RecordID) []casework.RecordID {
	slices.SortFunc(ids, func(a, b casework.RecordID) int { return a.Compare(b.ID) })
	return slices.Compact(ids)
}

func sortedKeys[V any](m map[casework.RecordID]V) []casework.RecordID {
	return sorted(slices.Collect(maps.Keys(m)))
}

// storable is text as every database takes it: valid UTF-8 without NUL, at most 64 bytes.
func storable(s string) string {
	s = strings.ReplaceAll(s, "\x00", "")
	return strings.ToValidUTF8(s[:min(len(s), 64)], "")
}
