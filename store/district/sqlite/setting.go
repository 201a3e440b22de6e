package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"

	"doorstep/casework"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// set gives a pragma its value and reads it back: SQLite is silent about one it does not take.
func set(ctx context.Context, conn driver.Conn, name, value, reads string) error {
	if _, err := conn.(driver.ExecerContext).ExecContext(ctx, "PRAGMA "+name+" = "+value, nil); err != nil {
		return err
	}
	rows, err := conn.(driver.QueryerContext).QueryContext(ctx, "PRAGMA "+name, nil)
	if err != nil {
		return err
	}
	defer rows.Close()
	got := make([]driver.Value, len(rows.Columns()))
	if err := rows.Next(got); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if len(got) != 1 || fmt.Sprint(got[0]) != reads {
		return casework.Problem("sqlite.Open", "district.setting", "Setting", name)
	}
	return nil
}

// busy reports whether another program was writing for longer than the timeout.
func busy(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && (e.Code()&0xff == sqlite3.SQLITE_BUSY || e.Code()&0xff == sqlite3.SQLITE_LOCKED)
}
