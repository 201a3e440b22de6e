package laptop

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/store/laptop/outbox"
)

// repair is what came back out of the outbox.
type repair struct {
	ops, receipts, drafts, answers, files int
	relinked                              bool // a new epoch was begun
}

func (r repair) any() bool { return r.ops+r.receipts+r.drafts+r.answers+r.files > 0 }

// reconcile puts back what the outbox has and the database lacks: operations at their
// places when the chain holds with them, otherwise in a new epoch behind what the district
// has; drafts with their answers. epoch begins a new one in any case.
func (s *Store) reconcile(ctx context.Context, c outbox.Contents, epoch bool) (repair, error) {
	var r repair
	least := uint32(0)
	var st outboxState
	if c.State != nil && json.Unmarshal(c.State, &st) == nil {
		least = st.Exchange.Start.Epoch
	}
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		r = repair{}
		if err := s.putBackOps(ctx, tx, c, &r); err != nil {
			return err
		}
		if err := s.putBackDrafts(ctx, tx, c, &r); err != nil {
			return err
		}
		return s.putBackFiles(ctx, tx, c, &r)
	})
	if err != nil {
		return r, trouble("laptop.Open", err)
	}
	if r.any() {
		if err := s.reload(ctx); err != nil {
			return r, err
		}
	}
	if epoch || least > s.x.Start.Epoch || s.unlinked() {
		if err := s.newEpoch(ctx, least); err != nil {
			return r, trouble("laptop.Open", err)
		}
		r.relinked = true
		return r, s.reload(ctx)
	}
	return r, nil
}

// reload reads everything again after rows were put back.
func (s *Store) reload(ctx context.Context) error {
	s.self, s.x = identity{}, exchange{}
	s.enrolled, s.broken, s.torn, s.tornOps = nil, 0, false, nil
	if err := s.load(ctx); err != nil {
		return unreadable("laptop.Open", err)
	}
	return unreadable("laptop.Open", s.lookThrough(ctx))
}

// putBackOps inserts missing operations and writes damaged ones anew.
func (s *Store) putBackOps(ctx context.Context, tx *sql.Tx, c outbox.Contents, r *repair) error {
	taken := map[int64]bool{}
	var rows uint64 // of receipts put back, for the tally
	for _, e := range s.journal.all {
		taken[e.n] = true
	}
	last := s.lastEntry()
	for _, i := range c.Ops {
		if _, err := ledger.Decode(i.Body); err != nil {
			continue
		}
		id := casework.OpID{ID: i.ID}
		e := s.journal.byOp[id]
		if e == nil || e.receipt == nil { // received after this copy of the database was made
			seq, err := s.putBackReceipt(ctx, tx, c.Receipts[i.ID])
			if err != nil {
				return err
			}
			if seq > 0 {
				rows += rowSum("receipts", i.ID[:], seq)
				r.receipts++
			}
		}
		if e != nil && !e.damaged && !s.tornOps[id] {
			continue
		}
		sealed, err := s.ring.seal(place{"ops", i.ID[:], 1}, s.o.Now(), i.Body)
		if err != nil {
			return err
		}
		link := i.Link(s.device)
		hash := link.Hash()
		if e != nil {
			if _, err := tx.ExecContext(ctx, "UPDATE ops SET sealed = ? WHERE n = ?", sealed, e.n); err != nil {
				return err
			}
			if !e.settled && e.epoch == i.Epoch && e.seq == i.Seq { // its link may be what is damaged
				if _, err := tx.ExecContext(ctx, "UPDATE ops SET link = ? WHERE n = ?", hash[:], e.n); err != nil {
					return err
				}
			}
			r.ops++
			continue
		}
		n := i.N
		if n <= 0 || taken[n] {
			n = last + 1
		}
		taken[n], last = true, max(last, n)
		if _, err := tx.ExecContext(ctx, insertOp, n, i.ID[:], int64(i.Epoch), int64(i.Seq), hash[:], sealed); err != nil {
			return err
		}
		r.ops++
	}
	if rows == 0 || s.x.Tally == nil {
		return nil
	}
	x, t := s.x, *s.x.Tally
	t.Rows += rows
	x.Tally = &t
	return s.writeMeta(ctx, tx, "exchange", x)
}

// putBackReceipt keeps a receipt that the outbox knows; it gives its number in the
// district's log, or 0.
func (s *Store) putBackReceipt(ctx context.Context, tx *sql.Tx, i outbox.Item) (int64, error) {
	var n note
	if len(i.Body) == 0 || json.Unmarshal(i.Body, &n) != nil || n.Receipt.Op.ID != i.ID {
		return 0, nil
	}
	return int64(n.Receipt.Seq), s.writeNote(ctx, tx, n)
}

