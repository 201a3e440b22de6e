package laptop

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"

	"doorstep/casework"
	"doorstep/store/laptop/outbox"
)

// restoreFolder is where a copy is brought before it takes its place.
const restoreFolder = "restore.part"

// Restore puts a copy made by Backup in the place of the store in dir, and opens it. The
// copy is proved first; the present database and, when it is another, the key file are set
// aside with their date. What the outbox in dir has beyond the copy comes back, and a new
// epoch begins, so that the district hears from the laptop itself that it was restored.
//
// passphrase is that of the copy, or the present one of the same store. Errors:
// laptop.no_copy, laptop.copy_damaged (nothing was changed), those of Open.
func Restore(ctx context.Context, dir, from string, passphrase []byte, o Options) (*Store, error) {
	const op = "laptop.Restore"
	o = o.filled()
	theirs, err := readKeys(from)
	if err != nil || !exists(filepath.Join(from, databaseFile)) {
		return nil, casework.Problem(op, "laptop.no_copy").Because(err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, casework.Problem(op, "laptop.read_only").Because(err)
	}
	held, err := lock(dir)
	if err != nil {
		return nil, err
	}
	s := &Store{o: o, dir: dir, held: held}
	if err := s.restore(ctx, from, theirs, passphrase); err != nil {
		s.release()
		return nil, err
	}
	return s, nil
}

func (s *Store) restore(ctx context.Context, from string, theirs keys, passphrase []byte) error {
	keep, err := s.unlockEither(ctx, theirs, passphrase)
	if err != nil {
		return err
	}
	if _, err := s.prove(ctx, from); err != nil {
		return casework.Problem("laptop.Restore", "laptop.copy_damaged").Because(err)
	}
	part := filepath.Join(s.dir, restoreFolder)
	if err := os.RemoveAll(part); err != nil {
		return fileTrouble(err)
	}
	defer os.RemoveAll(part)
	aside, err := s.swapIn(ctx, from, part, theirs, keep)
	if err != nil {
		return fileTrouble(err)
	}
	s.quit = make(chan struct{})
	if err := s.openTables(ctx); err != nil {
		return err
	}
	had := len(s.journal.all)
	err = s.openOutbox(ctx, true)
	if err == nil {
		r := s.tally(&Rebuilt{At: s.o.Now(), Restored: true, Aside: aside, FromOutbox: len(s.journal.all) > had, WaitingForDistrict: s.enrolled != nil})
		err = trouble("laptop.Restore", s.inTx(ctx, func(tx *sql.Tx) error { return s.writeRebuilt(ctx, tx, r) }))
	}
	if err != nil {
		s.box.close()
		s.box = nil
		return err
	}
	s.looking.Go(s.lookLater)
	return nil
}

// unlockEither opens the present key file when it has the copy's master key, otherwise the
// copy's own. keep: the present one stays.
func (s *Store) unlockEither(ctx context.Context, theirs keys, passphrase []byte) (keep bool, err error) {
	if err := s.waitOut(ctx); err != nil {
		return false, err
	}
	ours, err := readKeys(s.dir)
	if err == nil && ours.Store == theirs.Store {
		master, private, err := ours.unlock(passphrase)
		if err == nil && ours.Gen == theirs.Gen && (ours.Retired == nil) == (theirs.Retired == nil) {
			s.adopt(ours, master, private)
			clearAttempts(s.dir)
			return true, nil
		}
		if err == nil {
			s.former = master // the outbox is sealed under it
		}
	}
	master, private, err := theirs.unlock(passphrase)
	if errors.Is(err, errWrong) {
		return false, s.wrongPassphrase("laptop.Restore")
	}
	if err != nil {
		return false, err
	}
	clearAttempts(s.dir)
	s.adopt(theirs, master, private)
	return false, nil
}

// swapIn brings the copy's files here and sets the present ones aside; it gives the present
// database's new name.
func (s *Store) swapIn(ctx context.Context, from, part string, theirs keys, keep bool) (string, error) {
	if err := os.MkdirAll(part, 0o700); err != nil {
		return "", err
	}
	if err := copyFile(filepath.Join(from, databaseFile), filepath.Join(part, databaseFile)); err != nil {
		return "", err
	}
	if err := s.bringFiles(ctx, from); err != nil {
		return "", err
	}
	if err := s.bringFolder(from, attachmentsFolder); err != nil { // what only the outbox names
		return "", err
	}
	if err := s.bringOutbox(from); err != nil {
		return "", err
	}
	aside, err := s.setAsideDated(databaseFile)
	if err != nil {
		return "", err
	}
	if !keep {
		if _, err := s.setAsideDated(keyFile); err != nil {
			return "", err
		}
		if err := theirs.write(s.dir); err != nil {
			return "", err
		}
	}
	if err := os.Rename(filepath.Join(part, databaseFile), filepath.Join(s.dir, databaseFile)); err != nil {
		return "", err
	}
	return aside, flushFolder(s.dir)
}

// bringFolder copies files that are not here.
func (s *Store) bringFolder(from, name string) error {
	list, err := os.ReadDir(filepath.Join(from, name))
	if err != nil {
		return nil //nolint:nilerr // the copy has none
	}
	if err := os.MkdirAll(filepath.Join(s.dir, name), 0o700); err != nil {
		return err
	}
	for _, f := range list {
		to := filepath.Join(s.dir, name, f.Name())
		if !f.Type().IsRegular() || exists(to) {
			continue
		}
		if err := copyFile(filepath.Join(from, name, f.Name()), to); err != nil {
			return err
		}
	}
	return flushFolder(filepath.Join(s.dir, name))
}

// bringOutbox copies the copy's segments when there are none of this store here: those
// that are here know more.
func (s *Store) bringOutbox(from string) error {
	d := s.outboxDisk()
	if d == nil {
		return nil
	}
	if here, _, err := outbox.Of(d, s.keys.Store); err != nil || len(here) > 0 {
		return err
	}
	copied := outbox.Folder(filepath.Join(from, outboxFolder))
	names, _, err := outbox.Of(copied, s.keys.Store)
	if err != nil {
		return err
	}
	for _, name := range names {
		b, err := copied.Read(name)
		if err != nil {
			return err
		}
		if err := outbox.Put(d, name, b); err != nil {
			return err
		}
	}
	return nil
}
