package district

import (
	"context"
	"encoding/json"
	"math"

	"doorstep/casework"
)

// forever is the end of an interval that has not ended.
const forever = math.MaxInt64

// place is one area × duty a record is visible in, and since which number of the log.
type place struct {
	Area  casework.Area `json:"a"`
	Duty  casework.Duty `json:"d"`
	Since uint64        `json:"s"`
}

// interval is one row of record_scope that a batch writes.
type interval struct {
	place
	until, touched uint64
}

// entry is one record while a batch is taken in. Its body is read when it is needed.
type entry struct {
	id      casework.RecordID
	kind    casework.Kind
	owner   casework.RecordID
	exists  bool
	erased  bool
	seq     uint64
	places  []place
	body    []byte
	rec     casework.Record
	decoded bool
	dirty   bool       // an operation entered it
	moved   bool       // its places changed
	closed  []interval // places it left
}

// record is the record as it stands in this batch; the zero record when there is none.
func (e *entry) record() (casework.Record, error) {
	if !e.exists || e.decoded {
		return e.rec, nil
	}
	if err := json.Unmarshal(e.body, &e.rec); err != nil {
		return e.rec, casework.Problem("district.Take", "district.damaged").Because(err)
	}
	e.decoded = true
	return e.rec, nil
}

// number replaces provisional numbers by those handed out.
func (e *entry) number(first uint64) {
	e.seq = final(e.seq, first)
	for i := range e.places {
		e.places[i].Since = final(e.places[i].Since, first)
	}
	for i := range e.closed {
		c := &e.closed[i]
		c.Since, c.until, c.touched = final(c.Since, first), final(c.until, first), final(c.touched, first)
	}
}

const (
	recordColumns = "id, kind, owner, seq, erased, scope, body"
	qRecords      = "SELECT " + recordColumns + " FROM records WHERE county = $1 AND id IN (%) ORDER BY id"
	qOwned        = "SELECT " + recordColumns + " FROM records WHERE county = $1 AND owner = $2 ORDER BY id"
)

func scanEntry(scan func(...any) error) (*entry, error) {
	e := &entry{exists: true}
	var kind, scope string
	var erased int64
	if err := scan(into(&e.id.ID), &kind, into(&e.owner.ID), &e.seq, &erased, &scope, &e.body); err != nil {
		return nil, err
	}
	e.kind, e.erased = casework.Kind(kind), erased != 0
	if err := json.Unmarshal([]byte(scope), &e.places); err != nil {
		return nil, casework.Problem("district.Take", "district.damaged").Because(err)
	}
	return e, nil
}

// load reads and locks the records of a batch and their owners, in the order of their ids.
func (t *intake) load(ctx context.Context, batch []sent) error {
	var ids []casework.RecordID
	for _, x := range batch {
		if !x.bad && !t.has(x) {
			ids = append(ids, x.op.Record, x.op.Owner)
		}
	}
	return t.fetch(ctx, ids)
}

func (t *intake) fetch(ctx context.Context, ids []casework.RecordID) error {
	var keys [][]byte
	for _, id := range sorted(ids) {
		if _, here := t.entries[id]; !here && !id.IsZero() {
			t.entries[id] = nil
			keys = append(keys, blob(id.ID))
		}
	}
	return t.w.among(ctx, qRecords+t.w.s.e.Lock, keys, t.keep)
}

// keep keeps a row that was read, unless the batch knows a newer state of it.
func (t *intake) keep(scan func(...any) error) error {
	e, err := scanEntry(scan)
	if err == nil && t.entries[e.id] == nil {
		t.entries[e.id] = e
	}
	return err
}

// owned are the records that belong to a person or household, those of this batch included.
func (t *intake) owned(ctx context.Context, owner casework.RecordID) ([]*entry, error) {
	if err := t.w.each(ctx, t.keep, qOwned+t.w.s.e.Lock, t.w.s.county, blob(owner.ID)); err != nil {
		return nil, err
	}
	var out []*entry
	for _, id := range sortedKeys(t.entries) {
		if e := t.entries[id]; e != nil && e.exists && e.owner == owner {
			out = append(out, e)
		}
	}
	return out, nil
}
