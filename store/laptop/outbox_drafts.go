package laptop

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"doorstep/casework"
	"doorstep/store/laptop/outbox"
)

// draftSeason is how long a finished or dropped draft is remembered as such: a copy of the
// store that is older brings it back.
const draftSeason = 90 * 24 * time.Hour

// endedDrafts are the drafts that ended within the season as the outbox keeps them, and
// the finished ones from before. Callers hold work.
func (s *Store) endedDrafts(ctx context.Context) (out []outbox.Item, old []casework.ID, err error) {
	rows, err := s.db.QueryContext(ctx, "SELECT id, version, ended, sealed FROM drafts WHERE ended <> ?", draftOpen)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	from := s.o.Now().Add(-draftSeason)
	for rows.Next() {
		var raw, sealed []byte
		var version, ended int64
		if err := rows.Scan(&raw, &version, &ended, &sealed); err != nil {
			return nil, nil, err
		}
		var row draftRow
		b, err := s.ring.open(place{"drafts", raw, uint64(version)}, sealed, nil)
		if err != nil || json.Unmarshal(b, &row) != nil {
			continue
		}
		i := outbox.Item{Kind: outbox.Ended}
		copy(i.ID[:], raw)
		if at := later(row.Started, row.When.Time); !at.IsZero() && at.Before(from) {
			if ended == draftFinished {
				old = append(old, i.ID)
			}
			continue
		}
		if ended == draftDropped {
			i.Body = append([]byte(nil), b...)
		}
		out = append(out, i)
	}
	return out, old, rows.Err()
}

// forgetDrafts removes what is left of drafts that were finished long ago. A disk that
// does not take it keeps nobody out: they are forgotten another day.
func (s *Store) forgetDrafts(ctx context.Context) {
	_, old, err := s.endedDrafts(ctx)
	if err != nil || len(old) == 0 {
		return
	}
	_ = s.inTx(ctx, func(tx *sql.Tx) error {
		for _, id := range old {
			if _, err := tx.ExecContext(ctx, "DELETE FROM drafts WHERE id = ?", id[:]); err != nil {
				return err
			}
		}
		return nil
	})
}
