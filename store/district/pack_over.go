package district

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// PublishOver is Publish for who made the new pack out of the current one: over is the hash
// of that, zero when there was none. Error: district.pack_overtaken when somebody else
// published meanwhile; nothing is published then, and the work is to be done again on top.
func (s *Store) PublishOver(ctx context.Context, ref ledger.PackRef, over casework.Hash, body []byte, now time.Time) error {
	const op = "district.PublishOver"
	return s.write(ctx, op, func(ctx context.Context, w *work) error {
		var head uint64
		if err := w.row(ctx, qHead+s.e.Lock, s.county).Scan(&head); err != nil { // one publisher at a time
			return unknown(err, op, "district.not_founded")
		}
		var current casework.Hash
		var last int64
		err := w.row(ctx, "SELECT hash, published FROM packs WHERE county = $1 AND name = $2 AND effective = $3 ORDER BY published DESC, hash DESC LIMIT 1",
			s.county, ref.Name, ref.From).Scan(intoHash(&current), &last)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if current != over {
			return casework.Problem(op, "district.pack_overtaken")
		}
		if now.UnixMilli() <= last {
			now = time.UnixMilli(last + 1)
		}
		return w.exec(ctx, `INSERT INTO packs (county, hash, name, effective, published, size, body) VALUES ($1,$2,$3,$4,$5,$6,$7)
			ON CONFLICT (county, hash) DO NOTHING`, s.county, hashBlob(ref.Hash), ref.Name, ref.From, millis(now), int64(len(body)), full(body))
	})
}
