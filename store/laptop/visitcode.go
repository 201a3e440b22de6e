package laptop

import (
	"context"
	"crypto/subtle"
	"errors"
	"io"

	"doorstep/casework"
)

// visitCode is what is kept of the six digits that bring a covered visit back: sealed like
// every row, and stretched besides, so that memory does not hold them.
type visitCode struct {
	Argon Params `json:"argon2id"`
	Salt  []byte `json:"salt"`
	Key   []byte `json:"key"`
}

const (
	visitCodeMeta = "visit_code"
	// visitCodeTries is how often the code may be wrong before the passphrase is asked for.
	visitCodeTries = 3
	visitCodeLong  = 6
)

// SetVisitCode chooses the six digits that bring an open visit back when nobody has touched
// a key for a while. They open nothing else: the store is open while the screen is covered.
// Errors: laptop.visit_code when it is not six digits, laptop.visit_code_easy when anyone
// would try it first, those of Save.
func (s *Store) SetVisitCode(ctx context.Context, code []byte) error {
	const op = "laptop.SetVisitCode"
	code = fold(code)
	switch {
	case !sixDigits(code):
		return casework.Problem(op, "laptop.visit_code", "Digits", visitCodeLong)
	case easy(code):
		return casework.Problem(op, "laptop.visit_code_easy")
	}
	s.work.Lock()
	defer s.work.Unlock()
	if s.closed {
		return casework.Problem(op, "laptop.closed")
	}
	c := visitCode{Argon: s.keys.Slots[0].Argon, Salt: make([]byte, 16)}
	c.Argon.Time = 1 // she stands at a door, and three tries are all there are
	if _, err := io.ReadFull(s.o.Rand, c.Salt); err != nil {
		return casework.Problem(op, "random.unavailable").Because(err)
	}
	c.Key = c.Argon.derive(code, c.Salt)
	if err := s.writeMeta(context.WithoutCancel(ctx), s.db, visitCodeMeta, c); err != nil {
		return trouble(op, err)
	}
	s.view.Lock()
	s.code.key, s.code.wrong = &c, 0
	s.view.Unlock()
	return nil
}

// codes is the visit code of the open store and how often it was wrong since the
// passphrase was typed; guarded by view.
type codes struct {
	key   *visitCode
	wrong int
}

// HasVisitCode reports whether a code was chosen; ready is false once it was wrong too often.
func (s *Store) HasVisitCode() (chosen, ready bool) {
	s.view.RLock()
	defer s.view.RUnlock()
	return s.code.key != nil, s.code.key != nil && s.code.wrong < visitCodeTries
}

// CheckVisitCode says whether these are the digits. After three wrong ones only the
// passphrase helps (Check). Errors: laptop.wrong_visit_code (with Left), laptop.visit_code_spent,
// laptop.closed.
func (s *Store) CheckVisitCode(code []byte) error {
	const op = "laptop.CheckVisitCode"
	s.work.Lock() // one try at a time
	defer s.work.Unlock()
	s.view.RLock()
	closed, c := s.closed, s.code
	s.view.RUnlock()
	switch {
	case closed:
		return casework.Problem(op, "laptop.closed")
	case c.key == nil || c.wrong >= visitCodeTries || !c.key.Argon.sane():
		return casework.Problem(op, "laptop.visit_code_spent")
	}
	right := subtle.ConstantTimeCompare(c.key.Argon.derive(fold(code), c.key.Salt), c.key.Key) == 1
	s.view.Lock()
	defer s.view.Unlock()
	if right {
		s.code.wrong = 0
		return nil
	}
	s.code.wrong++
	if left := visitCodeTries - s.code.wrong; left > 0 {
		return casework.Problem(op, "laptop.wrong_visit_code", "Left", left)
	}
	return casework.Problem(op, "laptop.visit_code_spent")
}

// forgive lets the visit code be tried again: the passphrase was right.
func (s *Store) forgive() {
	s.view.Lock()
	defer s.view.Unlock()
	s.code.wrong = 0
}

// loadVisitCode reads the code; without one, or with one that does not open any more, the
// passphrase is asked for.
func (s *Store) loadVisitCode(ctx context.Context) error {
	var c visitCode
	found, err := s.readMeta(ctx, s.db, visitCodeMeta, &c)
	if found && err == nil {
		s.code.key = &c
	}
	if errors.Is(err, errSealed) {
		return nil
	}
	return err
}

func sixDigits(code []byte) bool {
	for _, b := range code {
		if b < '0' || b > '9' {
			return false
		}
	}
	return len(code) == visitCodeLong
}

// easy are codes of one digit and those that count up or down: 000000, 123456, 987654.
func easy(code []byte) bool {
	step := int(code[1]) - int(code[0])
	for i := 1; i < len(code); i++ {
		if int(code[i])-int(code[i-1]) != step {
			return false
		}
	}
	return step >= -1 && step <= 1
}
