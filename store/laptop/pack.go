package laptop

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"slices"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// Packs lists what the district last published, as far as it is here.
func (s *Store) Packs() []ledger.PackRef { return s.published(true) }

// MissingPacks lists what the district last published and is not here yet.
func (s *Store) MissingPacks() []ledger.PackRef { return s.published(false) }

func (s *Store) published(here bool) []ledger.PackRef {
	s.view.RLock()
	defer s.view.RUnlock()
	var out []ledger.PackRef
	for _, p := range s.x.Packs {
		if s.packs[p.Hash] == here {
			out = append(out, p)
		}
	}
	return out
}

// Pack is the content of a pack that is here, also of one no longer published: a record
// made under an old form is read as it was. Errors: laptop.no_pack, laptop.row_damaged.
func (s *Store) Pack(ctx context.Context, hash casework.Hash) ([]byte, error) {
	const op = "laptop.Pack"
	s.work.Lock()
	defer s.work.Unlock()
	if s.closed {
		return nil, casework.Problem(op, "laptop.closed")
	}
	var sealed []byte
	err := s.db.QueryRowContext(ctx, "SELECT sealed FROM packs WHERE hash = ?", hash[:]).Scan(&sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, casework.Problem(op, "laptop.no_pack")
	}
	if err != nil {
		return nil, trouble(op, err)
	}
	b, err := s.ring.open(place{"packs", hash[:], 1}, sealed, nil)
	return b, trouble(op, err)
}

// StorePack keeps a pack for ever. Errors: laptop.pack_differs when the body is not what
// its hash says, those of Save.
func (s *Store) StorePack(ctx context.Context, ref ledger.PackRef, body []byte) error {
	const op = "laptop.StorePack"
	if sha256.Sum256(body) != ref.Hash {
		return casework.Problem(op, "laptop.pack_differs", "Pack", ref.Name)
	}
	s.work.Lock()
	defer s.work.Unlock()
	if s.closed {
		return casework.Problem(op, "laptop.closed")
	}
	ctx = context.WithoutCancel(ctx)
	sealed, err := s.ring.seal(place{"packs", ref.Hash[:], 1}, s.o.Now(), body)
	if err != nil {
		return trouble(op, err)
	}
	x := s.x
	if !slices.ContainsFunc(x.Packs, func(p ledger.PackRef) bool { return p.Hash == ref.Hash }) {
		x.Packs = append(slices.Clone(x.Packs), ref)
	}
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "INSERT INTO packs (hash, sealed) VALUES (?, ?) "+
			"ON CONFLICT (hash) DO UPDATE SET sealed = excluded.sealed", ref.Hash[:], sealed); err != nil {
			return err
		}
		return s.writeMeta(ctx, tx, "exchange", x)
	})
	if err != nil {
		return trouble(op, err)
	}
	s.view.Lock()
	s.packs[ref.Hash] = true
	s.x = x
	s.view.Unlock()
	s.foldLater(len(sealed))
	return nil
}

func (s *Store) loadPackNames(ctx context.Context) error {
	rows, err := s.db.QueryContext(ctx, "SELECT hash FROM packs")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var b []byte
		if err := rows.Scan(&b); err != nil {
			return err
		}
		var h casework.Hash
		copy(h[:], b)
		s.packs[h] = true
	}
	return rows.Err()
}
