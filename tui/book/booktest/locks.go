package booktest

import (
	"context"

	"doorstep/casework"
)

// Locks is what a Shelf notes about passphrase and visit code.
type Locks struct {
	Code    string // the visit code; "" was not chosen
	Wrong   int
	Changed [][2]string // passphrases, old and new
}

// VisitCode implements book.Locks.
func (s *Shelf) VisitCode() (chosen, ready bool) {
	return s.Locks.Code != "", s.Locks.Code != "" && s.Locks.Wrong < 3
}

// TryVisitCode implements book.Locks.
func (s *Shelf) TryVisitCode(_ context.Context, code []byte) error {
	if string(code) == s.Locks.Code {
		return nil
	}
	if s.Locks.Wrong++; s.Locks.Wrong < 3 {
		return casework.Problem("shelf.TryVisitCode", "laptop.wrong_visit_code", "Left", 3-s.Locks.Wrong)
	}
	return casework.Problem("shelf.TryVisitCode", "laptop.visit_code_spent")
}

// SetVisitCode implements book.Locks.
func (s *Shelf) SetVisitCode(_ context.Context, code []byte) error {
	if s.Err == nil {
		s.Locks.Code = string(code)
	}
	return s.Err
}

// ChangePassphrase implements book.Locks.
func (s *Shelf) ChangePassphrase(_ context.Context, old, next []byte) error {
	if s.Err == nil {
		s.Locks.Changed = append(s.Locks.Changed, [2]string{string(old), string(next)})
	}
	return s.Err
}
