package laptop

import (
	"context"
	"math"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// The lease: how long old files may be read without a word from the district (people
// §2.12). After it this store takes in new visits and sends them, and gives out only what
// was written since. The guard stands here, below every screen and subcommand.
//
// It is judged by the latest moment the store has seen, so a clock that is set back opens
// nothing. A clock that stands more than trust beyond the district's last word is believed
// in nothing: while it stands there the files are closed, and when it is right again it has
// not used anything up.

// trust is how far beyond the district's last word a clock is believed.
const trust = 30 * 24 * time.Hour

// grace is what the store keeps about its lease beside the district's own word.
type grace struct {
	Word   jsonTime `json:"word,omitzero"`   // the district's clock when it last answered
	Wall   jsonTime `json:"wall,omitzero"`   // this laptop's clock at that moment
	Seen   jsonTime `json:"seen,omitzero"`   // latest moment that counts
	Shut   bool     `json:"shut,omitempty"`  // the lapse was noticed
	Mark   int64    `json:"mark,omitempty"`  // the last operation saved before it was
	File   uint64   `json:"file,omitempty"`  // number of the last lease file
	Issued jsonTime `json:"issued,omitzero"` // the district's clock in it

	// The telephone.
	Key     []byte   `json:"key,omitempty"`
	Request string   `json:"request,omitempty"` // not answered yet
	Used    []string `json:"used,omitempty"`    // requests that were answered: never drawn again
	Calls   int      `json:"calls,omitempty"`   // codes taken since the district last answered
	Wrong   int      `json:"wrong,omitempty"`   // wrong codes since the last right one
	Missed  jsonTime `json:"missed,omitzero"`   // when the last of them was typed
	From    jsonTime `json:"from,omitzero"`     // this laptop's clock when a code was taken
	Until   jsonTime `json:"until,omitzero"`    // how long it opens, on the same clock
	Ext     jsonTime `json:"ext,omitzero"`      // latest moment seen on it since
}

// heard is the grace after an answer or an enrolment: everything is open again, whatever
// the clock says.
func (g grace) heard(word, wall time.Time, key []byte) grace {
	out := grace{Word: jsonTime{word}, Wall: jsonTime{wall}, Seen: jsonTime{word}, File: g.File, Key: g.Key, Request: g.Request, Used: g.Used}
	if word.IsZero() { // a district of before
		out.Wall = jsonTime{}
	}
	if len(key) == ledger.TelephoneKeySize {
		out.Key = key
	}
	return out
}

// word is the latest moment that the district has vouched for.
func (x *exchange) word() time.Time {
	w := later(later(x.Grace.Word.Time, x.Told.At), x.Grace.Issued.Time)
	if w.IsZero() {
		w = x.Lease.Add(-14 * 24 * time.Hour) // enrolled by an older program, and never answered
	}
	return w
}

// moment is what a clock's reading is taken for, and whether it is believed. A clock that
// was wrong by the same amount when the district last answered is put right.
func (x *exchange) moment(wall time.Time) (time.Time, bool) {
	at, word := wall, x.word()
	if w := x.Grace.Wall.Time; !w.IsZero() && w.Sub(x.Grace.Word.Time) > time.Hour && !wall.Before(w) {
		at = x.Grace.Word.Add(wall.Sub(w))
	}
	if at.Sub(word) > trust {
		return at, false
	}
	return later(at, word), true
}

// extended reports whether a code from the telephone opens the files at a reading of the
// clock: from when it was taken until its end, and not again once its end was seen.
func (g *grace) extended(wall, ext time.Time) bool {
	return !g.Until.IsZero() && !wall.Before(g.From.Time) && !later(ext, wall).After(g.Until.Time)
}

// glance notes what the clock says and tells whether old files are closed. Callers hold view.
func (s *Store) glance() bool {
	if s.enrolled == nil || s.x.Lease.IsZero() {
		return false
	}
	wall := s.o.Now()
	at, believed := s.x.moment(wall)
	if believed {
		s.seen.raise(at)
	}
	open := believed && !s.seen.time().After(s.x.Lease.Time)
	if g := &s.x.Grace; !g.Until.IsZero() {
		if !wall.Before(g.From.Time) && wall.Sub(g.From.Time) <= trust {
			s.ext.raise(wall)
		}
		open = open || g.extended(wall, s.ext.time())
	}
	return !open
}

// fresh reports whether a record may be read while old files are closed: all of it was
// written here since, or it is an order of her own that still waits to be attended to:
// danger does not lapse. Callers hold view.
func (s *Store) fresh(id casework.RecordID) bool {
	it, own := s.caseload.items[id], s.journal.byRec[id]
	if it == nil || len(own) == 0 {
		return false
	}
	if t := it.task; t != nil && t.Open() && (t.Kind == "contact" || t.Kind == "danger") {
		return true
	}
	mark := s.x.Grace.Mark
	if !s.x.Grace.Shut {
		mark = math.MaxInt64 // the lapse was not noticed yet: nothing was written since
	}
	return !it.based && own[0].n > mark
}

// notice writes down what the clock says when it matters: that the files have closed, that
// they are open again, or that an hour has passed. Callers hold work.
func (s *Store) notice(ctx context.Context) error {
	s.view.RLock()
	shut, x := s.glance(), s.x
	s.view.RUnlock()
	if s.enrolled == nil || x.Lease.IsZero() {
		return nil
	}
	g := &x.Grace
	since := max(s.seen.time().Sub(g.Seen.Time), s.ext.time().Sub(g.Ext.Time))
	if shut == g.Shut && since < time.Hour {
		return nil
	}
	g.Seen, g.Ext = jsonTime{s.seen.time()}, jsonTime{s.ext.time()}
	if shut != g.Shut {
		g.Shut, g.Mark = shut, 0
		if shut {
			g.Mark = s.lastEntry()
		}
	}
	return s.keepExchange(ctx, x)
}

// keepExchange writes the store's notes about the district. Callers hold work.
func (s *Store) keepExchange(ctx context.Context, x exchange) error {
	if err := s.writeMeta(ctx, s.db, "exchange", x); err != nil {
		return err
	}
	s.view.Lock()
	defer s.view.Unlock()
	s.x = x
	return nil
}

// remember brings what was noted about the clock into memory.
func (s *Store) remember(g grace) {
	s.seen.set(g.Seen.Time)
	s.ext.set(g.Ext.Time)
}

// until is when the files close if nothing is heard.
func (x *exchange) until() time.Time { return later(x.Lease.Time, x.Grace.Until.Time) }

// lastLook writes down how late it was when the store was closed. Callers hold work.
func (s *Store) lastLook() {
	s.view.RLock()
	s.glance()
	x := s.x
	s.view.RUnlock()
	if s.enrolled == nil || s.db == nil || !s.seen.time().After(x.Grace.Seen.Time) && !s.ext.time().After(x.Grace.Ext.Time) {
		return
	}
	x.Grace.Seen, x.Grace.Ext = jsonTime{s.seen.time()}, jsonTime{s.ext.time()}
	_ = s.keepExchange(context.Background(), x) // a disk that takes nothing costs an hour at most
}
