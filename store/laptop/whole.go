package laptop

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"modernc.org/sqlite"

	"doorstep/casework"
)

// whole looks at the database file before SQLite does: SQLite takes an empty file for a
// new database, and a page cut short for one that ends in zeros. Errors: laptop.damaged,
// laptop.disk.
func whole(dir string) error {
	const op = "laptop.Open"
	path := filepath.Join(dir, databaseFile)
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return casework.Problem(op, "laptop.damaged").Because(err)
	}
	if err != nil {
		return casework.Problem(op, "laptop.disk").Because(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return casework.Problem(op, "laptop.disk").Because(err)
	}
	var head [100]byte
	if _, err := io.ReadFull(f, head[:]); err != nil || string(head[:16]) != "SQLite format 3\x00" {
		return casework.Problem(op, "laptop.damaged").Because(err)
	}
	log, err := os.Stat(path + "-wal")
	if err == nil && log.Size() > 0 {
		return nil // what is missing in the file may be in the log
	}
	page := int64(binary.BigEndian.Uint16(head[16:]))
	if page == 1 {
		page = 64 << 10
	}
	pages := int64(binary.BigEndian.Uint32(head[28:]))
	if page < 512 || info.Size() < page*pages {
		return casework.Problem(op, "laptop.damaged")
	}
	return nil
}

// unreadable turns what went wrong while reading the store into one of its errors: what
// is neither the disk's nor the caller's fault is damage.
func unreadable(op string, err error) error {
	var s *sqlite.Error
	var known *casework.Error
	if err == nil || errors.As(err, &s) || errors.As(err, &known) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return trouble(op, err)
	}
	return casework.Problem(op, "laptop.damaged").Because(err)
}
