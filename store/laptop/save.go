package laptop

import (
	"context"
	"database/sql"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/store/laptop/outbox"
)

// Save keeps operations for ever and shows them at once: one transaction, one fsync, all
// or none. An operation that was saved before is not saved twice. Errors: laptop.refused
// (Reason says why; nothing is kept), laptop.refused_text and laptop.refused_value (which
// name the Field), laptop.disk_full, laptop.disk, laptop.read_only,
// laptop.closed.
func (s *Store) Save(ctx context.Context, ops ...casework.Op) error {
	err := s.save(ctx, "laptop.Save", ops, nil)
	if err == nil {
		s.afterSave(ctx)
	}
	return err
}

// SaveAndClose saves a finished visit and ends its draft in the same transaction: there is
// never both, and never neither. A draft that is gone already is no error.
func (s *Store) SaveAndClose(ctx context.Context, draft casework.ID, ops ...casework.Op) error {
	err := s.save(ctx, "laptop.SaveAndClose", ops, func(tx *sql.Tx) error {
		return finishDraft(ctx, tx, draft)
	}, draft)
	if err == nil {
		s.view.Lock()
		delete(s.drafts, draft)
		s.view.Unlock()
		s.afterSave(ctx)
	}
	return err
}

func (s *Store) save(ctx context.Context, what string, ops []casework.Op, also func(*sql.Tx) error, closes ...casework.ID) error {
	s.work.Lock()
	defer s.work.Unlock()
	if s.closed {
		return casework.Problem(what, "laptop.closed")
	}
	ctx = context.WithoutCancel(ctx) // begun is done: no answer in between would be true
	if err := s.notice(ctx); err != nil {
		return trouble(what, err)
	}
	entries, sealed, bodies, after, err := s.link(ctx, what, ops)
	if err != nil {
		return err
	}
	if err := s.roomy(func() error { return s.write(ctx, entries, sealed, also) }); err != nil {
		return trouble(what, err)
	}
	s.view.Lock()
	for _, e := range entries {
		s.journal.add(e)
		s.journal.head = ledger.Head{Device: s.device, Epoch: e.epoch, Seq: e.seq, Hash: e.link}
	}
	for id, r := range after {
		s.show(id, r)
	}
	s.view.Unlock()
	s.carry(entries, bodies, closes)
	wrote := 0
	for _, b := range sealed {
		wrote += len(b)
	}
	s.foldLater(wrote)
	return nil
}

// finishDraft ends a draft whose answers are in a visit. The row stays until the outbox is
// known to say so too: otherwise the draft would come back out of it.
func finishDraft(ctx context.Context, q querier, id casework.ID) error {
	_, err := q.ExecContext(ctx, "UPDATE drafts SET ended = ? WHERE id = ?", draftFinished, id[:])
	if err == nil {
		_, err = q.ExecContext(ctx, "DELETE FROM draft_changes WHERE draft = ?", id[:])
	}
	return err
}

// carry hands what was saved to the outbox. The first operation says which draft it ended.
func (s *Store) carry(entries []*entry, bodies [][]byte, closes []casework.ID) {
	if s.box == nil {
		return
	}
	items := make([]outbox.Item, 0, len(entries)+len(closes))
	prev := s.lastLink(entries)
	for i, e := range entries {
		items = append(items, opItem(e, prev, bodies[i]))
		prev = e.link
	}
	for _, id := range closes {
		if len(items) > 0 {
			items[0].Closes = id
		}
		n := 0
		if d := s.drafts[id]; d != nil {
			n = d.Changes
		}
		items = append(items, outbox.Item{Kind: outbox.Ended, ID: id, N: int64(n)})
	}
	s.box.put(items...)
}

