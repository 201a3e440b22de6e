package district

import (
	"context"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// Recovery is what became of operations that were found in an outbox.
type Recovery struct {
	Receipts []ledger.Receipt // one for every operation, in the order given
	Fresh    int              // not known before
	Released int              // kept in quarantine before because the laptop is shut out, and let in now
}

// Recover takes in operations of a laptop that came without its signature: read from an
// outbox, which anybody can write who knows the district's recipient. Each keeps its
// author and passes the same checks and the same merge as an upload, within the scope of
// the laptop's worker; it is marked as recovered for as long as the laptop itself does
// not send it. What the district has already changes nothing. Links say where they stood
// in the laptop's chain; they become no links here.
//
// Work of a laptop that is frozen or revoked goes to quarantine, unless somebody vouches
// for it who knows whose hands the outbox came from.
// Error: district.device_unknown.
func (s *Store) Recover(ctx context.Context, id casework.DeviceID, found []ledger.Entry, vouched bool, now time.Time) (Recovery, error) {
	var out Recovery
	for len(found) > 0 {
		piece := found[:min(MaxBatch, len(found))]
		found = found[len(piece):]
		var r Recovery
		err := s.write(ctx, "district.Recover", func(ctx context.Context, w *work) error {
			t, err := w.intake(ctx, id, now)
			if err != nil {
				return err
			}
			r, err = t.recovered(ctx, piece, vouched)
			return err
		})
		if err != nil {
			return out, err
		}
		out.Receipts = append(out.Receipts, r.Receipts...)
		out.Fresh, out.Released = out.Fresh+r.Fresh, out.Released+r.Released
	}
	return out, nil
}

var recoveredBulk = bulk{into: "recovered (county, seq, op, record, device, at)", width: 6}

func (t *intake) recovered(ctx context.Context, found []ledger.Entry, vouched bool) (Recovery, error) {
	var out Recovery
	batch := make([]sent, len(found))
	for i, f := range found {
		x := &batch[i]
		x.bytes, x.link = f.Bytes, f.Link
		x.link.Device, x.link.Commitment = t.dev.ID, ledger.Commit(f.Bytes)
		op, err := ledger.Decode(f.Bytes)
		x.op, x.bad = op, err != nil || op.ID.IsZero()
		if x.bad {
			copy(x.op.ID.ID[:], x.link.Commitment[:])
		}
	}
	if err := t.recall(ctx, batch); err != nil {
		return out, err
	}
	if vouched { // also those that are let in anew
		t.dev.Frozen, t.dev.Revoked = false, false
	}
	if err := t.load(ctx, batch); err != nil {
		return out, err
	}
	var fresh []sent
	for _, x := range batch {
		old, again := t.receipts[x.op.ID]
		switch {
		case again && vouched && old.Out.Reason == casework.ReasonDevice:
			let, err := t.readmit(ctx, x, old)
			if err != nil {
				return out, err
			}
			if let {
				out.Released++
			}
		case again:
		default:
			if err := t.one(ctx, x, false); err != nil {
				return out, err
			}
			fresh = append(fresh, x)
		}
	}
	if err := t.number(ctx); err != nil {
		return out, err
	}
	var marks [][]any
	for _, x := range fresh {
		marks = append(marks, []any{
			t.w.s.county, t.receipts[x.op.ID].Seq, blob(x.op.ID.ID), blob(x.op.Record.ID), blob(t.dev.ID.ID), millis(t.now),
		})
	}
	if err := t.w.insert(ctx, recoveredBulk, marks); err != nil {
		return out, err
	}
	for _, x := range batch {
		out.Receipts = append(out.Receipts, t.receipts[x.op.ID])
	}
	out.Fresh = len(fresh)
	return out, t.storeRecovered(ctx)
}

// readmit lets in what was kept aside because the laptop is shut out: the bytes that
// stand here, whatever the outbox says.
func (t *intake) readmit(ctx context.Context, x sent, old ledger.Receipt) (bool, error) {
	var bytes []byte
	if err := t.w.row(ctx, "SELECT bytes FROM payloads WHERE county = $1 AND seq = $2", t.w.s.county, old.Seq).Scan(&bytes); err != nil {
		return false, unknown(err, "district.Recover", "district.op_unknown")
	}
	op, err := ledger.Decode(bytes)
	if err != nil || op.ID != x.op.ID {
		return false, nil // it stays where it is
	}
	if err := t.fetch(ctx, []casework.RecordID{op.Record, op.Owner}); err != nil {
		return false, err
	}
	seq := pending(len(t.rows))
	res, err := t.admit(ctx, op, seq, true)
	if err != nil || res.Verdict == casework.Quarantined {
		return false, err
	}
	t.rows = append(t.rows, logRow{
		event: eventRelease, op: op.ID, commitment: ledger.Commit(bytes), body: old.Seq,
		link: ledger.Link{Epoch: old.Epoch, Seq: old.DevSeq}, record: op.Record, kind: op.Kind, worker: op.Worker, out: res,
	})
	old.Seq, old.At, old.Out = seq, t.now, res
	t.receipts[op.ID] = old
	return true, nil
}

// storeRecovered writes what changed. The laptop itself was not heard, and is as frozen
// or revoked as before.
func (t *intake) storeRecovered(ctx context.Context) error {
	t.changed = false
	if err := t.store(ctx); err != nil {
		return err
	}
	return t.w.exec(ctx, "UPDATE devices SET last_log = $3 WHERE county = $1 AND id = $2", t.w.s.county, blob(t.dev.ID.ID), t.dev.LastLog)
}

// qUnsigned are marks of operations that their laptop did not send since.
const qUnsigned = `recovered v WHERE v.county = r.county AND v.record = r.id AND NOT EXISTS (
	SELECT 1 FROM log g WHERE g.county = v.county AND g.op = v.op AND g.event = 'again' AND g.linked = 1 AND g.device = v.device)`

// salvaged counts the operations that came from an outbox and that nobody signed since.
// It is a finding when such a mark belongs to no such row of the log, or when the laptop
// later signed something else under the same id.
func (v *check) salvaged(ctx context.Context) error {
	return v.w.each(ctx, func(scan func(...any) error) error {
		var seq uint64
		var row, same, other int
		var device casework.DeviceID
		if err := scan(&seq, into(&device.ID), &row, &same, &other); err != nil {
			return err
		}
		switch {
		case row == 0 || other > 0:
			v.found(Finding{What: "recovered", Seq: seq, Device: device})
		case same == 0:
			v.report.Recovered++
		}
		return nil
	}, `SELECT v.seq, v.device,
		(SELECT count(*) FROM log l WHERE l.county = v.county AND l.seq = v.seq AND l.op = v.op AND l.device = v.device AND l.event = 'op' AND l.linked = 0),
		(SELECT count(*) FROM log g JOIN log l ON l.county = v.county AND l.seq = v.seq WHERE g.county = v.county AND g.op = v.op
			AND g.event = 'again' AND g.linked = 1 AND g.device = v.device AND g.commitment = l.commitment),
		(SELECT count(*) FROM log g JOIN log l ON l.county = v.county AND l.seq = v.seq WHERE g.county = v.county AND g.op = v.op
			AND g.event = 'again' AND g.linked = 1 AND g.device = v.device AND g.commitment <> l.commitment)
		FROM recovered v WHERE v.county = $1 ORDER BY v.seq`, v.w.s.county)
}
