package district

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// Publish keeps a pack for ever and makes it the current one of its name from its date
// on, also when the server's clock was set back since the one before. The same pack again
// changes nothing.
func (s *Store) Publish(ctx context.Context, ref ledger.PackRef, body []byte, now time.Time) error {
	return s.write(ctx, "district.Publish", func(ctx context.Context, w *work) error {
		var last int64
		if err := w.row(ctx, "SELECT COALESCE(MAX(published), 0) FROM packs WHERE county = $1 AND name = $2", s.county, ref.Name).Scan(&last); err != nil {
			return err
		}
		if now.UnixMilli() <= last {
			now = time.UnixMilli(last + 1)
		}
		return w.exec(ctx, `INSERT INTO packs (county, hash, name, effective, published, size, body) VALUES ($1,$2,$3,$4,$5,$6,$7)
			ON CONFLICT (county, hash) DO NOTHING`, s.county, hashBlob(ref.Hash), ref.Name, ref.From, millis(now), int64(len(body)), full(body))
	})
}

// Packs are all packs, by name and date, but of several with one name and date only the
// one published last. Which of them is in force on a day is the reader's question.
func (s *Store) Packs(ctx context.Context) ([]ledger.PackRef, error) {
	var all []ledger.PackRef
	err := s.read(ctx, "district.Packs", func(ctx context.Context, w *work) error {
		all = nil
		return w.each(ctx, func(scan func(...any) error) error {
			var r ledger.PackRef
			err := scan(intoHash(&r.Hash), &r.Name, &r.From, &r.Size)
			all = append(all, r)
			return err
		}, "SELECT hash, name, effective, size FROM packs WHERE county = $1 ORDER BY name, effective, published, hash", s.county)
	})
	var out []ledger.PackRef
	for i, r := range all {
		// The last one published for a date replaces the others of that date.
		if i+1 < len(all) && all[i+1].Name == r.Name && all[i+1].From == r.From {
			continue
		}
		out = append(out, r)
	}
	return out, err
}

// Pack is the body of a pack. Error: district.pack_unknown.
func (s *Store) Pack(ctx context.Context, hash casework.Hash) ([]byte, error) {
	var body []byte
	err := s.e.Read.QueryRowContext(ctx, "SELECT body FROM packs WHERE county = $1 AND hash = $2", s.county, hashBlob(hash)).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, casework.Problem("district.Pack", "district.pack_unknown")
	}
	return body, broken("district.Pack", err)
}
