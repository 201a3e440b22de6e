package laptop

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// A laptop is revoked, or she ends the program, in the middle of a copy.
func TestAStoreIsClosedInTheMiddleOfACopy(t *testing.T) {
	for seed, end := range []func(s *Store) error{(*Store).Close, func(s *Store) error { return s.Wipe("revoked") }} {
		s := newStore(t, 120+uint64(seed))
		person(t, s, child("林小溪", zhudao))
		to := filepath.Join(t.TempDir(), databaseFile)
		try(t, os.WriteFile(to, nil, 0o600))
		b := must(s.beginCopy(to))
		other := must(s.beginCopy(filepath.Join(t.TempDir(), "other.db")))
		try(t, s.finishCopy(other))
		try(t, end(s))
		if err := s.finishCopy(b); !errors.Is(err, errClosed) {
			t.Fatal(err)
		}
	}
}
