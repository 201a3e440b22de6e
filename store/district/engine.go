package district

import (
	"context"
	"database/sql"
	"errors"

	"doorstep/casework"
)

// Engine is a database that was opened and migrated, with what differs between products.
type Engine struct {
	Name      string           // "sqlite", "postgres"
	Write     *sql.DB          // transactions that write
	Read      *sql.DB          // transactions that only read; may be the same as Write
	Lock      string           // what a SELECT ends with to keep its rows until the commit: " FOR UPDATE" or ""
	Snapshot  *sql.TxOptions   // options of a transaction that reads one moment
	Rows      int              // most rows of one statement; 1 where a statement costs no round trip
	Prepare   bool             // the driver does not remember statements by itself
	Transient func(error) bool // the same transaction may succeed when tried again
}

// Store is one district's register. It is safe for concurrent use.
type Store struct {
	e      Engine
	county string
	stmts  map[string]*sql.Stmt
}

// Open takes over a migrated database. A database without a district is fine: Found it.
func Open(ctx context.Context, e Engine) (*Store, error) {
	s := &Store{e: e, stmts: map[string]*sql.Stmt{}}
	if e.Prepare {
		for _, q := range frequent() {
			st, err := e.Write.PrepareContext(ctx, q)
			if err != nil {
				return nil, broken("district.Open", err)
			}
			s.stmts[q] = st
		}
	}
	err := e.Read.QueryRowContext(ctx, "SELECT county FROM districts ORDER BY county").Scan(&s.county)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, broken("district.Open", err)
	}
	return s, nil
}

// Close ends the store; transactions under way are finished first.
func (s *Store) Close() error {
	for _, st := range s.stmts {
		st.Close()
	}
	err := s.e.Write.Close()
	if s.e.Read != s.e.Write {
		err = errors.Join(err, s.e.Read.Close())
	}
	if err != nil {
		return broken("district.Close", err)
	}
	return nil
}

// Engine is the name of the database product: "sqlite" or "postgres".
func (s *Store) Engine() string { return s.e.Name }

const attempts = 6

// write runs one transaction, again when the database says that it may succeed then.
// Once begun it is not cut short by ctx: a batch half decided helps nobody.
func (s *Store) write(ctx context.Context, op string, fn func(context.Context, *work) error) error {
	var err error
	for range attempts {
		if err = ctx.Err(); err != nil {
			break
		}
		if err = s.once(context.WithoutCancel(ctx), s.e.Write, nil, s.stmts, fn); err == nil {
			return nil
		}
		if !s.e.Transient(err) {
			break
		}
	}
	return broken(op, err)
}

// read runs one transaction that sees one moment of the database.
func (s *Store) read(ctx context.Context, op string, fn func(context.Context, *work) error) error {
	var err error
	for range attempts {
		err = s.once(ctx, s.e.Read, s.e.Snapshot, nil, fn)
		if err == nil || !s.e.Transient(err) {
			break
		}
	}
	return broken(op, err)
}

func (s *Store) once(ctx context.Context, db *sql.DB, o *sql.TxOptions, stmts map[string]*sql.Stmt, fn func(context.Context, *work) error) error {
	tx, err := db.BeginTx(ctx, o)
	if err != nil {
		return err
	}
	defer tx.Rollback() // after a commit it does nothing
	if err := fn(ctx, &work{s: s, tx: tx, known: stmts, mine: map[string]*sql.Stmt{}}); err != nil {
		return err
	}
	return tx.Commit()
}

// broken wraps what the database said; problems that already have a code stay as they are.
func broken(op string, err error) error {
	if err == nil || casework.CodeOf(err) != "" {
		return err
	}
	return casework.Problem(op, "district.database").Because(err)
}
