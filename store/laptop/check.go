package laptop

import (
	"context"
	"errors"

	"doorstep/casework"
)

// Check says whether this is the passphrase of the open store: for the page that covers
// the screen when nobody has touched a key. Wrong ones count and slow down like those of
// Open. Errors: laptop.wrong_passphrase, laptop.closed.
func (s *Store) Check(ctx context.Context, passphrase []byte) error {
	const op = "laptop.Check"
	if wait := readAttempts(s.dir).left(s.o.Now()); wait > 0 {
		if err := s.o.Sleep(ctx, wait); err != nil {
			return err
		}
	}
	s.work.Lock()
	defer s.work.Unlock()
	if s.closed {
		return casework.Problem(op, "laptop.closed")
	}
	_, _, err := s.keys.unlock(passphrase)
	if errors.Is(err, errWrong) {
		return s.wrongPassphrase(op)
	}
	if err == nil {
		clearAttempts(s.dir)
		s.forgive()
	}
	return err
}