// draftSeen is a draft as the database has it.
type draftSeen struct {
	ended int
	opens bool
}

func (s *Store) draftsSeen(ctx context.Context, q querier) (map[casework.ID]draftSeen, error) {
	rows, err := q.QueryContext(ctx, "SELECT id, version, ended, sealed FROM drafts")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[casework.ID]draftSeen{}
	for rows.Next() {
		var raw, sealed []byte
		var version int64
		var d draftSeen
		if err := rows.Scan(&raw, &version, &d.ended, &sealed); err != nil {
			return nil, err
		}
		_, err := s.ring.open(place{"drafts", raw, uint64(version)}, sealed, nil)
		d.opens = err == nil
		var id casework.ID
		copy(id[:], raw)
		out[id] = d
	}
	return out, rows.Err()
}

// putBackDrafts brings drafts to where the outbox saw them, never back.
func (s *Store) putBackDrafts(ctx context.Context, tx *sql.Tx, c outbox.Contents, r *repair) error {
	seen, err := s.draftsSeen(ctx, tx)
	if err != nil {
		return err
	}
	for _, d := range c.Drafts {
		row, here := seen[d.ID]
		switch {
		case d.Ended && here && row.ended == draftOpen:
			if err := s.endDraft(ctx, tx, d); err != nil {
				return err
			}
			r.drafts++
		case !d.Ended && !here || !d.Ended && row.ended == draftOpen:
			n, err := s.putBackDraft(ctx, tx, d, here && row.opens)
			if err != nil {
				return err
			}
			if r.answers += n; !here || !row.opens {
				r.drafts++
			}
		}
	}
	return nil
}

func (s *Store) endDraft(ctx context.Context, tx *sql.Tx, d outbox.DraftWork) error {
	var row draftRow
	if len(d.Why) == 0 || json.Unmarshal(d.Why, &row) != nil {
		return finishDraft(ctx, tx, d.ID)
	}
	return s.writeDraftTo(ctx, tx, row, 2, draftDropped)
}

// putBackDraft inserts a draft's answers that are missing or do not open.
func (s *Store) putBackDraft(ctx context.Context, tx *sql.Tx, d outbox.DraftWork, row bool) (answers int, err error) {
	if !row {
		w := draftRow{}
		if d.Body == nil || json.Unmarshal(d.Body, &w) != nil {
			w.Draft = Draft{}
		}
		w.ID = d.ID
		if err := s.writeDraftTo(ctx, tx, w, 1, draftOpen); err != nil {
			return 0, err
		}
	}
	here, err := s.answersOf(ctx, tx, d.ID)
	if err != nil {
		return 0, err
	}
	for _, i := range d.Changes {
		if here[i.N] {
			continue
		}
		b, err := json.Marshal(change{jsonTime{i.At}, i.Body})
		if err != nil {
			return 0, err
		}
		sealed, err := s.ring.seal(place{"draft_changes", d.ID[:], uint64(i.N)}, s.o.Now(), b)
		if err != nil {
			return 0, err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO draft_changes (draft, n, sealed) VALUES (?, ?, ?) "+
			"ON CONFLICT (draft, n) DO UPDATE SET sealed = excluded.sealed", d.ID[:], i.N, sealed); err != nil {
			return 0, err
		}
		answers++
	}
	return answers, nil
}

// answersOf are the numbers of a draft's answers that open.
func (s *Store) answersOf(ctx context.Context, q querier, id casework.ID) (map[int64]bool, error) {
	rows, err := q.QueryContext(ctx, "SELECT n, sealed FROM draft_changes WHERE draft = ?", id[:])
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64]bool{}
	for rows.Next() {
		if _, n, err := s.scanNumbered(rows, id); err == nil {
			out[n] = true
		}
	}
	return out, rows.Err()
}

// putBackFiles names files again that lie in the folder.
func (s *Store) putBackFiles(ctx context.Context, tx *sql.Tx, c outbox.Contents, r *repair) error {
	for _, i := range c.Files {
		id := casework.RecordID{ID: i.ID}
		var row attachmentRow
		if _, here := s.attached[id]; here || json.Unmarshal(i.Body, &row) != nil {
			continue
		}
		if _, err := os.Stat(filepath.Join(s.dir, attachmentsFolder, filepath.Base(row.File))); err != nil {
			continue
		}
		if err := s.writeAttachment(ctx, tx, id, row); err != nil {
			return err
		}
		r.files++
	}
	return nil
}

