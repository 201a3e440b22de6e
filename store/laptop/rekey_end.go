package laptop

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"doorstep/casework"
)

// renewOutbox has the outbox written anew under the present key, and waits for it: once
// the retired key is gone nobody can open what was sealed under it. Callers hold no lock.
func (s *Store) renewOutbox() error {
	s.box.again()
	return s.box.write()
}

// dropRetired ends it: nothing that the old key opens is left in the log or in a free
// page, and then the old key goes. Cut off before its end, it is done again.
func (s *Store) dropRetired(ctx context.Context, op string) error {
	s.work.Lock()
	defer s.work.Unlock()
	if s.closed {
		return casework.Problem(op, "laptop.closed")
	}
	ctx = context.WithoutCancel(ctx)
	for _, t := range sealedTables {
		rows, err := t.read(ctx, s.db, s.keys.Retired.Gen, nil, -1)
		if err != nil {
			return trouble(op, err)
		}
		for _, row := range rows {
			if _, err := s.ring.open(place{t.name, row.id, uint64(row.version)}, row.sealed, nil); err == nil {
				return casework.Problem(op, "laptop.disk").Because(fmt.Errorf("a row of %s was read wrongly before", t.name))
			}
		}
	}
	if err := s.sweep(ctx); err != nil {
		return trouble(op, err)
	}
	k := s.keys
	k.Retired = nil
	if err := s.replaceKeys(k); err != nil {
		return casework.Problem(op, "laptop.disk").Because(err)
	}
	s.ring.forget()
	return nil
}

// sweep writes the database without its free pages and empties the log. VACUUM attaches a
// database of its own, which is in memory; nothing else may.
func (s *Store) sweep(ctx context.Context) error {
	s.based.Lock()
	defer s.based.Unlock()
	s.unfolded = 0
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := sqlite.Limit(conn, sqlite3.SQLITE_LIMIT_ATTACHED, 1); err != nil {
		return err
	}
	for _, statement := range []string{"PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"} {
		if _, e := conn.ExecContext(ctx, statement); err == nil {
			err = e
		}
	}
	_, e := sqlite.Limit(conn, sqlite3.SQLITE_LIMIT_ATTACHED, 0)
	return errors.Join(err, e)
}

// renewCopies puts a copy under the new key in the place of those the store keeps of itself
// under the old one. On a disk without room for it the old ones stay until there is.
func (s *Store) renewCopies(ctx context.Context) error {
	dir := filepath.Join(s.dir, backupsFolder)
	old := s.underOldKeys(dir)
	if len(old) == 0 {
		return nil
	}
	if _, err := s.Backup(ctx, dir); err != nil {
		return err
	}
	for _, c := range old {
		if err := os.RemoveAll(c); err != nil {
			return casework.Problem("laptop.Rekey", "laptop.disk").Because(err)
		}
	}
	return nil
}
