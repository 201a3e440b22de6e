package laptop

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"doorstep/casework"
)

// unhurried is up to what size in bytes every start looks through the whole database. A
// larger one is looked through before it is used when it was not closed properly, and
// otherwise while she works.
const unhurried = 16 << 20

// suspect reports, before SQLite opens the database, whether it is looked through at once.
func (s *Store) suspect() bool {
	path := filepath.Join(s.dir, databaseFile)
	if exists(filepath.Join(s.dir, suspectFile)) {
		return true
	}
	if log, err := os.Stat(path + "-wal"); err == nil && log.Size() > 0 {
		return true
	}
	limit := int64(unhurried)
	if s.o.unhurried > 0 {
		limit = s.o.unhurried
	}
	info, err := os.Stat(path)
	return err == nil && info.Size() <= limit
}

// intact looks at the database's own structure before anything is read from it or
// written to it, and into every page when it is to. Errors: laptop.damaged, laptop.disk.
func (s *Store) intact(ctx context.Context, every bool) error {
	const op = "laptop.Open"
	var tables int
	if err := s.db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema WHERE name IN ('goose_db_version', 'meta')").Scan(&tables); err != nil {
		return trouble(op, err)
	}
	if tables != 2 { // a store that has its keys has its tables: they are not made anew
		return casework.Problem(op, "laptop.damaged")
	}
	if !every {
		return nil
	}
	return s.integrity(ctx, "1")
}

// integrity has SQLite check all tables or one with its indexes.
func (s *Store) integrity(ctx context.Context, what string) error {
	const op = "laptop.Open"
	var found string
	if err := s.db.QueryRowContext(ctx, "PRAGMA integrity_check("+what+")").Scan(&found); err != nil {
		return trouble(op, err)
	}
	if found != "ok" {
		return casework.Problem(op, "laptop.damaged").Because(fmt.Errorf("integrity_check: %s", found))
	}
	return nil
}

// lookThrough opens every row that loading did not, and compares the tables with each
// other. What does not open or fit is told (Status.Damaged), and the district is asked for
// everything again.
func (s *Store) lookThrough(ctx context.Context) error {
	now, err := s.reckon(ctx, s.db, nil)
	if err != nil {
		return err
	}
	if s.x.Tally == nil { // written before there was one
		s.x.Tally = &now
	}
	s.torn = now.Settled != s.x.Tally.Settled || now.Rows != s.x.Tally.Rows
	if now.Ops < s.x.Tally.Ops || len(s.journal.all) != int(now.Ops-s.x.Tally.Gaps) {
		s.broken++
	}
	for _, c := range []content{
		{"bodies", "SELECT id, seq, sealed FROM bodies", s.tornBody},
		{"packs", "SELECT hash, 1, sealed FROM packs", s.tornPack},
		{"ops", "SELECT id, 1, sealed FROM ops WHERE settled", s.tornOp},
		{"receipts", "SELECT op, seq, sealed FROM receipts", s.lost},
		{"drafts", "SELECT id, version, sealed FROM drafts", s.lost},
		{"draft_changes", "SELECT draft, n, sealed FROM draft_changes", s.lost},
	} {
		if err := s.openAll(ctx, c); err != nil {
			return err
		}
	}
	if err := s.compareDrafts(ctx); err != nil {
		return err
	}
	s.torn = s.torn || len(s.caseload.damaged) > 0
	if s.torn {
		s.x.Cursors = nil
	}
	return nil
}

// content is a table whose rows are opened one by one; torn is told of those that do not.
type content struct {
	table, query string
	torn         func(id []byte)
}

func (s *Store) openAll(ctx context.Context, c content) error {
	rows, err := s.db.QueryContext(ctx, c.query)
	if err != nil {
		return err
	}
	defer rows.Close()
	var buffer []byte
	for rows.Next() {
		var id, sealed sql.RawBytes
		var version int64
		if err := rows.Scan(&id, &version, &sealed); err != nil {
			return err
		}
		buffer = slices.Grow(buffer[:0], len(sealed))
		if _, err := s.ring.open(place{c.table, id, uint64(version)}, sealed, buffer); err != nil {
			c.torn(bytes.Clone(id))
		}
	}
	return rows.Err()
}

func (s *Store) lost([]byte) { s.broken++ }

// tornOp notes an operation that the district has and this laptop can no longer read.
func (s *Store) tornOp(id []byte) {
	if s.tornOps == nil {
		s.tornOps = map[casework.OpID]bool{}
	}
	s.tornOps[casework.OpID{ID: casework.ID(id)}] = true
	s.broken++
}

func (s *Store) tornBody(id []byte) {
	s.caseload.damaged[casework.RecordID{ID: casework.ID(id)}] = true
}

// tornPack forgets a pack, so that the district is asked for it.
func (s *Store) tornPack(hash []byte) {
	delete(s.packs, casework.Hash(hash))
	s.torn = true
}

// compareDrafts looks for answers without their draft and drafts without all their answers.
func (s *Store) compareDrafts(ctx context.Context) error {
	var missing int
	err := s.db.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM draft_changes WHERE draft NOT IN (SELECT id FROM drafts)) + "+
		"(SELECT count(*) FROM (SELECT 1 FROM draft_changes GROUP BY draft HAVING count(*) <> max(n)))").Scan(&missing)
	s.broken += missing
	return err
}