// unlinked reports whether something that was not sent yet stands outside the chain, so
// that it would wait for ever: a link that does not fit, a gap, something broken before it.
func (s *Store) unlinked() bool {
	gap := false
	next := s.received().Seq + 1
	for _, e := range s.journal.all {
		if e.settled || e.receipt != nil {
			continue
		}
		switch {
		case e.loose:
			return true
		case e.damaged:
			gap = gap || e.epoch == s.x.Start.Epoch
		case e.epoch != s.x.Start.Epoch || gap || e.seq != next:
			return true
		}
		next = e.seq + 1
	}
	return false
}

// newEpoch links everything the district has no receipt for anew, behind the last that it
// has. The district hears from the number of the epoch that this laptop was restored.
func (s *Store) newEpoch(ctx context.Context, least uint32) error {
	x := s.x
	from := s.received()
	for _, e := range s.journal.all {
		least = max(least, e.epoch)
	}
	x.Start = ledger.Head{Device: s.device, Epoch: max(least, x.Start.Epoch) + 1, Hash: from.Hash}
	x.Chain = x.Start
	head := x.Start
	type place struct {
		n    int64
		link ledger.Link
		hash casework.Hash
	}
	var places []place
	for _, e := range s.journal.all {
		if e.settled || e.receipt != nil {
			continue
		}
		b, err := s.bytesOf(ctx, e)
		if errors.Is(err, errSealed) {
			continue // its bytes are gone; what follows it can still go
		} else if err != nil {
			return err
		}
		var l ledger.Link
		l, head = head.Next(b)
		places = append(places, place{e.n, l, head.Hash})
	}
	return s.inTx(ctx, func(tx *sql.Tx) error {
		for _, p := range places {
			if _, err := tx.ExecContext(ctx, "UPDATE ops SET epoch = ?, seq = ?, link = ? WHERE n = ?", int64(p.link.Epoch), int64(p.link.Seq), p.hash[:], p.n); err != nil {
				return err
			}
		}
		return s.writeMeta(ctx, tx, "exchange", x)
	})
}

// lacking is what the database has and the outbox should have. moved: places in the chain
// that it has otherwise.
func (s *Store) lacking(ctx context.Context, c outbox.Contents) (out []outbox.Item, moved bool, err error) {
	refs, prev := s.keptEntries()
	for _, e := range refs {
		at, found := slices.BinarySearchFunc(c.Ops, e.n, func(i outbox.Item, n int64) int { return cmp.Compare(i.N, n) })
		known := found && c.Ops[at].ID == e.id.ID
		if known && (c.Ops[at].Epoch != e.epoch || c.Ops[at].Seq != e.seq) {
			return nil, true, nil
		}
		if _, told := c.Receipts[e.id.ID]; known && (told || e.receipt == nil) || e.damaged || s.tornOps[e.id] {
			continue
		}
		items, err := s.opItems(e, prev[e.id])
		if ignoreDamage(err) != nil {
			return nil, false, err
		}
		out = append(out, items...)
	}
	drafts, err := s.lackingDrafts(ctx, c)
	if err != nil {
		return nil, false, err
	}
	files, err := s.attachmentItems()
	if err != nil {
		return nil, false, err
	}
	for _, i := range files {
		if !slices.ContainsFunc(c.Files, func(f outbox.Item) bool { return f.ID == i.ID }) {
			out = append(out, i)
		}
	}
	return append(out, drafts...), false, nil
}

func (s *Store) lackingDrafts(ctx context.Context, c outbox.Contents) ([]outbox.Item, error) {
	seen, err := s.draftsSeen(ctx, s.db)
	if err != nil {
		return nil, err
	}
	there := map[casework.ID]outbox.DraftWork{}
	var out []outbox.Item
	for _, d := range c.Drafts {
		there[d.ID] = d
		if row, here := seen[d.ID]; !d.Ended && here && row.ended != draftOpen {
			out = append(out, outbox.Item{Kind: outbox.Ended, ID: d.ID, N: int64(len(d.Changes))})
		}
	}
	for _, id := range s.openDrafts() {
		items, _, err := s.draftItems(ctx, id)
		if err != nil {
			return nil, err
		}
		d := there[id]
		for _, i := range items {
			if i.Kind == outbox.Draft && d.Body != nil || i.Kind == outbox.Change && slices.ContainsFunc(d.Changes, func(o outbox.Item) bool { return o.N == i.N }) {
				continue
			}
			out = append(out, i)
		}
	}
	return out, nil
}