// link examines the operations and gives each its place in the chain. after are the
// records as they will stand.
func (s *Store) link(ctx context.Context, what string, ops []casework.Op) (entries []*entry, sealed, bodies [][]byte, after map[casework.RecordID]casework.Record, err error) {
	head := s.journal.head
	after = map[casework.RecordID]casework.Record{}
	by := s.actor()
	fresh := map[casework.OpID]bool{}
	for _, op := range ops {
		if s.journal.byOp[op.ID] != nil || fresh[op.ID] {
			continue
		}
		fresh[op.ID] = true
		before, ok := after[op.Record]
		if !ok {
			if before, err = s.standing(ctx, s.db, op.Record); err != nil {
				return nil, nil, nil, nil, trouble(what, err)
			}
		}
		by.Worker = s.self.Worker
		if op.Worker == s.self.Own {
			by.Worker = s.self.Own // begun before enrolment
		}
		if why := casework.Examine(before, op, by); why != "" {
			return nil, nil, nil, nil, refused(what, op, why)
		}
		after[op.Record], _ = casework.Merge(before, op)
		b, err := ledger.Encode(op)
		if err != nil {
			return nil, nil, nil, nil, err
		}
		var l ledger.Link
		l, head = head.Next(b)
		row, err := s.ring.seal(place{"ops", op.ID.ID[:], 1}, s.o.Now(), b)
		if err != nil {
			return nil, nil, nil, nil, trouble(what, err)
		}
		entries = append(entries, &entry{
			n: s.lastEntry() + int64(len(entries)) + 1, id: op.ID, record: op.Record, kind: op.Kind, op: op,
			epoch: l.Epoch, seq: l.Seq, link: head.Hash,
		})
		sealed, bodies = append(sealed, row), append(bodies, b)
	}
	return entries, sealed, bodies, after, nil
}

// refused says why an operation cannot be kept, and where it can, which field it is.
func refused(what string, op casework.Op, why casework.Reason) error {
	if f, ok := casework.Unfit(op); ok && why == casework.ReasonValue {
		if limit := f.Limit(); limit > 0 {
			return casework.Problem(what, "laptop.refused_text", "Field", f.Zh, "FieldEn", f.En, "Limit", limit)
		}
		return casework.Problem(what, "laptop.refused_value", "Field", f.Zh, "FieldEn", f.En)
	}
	return casework.Problem(what, "laptop.refused", "Reason", string(why))
}

func (s *Store) lastEntry() int64 {
	if n := len(s.journal.all); n > 0 {
		return s.journal.all[n-1].n
	}
	return 0
}

const insertOp = "INSERT INTO ops (n, id, epoch, seq, link, sealed) VALUES (?, ?, ?, ?, ?, ?)"

func (s *Store) write(ctx context.Context, entries []*entry, sealed [][]byte, also func(*sql.Tx) error) error {
	if len(entries) == 1 && also == nil { // one statement is a transaction by itself
		return insert(ctx, s.insert, entries[0], sealed[0])
	}
	if len(entries) == 0 && also == nil {
		return nil
	}
	return s.inTx(ctx, func(tx *sql.Tx) error {
		for i, e := range entries {
			if err := insert(ctx, tx.StmtContext(ctx, s.insert), e, sealed[i]); err != nil {
				return err
			}
		}
		if also == nil {
			return nil
		}
		return also(tx)
	})
}

func insert(ctx context.Context, q *sql.Stmt, e *entry, sealed []byte) error {
	_, err := q.ExecContext(ctx, e.n, e.id.ID[:], int64(e.epoch), int64(e.seq), e.link[:], sealed)
	return err
}

// foldAt is how many bytes the log may grow before it is folded into the database.
const foldAt = 4 << 20

// foldLater folds a long log in after the save that made it long has said saved. wrote is
// about what the save added to the log.
func (s *Store) foldLater(wrote int) {
	s.unfolded += wrote + 8<<10 // whole pages are written
	if s.unfolded < foldAt {
		return
	}
	s.unfolded = 0
	go func() {
		s.work.Lock()
		defer s.work.Unlock()
		s.fold()
	}()
}

// foldLeft folds in what the last run left in the log, before anything is added. A flush of
// the log that failed then may have left entries that can be read and are not on the disk;
// whatever came behind them would be lost with the power.
func (s *Store) foldLeft(ctx context.Context) error {
	var busy, log, folded int
	if err := s.db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(FULL)").Scan(&busy, &log, &folded); err != nil {
		return trouble("laptop.Open", err)
	}
	return nil
}

// fold writes the log's pages into the database file, so that the log starts over. A log
// that cannot be folded in now is folded in later: nothing depends on it.
func (s *Store) fold() {
	if !s.closed {
		_, _ = s.db.ExecContext(context.Background(), "PRAGMA wal_checkpoint(PASSIVE)")
	}
}
