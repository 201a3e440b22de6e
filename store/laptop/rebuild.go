package laptop

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"doorstep/casework"
	"doorstep/store/laptop/outbox"
)

// Rebuilt says what was found broken and what came back. When it is neither Restored nor
// Healed the database could not be read and is a new one. It stands in Status until
// AcknowledgeRebuilt.
type Rebuilt struct {
	At                 time.Time `json:"at"`
	Restored           bool      `json:"restored,omitempty"` // by hand, from a copy
	Healed             bool      `json:"healed,omitempty"`   // the database is the old one and had lost something that was saved: perhaps the disk said "written" too early
	Aside              string    `json:"aside"`              // what the old file is called now, in the store's folder; "" when there was none
	Visits             int       `json:"visits"`             // not yet uploaded and here again
	Ops                int       `json:"ops"`                // operations not yet uploaded, the visits' among them
	Drafts             int       `json:"drafts"`             // unfinished visits
	FromOutbox         bool      `json:"from_outbox"`        // something came out of the outbox
	WaitingForDistrict bool      `json:"waiting"`            // the rest comes with the next exchange
}

// rebuildFolder is where a new database is made before it takes its place.
const rebuildFolder = "rebuild.part"

// rebuild makes a new database where the old one cannot be read: of every row that still
// opens, of the outbox, and of the youngest copy for whatever neither has. The old file is set aside, never deleted. Without anything
// that says whose laptop this is there is nothing to build on, and cause is returned.
func (s *Store) rebuild(ctx context.Context, cause error) error {
	const op = "laptop.Open"
	if s.o.vfs != "" {
		return cause
	}
	s.dropDatabase()
	state, err := s.outboxState()
	if err != nil {
		return errors.Join(cause, err)
	}
	part := filepath.Join(s.dir, rebuildFolder)
	if err := os.RemoveAll(part); err != nil {
		return casework.Problem(op, "laptop.disk").Because(err)
	}
	defer os.RemoveAll(part)
	if err := os.MkdirAll(filepath.Join(part, "old"), 0o700); err != nil {
		return fileTrouble(err)
	}
	ok, err := s.fill(ctx, part, state)
	if err != nil {
		return trouble(op, err)
	}
	if !ok {
		return cause
	}
	aside, err := s.setAsideDated(databaseFile)
	if err == nil {
		err = os.Rename(filepath.Join(part, databaseFile), filepath.Join(s.dir, databaseFile))
	}
	if err == nil {
		err = flushFolder(s.dir)
	}
	if err != nil {
		return fileTrouble(err)
	}
	if err := s.openTables(ctx); err != nil {
		return err
	}
	had := len(s.journal.all)
	if err := s.openOutbox(ctx, true); err != nil {
		return err
	}
	r := s.tally(&Rebuilt{At: s.o.Now(), Aside: aside, FromOutbox: len(s.journal.all) > had || state != nil, WaitingForDistrict: s.enrolled != nil})
	if err := s.inTx(ctx, func(tx *sql.Tx) error { return s.writeRebuilt(ctx, tx, r) }); err != nil {
		return trouble(op, err)
	}
	return nil
}

// tally counts what is here that the district has not.
func (s *Store) tally(r *Rebuilt) *Rebuilt {
	visits := map[casework.RecordID]bool{}
	for _, e := range s.journal.all {
		if e.receipt == nil && !e.damaged {
			r.Ops++
			if e.kind == casework.KindVisit {
				visits[e.record] = true
			}
		}
	}
	r.Visits, r.Drafts = len(visits), len(s.drafts)
	return r
}

// writeRebuilt keeps the note, and the tally of a store whose numbers have gaps.
func (s *Store) writeRebuilt(ctx context.Context, tx *sql.Tx, r *Rebuilt) error {
	x := s.x
	t, err := s.reckon(ctx, tx, nil)
	if err != nil {
		return err
	}
	t.Gaps = t.Ops - int64(len(s.journal.all))
	x.Tally = &t
	if err := s.writeMeta(ctx, tx, "exchange", x); err != nil {
		return err
	}
	if err := s.writeMeta(ctx, tx, "rebuilt", r); err != nil {
		return err
	}
	s.view.Lock()
	defer s.view.Unlock()
	s.x, s.rebuilt, s.broken = x, r, 0
	return nil
}

