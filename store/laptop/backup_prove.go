package laptop

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"modernc.org/sqlite"
)

// prove opens a copy, reads only, and opens every row in it.
func (s *Store) prove(ctx context.Context, dir string) (rows int, err error) {
	db, err := openCopy(filepath.Join(dir, databaseFile))
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var found string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&found); err != nil || found != "ok" {
		return 0, errors.Join(err, fmt.Errorf("the copy is not whole: %s", found))
	}
	for _, t := range sealedTables {
		if there, err := hasTable(ctx, db, t.name); err != nil || !there {
			if err != nil {
				return rows, err
			}
			continue
		}
		var after []any
		for {
			page, err := t.page(ctx, db, after, checkRows)
			if err != nil {
				return rows, err
			}
			if len(page) == 0 {
				break
			}
			for _, r := range page {
				if _, err := s.ring.open(place{t.name, r.id, uint64(r.version)}, r.sealed, nil); err != nil {
					return rows, fmt.Errorf("table %s: %w", t.name, err)
				}
			}
			rows, after = rows+len(page), page[len(page)-1].at
			if s.over() {
				return rows, errClosed
			}
		}
	}
	var x exchange
	if known, err := s.readMeta(ctx, db, "exchange", &x); err != nil || !known {
		return rows, errors.Join(err, errors.New("the copy does not know its place in the chain"))
	}
	return rows, nil
}

// over reports whether the store is being closed.
func (s *Store) over() bool {
	s.view.RLock()
	defer s.view.RUnlock()
	return s.closed
}

// openCopy opens a database that nobody writes to.
func openCopy(path string) (*sql.DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	c, err := sqlite.NewConnector("file:" + (&url.URL{Path: filepath.ToSlash(abs)}).EscapedPath() + "?mode=ro&immutable=1")
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(driver.Connector(c))
	db.SetMaxOpenConns(1)
	return db, db.Ping()
}

func flushFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// size is about how many bytes a copy takes.
func (s *Store) size() int64 {
	n := folderSize(filepath.Join(s.dir, attachmentsFolder)) + folderSize(filepath.Join(s.dir, outboxFolder))
	for _, end := range []string{"", "-wal"} {
		if info, err := os.Stat(filepath.Join(s.dir, databaseFile+end)); err == nil {
			n += info.Size()
		}
	}
	return n
}

func folderSize(dir string) (n int64) {
	_ = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			if info, err := e.Info(); err == nil {
				n += info.Size()
			}
		}
		return nil
	})
	return n
}
