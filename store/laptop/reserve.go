package laptop

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

const (
	// TightBelow is how many bytes free on the disk are few: she is told early
	// (Status.Tight). A month of full visits of a large village takes about a tenth of it.
	TightBelow = 200 << 20

	reserveFile = "reserve"
	// reserveSize is what is kept back for the visit in hand when the disk is full: room
	// for the log to grow by its whole length once more, and for some thousand answers.
	reserveSize = 8 << 20
	// lookEvery is how often the free space is looked at, in the course of saving.
	lookEvery = time.Minute
)

// room is what is known of the disk's free space; guarded by work.
type room struct {
	looked time.Time
	tight  atomic.Bool
}

// roomy writes. When the disk is full the reserve is given up, and it is tried once more:
// what she has in hand is saved, and Status.Tight says that room is needed. Callers hold work.
func (s *Store) roomy(write func() error) error {
	err := write()
	if full(err) {
		s.room.tight.Store(true)
		if s.giveReserve() {
			err = write()
		}
		return err
	}
	s.lookForRoom()
	return err
}

// full reports whether there was no room on the disk.
func full(err error) bool {
	var db *sqlite.Error
	if errors.As(err, &db) && db.Code()&0xff == sqlite3.SQLITE_FULL {
		return true
	}
	return noRoom(err)
}

// giveReserve gives the reserve up; false when there is none.
func (s *Store) giveReserve() bool {
	s.room.looked = time.Time{}
	return os.Remove(filepath.Join(s.dir, reserveFile)) == nil
}

// lookForRoom looks at the free space now and then, and lays the reserve down when there
// is room for it. Callers hold work or are alone.
func (s *Store) lookForRoom() {
	now := s.o.Now()
	if since := now.Sub(s.room.looked); since >= 0 && since < lookEvery {
		return
	}
	s.room.looked = now
	free, err := s.o.free(s.dir)
	if err != nil { // nobody knows: SQLite will say it
		return
	}
	s.room.tight.Store(free < TightBelow)
	if size := s.o.reserve; free > 4*uint64(size) {
		s.layReserve(size)
	}
}

// layReserve writes the reserve, of random bytes so that no file system folds it up. A
// disk that does not take it does without.
func (s *Store) layReserve(size int64) {
	path := filepath.Join(s.dir, reserveFile)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	_, err = io.CopyN(f, s.o.Rand, size)
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		_ = os.Remove(path)
	}
}

// FreeSpace is how many bytes this user may still write to the disk that holds a folder.
func FreeSpace(dir string) (uint64, error) { return freeSpace(dir) }
