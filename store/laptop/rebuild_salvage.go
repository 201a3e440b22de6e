package laptop

import (
	"context"
	"database/sql"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// salvage copies every row of the damaged database that still opens into a new one. It
// reads a copy of the files in dir: the damaged ones are not touched. A database of which
// nothing can be read gives nothing and is no error.
func (s *Store) salvage(ctx context.Context, dir string, into querier) error {
	return s.salvageFrom(ctx, s.dir, dir, into, sealedTables)
}

// bases are the tables of what the district said, which it says again.
var bases = []string{"heads", "bodies", "packs", "attachments"}

// salvageCopy takes from the youngest copy of the store what the district last said, so
// that people are on the list before the next exchange: when the damaged database gave none
// of it. Where there is no outbox either, everything is taken.
func (s *Store) salvageCopy(ctx context.Context, dir string, into querier, outbox bool) error {
	copies := backups(filepath.Join(s.dir, backupsFolder))
	var heads, self int
	if err := into.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM heads), (SELECT count(*) FROM meta WHERE key = 'identity')").Scan(&heads, &self); err != nil {
		return err
	}
	if heads > 0 || len(copies) == 0 {
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	tables := sealedTables
	if outbox || self > 0 {
		tables = slices.DeleteFunc(slices.Clone(tables), func(t sealedTable) bool { return !slices.Contains(bases, t.name) })
	}
	return s.salvageFrom(ctx, copies[0], dir, into, tables)
}

func (s *Store) salvageFrom(ctx context.Context, source, dir string, into querier, tables []sealedTable) error {
	for _, end := range []string{"", "-wal"} {
		from := filepath.Join(source, databaseFile+end)
		if !exists(from) {
			continue
		}
		if err := copyFile(from, filepath.Join(dir, databaseFile+end)); err != nil {
			return nil //nolint:nilerr // a disk that cannot read it has nothing to give
		}
	}
	if !exists(filepath.Join(dir, databaseFile)) {
		return nil
	}
	old, err := openDatabase(ctx, dir, "FULL", "")
	if err != nil {
		return nil
	}
	defer old.Close()
	for _, t := range tables {
		for _, order := range []string{"", " DESC"} { // what lies behind a broken page is reached from the other end
			whole, err := s.salvageTable(ctx, old, into, t, order)
			if err != nil {
				return err
			}
			if whole {
				break
			}
		}
	}
	return nil
}

// salvageTable copies the rows of one table. whole: it was read to its end.
func (s *Store) salvageTable(ctx context.Context, old *sql.DB, into querier, t sealedTable, order string) (whole bool, err error) {
	columns, err := columnsOf(ctx, into, t.name)
	if err != nil {
		return false, err
	}
	list := strings.Join(columns, ", ")
	rows, err := old.QueryContext(ctx, "SELECT "+list+", "+t.id+", "+t.version+" FROM "+t.name+" NOT INDEXED ORDER BY "+strings.Join(t.key, order+", ")+order)
	if err != nil {
		return false, nil //nolint:nilerr // that is why it is damaged
	}
	defer rows.Close()
	insert := "INSERT OR IGNORE INTO " + t.name + " (" + list + ") VALUES (?" + strings.Repeat(", ?", len(columns)-1) + ")"
	for rows.Next() {
		values := make([]any, len(columns))
		dest := make([]any, 0, len(columns)+2)
		for i := range values {
			dest = append(dest, &values[i])
		}
		var id []byte
		var version int64
		if err := rows.Scan(append(dest, &id, &version)...); err != nil {
			return false, nil
		}
		sealed, _ := values[len(columns)-1].([]byte)
		for i, c := range columns {
			if c == "sealed" {
				sealed, _ = values[i].([]byte)
			}
		}
		if _, err := s.ring.open(place{t.name, id, uint64(version)}, sealed, nil); err != nil {
			continue
		}
		if _, err := into.ExecContext(ctx, insert, values...); err != nil {
			if ctx.Err() != nil || full(err) {
				return false, err
			}
			continue // an answer without its draft, a row that stands there twice
		}
	}
	return rows.Err() == nil, nil
}

func columnsOf(ctx context.Context, q querier, table string) ([]string, error) {
	rows, err := q.QueryContext(ctx, "SELECT name FROM pragma_table_info(?)", table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		out = append(out, name)
	}
	return out, rows.Err()
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err = io.Copy(out, in); err == nil {
		err = out.Sync()
	}
	if e := out.Close(); err == nil {
		err = e
	}
	return err
}
