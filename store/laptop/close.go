package laptop

import (
	"context"
	"errors"
	"io"

	"doorstep/casework"
)

// Close writes what the outbox still lacks, folds the log in, closes the database and forgets the keys.
func (s *Store) Close() error {
	s.work.Lock()
	s.view.Lock()
	already := s.closed
	s.closed = true
	s.view.Unlock()
	if !already {
		s.lastLook()
	}
	s.work.Unlock()
	if already {
		s.sweeping.Wait() // the program may end right after this
		return nil
	}
	close(s.quit)
	s.box.close()
	s.looking.Wait()
	s.work.Lock()
	defer s.work.Unlock()
	s.markOutbox(context.Background())
	return s.release()
}

// release waits for who reads a record.
func (s *Store) release() error {
	s.based.Lock()
	defer s.based.Unlock()
	var err error
	s.endCopies()
	if s.db != nil {
		err = trouble("laptop.Close", s.db.Close())
		s.db = nil
	}
	if s.ring != nil {
		s.ring.destroy()
	}
	clear(s.sign)
	if e := letGo(s.held); err == nil && e != nil {
		err = casework.Problem("laptop.Close", "laptop.disk").Because(e)
	}
	return err
}

// Wipe destroys the keys, at once and for ever: what lies in the folder is noise from
// then on. reason is a word for the key file, "revoked" or "wiped". The store is closed.
func (s *Store) Wipe(reason string) error {
	s.work.Lock()
	err := s.wipe(reason)
	s.work.Unlock()
	if err != nil {
		return err
	}
	return s.sweepAgain()
}

func (s *Store) wipe(reason string) error {
	s.view.Lock()
	already := s.closed
	s.closed = true
	s.caseload, s.journal, s.finder = newCaseload(), journal{}, finder{}
	s.view.Unlock()
	if already {
		return casework.Problem("laptop.Wipe", "laptop.closed")
	}
	close(s.quit)
	err := errors.Join(destroyKeys(s.dir, s.keys, reason), s.box.kill(), sweepKeys(s.dir, s.o.Outbox, s.keys.Store))
	if e := s.release(); err == nil {
		return e
	}
	return casework.Problem("laptop.Wipe", "laptop.disk").Because(err)
}

var _ io.Closer = (*Store)(nil)
