package laptop

import (
	"context"
	"database/sql"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// Enrolment is what the laptop knows of its district; false before it is enrolled.
func (s *Store) Enrolment() (ledger.Enrolment, bool) {
	s.view.RLock()
	defer s.view.RUnlock()
	if s.enrolled == nil {
		return ledger.Enrolment{}, false
	}
	return *s.enrolled, true
}

// Enrol keeps what the district said at enrolment. Everything saved before stays as it
// is and is sent in its place in the chain: the district accepts it under this store's
// own worker id. A worker whom the district knew before has another id there, which new
// operations name from now on. Enrolling again at the same district refreshes addresses
// and keys. Errors: laptop.other_district, laptop.closed, those of Save.
func (s *Store) Enrol(ctx context.Context, e ledger.Enrolment) error {
	const op = "laptop.Enrol"
	s.work.Lock()
	defer s.work.Unlock()
	if s.closed {
		return casework.Problem(op, "laptop.closed")
	}
	ctx = context.WithoutCancel(ctx)
	if s.enrolled != nil && s.enrolled.District != e.District {
		return casework.Problem(op, "laptop.other_district")
	}
	self := s.self
	if !e.Actor.Worker.IsZero() {
		self.Worker = e.Actor.Worker
	}
	e.Actor.Worker = self.Worker
	x := s.x
	x.Actor, x.Incarnation, x.Standing = e.Actor, e.Incarnation, ledger.StandingGood
	x.Lease = jsonTime{e.LeaseUntil}
	x.Grace = x.Grace.heard(e.At, s.o.Now(), e.Telephone)
	x.Cursors = s.cursors(e.Actor)
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		if err := s.writeMeta(ctx, tx, "identity", self); err != nil {
			return err
		}
		if err := s.writeMeta(ctx, tx, "enrolment", e); err != nil {
			return err
		}
		return s.writeMeta(ctx, tx, "exchange", x)
	})
	if err != nil {
		return trouble(op, err)
	}
	s.view.Lock()
	s.self, s.enrolled = self, &e
	s.view.Unlock()
	s.box.again() // from now on it is sealed to the district too, with what was saved before
	p := &plan{x: x, head: s.journal.head, touched: map[casework.RecordID]bool{}}
	return trouble(op, s.take(ctx, p)) // the role decides what she may read back
}
