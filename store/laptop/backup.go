package laptop

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"modernc.org/sqlite"

	"doorstep/casework"
	"doorstep/store/laptop/outbox"
)

// backupsFolder is where the store keeps copies of itself.
const backupsFolder = "backups"

// backupPrefix is what the folder of a copy is called, before its date; unfinishedCopy is
// its ending until it is proved good.
const (
	backupPrefix   = "doorstep-"
	unfinishedCopy = ".part"
)

// Copy is a copy of a store that was made and proved.
type Copy struct {
	Folder string    // where it lies
	At     time.Time //
	Bytes  int64     // of all its files
	Rows   int       // that were opened to prove it
}

// backups are the copies in a folder, the youngest first.
func backups(dir string) []string {
	list, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range list {
		if e.IsDir() && strings.HasPrefix(e.Name(), backupPrefix) && !strings.HasSuffix(e.Name(), unfinishedCopy) {
			out = append(out, filepath.Join(dir, e.Name()))
		}
	}
	slices.Sort(out)
	slices.Reverse(out)
	return out
}

// copyPages is how many pages are copied while a save waits: about a millisecond's work.
const copyPages = 64

// Backup copies the store into a new folder below dir: database, key file, outbox and the
// files kept beside the records, sealed as they are. Saves go on meanwhile. The copy gets
// its name only after every row in it was opened. Errors: laptop.backup (with the cause),
// laptop.disk_full, laptop.closed.
func (s *Store) Backup(ctx context.Context, dir string) (Copy, error) {
	const op = "laptop.Backup"
	c := Copy{At: s.o.Now()}
	name := filepath.Join(dir, backupPrefix+c.At.Format("20060102-150405"))
	for n := 2; exists(name) || exists(name+unfinishedCopy); n++ {
		name = filepath.Join(dir, fmt.Sprintf("%s%s-%d", backupPrefix, c.At.Format("20060102-150405"), n))
	}
	part := name + unfinishedCopy
	err := s.backup(ctx, part, &c)
	if err == nil {
		err = os.Rename(part, name)
	}
	if err == nil {
		err = flushFolder(dir)
	}
	if err != nil {
		_ = os.RemoveAll(part)
		if errors.Is(err, errClosed) {
			return Copy{}, casework.Problem(op, "laptop.closed")
		}
		if full(err) || casework.CodeOf(err) == "laptop.disk_full" {
			return Copy{}, casework.Problem(op, "laptop.disk_full").Because(err)
		}
		return Copy{}, casework.Problem(op, "laptop.backup").Because(err)
	}
	c.Folder = name
	return c, nil
}

func (s *Store) backup(ctx context.Context, part string, c *Copy) error {
	if err := os.MkdirAll(part, 0o700); err != nil {
		return err
	}
	if free, err := s.o.free(part); err == nil && int64(min(free, 1<<62)) < s.size()+attachmentReserve {
		return casework.Problem("laptop.Backup", "laptop.disk_full")
	}
	if err := s.copyDatabase(ctx, filepath.Join(part, databaseFile)); err != nil {
		return err
	}
	var k keys
	err := s.whileOpen(func() error { k = s.keys; return nil })
	if err != nil {
		return err
	}
	if err := k.write(part); err != nil {
		return err
	}
	if err := s.copyOutbox(filepath.Join(part, outboxFolder)); err != nil {
		return err
	}
	if err := s.copyAttachments(filepath.Join(part, attachmentsFolder)); err != nil {
		return err
	}
	if c.Rows, err = s.prove(ctx, part); err != nil {
		return err
	}
	if err := s.proveFiles(ctx, part); err != nil {
		return err
	}
	c.Bytes = folderSize(part)
	return flushFolder(part)
}

// stepper is the driver's own connection.
type stepper interface {
	NewBackup(to string) (*sqlite.Backup, error)
}

// copyDatabase has SQLite copy its pages, some at a time; what is saved meanwhile is in the
// copy too.
func (s *Store) copyDatabase(ctx context.Context, to string) error {
	if err := os.WriteFile(to, nil, 0o600); err != nil {
		return err
	}
	abs, err := filepath.Abs(to)
	if err != nil {
		return err
	}
	b, err := s.beginCopy(abs)
	if err != nil {
		return err
	}
	for more := true; more && err == nil; {
		if err = ctx.Err(); err == nil {
			err = s.onConnection(func(stepper) (err error) {
				more, err = b.Step(copyPages)
				return err
			})
		}
		time.Sleep(time.Millisecond) // let a save in
	}
	return errors.Join(err, s.finishCopy(b), flushFile(to))
}

// beginCopy has SQLite copy the store into a file.
func (s *Store) beginCopy(path string) (b *sqlite.Backup, err error) {
	err = s.onConnection(func(c stepper) (err error) {
		b, err = c.NewBackup("file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath())
		if err == nil {
			s.copies = append(s.copies, b)
		}
		return err
	})
	return b, err
}

// finishCopy ends a copy, with the connection in hand: somebody may be reading. A copy of a
// store that was closed meanwhile has ended with it: SQLite does not bear it afterwards.
func (s *Store) finishCopy(b *sqlite.Backup) error {
	s.work.Lock()
	defer s.work.Unlock()
	at := slices.Index(s.copies, b)
	if at < 0 {
		return errClosed
	}
	return s.withConnection(func(stepper) error {
		s.copies = slices.Delete(s.copies, at, at+1)
		return b.Finish()
	})
}

// endCopies ends what is being copied. Callers hold work or are alone.
func (s *Store) endCopies() {
	for _, b := range s.copies {
		_ = b.Finish() // it is thrown away
	}
	s.copies = nil
}

func (s *Store) onConnection(f func(stepper) error) error {
	return s.whileOpen(func() error { return s.withConnection(f) })
}

// withConnection runs f while nobody else uses the connection. Callers hold work.
func (s *Store) withConnection(f func(stepper) error) error {
	conn, err := s.db.Conn(context.Background())
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Raw(func(c any) error { return f(c.(stepper)) })
}

// copyOutbox copies what the outbox holds now, after bringing it up to date.
func (s *Store) copyOutbox(to string) error {
	if s.box == nil {
		return nil
	}
	_ = s.box.write() // what cannot be written there is in the database
	names, _, err := outbox.Of(s.box.disk, s.ring.store)
	if err != nil || len(names) == 0 {
		return nil //nolint:nilerr // the copy of the database is whole without it
	}
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	for _, name := range names {
		b, err := s.box.disk.Read(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue // written anew meanwhile
		}
		if err != nil {
			return err
		}
		if err := replaceFile(filepath.Join(to, name), b); err != nil {
			return err
		}
	}
	return nil
}

// copyAttachments copies the sealed files that rows name.
func (s *Store) copyAttachments(to string) error {
	from := filepath.Join(s.dir, attachmentsFolder)
	list, err := os.ReadDir(from)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	for _, f := range list {
		if !f.Type().IsRegular() {
			continue
		}
		err := copyFile(filepath.Join(from, f.Name()), filepath.Join(to, f.Name()))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return flushFolder(to)
}
