package district

import (
	"context"
	"encoding/json"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// What a row of the log is about.
const (
	eventOp      = "op"      // an operation taken
	eventAgain   = "again"   // one known already, under another link of the chain
	eventRelease = "release" // one let in from quarantine by a person
)

// logRow is one row of the log before its number is known.
type logRow struct {
	event      string
	op         casework.OpID
	commitment casework.Hash
	bytes      []byte // nil: the payload stands at body
	body       uint64
	link       ledger.Link
	linked     bool
	record     casework.RecordID
	kind       casework.Kind
	worker     casework.WorkerID
	out        casework.Outcome
}

// Numbers of the log are handed out at the end of the transaction. Until then the i-th
// row of the batch is known by a number with the highest bit set.
const provisional = 1 << 63

func pending(i int) uint64 { return provisional | uint64(i) }

// final is the number a provisional one became, given the first number of the batch.
func final(n, first uint64) uint64 {
	if n&provisional == 0 {
		return n
	}
	return first + n&^provisional
}

const qReceipts = `SELECT op, seq, epoch, dev_seq, at, verdict, reason, conflicts FROM log
	WHERE county = $1 AND op IN (%) AND event <> 'again'`

// recall finds the receipts given earlier. Of an operation released later it is the later one.
func (t *intake) recall(ctx context.Context, batch []sent) error {
	ids := make([][]byte, len(batch))
	for i, x := range batch {
		ids[i] = blob(x.op.ID.ID)
	}
	return t.w.among(ctx, qReceipts, ids, func(scan func(...any) error) error {
		r, err := scanReceipt(scan)
		if r.Seq > t.receipts[r.Op].Seq {
			t.receipts[r.Op] = r
		}
		return err
	})
}

func scanReceipt(scan func(...any) error) (ledger.Receipt, error) {
	var r ledger.Receipt
	var at int64
	var verdict, reason, conflicts string
	if err := scan(into(&r.Op.ID), &r.Seq, &r.Epoch, &r.DevSeq, &at, &verdict, &reason, &conflicts); err != nil {
		return r, err
	}
	r.At = moment(at)
	r.Out = casework.Outcome{Verdict: casework.Verdict(verdict), Reason: casework.Reason(reason)}
	if conflicts == "" {
		return r, nil
	}
	return r, json.Unmarshal([]byte(conflicts), &r.Out.Conflicts)
}

const qRaise = "UPDATE county_head SET head = head + $2 WHERE county = $1 RETURNING head"

// number hands out the numbers of the batch. From here to the commit the county's
// counter is locked: nothing is read and decided any more, only written.
func (t *intake) number(ctx context.Context) error {
	if len(t.rows) == 0 {
		return nil
	}
	var head uint64
	if err := t.w.row(ctx, qRaise, t.w.s.county, len(t.rows)).Scan(&head); err != nil {
		return unknown(err, "district.Take", "district.not_founded")
	}
	first := head - uint64(len(t.rows)) + 1
	for id, r := range t.receipts {
		r.Seq = final(r.Seq, first)
		t.receipts[id] = r
	}
	for _, e := range t.entries {
		if e != nil { // nil: looked for, and not there
			e.number(first)
		}
	}
	t.dev.LastLog, t.changed = head, true
	return t.writeLog(ctx, first)
}

var (
	logBulk = bulk{into: `log (county, seq, event, op, commitment, body, device, epoch, dev_seq, linked, record, kind, worker, at,
	verdict, reason, conflicts)`, width: 17}
	payloadBulk = bulk{into: "payloads (county, seq, bytes)", width: 3}
)

func (t *intake) writeLog(ctx context.Context, first uint64) error {
	var rows, bodies [][]any
	at := millis(t.now)
	for i, r := range t.rows {
		seq := first + uint64(i)
		body := r.body
		if r.bytes != nil {
			body = seq
			bodies = append(bodies, []any{t.w.s.county, seq, r.bytes})
		}
		conflicts := ""
		if len(r.out.Conflicts) > 0 {
			b, err := json.Marshal(r.out.Conflicts)
			if err != nil {
				return err
			}
			conflicts = string(b)
		}
		rows = append(rows, []any{
			t.w.s.county, seq, r.event, blob(r.op.ID), hashBlob(r.commitment), body, blob(t.dev.ID.ID), int64(r.link.Epoch), r.link.Seq, flag(r.linked),
			blob(r.record.ID), storable(string(r.kind)), blob(r.worker.ID), at, string(r.out.Verdict), string(r.out.Reason), conflicts,
		})
	}
	if err := t.w.insert(ctx, logBulk, rows); err != nil {
		return err
	}
	return t.w.insert(ctx, payloadBulk, bodies)
}
