package laptop

import (
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// Status is what the status line and the upload screen tell, in numbers.
type Status struct {
	Enrolled bool
	District string        // its name
	Worker   string        // her name as the district knows her
	Role     casework.Role //

	PendingOps    int       // saved here, no receipt yet
	PendingVisits int       // 待上传 n 份: visits among them
	Quarantined   int       // operations the district keeps aside
	LastReceived  time.Time // the district's clock in the newest receipt; zero when none
	LastAnswer    time.Time // the district's clock in the newest answer; zero when none
	Latest        time.Time // the latest moment this store has seen on any clock, to notice one that was set back

	Conflicts int // records in which two places say different things
	Drafts    int
	Tight     bool      // the disk is nearly full
	Rebuilt   *Rebuilt  // the database was broken and is new; nil: nothing to tell
	Checked   LastCheck // when every row was last opened, and what came of it
	Damaged   int       // rows that do not open any more
	Frozen    bool
	Lease     time.Time // until when old files may be read without contact; zero before enrolment

	OutboxBehind  int   // what was saved and is not in the outbox yet
	OutboxTrouble error // why it cannot be written; nil: it can. Nothing is lost by it
}

// Status counts what is here.
func (s *Store) Status() Status {
	behind, failing := s.box.behind()
	s.view.RLock()
	defer s.view.RUnlock()
	st := Status{
		Role:       s.x.Actor.Role,
		LastAnswer: s.x.Told.At,
		Conflicts:  s.caseload.conflicts,
		Drafts:     len(s.drafts),
		Tight:      s.room.tight.Load(),
		Damaged:    s.journal.damaged + len(s.caseload.damaged) + s.broken,
		Frozen:     s.x.Standing == ledger.StandingFrozen,
		Lease:      s.x.until(),
	}
	if st.Damaged == 0 && s.torn {
		st.Damaged = 1
	}
	if s.enrolled != nil {
		st.Enrolled, st.District, st.Worker = true, s.enrolled.Name, s.enrolled.Worker
	}
	st.OutboxBehind, st.OutboxTrouble = behind, failing
	st.Checked = s.checked
	if s.rebuilt != nil {
		r := *s.rebuilt
		st.Rebuilt = &r
	}
	st.Latest = st.LastAnswer
	for _, d := range s.drafts {
		st.Latest = later(st.Latest, d.Last)
	}
	visits := map[casework.RecordID]bool{}
	for _, e := range s.journal.all {
		st.Latest = later(st.Latest, e.op.At)
		switch {
		case e.quarantined():
			st.Quarantined++
			st.LastReceived = later(st.LastReceived, e.receipt.At)
		case e.receipt == nil:
			st.PendingOps++
			if e.kind == casework.KindVisit {
				visits[e.record] = true
			}
		default:
			st.LastReceived = later(st.LastReceived, e.receipt.At)
		}
	}
	st.PendingVisits = len(visits)
	return st
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
