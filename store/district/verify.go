package district

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// Finding is something Verify found wrong. What is a key of casework/lang:
// "district.finding.<what>".
type Finding struct {
	What   string // sequence, commitment, chain, payload, receipt, projection, scope, head, key, proof, unproven, recovered
	Seq    uint64 // of the log, 0 when it is not about one row
	Device casework.DeviceID
	Record casework.RecordID
}

// Report is what Verify looked at, and what was wrong.
type Report struct {
	Operations int
	Devices    int
	Records    int
	Proofs     int // signatures of laptops, each checked
	Recovered  int // operations from outboxes that no laptop signed, each marked as such
	Unproven   int // operations that came without a signature: the desk's, which signs nothing; of a laptop's they are a finding
	Findings   []Finding
}

// OK reports whether nothing was wrong.
func (r Report) OK() bool { return len(r.Findings) == 0 }

// Verify walks the whole register at one moment: numbers without a gap, every payload
// as committed, every device's chain link by link to its head and as its laptop signed
// it, every record equal to what its operations make of it. What proofs look like is
// known to read.
func (s *Store) Verify(ctx context.Context, read ReadProof) (Report, error) {
	var r Report
	err := s.read(ctx, "district.Verify", func(ctx context.Context, w *work) error {
		v := &check{w: w, read: read, devices: map[casework.DeviceID]Device{}}
		for _, step := range []func(context.Context) error{v.log, v.keys, v.proofs, v.chains, v.covered, v.salvaged, v.records, v.scopes} {
			if err := step(ctx); err != nil {
				return err
			}
		}
		r = v.report
		return nil
	})
	return r, err
}

// maxFindings bounds a report: a register that is broken everywhere says so soon enough.
const maxFindings = 1000

type check struct {
	w       *work
	read    ReadProof
	devices map[casework.DeviceID]Device
	e       evidence
	report  Report
}

func (v *check) found(f Finding) {
	if len(v.report.Findings) < maxFindings {
		v.report.Findings = append(v.report.Findings, f)
	}
}

func (v *check) log(ctx context.Context) error {
	var last uint64
	err := v.w.each(ctx, func(scan func(...any) error) error {
		var seq uint64
		var c casework.Hash
		var payload []byte
		var kept, erased sql.NullInt64
		if err := scan(&seq, intoHash(&c), &kept, &payload, &erased); err != nil {
			return err
		}
		v.report.Operations++
		if seq != last+1 {
			v.found(Finding{What: "sequence", Seq: seq})
		}
		last = seq
		switch {
		case !kept.Valid && erased.Int64 == 0:
			v.found(Finding{What: "payload", Seq: seq})
		case kept.Valid && ledger.Commit(payload) != c:
			v.found(Finding{What: "commitment", Seq: seq})
		}
		return nil
	}, `SELECT l.seq, l.commitment, p.seq, p.bytes, r.erased FROM log l LEFT JOIN payloads p ON p.county = l.county AND p.seq = l.body
		LEFT JOIN records r ON r.county = l.county AND r.id = l.record WHERE l.county = $1 ORDER BY l.seq`, v.w.s.county)
	if err != nil {
		return err
	}
	var head uint64
	if err := v.w.row(ctx, qHead, v.w.s.county).Scan(&head); err != nil {
		return unknown(err, "district.Verify", "district.not_founded")
	}
	if head != last {
		v.found(Finding{What: "head", Seq: head})
	}
	return nil
}

// keys reads the devices. The id of a laptop follows from its key, so that nobody can
// put another key in its place and sign anew.
func (v *check) keys(ctx context.Context) error {
	return v.w.each(ctx, func(scan func(...any) error) error {
		d, err := scanDevice(scan)
		if err != nil {
			return err
		}
		v.devices[d.ID] = d
		v.report.Devices++
		if len(d.PublicKey) > 0 && ledger.DeviceIDOf(d.PublicKey) != d.ID {
			v.found(Finding{What: "key", Device: d.ID})
		}
		return nil
	}, qDevice, v.w.s.county)
}

func (v *check) chains(ctx context.Context) error {
	walked := map[casework.DeviceID]ledger.Head{}
	for id := range v.devices {
		walked[id] = ledger.Head{Device: id, Epoch: 1}
	}
	err := v.w.each(ctx, func(scan func(...any) error) error {
		var l ledger.Link
		var seq uint64
		if err := scan(into(&l.Device.ID), &l.Epoch, &l.Seq, intoHash(&l.Commitment), &seq); err != nil {
			return err
		}
		at, known := walked[l.Device]
		if l.Epoch > at.Epoch {
			at.Epoch, at.Seq = l.Epoch, 0
			v.e.pass(at)
		}
		if !known || l.Epoch != at.Epoch || l.Seq != at.Seq+1 {
			v.found(Finding{What: "chain", Seq: seq, Device: l.Device})
		}
		l.Prev = at.Hash
		at = ledger.Head{Device: l.Device, Epoch: l.Epoch, Seq: l.Seq, Hash: l.Hash()}
		walked[l.Device] = at
		v.e.pass(at)
		return nil
	}, `SELECT device, epoch, dev_seq, commitment, seq FROM log WHERE county = $1 AND linked = 1 ORDER BY device, epoch, dev_seq`, v.w.s.county)
	if err != nil {
		return err
	}
	for id, d := range v.devices {
		at, head := walked[id], d.Chain
		if head.Epoch > at.Epoch { // a new epoch in which nothing was linked yet
			at.Epoch, at.Seq = head.Epoch, 0
		}
		if at != head {
			v.found(Finding{What: "chain", Device: id})
		}
	}
	return nil
}

