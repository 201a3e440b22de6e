package laptop

import (
	"context"
	"database/sql"
	"errors"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// Apply takes in one answer of the district, whose signature the caller has checked:
// receipts, news, cursors, scope, chain, token and lease in one transaction. Nothing that
// was saved here flickers back. Errors: laptop.older_answer (its number does not rise;
// nothing changed), laptop.not_enrolled, laptop.other_district, laptop.other_device,
// laptop.revoked (the keys are destroyed and the store is closed), those of Save.
func (s *Store) Apply(ctx context.Context, a ledger.Answer) error {
	const op = "laptop.Apply"
	s.work.Lock()
	defer s.work.Unlock()
	switch {
	case s.closed:
		return casework.Problem(op, "laptop.closed")
	case s.enrolled == nil:
		return casework.Problem(op, "laptop.not_enrolled")
	case a.Device != s.device:
		return casework.Problem(op, "laptop.other_device")
	case a.District != s.enrolled.District:
		return casework.Problem(op, "laptop.other_district")
	case a.Number <= s.x.Answer:
		return casework.Problem(op, "laptop.older_answer")
	case a.Standing == ledger.StandingRevoked:
		if err := s.wipe("revoked"); err != nil {
			return err
		}
		s.sweeping.Go(func() { _ = s.sweepAgain() }) // it waits for who waits for this lock
		return casework.Problem(op, "laptop.revoked")
	}
	ctx = context.WithoutCancel(ctx)
	p := s.plan(a)
	s.based.Lock()
	defer s.based.Unlock()
	if err := s.inTx(ctx, func(tx *sql.Tx) error { return s.commit(ctx, tx, p) }); err != nil {
		return trouble(op, err)
	}
	if err := s.take(ctx, p); err != nil {
		return trouble(op, err)
	}
	s.carryAnswer(p)
	s.foldLater(len(p.puts) * 1024)
	s.sweepAttachments(ctx)
	return nil
}

// plan is everything one answer changes, worked out before anything is written.
type plan struct {
	x        exchange
	receipts map[casework.OpID]ledger.Receipt
	puts     map[casework.RecordID]base
	order    []casework.RecordID // of puts
	settled  []*entry
	moved    []moved                             // operations renumbered into a new epoch
	head     ledger.Head                         //
	leaving  map[casework.RecordID]*ledger.Leave // kept until her own work is settled
	dropped  map[casework.RecordID]bool
	touched  map[casework.RecordID]bool // to be shown anew
	complete bool                       // there is nothing more to come
}

func (s *Store) plan(a ledger.Answer) *plan {
	p := &plan{
		x:        s.x,
		receipts: map[casework.OpID]ledger.Receipt{},
		puts:     map[casework.RecordID]base{},
		leaving:  map[casework.RecordID]*ledger.Leave{},
		dropped:  map[casework.RecordID]bool{},
		touched:  map[casework.RecordID]bool{},
		head:     s.journal.head,
	}
	for _, r := range a.Receipts {
		e := s.journal.byOp[r.Op]
		if e == nil || e.receipt != nil && e.receipt.Seq >= r.Seq {
			continue // an older copy of this laptop wrote it, or it is known
		}
		p.receipts[r.Op] = r
		p.touched[e.record] = true
	}
	for _, put := range a.News.Puts {
		id := put.Record.ID
		if _, twice := p.puts[id]; !twice {
			p.order = append(p.order, id)
		}
		p.puts[id] = base{record: put.Record, seq: put.Seq, heard: put.Heard}
		p.touched[id] = true
	}
	p.x.Answer, p.x.Told, p.x.Token = a.Number, a.Token, a.Token.Hash()
	p.x.Horizon, p.x.Standing, p.x.Incarnation = a.Horizon, a.Standing, a.Incarnation
	p.x.Lease = jsonTime{a.LeaseUntil}
	p.x.Grace = p.x.Grace.heard(a.Token.At, s.o.Now(), a.Telephone)
	if a.Packs != nil {
		p.x.Packs = a.Packs
	}
	s.planScope(p, a)
	s.planSettling(p, a)
	s.planLeaving(p, a.News.Leaves)
	s.planChain(p, a)
	return p
}

// planSettling finds the operations that leave pending in the very transaction that moves
// the cursors past them. Pages come in the order of each record's last operation, so a
// cursor may pass an operation of a record that is still to come with a later one: until
// the base contains the operation, or there is nothing more to come, it stays.
func (s *Store) planSettling(p *plan, a ledger.Answer) {
	if len(p.x.Cursors) == 0 {
		return
	}
	heard := ^uint64(0)
	for _, c := range p.x.Cursors {
		heard = min(heard, c)
	}
	p.complete = !a.News.More && len(a.News.Cursors) > 0 && a.Standing != ledger.StandingFrozen // who is frozen hears nothing
	for _, e := range s.journal.all {
		r := p.receiptOf(e)
		if e.settled || r == nil || r.Out.Verdict == casework.Quarantined || r.Seq > heard {
			continue
		}
		if p.complete || s.baseSeq(p, e.record) >= r.Seq {
			p.settled = append(p.settled, e)
			p.touched[e.record] = true
		}
	}
}

// baseSeq is the log number of the last operation in a record's base once p is done.
func (s *Store) baseSeq(p *plan, id casework.RecordID) uint64 {
	if b, ok := p.puts[id]; ok {
		return b.seq
	}
	if it := s.caseload.items[id]; it != nil {
		return it.seq
	}
	return 0
}

func (p *plan) receiptOf(e *entry) *ledger.Receipt {
	if r, ok := p.receipts[e.id]; ok {
		return &r
	}
	return e.receipt
}

// commit writes the plan.
func (s *Store) commit(ctx context.Context, tx *sql.Tx, p *plan) error {
	role := p.x.Actor.Role
	before, err := s.share(ctx, tx, p)
	if err != nil {
		return err
	}
	for id, r := range p.receipts {
		e := s.journal.byOp[id]
		n := note{Receipt: r, Record: e.record, Kind: e.kind, Held: e.held || hides(e.op, role)}
		if err := s.writeNote(ctx, tx, n); err != nil {
			return err
		}
	}
	for _, id := range p.order {
		if p.dropped[id] {
			continue
		}
		b := p.puts[id]
		b.left = p.leaving[id]
		if err := s.writeBase(ctx, tx, b); err != nil {
			return err
		}
	}
	for id, why := range p.leaving {
		if _, fresh := p.puts[id]; fresh {
			continue
		}
		if err := s.markLeft(ctx, tx, id, why); err != nil {
			return err
		}
	}
	for id := range p.dropped {
		if err := dropBase(ctx, tx, id); err != nil {
			return err
		}
	}
	for _, e := range p.settled {
		if _, err := tx.ExecContext(ctx, "UPDATE ops SET settled = 1 WHERE n = ?", e.n); err != nil {
			return err
		}
	}
	for _, m := range p.moved {
		if _, err := tx.ExecContext(ctx, "UPDATE ops SET epoch = ?, seq = ?, link = ? WHERE n = ?",
			int64(m.link.Epoch), int64(m.link.Seq), m.hash[:], m.entry.n); err != nil {
			return err
		}
	}
	if p.x.Tally, err = s.balance(ctx, tx, p, before); err != nil {
		return err
	}
	if p.complete && s.rebuilt != nil && s.rebuilt.WaitingForDistrict {
		r := *s.rebuilt
		r.WaitingForDistrict = false
		if err := s.writeMeta(ctx, tx, "rebuilt", r); err != nil {
			return err
		}
	}
	return s.writeMeta(ctx, tx, "exchange", p.x)
}

func (s *Store) markLeft(ctx context.Context, q querier, id casework.RecordID, why *ledger.Leave) error {
	b, err := s.loadBase(ctx, q, id)
	if err != nil || b.record.IsZero() {
		return ignoreDamage(err)
	}
	b.left = why
	return s.writeBase(ctx, q, b)
}

// take brings the memory to what was committed.
func (s *Store) take(ctx context.Context, p *plan) error {
	if p.x.Actor.Role != s.x.Actor.Role {
		for _, e := range s.journal.all {
			if e.pending() {
				p.touched[e.record] = true
			}
		}
	}
	for id := range p.dropped {
		p.touched[id] = true
	}
	bases, err := s.readBases(ctx, p)
	s.view.Lock()
	defer s.view.Unlock()
	s.x = p.x
	s.remember(p.x.Grace)
	s.torn = s.torn && !p.complete
	if p.complete && s.rebuilt != nil {
		r := *s.rebuilt
		r.WaitingForDistrict = false
		s.rebuilt = &r
	}
	for id, r := range p.receipts {
		e := s.journal.byOp[id]
		e.receipt, e.held = &r, e.held || hides(e.op, p.x.Actor.Role)
	}
	for _, e := range p.settled {
		e.settled = true
		e.op.Writes = nil
	}
	for _, m := range p.moved {
		m.entry.epoch, m.entry.seq, m.entry.link = m.link.Epoch, m.link.Seq, m.hash
	}
	s.journal.head = p.head
	for id := range p.dropped {
		delete(s.caseload.damaged, id)
	}
	for id := range p.touched {
		s.takeRecord(p, id, bases[id])
	}
	for id, why := range p.leaving {
		if it := s.caseload.items[id]; it != nil && it.left == nil {
			c := *it
			c.left = why
			s.caseload.items[id] = &c
		}
	}
	return err
}

// readBases opens the bases of touched records that did not come in the answer itself.
// What does not open counts as damaged; the others are read all the same.
func (s *Store) readBases(ctx context.Context, p *plan) (map[casework.RecordID]base, error) {
	out := map[casework.RecordID]base{}
	var failed error
	for id := range p.touched {
		it := s.caseload.items[id]
		if _, fresh := p.puts[id]; fresh || p.dropped[id] || it == nil || !it.based {
			continue
		}
		b, err := s.loadBase(ctx, s.db, id)
		if err != nil {
			s.noteDamage(id)
			failed = errors.Join(failed, ignoreDamage(err))
			continue
		}
		out[id] = b
	}
	return out, failed
}

func (s *Store) noteDamage(id casework.RecordID) {
	s.view.Lock()
	defer s.view.Unlock()
	s.caseload.damaged[id] = true
}

func (s *Store) takeRecord(p *plan, id casework.RecordID, b base) {
	if fresh, ok := p.puts[id]; ok && !p.dropped[id] {
		b = fresh
		delete(s.caseload.damaged, id)
	}
	r := replay(b, s.journal.pending(id))
	if r.IsZero() {
		s.caseload.drop(id)
		s.finder.forget(id)
		return
	}
	it := itemOf(masked(r, s.x.Actor.Role))
	it.based, it.seq, it.left = !b.record.IsZero(), b.seq, p.leaving[id]
	s.place(id, it)
}