// outboxState is what the outbox says of this store; nil when it says nothing.
func (s *Store) outboxState() (*outboxState, error) {
	d := s.outboxDisk()
	if d == nil {
		return nil, nil
	}
	names, _, err := outbox.Of(d, s.keys.Store)
	if err != nil {
		return nil, err
	}
	c, _, err := s.readOutbox(d, names)
	var st outboxState
	if err != nil || c.State == nil || json.Unmarshal(c.State, &st) != nil || st.Identity.Worker.IsZero() {
		return nil, err
	}
	return &st, nil
}

// dropDatabase lets go of a database that could not be read.
func (s *Store) dropDatabase() {
	if s.insert != nil {
		_ = s.insert.Close()
		s.insert = nil
	}
	if s.db != nil {
		_ = s.db.Close()
		s.db = nil
	}
	s.self, s.enrolled, s.x, s.journal = identity{}, nil, exchange{}, journal{}
	s.broken, s.torn, s.tornOps = 0, false, nil
}

// fill makes the new database in part. ok is false when nobody knows whose it would be.
func (s *Store) fill(ctx context.Context, part string, state *outboxState) (ok bool, err error) {
	db, err := openDatabase(ctx, part, "EXTRA", "")
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := migrate(ctx, db); err != nil {
		return false, err
	}
	err = s.inTxOf(ctx, db, func(tx *sql.Tx) error {
		if err := s.salvage(ctx, filepath.Join(part, "old"), tx); err != nil {
			return err
		}
		if err := s.salvageCopy(ctx, filepath.Join(part, "copy"), tx, state != nil); err != nil {
			return err
		}
		ok, err = s.fillMeta(ctx, tx, state)
		return err
	})
	return ok, err
}

// fillMeta sees to it that the new database knows its worker, its district and its place
// in the chain; it asks the district for everything.
func (s *Store) fillMeta(ctx context.Context, tx *sql.Tx, state *outboxState) (bool, error) {
	var self identity
	var x exchange
	knows, err := s.readMeta(ctx, tx, "identity", &self)
	if err != nil {
		return false, err
	}
	knowsPlace, err := s.readMeta(ctx, tx, "exchange", &x)
	if err != nil {
		return false, err
	}
	if !knows || !knowsPlace {
		if state == nil {
			return false, nil
		}
		self, x = state.Identity, state.Exchange
		if err := s.writeMeta(ctx, tx, "identity", self); err != nil {
			return false, err
		}
	}
	if known, err := s.readMeta(ctx, tx, "enrolment", new(json.RawMessage)); err != nil {
		return false, err
	} else if !known && state != nil && state.Enrolment != nil {
		if err := s.writeMeta(ctx, tx, "enrolment", state.Enrolment); err != nil {
			return false, err
		}
	}
	x.Cursors, x.Tally = nil, nil
	return true, s.writeMeta(ctx, tx, "exchange", x)
}

// setAsideDated renames a file of the store with what belongs to it, and gives its new name.
func (s *Store) setAsideDated(name string) (string, error) {
	path := filepath.Join(s.dir, name)
	aside := ""
	for n := 1; ; n++ {
		aside = fmt.Sprintf("%s.aside-%s", name, s.o.Now().Format("20060102-1504"))
		if n > 1 {
			aside += fmt.Sprintf("-%d", n)
		}
		if !exists(filepath.Join(s.dir, aside)) && !exists(filepath.Join(s.dir, aside+"-wal")) {
			break
		}
	}
	found := false
	for _, end := range []string{"-wal", "-journal", "-shm", ""} {
		if !exists(path + end) {
			continue
		}
		if err := os.Rename(path+end, filepath.Join(s.dir, aside+end)); err != nil {
			return "", err
		}
		found = found || end == ""
	}
	if !found {
		aside = ""
	}
	return aside, flushFolder(s.dir)
}

// AcknowledgeRebuilt takes the note off: she has read it. It stays while something is still
// to come from the district.
func (s *Store) AcknowledgeRebuilt(ctx context.Context) error {
	const op = "laptop.AcknowledgeRebuilt"
	s.work.Lock()
	defer s.work.Unlock()
	if s.closed {
		return casework.Problem(op, "laptop.closed")
	}
	if s.rebuilt == nil || s.rebuilt.WaitingForDistrict {
		return nil
	}
	if _, err := s.db.ExecContext(context.WithoutCancel(ctx), "DELETE FROM meta WHERE key = 'rebuilt'"); err != nil {
		return trouble(op, err)
	}
	s.view.Lock()
	defer s.view.Unlock()
	s.rebuilt = nil
	return nil
}
