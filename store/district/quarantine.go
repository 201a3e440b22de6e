package district

import (
	"context"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// Held is an operation in quarantine.
type Held struct {
	Seq    uint64
	Op     casework.OpID
	Device casework.DeviceID
	Worker casework.WorkerID
	Record casework.RecordID
	Kind   casework.Kind
	Reason casework.Reason
	At     time.Time // when it was taken
}

// Quarantine lists the operations kept aside that nobody let in yet, oldest first, at
// most limit of them after a number of the log.
func (s *Store) Quarantine(ctx context.Context, after uint64, limit int) ([]Held, error) {
	var out []Held
	err := s.read(ctx, "district.Quarantine", func(ctx context.Context, w *work) error {
		out = nil
		return w.each(ctx, func(scan func(...any) error) error {
			var h Held
			var kind, reason string
			var at int64
			err := scan(&h.Seq, into(&h.Op.ID), into(&h.Device.ID), into(&h.Worker.ID), into(&h.Record.ID), &kind, &reason, &at)
			h.Kind, h.Reason, h.At = casework.Kind(kind), casework.Reason(reason), moment(at)
			out = append(out, h)
			return err
		}, `SELECT l.seq, l.op, l.device, l.worker, l.record, l.kind, l.reason, l.at FROM log l
			WHERE l.county = $1 AND l.verdict = 'quarantined' AND l.event = 'op' AND l.seq > $2 AND NOT EXISTS (
				SELECT 1 FROM log r WHERE r.county = l.county AND r.op = l.op AND r.event = 'release')
			ORDER BY l.seq LIMIT $3`, s.county, after, limit)
	})
	return out, err
}

// Release lets an operation in from quarantine, at the end of the log: a person looked
// at it and takes responsibility for the worker's scope, role and device. What is
// malformed, unknown to this program or written over a closed fact stays where it is.
// Errors: district.op_unknown, district.not_held, district.unreleasable.
func (s *Store) Release(ctx context.Context, op casework.OpID, now time.Time) (ledger.Receipt, error) {
	var out ledger.Receipt
	err := s.write(ctx, "district.Release", func(ctx context.Context, w *work) error {
		var device casework.DeviceID
		err := w.row(ctx, "SELECT device FROM log WHERE county = $1 AND op = $2 AND event = 'op'", s.county, blob(op.ID)).Scan(into(&device.ID))
		if err != nil {
			return unknown(err, "district.Release", "district.op_unknown")
		}
		t, err := w.intake(ctx, device, now)
		if err != nil {
			return err
		}
		// Read again now that the device is locked: someone else may have let it in.
		if err := t.recall(ctx, []sent{{op: casework.Op{ID: op}}}); err != nil {
			return err
		}
		old := t.receipts[op]
		if old.Out.Verdict != casework.Quarantined {
			return casework.Problem("district.Release", "district.not_held")
		}
		var bytes []byte
		if err := w.row(ctx, "SELECT bytes FROM payloads WHERE county = $1 AND seq = $2", s.county, old.Seq).Scan(&bytes); err != nil {
			return unknown(err, "district.Release", "district.op_unknown")
		}
		if out, err = t.release(ctx, old, bytes); err != nil {
			return err
		}
		return t.store(ctx)
	})
	return out, err
}

func (t *intake) release(ctx context.Context, old ledger.Receipt, bytes []byte) (ledger.Receipt, error) {
	refused := func(r casework.Reason) error {
		return casework.Problem("district.Release", "district.unreleasable", "Reason", string(r))
	}
	op, err := ledger.Decode(bytes)
	if err != nil {
		return old, refused(casework.ReasonMalformed).(*casework.Error).Because(err)
	}
	if err := t.fetch(ctx, []casework.RecordID{op.Record, op.Owner}); err != nil {
		return old, err
	}
	out, err := t.admit(ctx, op, pending(0), false)
	if err != nil {
		return old, err
	}
	if out.Verdict == casework.Quarantined {
		return old, refused(out.Reason)
	}
	t.rows = append(t.rows, logRow{
		event: eventRelease, op: op.ID, commitment: ledger.Commit(bytes), body: old.Seq,
		link: ledger.Link{Epoch: old.Epoch, Seq: old.DevSeq}, record: op.Record, kind: op.Kind, worker: op.Worker, out: out,
	})
	fresh := old
	fresh.Seq, fresh.At, fresh.Out = pending(0), t.now, out
	t.receipts[op.ID] = fresh
	err = t.number(ctx)
	return t.receipts[op.ID], err
}

// Receipts are those given to a device's operations by a person's release after a
// number of the log; the others come back from Take.
func (s *Store) Receipts(ctx context.Context, id casework.DeviceID, after uint64) ([]ledger.Receipt, error) {
	var out []ledger.Receipt
	err := s.read(ctx, "district.Receipts", func(ctx context.Context, w *work) error {
		out = nil
		return w.each(ctx, func(scan func(...any) error) error {
			r, err := scanReceipt(scan)
			out = append(out, r)
			return err
		}, `SELECT op, seq, epoch, dev_seq, at, verdict, reason, conflicts FROM log
			WHERE county = $1 AND device = $2 AND seq > $3 AND event = 'release' ORDER BY seq`, s.county, blob(id.ID), after)
	})
	return out, err
}
