package laptop

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"
)

// querier is the database or one transaction on it.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// writeMeta seals one of the store's own notes. Its version rises with every writing.
func (s *Store) writeMeta(ctx context.Context, q querier, key string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	var version uint64
	err = q.QueryRowContext(ctx, "SELECT version FROM meta WHERE key = ?", key).Scan(&version)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	version++
	if key == "identity" || key == "exchange" || key == "enrolment" {
		defer s.box.changed() // with the commit, or a moment before it: it looks again and again
	}
	sealed, err := s.ring.seal(place{"meta", []byte(key), version}, s.o.Now(), b)
	if err != nil {
		return err
	}
	_, err = q.ExecContext(ctx, "INSERT INTO meta (key, version, sealed) VALUES (?, ?, ?) "+
		"ON CONFLICT (key) DO UPDATE SET version = excluded.version, sealed = excluded.sealed", key, int64(version), sealed)
	return err
}

// readMeta reports whether there was such a note.
func (s *Store) readMeta(ctx context.Context, q querier, key string, v any) (bool, error) {
	var version uint64
	var sealed []byte
	err := q.QueryRowContext(ctx, "SELECT version, sealed FROM meta WHERE key = ?", key).Scan(&version, &sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	b, err := s.ring.open(place{"meta", []byte(key), version}, sealed, nil)
	if err != nil {
		return false, err
	}
	return true, json.Unmarshal(b, v)
}

// inTx runs f in one transaction: one fsync at its end.
func (s *Store) inTx(ctx context.Context, f func(tx *sql.Tx) error) error {
	return s.inTxOf(ctx, s.db, f)
}

func (s *Store) inTxOf(ctx context.Context, db *sql.DB, f func(tx *sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		return errors.Join(err, ignoreDone(tx.Rollback()))
	}
	return tx.Commit()
}

func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// jsonTime is a moment that JSON can always write: years beyond 9999 become none.
type jsonTime struct{ time.Time }

func (t jsonTime) safe() time.Time {
	if y := t.Year(); y < 1 || y > 9999 {
		return time.Time{}
	}
	return t.Time
}

// MarshalJSON implements json.Marshaler.
func (t jsonTime) MarshalJSON() ([]byte, error) {
	return t.safe().MarshalJSON()
}
