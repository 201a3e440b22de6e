package district

import (
	"context"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// MaxBatch is the most operations of one transaction.
const MaxBatch = 200

// ForkMemory is how long a first fork is remembered: a second one within it freezes the device.
const ForkMemory = 30 * 24 * time.Hour

// Take takes in a stretch of a device's chain, exactly once, in transactions of at most
// MaxBatch operations; one that carries a proof is one transaction, which keeps the proof
// beside the operations it is about. What does not pass the checks is kept in quarantine and nothing
// else waits for it. A gap takes nothing; a fork takes nothing from the fork on; a frozen
// or revoked device has everything kept in quarantine. Whether the upload was signed by
// the device is the caller's question.
// Errors: district.device_unknown, district.wrong_device, district.database.
func (s *Store) Take(ctx context.Context, id casework.DeviceID, up ledger.Upload, now time.Time) (Taken, error) {
	if up.From.Device != id {
		return Taken{}, casework.Problem("district.Take", "district.wrong_device")
	}
	var out Taken
	ops := up.Ops
	for {
		piece := up
		if len(up.Proof) == 0 {
			piece.Ops = ops[:min(MaxBatch, len(ops))]
		}
		t, err := s.take(ctx, id, piece, now)
		if err != nil {
			return out, err
		}
		out.Standing, out.Chain = t.Standing, t.Chain
		out.Receipts = append(out.Receipts, t.Receipts...)
		out.Fresh += t.Fresh
		ops = ops[len(piece.Ops):]
		if len(ops) == 0 || t.Standing == ledger.StandingGap || t.Standing == ledger.StandingFork {
			return out, nil
		}
		up.From = piece.To()
	}
}

// take is one transaction. Operations that come from nowhere follow the device's chain as it is.
func (s *Store) take(ctx context.Context, id casework.DeviceID, up ledger.Upload, now time.Time) (Taken, error) {
	var out Taken
	err := s.write(ctx, "district.Take", func(ctx context.Context, w *work) error {
		t, err := w.intake(ctx, id, now)
		if err != nil {
			return err
		}
		if up.From.Device.IsZero() {
			up.From = t.dev.Chain
		}
		if out, err = t.run(ctx, up); err != nil {
			return err
		}
		return t.store(ctx)
	})
	return out, err
}

// intake is one batch on its way into the register.
type intake struct {
	w        *work
	dev      Device
	now      time.Time
	receipts map[casework.OpID]ledger.Receipt // known before, or given in this batch
	entries  map[casework.RecordID]*entry
	homes    map[casework.RecordID]map[casework.RecordID]bool // members of households looked at
	tokens   map[casework.Hash]uint64
	past     map[uint64][]casework.Scope // scopes of the worker at a number of the log
	rows     []logRow
	joins    []membership
	proof    []any // the row of table batches to write
	changed  bool  // the device's row has to be written
}

func (w *work) intake(ctx context.Context, id casework.DeviceID, now time.Time) (*intake, error) {
	if err := w.row(ctx, qDeviceLock+w.s.e.Lock, w.s.county, blob(id.ID)).Scan(new(uint64)); err != nil {
		return nil, unknown(err, "district.Take", "district.device_unknown")
	}
	dev, err := scanDevice(w.row(ctx, qDeviceOne, w.s.county, blob(id.ID)).Scan)
	if err != nil {
		return nil, err
	}
	return &intake{
		w: w, dev: dev, now: now.UTC().Truncate(time.Millisecond),
		receipts: map[casework.OpID]ledger.Receipt{}, entries: map[casework.RecordID]*entry{},
		homes: map[casework.RecordID]map[casework.RecordID]bool{}, tokens: map[casework.Hash]uint64{},
		past: map[uint64][]casework.Scope{},
	}, nil
}

// sent is one operation of an upload.
type sent struct {
	op    casework.Op
	bytes []byte
	bad   bool // not an operation at all
	link  ledger.Link
}

func read(from ledger.Head, ops [][]byte) []sent {
	out := make([]sent, len(ops))
	head := from
	for i, b := range ops {
		x := &out[i]
		x.bytes = b
		x.link, head = head.Next(b)
		op, err := ledger.Decode(b)
		x.op, x.bad = op, err != nil || op.ID.IsZero()
		if x.bad { // it still needs a name: the beginning of its commitment
			copy(x.op.ID.ID[:], x.link.Commitment[:])
		}
	}
	return out
}

func (t *intake) run(ctx context.Context, up ledger.Upload) (Taken, error) {
	t.dev.Heard = t.now
	batch := read(up.From, up.Ops)
	if err := t.recall(ctx, batch); err != nil {
		return Taken{}, err
	}
	standing, known, linked, err := t.place(ctx, up.From, batch)
	if err != nil {
		return Taken{}, err
	}
	out := Taken{Standing: standing}
	for _, x := range batch[:known] {
		out.Receipts = append(out.Receipts, t.receipts[x.op.ID])
	}
	if standing != ledger.StandingGap && standing != ledger.StandingFork {
		rest := batch[known:]
		if err := t.load(ctx, rest); err != nil {
			return Taken{}, err
		}
		for _, x := range rest {
			old, again := t.receipts[x.op.ID]
			if !again {
				out.Fresh++
			}
			if again && !linked { // nothing new, not even a place in the chain
				out.Receipts = append(out.Receipts, old)
				continue
			}
			if err := t.one(ctx, x, linked); err != nil {
				return Taken{}, err
			}
			out.Receipts = append(out.Receipts, t.receipts[x.op.ID])
		}
	}
	if len(t.rows) > 0 { // otherwise everything is known, with the proof it came with
		t.prove(up, batch, linked)
	}
	if err := t.number(ctx); err != nil {
		return Taken{}, err
	}
	for i, r := range out.Receipts {
		out.Receipts[i] = t.receipts[r.Op]
	}
	out.Chain = t.dev.Chain
	return out, nil
}

// one takes in a single operation: its row of the log, its verdict, its record.
func (t *intake) one(ctx context.Context, x sent, linked bool) error {
	row := logRow{
		event: eventOp, op: x.op.ID, commitment: x.link.Commitment, bytes: x.bytes, link: x.link, linked: linked,
		record: x.op.Record, kind: x.op.Kind, worker: x.op.Worker,
	}
	if linked {
		t.dev.Chain.Seq, t.dev.Chain.Hash = x.link.Seq, x.link.Hash()
	}
	if old, again := t.receipts[x.op.ID]; again {
		row.event, row.out = eventAgain, old.Out
		t.rows = append(t.rows, row)
		return nil
	}
	out, err := t.judge(ctx, x, pending(len(t.rows)))
	if err != nil {
		return err
	}
	row.out = out
	t.receipts[x.op.ID] = ledger.Receipt{
		Op: x.op.ID, Epoch: x.link.Epoch, DevSeq: x.link.Seq, Seq: pending(len(t.rows)), At: t.now, Out: out,
	}
	t.rows = append(t.rows, row)
	return nil
}

// judge examines an operation and merges it when it may enter.
func (t *intake) judge(ctx context.Context, x sent, seq uint64) (casework.Outcome, error) {
	aside := func(r casework.Reason) (casework.Outcome, error) {
		return casework.Outcome{Verdict: casework.Quarantined, Reason: r}, nil
	}
	if t.dev.Frozen || t.dev.Revoked {
		return aside(casework.ReasonDevice)
	}
	if x.bad {
		return aside(casework.ReasonMalformed)
	}
	return t.admit(ctx, x.op, seq, true)
}

// admit merges an operation into its record, or says why not. A person's release may
// let work in that the worker's scope would not.
func (t *intake) admit(ctx context.Context, op casework.Op, seq uint64, inCare bool) (casework.Outcome, error) {
	aside := func(r casework.Reason) (casework.Outcome, error) {
		return casework.Outcome{Verdict: casework.Quarantined, Reason: r}, nil
	}
	e := t.entries[op.Record]
	if e == nil {
		e = &entry{}
	}
	if e.erased {
		return aside(casework.ReasonErased)
	}
	before, err := e.record()
	if err != nil {
		return casework.Outcome{}, err
	}
	by := t.dev.Actor
	if op.Worker == t.dev.Own && !op.Worker.IsZero() {
		by.Worker = t.dev.Own // written before the district gave her another id
	}
	if !inCare {
		by = casework.Actor{}
	}
	if why := casework.Examine(before, op, by); why != "" {
		return aside(why)
	}
	after, out := casework.Merge(before, op)
	why, err := t.care(ctx, op, e, after, inCare)
	if err != nil {
		return casework.Outcome{}, err
	}
	if why != "" {
		return aside(why)
	}
	e.exists, e.id = true, op.Record
	e.rec, e.decoded, e.dirty, e.seq = after, true, true, seq
	t.entries[op.Record] = e
	return out, t.settle(ctx, e, before, seq)
}