// replayed is one operation of a record in the order of the log.
type replayed struct {
	record  casework.RecordID
	seq     uint64
	payload []byte
}

func (v *check) records(ctx context.Context) error {
	missing := map[casework.RecordID]bool{}
	err := v.w.each(ctx, func(scan func(...any) error) error {
		var id casework.RecordID
		err := scan(into(&id.ID))
		missing[id] = true
		return err
	}, "SELECT id FROM records WHERE county = $1 AND erased = 0", v.w.s.county)
	if err != nil {
		return err
	}
	var rec casework.Record
	var last replayed
	var body []byte
	var storedSeq uint64
	closeRecord := func() {
		if last.record.IsZero() || body == nil && rec.IsZero() {
			return
		}
		v.report.Records++
		delete(missing, last.record)
		if now, err := json.Marshal(rec); err != nil || !bytes.Equal(now, body) || storedSeq != last.seq {
			v.found(Finding{What: "projection", Seq: last.seq, Record: last.record})
		}
	}
	err = v.w.each(ctx, func(scan func(...any) error) error {
		var x replayed
		var verdict string
		var b []byte
		var seq sql.NullInt64
		if err := scan(into(&x.record.ID), &x.seq, &verdict, &x.payload, &b, &seq); err != nil {
			return err
		}
		if x.record != last.record {
			closeRecord()
			rec = casework.Record{}
		}
		last, body, storedSeq = x, b, uint64(seq.Int64)
		op, err := ledger.Decode(x.payload)
		if err != nil {
			v.found(Finding{What: "payload", Seq: x.seq, Record: x.record})
			return nil
		}
		var out casework.Outcome
		rec, out = casework.Merge(rec, op)
		if string(out.Verdict) != verdict {
			v.found(Finding{What: "receipt", Seq: x.seq, Record: x.record})
		}
		return nil
	}, `SELECT l.record, l.seq, l.verdict, p.bytes, r.body, r.seq FROM log l
		LEFT JOIN payloads p ON p.county = l.county AND p.seq = l.body
		LEFT JOIN records r ON r.county = l.county AND r.id = l.record
		WHERE l.county = $1 AND l.verdict <> 'quarantined' AND l.event <> 'again' AND (r.erased IS NULL OR r.erased = 0)
		ORDER BY l.record, l.seq`, v.w.s.county)
	if err != nil {
		return err
	}
	closeRecord()
	for id := range missing {
		v.found(Finding{What: "projection", Record: id})
	}
	return nil
}

// scopes compares the open rows of record_scope with the places each record says it has,
// and those of everything owned with its owner's.
func (v *check) scopes(ctx context.Context) error {
	open := map[casework.RecordID]int{}
	err := v.w.each(ctx, func(scan func(...any) error) error {
		var id casework.RecordID
		var n int
		err := scan(into(&id.ID), &n)
		open[id] = n
		return err
	}, "SELECT record, count(*) FROM record_scope WHERE county = $1 AND until = $2 GROUP BY record", v.w.s.county, int64(forever))
	if err != nil {
		return err
	}
	return v.w.each(ctx, func(scan func(...any) error) error {
		var id casework.RecordID
		var scope string
		var owner sql.NullString
		if err := scan(into(&id.ID), &scope, &owner); err != nil {
			return err
		}
		var places, theirs []place
		err := json.Unmarshal([]byte(scope), &places)
		if owner.Valid {
			err = errors.Join(err, json.Unmarshal([]byte(owner.String), &theirs))
		}
		if err != nil {
			return err
		}
		same := !owner.Valid || len(places) == len(theirs)
		for i := range theirs {
			same = same && places[i].same(theirs[i])
		}
		if len(places) == 0 || len(places) != open[id] || !same {
			v.found(Finding{What: "scope", Record: id})
		}
		return nil
	}, `SELECT r.id, r.scope, o.scope FROM records r LEFT JOIN records o ON o.county = r.county AND o.id = r.owner
		WHERE r.county = $1 AND r.erased = 0 ORDER BY r.id`, v.w.s.county)
}
