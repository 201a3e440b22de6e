package laptop

import (
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// Stage is how far something saved here has come.
type Stage string

// The stages.
const (
	Untouched   Stage = ""            // nothing of it was written on this laptop
	Pending     Stage = "pending"     // 待上传
	Received    Stage = "received"    // 区里已收到: the district proved it with a receipt
	Quarantined Stage = "quarantined" // the district keeps it aside, for Reason
)

// State is what the screen says of something saved here.
type State struct {
	Stage  Stage
	At     time.Time       // Received, Quarantined: the district's clock
	Reason casework.Reason // Quarantined
	Held   bool            // 已交区里保管: parts of it may be written but not read back
}

// Where tells how far our own work on a record has come: the worst of its operations,
// quarantined before pending before received.
func (s *Store) Where(record casework.RecordID) State {
	s.view.RLock()
	defer s.view.RUnlock()
	var out State
	for _, e := range s.journal.byRec[record] {
		if st := s.state(e); rank[st.Stage] >= rank[out.Stage] {
			st.Held = st.Held || out.Held
			out = st
		} else {
			out.Held = out.Held || st.Held
		}
	}
	return out
}

// WhereOp tells how far one operation has come.
func (s *Store) WhereOp(op casework.OpID) State {
	s.view.RLock()
	defer s.view.RUnlock()
	e := s.journal.byOp[op]
	if e == nil {
		return State{}
	}
	return s.state(e)
}

var rank = map[Stage]int{Untouched: 0, Received: 1, Pending: 2, Quarantined: 3}

func (s *Store) state(e *entry) State {
	st := State{Stage: Pending, Held: e.held || hides(e.op, s.x.Actor.Role)}
	switch {
	case e.quarantined():
		st.Stage, st.At, st.Reason = Quarantined, e.receipt.At, e.receipt.Out.Reason
	case e.receipt != nil:
		st.Stage, st.At = Received, e.receipt.At
	}
	return st
}

// Left tells why and whither a record left this worker's care, while it is still here
// because her own work on it is not settled.
func (s *Store) Left(record casework.RecordID) (ledger.Leave, bool) {
	s.view.RLock()
	defer s.view.RUnlock()
	if it := s.caseload.items[record]; it != nil && it.left != nil {
		return *it.left, true
	}
	return ledger.Leave{}, false
}
