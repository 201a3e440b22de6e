package laptop

import (
	"context"
	"database/sql"
	"embed"
	"io/fs"

	"github.com/pressly/goose/v3"

	"doorstep/casework"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the tables to this program's version. Error: laptop.newer_store.
func migrate(ctx context.Context, db *sql.DB) error {
	const op = "laptop.migrate"
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return trouble(op, err)
	}
	known := p.ListSources()
	newest := known[len(known)-1].Version
	at, err := p.GetDBVersion(ctx)
	if err != nil {
		return trouble(op, err)
	}
	if at > newest {
		return casework.Problem(op, "laptop.newer_store", "Version", at)
	}
	if at == newest {
		return nil
	}
	if _, err := p.Up(ctx); err != nil {
		return trouble(op, err)
	}
	return nil
}
