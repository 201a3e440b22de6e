package district

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"time"

	"doorstep/casework"
)

// work is one transaction. On a database that does not remember statements it uses
// those prepared when the store was opened.
type work struct {
	s     *Store
	tx    *sql.Tx
	known map[string]*sql.Stmt
	mine  map[string]*sql.Stmt
}

func (w *work) stmt(ctx context.Context, q string) *sql.Stmt {
	if st, ok := w.mine[q]; ok {
		return st
	}
	st, ok := w.known[q]
	if !ok {
		return nil
	}
	st = w.tx.StmtContext(ctx, st)
	w.mine[q] = st
	return st
}

func (w *work) exec(ctx context.Context, q string, args ...any) error {
	var err error
	if st := w.stmt(ctx, q); st != nil {
		_, err = st.ExecContext(ctx, args...)
	} else {
		_, err = w.tx.ExecContext(ctx, q, args...)
	}
	return err
}

func (w *work) row(ctx context.Context, q string, args ...any) *sql.Row {
	if st := w.stmt(ctx, q); st != nil {
		return st.QueryRowContext(ctx, args...)
	}
	return w.tx.QueryRowContext(ctx, q, args...)
}

// each calls fn for every row of a query.
func (w *work) each(ctx context.Context, fn func(scan func(...any) error) error, q string, args ...any) error {
	var rows *sql.Rows
	var err error
	if st := w.stmt(ctx, q); st != nil {
		rows, err = st.QueryContext(ctx, args...)
	} else {
		rows, err = w.tx.QueryContext(ctx, q, args...)
	}
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// bulk is an INSERT of as many rows at once as the database likes.
type bulk struct {
	into  string // table and columns
	width int    // columns
	tail  string // ON CONFLICT …
}

func (b bulk) sql(rows int) string {
	var q strings.Builder
	q.WriteString("INSERT INTO " + b.into + " VALUES ")
	n := 0
	for i := range rows {
		if i > 0 {
			q.WriteByte(',')
		}
		for c := range b.width {
			n++
			q.WriteByte("(,"[min(c, 1)])
			q.WriteString("$" + strconv.Itoa(n))
		}
		q.WriteByte(')')
	}
	q.WriteString(" " + b.tail)
	return q.String()
}

// insert writes rows in pieces of few different sizes, so that statements are remembered.
func (w *work) insert(ctx context.Context, b bulk, rows [][]any) error {
	for _, size := range []int{64, 16, 4, 1} {
		if size > w.s.e.Rows {
			continue
		}
		q := b.sql(size)
		for len(rows) >= size {
			args := make([]any, 0, size*b.width)
			for _, r := range rows[:size] {
				args = append(args, r...)
			}
			if err := w.exec(ctx, q, args...); err != nil {
				return err
			}
			rows = rows[size:]
		}
	}
	return nil
}

// among runs a query whose text contains IN (%) for all of ids, in pieces; the ids
// follow the county, which is always $1.
func (w *work) among(ctx context.Context, q string, ids [][]byte, fn func(scan func(...any) error) error) error {
	for len(ids) > 0 {
		size := 1
		for _, n := range []int{4, 16, 64} {
			if n <= w.s.e.Rows && len(ids) > size {
				size = n
			}
		}
		piece := ids[:min(size, len(ids))]
		ids = ids[len(piece):]
		args := []any{w.s.county}
		for i := range size {
			args = append(args, piece[min(i, len(piece)-1)]) // the last one fills up
		}
		if err := w.each(ctx, fn, list(q, size), args...); err != nil {
			return err
		}
	}
	return nil
}

// list puts n placeholders, beginning with $2, in place of the % of a query.
func list(q string, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("$" + strconv.Itoa(i+2))
	}
	return strings.Replace(q, "%", b.String(), 1)
}

// column reads 16 or 32 bytes into an id or a hash.
type column struct{ to []byte }

// Scan implements sql.Scanner.
func (c column) Scan(src any) error {
	b, ok := src.([]byte)
	if !ok || len(b) != len(c.to) {
		return casework.Problem("district.Scan", "district.damaged")
	}
	copy(c.to, b)
	return nil
}

func into(id *casework.ID) column      { return column{id[:]} }
func intoHash(h *casework.Hash) column { return column{h[:]} }

func blob(id casework.ID) []byte      { return id[:] }
func hashBlob(h casework.Hash) []byte { return h[:] }
func flag(b bool) int64               { return map[bool]int64{true: 1}[b] }
func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}
