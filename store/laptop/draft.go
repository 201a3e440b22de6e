package laptop

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"time"

	"doorstep/casework"
	"doorstep/store/laptop/outbox"
)

// Draft is a visit being written.
type Draft struct {
	ID       casework.ID       `json:"id"`
	Person   casework.RecordID `json:"person,omitzero"` // zero while someone new is being entered
	Form     string            `json:"form"`            // name of the questionnaire
	FormHash casework.Hash     `json:"form_hash,omitzero"`
	Started  time.Time         `json:"started"`
	Title    string            `json:"title,omitempty"` // what the list of unfinished work says
}

// DraftInfo is a draft with how far it has come.
type DraftInfo struct {
	Draft
	Changes int       // answers kept so far
	Last    time.Time // when the last of them was kept, on the laptop's clock
}

// What became of a draft, in the column ended.
const (
	draftOpen     = 0
	draftDropped  = 1 // with a reason; its answers stay
	draftFinished = 2 // its answers are in the visit; the row goes once the outbox knows
)

// draftRow is what is sealed of a draft; a dropped one keeps why and when.
type draftRow struct {
	Draft
	Dropped string   `json:"dropped,omitempty"`
	When    jsonTime `json:"when,omitzero"`
}

// change is one sealed answer with its time.
type change struct {
	At   jsonTime `json:"t"`
	Body []byte   `json:"b"`
}

// BeginDraft keeps a new draft. Errors: laptop.draft_exists, those of Save.
func (s *Store) BeginDraft(ctx context.Context, d Draft) error {
	const op = "laptop.BeginDraft"
	s.work.Lock()
	defer s.work.Unlock()
	if s.closed {
		return casework.Problem(op, "laptop.closed")
	}
	ctx = context.WithoutCancel(ctx)
	if s.drafts[d.ID] != nil || d.ID.IsZero() {
		return casework.Problem(op, "laptop.draft_exists")
	}
	d.Started = jsonTime{d.Started}.safe()
	if err := s.roomy(func() error { return s.writeDraft(ctx, draftRow{Draft: d}, 1, draftOpen) }); err != nil {
		return trouble(op, err)
	}
	s.view.Lock()
	s.drafts[d.ID] = &DraftInfo{Draft: d, Last: d.Started}
	s.view.Unlock()
	if i, err := draftItem(d); err == nil { // it was marshalled when it was kept
		s.box.put(i)
	}
	return nil
}

func (s *Store) writeDraft(ctx context.Context, d draftRow, version, ended int) error {
	return s.writeDraftTo(ctx, s.db, d, version, ended)
}

func (s *Store) writeDraftTo(ctx context.Context, q querier, d draftRow, version, ended int) error {
	b, err := json.Marshal(d)
	if err != nil {
		return err
	}
	sealed, err := s.ring.seal(place{"drafts", d.ID[:], uint64(version)}, s.o.Now(), b)
	if err != nil {
		return err
	}
	_, err = q.ExecContext(ctx, "INSERT INTO drafts (id, version, ended, sealed) VALUES (?, ?, ?, ?) "+
		"ON CONFLICT (id) DO UPDATE SET version = excluded.version, ended = excluded.ended, sealed = excluded.sealed",
		d.ID[:], version, ended, sealed)
	return err
}

// AppendDraft keeps one more answer of a draft: one transaction, one fsync. What a change
// says is the caller's business. Errors: laptop.no_draft, those of Save.
func (s *Store) AppendDraft(ctx context.Context, id casework.ID, body []byte) error {
	const op = "laptop.AppendDraft"
	s.work.Lock()
	defer s.work.Unlock()
	if s.closed {
		return casework.Problem(op, "laptop.closed")
	}
	ctx = context.WithoutCancel(ctx)
	d := s.drafts[id]
	if d == nil {
		return casework.Problem(op, "laptop.no_draft")
	}
	now := s.o.Now()
	b, err := json.Marshal(change{jsonTime{now}, body})
	if err != nil {
		return err
	}
	n := d.Changes + 1
	sealed, err := s.ring.seal(place{"draft_changes", id[:], uint64(n)}, now, b)
	if err != nil {
		return trouble(op, err)
	}
	err = s.roomy(func() error {
		_, err := s.db.ExecContext(ctx, "INSERT INTO draft_changes (draft, n, sealed) VALUES (?, ?, ?)", id[:], n, sealed)
		return err
	})
	if err != nil {
		return trouble(op, err)
	}
	s.view.Lock()
	s.drafts[id] = &DraftInfo{Draft: d.Draft, Changes: n, Last: now}
	s.view.Unlock()
	s.box.put(changeItem(id, int64(n), change{jsonTime{now}, bytes.Clone(body)}))
	s.foldLater(len(sealed))
	return nil
}

