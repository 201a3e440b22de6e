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
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"doorstep/casework"
)

const databaseFile = "store.db"

// setting is one pragma and what SQLite must answer when it is read back.
type setting struct{ name, set, want string }

// settings are made on every connection, in this order: exclusive locking before the
// first look at the log keeps that log's index out of shared memory.
func settings(synchronous string) []setting {
	level := map[string]string{"FULL": "2", "EXTRA": "3"}[synchronous]
	return []setting{
		{"locking_mode", "EXCLUSIVE", "exclusive"},
		{"busy_timeout", "0", "0"},
		{"mmap_size", "0", "0"},
		{"trusted_schema", "OFF", "0"},
		{"journal_mode", "WAL", "wal"},
		{"synchronous", synchronous, level},
		{"secure_delete", "ON", "1"},
		{"temp_store", "MEMORY", "2"},
		{"foreign_keys", "ON", "1"},
		{"cell_size_check", "ON", "1"},
		{"wal_autocheckpoint", "0", "0"}, // the store folds the log in between saves, never inside one
	}
}

// hooked is SQLite's connector with our settings made and read back on each connection.
type hooked struct {
	driver.Connector
	settings []setting
}

// Connect implements driver.Connector.
func (h hooked) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := h.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	for _, s := range h.settings {
		if err := s.make(ctx, c); err != nil {
			c.Close()
			return nil, err
		}
	}
	return c, nil
}

func (s setting) make(ctx context.Context, c driver.Conn) error {
	if _, err := ask(ctx, c, "PRAGMA "+s.name+" = "+s.set); err != nil {
		return err
	}
	got, err := ask(ctx, c, "PRAGMA "+s.name)
	if err != nil {
		return err
	}
	if got != s.want && !(s.name == "mmap_size" && got == "") { // built without mmap: no answer
		return fmt.Errorf("PRAGMA %s is %q, not %q", s.name, got, s.want)
	}
	return nil
}

// ask runs one statement and gives the first value of its first row, or "".
func ask(ctx context.Context, c driver.Conn, query string) (string, error) {
	rows, err := c.(driver.QueryerContext).QueryContext(ctx, query, nil)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	if len(rows.Columns()) == 0 {
		return "", nil
	}
	dest := make([]driver.Value, len(rows.Columns()))
	if rows.Next(dest) != nil {
		return "", nil
	}
	return strings.ToLower(fmt.Sprint(dest[0])), nil
}

// openDatabase opens the one connection. SQLite creates the file when it is missing, so
// callers look first.
func openDatabase(ctx context.Context, dir, synchronous, vfs string) (*sql.DB, error) {
	path, err := filepath.Abs(filepath.Join(dir, databaseFile))
	if err != nil {
		return nil, err
	}
	name := "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()
	if vfs != "" {
		name += "?vfs=" + url.QueryEscape(vfs)
	}
	base, err := sqlite.NewConnector(name)
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(hooked{base, settings(synchronous)})
	db.SetMaxOpenConns(1)
	db.SetMaxIdleConns(1)
	if err := db.PingContext(ctx); err != nil {
		db.Close()
		return nil, err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		db.Close()
		return nil, err
	}
	defer conn.Close()
	if _, err := sqlite.Limit(conn, sqlite3.SQLITE_LIMIT_ATTACHED, 0); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// trouble turns SQLite's words into the store's. op is what was being done.
func trouble(op string, err error) error {
	var already *casework.Error
	if err == nil || errors.As(err, &already) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	var s *sqlite.Error
	if errors.As(err, &s) {
		switch s.Code() & 0xff {
		case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
			return casework.Problem(op, "laptop.already_open").Because(err)
		case sqlite3.SQLITE_FULL:
			return casework.Problem(op, "laptop.disk_full").Because(err)
		case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN:
			return casework.Problem(op, "laptop.read_only").Because(err)
		case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_SCHEMA:
			return casework.Problem(op, "laptop.damaged").Because(err)
		}
	}
	if full(err) {
		return casework.Problem(op, "laptop.disk_full").Because(err)
	}
	if errors.Is(err, errSealed) {
		return casework.Problem(op, "laptop.row_damaged").Because(err)
	}
	if errors.Is(err, sql.ErrConnDone) || errors.Is(err, errClosed) {
		return casework.Problem(op, "laptop.closed").Because(err)
	}
	return casework.Problem(op, "laptop.disk").Because(err)
}

var errClosed = errors.New("the store is closed")

func exists(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}
