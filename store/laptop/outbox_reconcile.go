package laptop

import (
	"context"
	"database/sql"
	"encoding/json"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/store/laptop/outbox"
)

// repair is what came back out of the outbox.
type repair struct {
	ops, visits, receipts, drafts, answers, files int
	enrolled                                      bool
	relinked                                      bool // a new epoch was begun
}

func (r repair) any() bool { return r.enrolled || r.ops+r.receipts+r.drafts+r.answers+r.files > 0 }

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
		if err := s.putBackEnrolment(ctx, tx, st, &r); err != nil {
			return err
		}
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

func (r *repair) count(op casework.Op) {
	r.ops++
	if op.Kind == casework.KindVisit {
		r.visits++
	}
}

// putBackEnrolment makes the laptop one of its district again when the database no longer
// knows; everything is heard anew then.
func (s *Store) putBackEnrolment(ctx context.Context, tx *sql.Tx, st outboxState, r *repair) error {
	if s.enrolled != nil || st.Enrolment == nil {
		return nil
	}
	r.enrolled = true
	x := st.Exchange
	x.Start, x.Chain, x.Cursors, x.Tally, x.Packs = s.x.Start, s.x.Chain, nil, nil, s.x.Packs
	if err := s.writeMeta(ctx, tx, "identity", st.Identity); err != nil {
		return err
	}
	if err := s.writeMeta(ctx, tx, "enrolment", st.Enrolment); err != nil {
		return err
	}
	return s.writeMeta(ctx, tx, "exchange", x)
}

// noteHealed has her told that something saved was missing and is back.
func (s *Store) noteHealed(ctx context.Context, r repair) error {
	n := &Rebuilt{At: s.o.Now(), Healed: true, FromOutbox: true, Ops: r.ops, Visits: r.visits, Drafts: r.drafts, WaitingForDistrict: r.enrolled}
	if n.Drafts == 0 && r.answers > 0 {
		n.Drafts = 1
	}
	if s.rebuilt != nil && !s.rebuilt.Healed {
		return nil // that she is still to be told of says more
	}
	if err := s.writeMeta(ctx, s.db, "rebuilt", n); err != nil {
		return trouble("laptop.Open", err)
	}
	s.rebuilt = n
	return nil
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
		id := casework.OpID{ID: i.ID}
		e := s.journal.byOp[id]
		here := e != nil && !e.damaged && !s.tornOps[id]
		if here && e.receipt != nil {
			continue
		}
		op, err := ledger.Decode(i.Body)
		if err != nil {
			continue
		}
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
		if here {
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
			r.count(op)
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
		r.count(op)
	}
	if rows == 0 || s.x.Tally == nil || r.enrolled {
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