// Drafts lists the drafts that are neither finished nor dropped, the latest first.
func (s *Store) Drafts() []DraftInfo {
	s.view.RLock()
	defer s.view.RUnlock()
	var out []DraftInfo
	for _, d := range s.drafts {
		out = append(out, *d)
	}
	slices.SortFunc(out, func(a, b DraftInfo) int {
		return cmp.Or(b.Last.Compare(a.Last), slices.Compare(a.ID[:], b.ID[:]))
	})
	return out
}

// ReadDraft gives the changes of a draft in the order they were kept. One that no longer
// opens is left out and reported as laptop.row_damaged beside the others.
func (s *Store) ReadDraft(ctx context.Context, id casework.ID) ([][]byte, error) {
	const op = "laptop.ReadDraft"
	s.work.Lock()
	defer s.work.Unlock()
	if s.closed {
		return nil, casework.Problem(op, "laptop.closed")
	}
	if s.drafts[id] == nil {
		return nil, casework.Problem(op, "laptop.no_draft")
	}
	rows, err := s.db.QueryContext(ctx, "SELECT n, sealed FROM draft_changes WHERE draft = ? ORDER BY n", id[:])
	if err != nil {
		return nil, trouble(op, err)
	}
	defer rows.Close()
	var out [][]byte
	var broken error
	for rows.Next() {
		c, err := s.scanChange(rows, id)
		if err != nil {
			broken = trouble(op, err)
			continue
		}
		out = append(out, c.Body)
	}
	if err := rows.Err(); err != nil {
		return nil, trouble(op, err)
	}
	return out, broken
}

func (s *Store) scanChange(rows *sql.Rows, id casework.ID) (change, error) {
	c, _, err := s.scanNumbered(rows, id)
	return c, err
}

func (s *Store) scanNumbered(rows *sql.Rows, id casework.ID) (c change, n int64, err error) {
	var sealed []byte
	if err := rows.Scan(&n, &sealed); err != nil {
		return c, n, err
	}
	b, err := s.ring.open(place{"draft_changes", id[:], uint64(n)}, sealed, nil)
	if err != nil {
		return c, n, err
	}
	return c, n, json.Unmarshal(b, &c)
}

// DropDraft ends a draft that will not become a visit, with a reason. Its answers stay in
// the store, off every list. Errors: laptop.no_draft, laptop.reason_missing, those of Save.
func (s *Store) DropDraft(ctx context.Context, id casework.ID, reason string) error {
	const op = "laptop.DropDraft"
	s.work.Lock()
	defer s.work.Unlock()
	if s.closed {
		return casework.Problem(op, "laptop.closed")
	}
	ctx = context.WithoutCancel(ctx)
	d := s.drafts[id]
	if d == nil {
		return casework.Problem(op, "laptop.no_draft")
	}
	if reason == "" {
		return casework.Problem(op, "laptop.reason_missing")
	}
	row := draftRow{Draft: d.Draft, Dropped: reason, When: jsonTime{s.o.Now()}}
	if err := s.writeDraft(ctx, row, 2, draftDropped); err != nil {
		return trouble(op, err)
	}
	s.view.Lock()
	delete(s.drafts, id)
	s.view.Unlock()
	if b, err := json.Marshal(row); err == nil {
		s.box.put(outbox.Item{Kind: outbox.Ended, ID: id, N: int64(d.Changes), Body: b})
	}
	s.sweepAttachments(ctx)
	return nil
}

func (s *Store) loadDrafts(ctx context.Context) error {
	rows, err := s.db.QueryContext(ctx, "SELECT d.id, d.version, d.sealed, (SELECT max(n) FROM draft_changes c WHERE c.draft = d.id), "+
		"(SELECT sealed FROM draft_changes c WHERE c.draft = d.id ORDER BY n DESC LIMIT 1) FROM drafts d WHERE d.ended = 0")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id, sealed, last []byte
		var version int64
		var n sql.NullInt64
		if err := rows.Scan(&id, &version, &sealed, &n, &last); err != nil {
			return err
		}
		d := DraftInfo{Changes: int(n.Int64)}
		copy(d.ID[:], id)
		var row draftRow
		b, err := s.ring.open(place{"drafts", id, uint64(version)}, sealed, nil)
		if err == nil && json.Unmarshal(b, &row) == nil {
			d.Draft = row.Draft
		}
		d.Last = d.Started
		var c change
		if b, err := s.ring.open(place{"draft_changes", id, uint64(n.Int64)}, last, nil); err == nil && json.Unmarshal(b, &c) == nil {
			d.Last = c.At.Time
		}
		s.drafts[d.ID] = &d
	}
	return rows.Err()
}
