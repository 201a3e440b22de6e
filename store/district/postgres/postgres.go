// Package postgres opens a district's register in a PostgreSQL database, 15 or newer.
package postgres

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"io/fs"
	"runtime"

	"doorstep/casework"
	"doorstep/store/district"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// oldest is the first server version this was made for.
const oldest = 150000

// Open opens the register in the database that url names
// (postgres://user:password@host:port/name?sslmode=…) and brings it up to date.
// Errors: district.address, district.open, district.old_server, district.newer.
func Open(ctx context.Context, url string) (*district.Store, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil { // the cause would show the password
		return nil, casework.Problem("postgres.Open", "district.address")
	}
	config.RuntimeParams["application_name"] = "doorstep district"
	// A plan made while the log was empty, and kept, would walk the whole log for ever.
	config.RuntimeParams["plan_cache_mode"] = "force_custom_plan"
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(max(16, 4*runtime.NumCPU()))
	db.SetMaxIdleConns(max(16, 4*runtime.NumCPU()))
	if err := migrate(ctx, db); err != nil {
		db.Close()
		return nil, err
	}
	s, err := district.Open(ctx, district.Engine{
		Name: "postgres", Write: db, Read: db, Lock: " FOR UPDATE", Rows: 64,
		Snapshot: &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}, Transient: transient,
	})
	if err != nil {
		db.Close()
	}
	return s, err
}

func migrate(ctx context.Context, db *sql.DB) error {
	failed := func(err error) error { return casework.Problem("postgres.Open", "district.open").Because(err) }
	var version int
	if err := db.QueryRowContext(ctx, "SELECT current_setting('server_version_num')::int").Scan(&version); err != nil {
		return failed(err)
	}
	if version < oldest {
		return casework.Problem("postgres.Open", "district.old_server", "Found", version/10000, "Oldest", oldest/10000)
	}
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return failed(err)
	}
	locker, err := lock.NewPostgresSessionLocker() // two programs may start at once
	if err != nil {
		return failed(err)
	}
	p, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithSessionLocker(locker))
	if err != nil {
		return failed(err)
	}
	now, newest, err := p.GetVersions(ctx)
	if err != nil {
		return failed(err)
	}
	if now > newest {
		return casework.Problem("postgres.Open", "district.newer", "Found", now, "Known", newest)
	}
	if _, err := p.Up(ctx); err != nil {
		return failed(err)
	}
	return nil
}

// transient reports whether the same transaction may succeed when tried again: it was
// aborted for another's sake, or another wrote the same row first.
func transient(err error) bool {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code {
	case "40001", "40P01", "23505": // serialization_failure, deadlock_detected, unique_violation
		return true
	}
	return false
}
