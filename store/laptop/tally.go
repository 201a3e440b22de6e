package laptop

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"maps"

	"doorstep/casework"
)

// tally is what the tables held when an answer was last taken in. SQLite can tell a
// broken page; it cannot tell a whole page of yesterday among those of today, which is
// what a disk leaves that says "written" too early.
type tally struct {
	Ops     int64  `json:"ops"`            // operations ever saved
	Settled int    `json:"settled"`        // of them
	Gaps    int64  `json:"gaps,omitempty"` // numbers of operations that a rebuilt store no longer has
	Rows    uint64 `json:"rows"`           // sum over heads, bodies and receipts of their rowSum
}

// rowSum stands for one row with its version, whatever its content.
func rowSum(table string, id []byte, seq int64) uint64 {
	b := append([]byte(table), id...)
	sum := sha256.Sum256(binary.BigEndian.AppendUint64(b, uint64(seq)))
	return binary.BigEndian.Uint64(sum[:])
}

// reckon counts anew, with what a plan is about to settle.
func (s *Store) reckon(ctx context.Context, q querier, p *plan) (tally, error) {
	t := tally{Ops: s.lastEntry()}
	if s.x.Tally != nil {
		t.Gaps = s.x.Tally.Gaps
	}
	for _, e := range s.journal.all {
		if e.settled {
			t.Settled++
		}
	}
	if p != nil {
		t.Settled += len(p.settled)
	}
	rows, err := q.QueryContext(ctx, "SELECT 'heads', id, seq FROM heads UNION ALL SELECT 'bodies', id, seq FROM bodies UNION ALL SELECT 'receipts', op, seq FROM receipts")
	if err != nil {
		return t, err
	}
	defer rows.Close()
	for rows.Next() {
		var table string
		var id sql.RawBytes
		var seq int64
		if err := rows.Scan(&table, &id, &seq); err != nil {
			return t, err
		}
		t.Rows += rowSum(table, id, seq)
	}
	return t, rows.Err()
}

// share is what the rows that a plan changes have in the tally.
func (s *Store) share(ctx context.Context, q querier, p *plan) (sum uint64, err error) {
	ids := map[casework.RecordID]bool{}
	maps.Copy(ids, p.dropped)
	for id := range p.puts {
		ids[id] = true
	}
	for id := range p.leaving {
		ids[id] = true
	}
	for id := range ids {
		var head, body sql.NullInt64
		err := q.QueryRowContext(ctx, "SELECT (SELECT seq FROM heads WHERE id = ?1), (SELECT seq FROM bodies WHERE id = ?1)", id.ID[:]).Scan(&head, &body)
		if err != nil {
			return 0, err
		}
		if head.Valid {
			sum += rowSum("heads", id.ID[:], head.Int64)
		}
		if body.Valid {
			sum += rowSum("bodies", id.ID[:], body.Int64)
		}
	}
	for id := range p.receipts {
		var seq int64
		err := q.QueryRowContext(ctx, "SELECT seq FROM receipts WHERE op = ?", id.ID[:]).Scan(&seq)
		if err == nil {
			sum += rowSum("receipts", id.ID[:], seq)
		} else if !errors.Is(err, sql.ErrNoRows) {
			return 0, err
		}
	}
	return sum, nil
}

// balance is the tally after a plan: counted anew when everything was heard again after
// damage, and until then the old one, so that the next start notices it too.
func (s *Store) balance(ctx context.Context, q querier, p *plan, before uint64) (*tally, error) {
	if s.torn && !p.complete {
		return s.x.Tally, nil
	}
	if s.torn || s.x.Tally == nil {
		t, err := s.reckon(ctx, q, p)
		return &t, err
	}
	after, err := s.share(ctx, q, p)
	t := *s.x.Tally
	t.Ops = s.lastEntry()
	t.Settled += len(p.settled)
	t.Rows += after - before
	return &t, err
}
