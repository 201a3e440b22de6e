package laptop

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"doorstep/casework"
	"doorstep/casework/outing"
)

// highest is the latest moment seen; it only rises, until it is set.
type highest struct{ ms atomic.Int64 }

func (h *highest) raise(t time.Time) {
	for ms := t.UnixMilli(); ; {
		old := h.ms.Load()
		if ms <= old || h.ms.CompareAndSwap(old, ms) {
			return
		}
	}
}

func (h *highest) set(t time.Time) {
	if t.IsZero() {
		h.ms.Store(0)
		return
	}
	h.ms.Store(t.UnixMilli())
}

func (h *highest) time() time.Time { return time.UnixMilli(h.ms.Load()).UTC() }

// Lapse is how things stand with the lease.
type Lapse struct {
	Closed  bool      // old files are closed until the district is heard of
	Until   time.Time // they are open until then, if nothing is heard; zero before enrolment
	Word    time.Time // the latest moment the district has vouched for
	Astray  bool      // the clock stands so far beyond it that nothing it says is believed
	Calls   int       // codes taken over the telephone since the district last answered
	CanCall bool      // this laptop and the district share a key for codes
	Request string    // the number to read out; empty until it is asked for
}

// Notice looks at the clock and writes down what matters of it, so that setting it back
// later opens nothing. Whoever keeps a store open calls it now and then; opening, saving
// and closing do it by themselves. Errors: laptop.closed, those of Save.
func (s *Store) Notice(ctx context.Context) error {
	const op = "laptop.Notice"
	s.work.Lock()
	defer s.work.Unlock()
	if s.closed {
		return casework.Problem(op, "laptop.closed")
	}
	return trouble(op, s.notice(context.WithoutCancel(ctx)))
}

// Lapse looks at the clock and tells whether old files are open. It waits for no disk.
func (s *Store) Lapse() Lapse {
	s.view.RLock()
	defer s.view.RUnlock()
	if s.enrolled == nil {
		return Lapse{}
	}
	_, believed := s.x.moment(s.o.Now())
	g := s.x.Grace
	return Lapse{
		Closed: s.glance(), Until: s.x.until(), Word: s.x.word(), Astray: !believed, Calls: g.Calls, CanCall: len(g.Key) > 0, Request: g.Request,
	}
}

// Closed reports whether old files are closed, without a wait for whoever is writing.
func (s *Store) Closed() bool {
	s.view.RLock()
	defer s.view.RUnlock()
	return s.glance()
}

// readable are the ids that may be read now, in their order. Callers hold view.
func (s *Store) readable(ids []casework.RecordID) []casework.RecordID {
	if !s.glance() {
		return ids
	}
	var out []casework.RecordID
	for _, id := range ids {
		if s.fresh(id) {
			out = append(out, id)
		}
	}
	return out
}

// shown is the item of a record, or nil when there is none or it may not be read now.
// Callers hold view.
func (s *Store) shown(id casework.RecordID) *item {
	it := s.caseload.items[id]
	if it == nil || s.glance() && !s.fresh(id) {
		return nil
	}
	return it
}

// guard is laptop.lapsed for a record that may not be read now.
func (s *Store) guard(op string, id casework.RecordID) error {
	s.view.RLock()
	defer s.view.RUnlock()
	if s.glance() && !s.fresh(id) {
		return casework.Problem(op, "laptop.lapsed")
	}
	return nil
}

// named is what is given out of a person while the files are closed: enough to see whom
// the visit is about, and nothing that was ever found out. nil: nobody has named her.
// Callers hold view.
func (s *Store) named(id casework.RecordID) *casework.Person {
	it := s.caseload.items[id]
	if it == nil || it.person == nil || !s.spoken[id] && !s.inHand(id) {
		return nil
	}
	p := it.person
	return &casework.Person{ID: p.ID, Name: p.Name, Sex: p.Sex, Birth: p.Birth, Areas: p.Areas, Duties: p.Duties, Grid: p.Grid}
}

// inHand reports whether a visit to a person is open, or something about her was written
// since the files closed.
func (s *Store) inHand(id casework.RecordID) bool {
	for _, d := range s.drafts {
		if d.Person == id {
			return true
		}
	}
	return slices.ContainsFunc(s.caseload.owned[id], s.fresh)
}

// Named finds the people whom a whole name, or the code on a sheet of paper, means: to
// begin a visit without looking anybody up. While the files are closed they are given
// with name, sex, age and place alone. Those who left the register are not found.
func (s *Store) Named(text string, today casework.Day) []*casework.Person {
	text = strings.TrimSpace(text)
	name, err := casework.CleanName(text)
	s.view.Lock()
	defer s.view.Unlock()
	code, _, onPaper := outing.Read(text, today)
	byCode, ok := casework.RecordID{}, false
	if onPaper {
		byCode, ok = outing.NewCodes(s.caseload.sorted()).Person(code)
	}
	var out []*casework.Person
	for _, p := range s.caseload.sorted() {
		if p.Gone() || p.Retracted || !(ok && p.ID == byCode) && !(err == nil && p.Name == name) {
			continue
		}
		s.spoken[p.ID] = true
		if s.glance() && !s.fresh(p.ID) {
			p = s.named(p.ID)
		}
		out = append(out, p)
	}
	return out
}
