package laptop

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"doorstep/casework"
)

// LastCheck is the last time every row was opened and everything shown was worked out anew.
type LastCheck struct {
	At    time.Time `json:"at"`
	Rows  int       `json:"rows"`  // opened
	Found int       `json:"found"` // that did not open, did not fit or were shown wrong
}

// checkEvery is how often every row is opened, by the laptop's own clock.
const checkEvery = 7 * 24 * time.Hour

// checkRows is for how many rows at a time a save may have to wait.
const checkRows = 64

// suspectFile stands in the folder when something was found while she works: the next
// start looks through everything before it is used, and makes a new database when it must.
const suspectFile = "suspect"

// lookLater looks through a large database that was closed properly, once a week opens
// every row, and keeps a copy a day: all while she works, in small pieces. What it finds is
// told (Status.Damaged).
func (s *Store) lookLater() {
	ctx := context.Background()
	found := 0
	if s.unlooked {
		found = s.lookAtTables(ctx)
	}
	if found == 0 && !s.quietly() {
		return
	}
	if s.checkDue() {
		n, err := s.checkAll(ctx)
		if err == nil {
			found += n
		}
	}
	if found == 0 {
		s.backupDaily(ctx)
		return
	}
	s.view.Lock()
	s.broken += found
	s.view.Unlock()
	if f, err := os.Create(filepath.Join(s.dir, suspectFile)); err == nil {
		_ = f.Close()
	}
}

// quietMinute is how long after unlocking nothing but her own work goes on.
const quietMinute = time.Minute

// quietly waits until she has settled in; false when the store is closed before.
func (s *Store) quietly() bool {
	wait := quietMinute
	if s.o.quiet > 0 {
		wait = s.o.quiet
	}
	if s.o.vfs != "" {
		return false // a disk of the laboratory: it counts every call
	}
	t := time.NewTimer(wait)
	defer t.Stop()
	select {
	case <-s.quit:
		return false
	case <-t.C:
		return true
	}
}

// unsuspect takes the mark away once a start has looked through everything.
func (s *Store) unsuspect() {
	path := filepath.Join(s.dir, suspectFile)
	if !s.unlooked && !s.wanting() && !s.torn && exists(path) {
		_ = os.Remove(path)
	}
}

// lookAtTables has SQLite check one table after another.
func (s *Store) lookAtTables(ctx context.Context) (found int) {
	for _, t := range sealedTables {
		_ = s.whileOpen(func() error {
			if s.integrity(ctx, t.name) != nil {
				found++
			}
			return nil
		})
	}
	return found
}

// whileOpen runs f as the one writer, unless the store is closed.
func (s *Store) whileOpen(f func() error) error {
	s.work.Lock()
	defer s.work.Unlock()
	if s.closed || s.db == nil {
		return errClosed
	}
	return f()
}

// checkDue reports whether the week is over. A clock that stood far ahead at the last
// check does not put the next one off.
func (s *Store) checkDue() bool {
	every := checkEvery
	if s.o.checkEvery != 0 {
		every = s.o.checkEvery
	}
	s.view.RLock()
	last := s.checked.At
	s.view.RUnlock()
	since := s.o.Now().Sub(last)
	return every > 0 && (since >= every || since < -24*time.Hour)
}

// checkAll opens every row, works out everything that is shown once more, and writes
// down what came of it.
func (s *Store) checkAll(ctx context.Context) (int, error) {
	c := LastCheck{At: s.o.Now()}
	for _, t := range sealedTables {
		rows, found, err := s.checkTable(ctx, t)
		if err != nil {
			return 0, err
		}
		c.Rows, c.Found = c.Rows+rows, c.Found+found
	}
	wrong, err := s.checkView(ctx)
	if err != nil {
		return 0, err
	}
	c.Found += wrong
	files, wrong, err := s.checkFiles()
	if err != nil {
		return 0, err
	}
	c.Rows, c.Found = c.Rows+files, c.Found+wrong
	return c.Found, s.whileOpen(func() error {
		if err := s.writeMeta(ctx, s.db, "checked", c); err != nil {
			return err
		}
		s.view.Lock()
		defer s.view.Unlock()
		s.checked = c
		return nil
	})
}

// checkTable opens the rows of a table, some at a time.
func (s *Store) checkTable(ctx context.Context, t sealedTable) (rows, found int, err error) {
	var after []any
	for {
		var page []sealedRow
		err = s.whileOpen(func() error {
			page, err = t.page(ctx, s.db, after, checkRows)
			if err != nil {
				return err
			}
			for _, r := range page {
				if _, err := s.ring.open(place{t.name, r.id, uint64(r.version)}, r.sealed, nil); err != nil {
					found++
				}
			}
			return nil
		})
		if err == errClosed {
			return rows, found, err
		}
		if err != nil { // the disk or the database does not give it
			return rows, found + 1, nil
		}
		if len(page) == 0 {
			return rows, found, nil
		}
		rows += len(page)
		after = page[len(page)-1].at
	}
}

// checkView works out every record that is shown from base and pending operations, and
// puts right what was shown otherwise.
func (s *Store) checkView(ctx context.Context) (wrong int, err error) {
	s.view.RLock()
	ids := slices.Collect(maps.Keys(s.caseload.items))
	s.view.RUnlock()
	for piece := range slices.Chunk(ids, checkRows) {
		err := s.whileOpen(func() error {
			for _, id := range piece {
				ok, err := s.shownRight(ctx, id)
				if err != nil {
					return err
				}
				if !ok {
					wrong++
				}
			}
			return nil
		})
		if err != nil {
			return wrong, err
		}
	}
	return wrong, nil
}

// shownRight compares what is shown of one record with what it is, and shows it anew when
// they differ. Callers hold work.
func (s *Store) shownRight(ctx context.Context, id casework.RecordID) (bool, error) {
	r, err := s.standing(ctx, s.db, id)
	if err != nil {
		return true, ignoreDamage(err) // the row itself was counted
	}
	s.view.Lock()
	defer s.view.Unlock()
	it := s.caseload.items[id]
	if it == nil {
		return true, nil
	}
	now := itemOf(masked(r, s.x.Actor.Role))
	now.based, now.seq, now.left = it.based, it.seq, it.left
	if now.visit != nil {
		now.visit.Received = s.receivedOn(id)
	}
	if likeness(it) == likeness(now) {
		return true, nil
	}
	s.show(id, r)
	return false, nil
}

// likeness is an item as text, to compare two.
func likeness(it *item) string {
	number := ""
	person := it.person
	if person != nil {
		p := *person
		number, p.Resident = p.Resident.Reveal(), casework.ResidentID{}
		person = &p
	}
	rest, err := json.Marshal([]any{it.household, it.visit, it.task, it.form})
	return fmt.Sprint(it.kind, it.owner, it.conflict, number, string(rest), err) + fmt.Sprintf("%+v", person)
}
