// Package sqlite opens a district's register in one SQLite file: the default, for one
// server without a database of its own.
package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"embed"
	"io/fs"
	"net/url"
	"path/filepath"
	"runtime"
	"strings"

	"doorstep/casework"
	"doorstep/store/district"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Open opens or creates the register in the file at path and brings it up to date. One
// connection writes, several read. Other programs on this computer may open it as well.
// Errors: district.open, district.newer.
func Open(ctx context.Context, path string) (*district.Store, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, casework.Problem("sqlite.Open", "district.open").Because(err)
	}
	write := sql.OpenDB(connector{path, "immediate"})
	write.SetMaxOpenConns(1)
	if err := migrate(ctx, write); err != nil {
		write.Close()
		return nil, err
	}
	read := sql.OpenDB(connector{path, "deferred"})
	read.SetMaxOpenConns(max(4, runtime.NumCPU()))
	s, err := district.Open(ctx, district.Engine{
		Name: "sqlite", Write: write, Read: read, Rows: 1, Prepare: true,
		Snapshot: &sql.TxOptions{ReadOnly: true}, Transient: busy,
	})
	if err != nil {
		write.Close()
		read.Close()
	}
	return s, err
}

func migrate(ctx context.Context, db *sql.DB) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return casework.Problem("sqlite.Open", "district.open").Because(err)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, files)
	if err != nil {
		return casework.Problem("sqlite.Open", "district.open").Because(err)
	}
	now, newest, err := p.GetVersions(ctx)
	if err != nil {
		return casework.Problem("sqlite.Open", "district.open").Because(err)
	}
	if now > newest {
		return casework.Problem("sqlite.Open", "district.newer", "Found", now, "Known", newest)
	}
	if _, err := p.Up(ctx); err != nil {
		return casework.Problem("sqlite.Open", "district.open").Because(err)
	}
	return nil
}

// connector opens connections with the settings that make a commit durable.
type connector struct{ path, begin string }

// settings are set on every connection, in this order, and read back.
var settings = []struct{ name, value, reads string }{
	{"busy_timeout", "10000", "10000"},
	{"journal_mode", "WAL", "wal"},
	{"synchronous", "FULL", "2"}, // with WAL: one fsync for every commit
	{"secure_delete", "ON", "1"},
	{"temp_store", "MEMORY", "2"},
	{"mmap_size", "0", "0"},
	{"cache_size", "-65536", "-65536"},
	{"trusted_schema", "OFF", "0"},
}

// Driver implements driver.Connector.
func (c connector) Driver() driver.Driver { return &sqlite.Driver{} }

// Connect implements driver.Connector.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	path := filepath.ToSlash(c.path)
	if !strings.HasPrefix(path, "/") { // C:/…
		path = "/" + path
	}
	u := url.URL{Scheme: "file", Path: path, RawQuery: "_txlock=" + c.begin}
	conn, err := (&sqlite.Driver{}).Open(u.String())
	if err != nil {
		return nil, err
	}
	for _, s := range settings {
		if err := set(ctx, conn, s.name, s.value, s.reads); err != nil {
			conn.Close()
			return nil, err
		}
	}
	return conn, nil
}
