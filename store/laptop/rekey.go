package laptop

import (
	"context"
	"database/sql"
	"errors"
	"io"

	"doorstep/casework"
)

// Rekey seals everything in the store with a new master key and destroys the old one: for
// when somebody may have copied the key file and seen the passphrase. It goes in small
// steps, so that saves go on meanwhile, and a start after a power cut finds both keys and
// goes on where it stopped (Rekeying, FinishRekey). After it the old key file opens
// nothing here, with whatever passphrase; the copies that the store keeps of itself are
// made anew. Copies elsewhere and files that were set aside stay what they were, and the
// device's signing key stays too: who has the old file can still sign in its name until
// the district withdraws the device.
//
// passphrase is the present one. progress, which may be nil, hears of rows done and rows
// in all. Errors: laptop.wrong_passphrase, laptop.closed, those of Save.
func (s *Store) Rekey(ctx context.Context, passphrase []byte, progress func(done, total int)) error {
	const op = "laptop.Rekey"
	if err := s.renewKeys(op, passphrase); err != nil {
		return err
	}
	return s.FinishRekey(ctx, progress)
}

// Rekeying reports whether a Rekey was begun and not finished.
func (s *Store) Rekeying() bool {
	s.view.RLock()
	defer s.view.RUnlock()
	return s.keys.Retired != nil
}

// renewKeys puts a new master key into the key file, beside the one before it. One that
// was begun is gone on with.
func (s *Store) renewKeys(op string, passphrase []byte) error {
	s.work.Lock()
	defer s.work.Unlock()
	if s.closed {
		return casework.Problem(op, "laptop.closed")
	}
	old, private, err := s.keys.unlock(passphrase)
	if errors.Is(err, errWrong) {
		return s.wrongPassphrase(op)
	}
	if err != nil || s.keys.Retired != nil {
		return err
	}
	defer clear(old)
	master := make([]byte, len(old))
	if _, err := io.ReadFull(s.o.Rand, master); err != nil {
		return casework.Problem(op, "random.unavailable").Because(err)
	}
	k := s.keys
	k.Gen++
	k.Retired = &retired{Gen: s.keys.Gen, Alg: xchacha20poly1305}
	if k.Retired.Nonce, k.Retired.Sealed, err = wrap(s.o.Rand, master, old, k.retiredPlace()); err != nil {
		return err
	}
	if err := k.setSigning(s.o.Rand, private, master); err != nil {
		return err
	}
	if err := k.setPassphrase(s.o.Rand, passphrase, master, s.keys.Slots[0].Argon); err != nil {
		return err
	}
	if err := s.replaceKeys(k); err != nil {
		return casework.Problem(op, "laptop.disk").Because(err)
	}
	s.ring.renew(master, k.Gen) // nothing is sealed with a key that is not in the file
	return nil
}

// replaceKeys puts another key file in place; callers hold work.
func (s *Store) replaceKeys(k keys) error {
	if err := k.write(s.dir); err != nil {
		return err
	}
	s.view.Lock()
	s.keys = k
	s.view.Unlock()
	s.box.again() // copies of the old slots go
	return nil
}

// FinishRekey goes on with a Rekey that was interrupted; without one it does nothing. A
// cancelled ctx ends it between two steps.
func (s *Store) FinishRekey(ctx context.Context, progress func(done, total int)) error {
	const op = "laptop.Rekey"
	s.resealing.Lock() // one goes on with it; who comes second finds it done
	defer s.resealing.Unlock()
	if !s.Rekeying() {
		return nil
	}
	r := &resealing{s: s, progress: progress}
	if err := r.count(ctx); err != nil {
		return trouble(op, err)
	}
	for _, t := range sealedTables {
		if err := r.table(ctx, t); err != nil {
			return trouble(op, err)
		}
	}
	if err := s.renewOutbox(); err != nil {
		return casework.Problem(op, "laptop.outbox_trouble").Because(err)
	}
	if err := s.dropRetired(ctx, op); err != nil {
		return err
	}
	return s.renewCopies(ctx)
}

// resealStep is how many rows are sealed anew in one transaction: about a tenth of a
// second on an old disk.
const resealStep = 200

// resealing is one way through all tables.
type resealing struct {
	s           *Store
	progress    func(done, total int)
	done, total int
}

// old selects the rows of the retired key: the first byte of the key id is the generation.
const old = "substr(sealed, 2, 1) = ?"

func (r *resealing) count(ctx context.Context) error {
	r.s.work.Lock()
	defer r.s.work.Unlock()
	if r.s.closed {
		return errClosed
	}
	for _, t := range sealedTables {
		var n int
		err := r.s.db.QueryRowContext(ctx, "SELECT count(*) FROM "+t.name+" WHERE "+old, []byte{r.s.keys.Retired.Gen}).Scan(&n)
		if err != nil {
			return err
		}
		r.total += n
	}
	return nil
}

// table seals a table's rows anew, from its first to its last.
func (r *resealing) table(ctx context.Context, t sealedTable) error {
	var after []any
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		last, n, err := r.step(context.WithoutCancel(ctx), t, after)
		if err != nil || n == 0 {
			return err
		}
		after = last
		r.done += n
		if r.progress != nil {
			r.progress(min(r.done, r.total), r.total)
		}
	}
}

// step is one transaction. last is the place of its last row.
func (r *resealing) step(ctx context.Context, t sealedTable, after []any) (last []any, n int, err error) {
	s := r.s
	s.work.Lock()
	defer s.work.Unlock()
	s.based.Lock()
	defer s.based.Unlock()
	if s.closed {
		return nil, 0, errClosed
	}
	limit := resealStep
	if s.o.resealStep > 0 {
		limit = s.o.resealStep
	}
	rows, err := t.read(ctx, s.db, s.keys.Retired.Gen, after, limit)
	if err != nil || len(rows) == 0 {
		return nil, 0, err
	}
	size := 0
	err = s.inTx(ctx, func(tx *sql.Tx) error {
		update, err := tx.PrepareContext(ctx, t.update())
		if err != nil {
			return err
		}
		defer update.Close()
		for _, row := range rows {
			next, err := s.ring.reseal(place{t.name, row.id, uint64(row.version)}, row.sealed)
			if errors.Is(err, errSealed) {
				continue // it was damaged before: no key opens it
			}
			if err != nil {
				return err
			}
			size += len(next)
			if _, err := update.ExecContext(ctx, append([]any{next}, row.at...)...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, 0, err
	}
	s.unfolded += size + len(rows)*64
	if s.unfolded >= foldAt {
		s.unfolded = 0
		s.fold()
	}
	return rows[len(rows)-1].at, len(rows), nil
}

// sealedRow is one row on its way to another key.
type sealedRow struct {
	at      []any // the values of its key
	id      []byte
	version int64
	sealed  []byte
}
