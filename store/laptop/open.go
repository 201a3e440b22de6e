package laptop

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// Init makes a new store in dir, which is created when it is missing: a device key, a
// random worker id, an empty database in epoch 1. The key file is written last, so that a
// folder without one holds no store. Errors: laptop.exists, laptop.short_passphrase,
// laptop.read_only, laptop.disk, laptop.already_open.
func Init(ctx context.Context, dir string, passphrase []byte, o Options) (*Store, error) {
	const op = "laptop.Init"
	o = o.filled()
	if len([]rune(string(fold(passphrase)))) < MinPassphrase {
		return nil, casework.Problem(op, "laptop.short_passphrase", "Least", MinPassphrase)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, casework.Problem(op, "laptop.read_only").Because(err)
	}
	held, err := lock(dir)
	if err != nil {
		return nil, err
	}
	if !Fresh(dir) {
		_ = letGo(held)
		return nil, casework.Problem(op, "laptop.exists")
	}
	s := &Store{o: o, dir: dir, held: held}
	if err := s.create(ctx, passphrase); err != nil {
		s.release()
		return nil, err
	}
	if err := s.start(ctx); err != nil {
		s.release()
		return nil, err
	}
	return s, nil
}

// create makes database and key file with the strongest flushing SQLite has.
func (s *Store) create(ctx context.Context, passphrase []byte) error {
	const op = "laptop.Init"
	if err := s.setAside(); err != nil {
		return casework.Problem(op, "laptop.disk").Because(err)
	}
	p := s.o.Argon
	if p == (Params{}) {
		p = calibrate(measured(s.o.Now))
	}
	if !p.sane() {
		return fmt.Errorf("laptop.Init: Argon2id parameters %+v", p)
	}
	k, master, private, err := makeKeys(s.o.Rand, passphrase, p)
	if err != nil {
		return err
	}
	s.adopt(k, master, private)
	if s.o.vfs == "" { // SQLite would let everybody read it; it holds nothing readable, and still
		f, err := os.OpenFile(filepath.Join(s.dir, databaseFile), os.O_CREATE|os.O_WRONLY, 0o600)
		if err == nil {
			err = f.Close()
		}
		if err != nil {
			return casework.Problem(op, "laptop.disk").Because(err)
		}
	}
	db, err := openDatabase(ctx, s.dir, "EXTRA", s.o.vfs)
	if err != nil {
		return trouble(op, err)
	}
	s.db = db
	if err := migrate(ctx, db); err != nil {
		return err
	}
	worker, err := casework.NewID(s.o.Rand)
	if err != nil {
		return err
	}
	start := ledger.Head{Device: s.device, Epoch: 1}
	if err := s.writeMeta(ctx, db, "identity", identity{casework.WorkerID{ID: worker}, casework.WorkerID{ID: worker}}); err != nil {
		return trouble(op, err)
	}
	if err := s.writeMeta(ctx, db, "exchange", exchange{Start: start, Chain: start}); err != nil {
		return trouble(op, err)
	}
	if err := db.Close(); err != nil {
		return trouble(op, err)
	}
	s.db = nil
	if err := k.write(s.dir); err != nil {
		return casework.Problem(op, "laptop.disk").Because(err)
	}
	return nil
}

// setAside renames what an unfinished Init left behind. Nothing is ever deleted: it may be
// a database whose key file somebody lost and still has elsewhere.
func (s *Store) setAside() error {
	path := filepath.Join(s.dir, databaseFile)
	if !exists(path) {
		return nil
	}
	for n := 1; ; n++ {
		aside := fmt.Sprintf("%s.aside-%d", path, n)
		if exists(aside) {
			continue
		}
		for _, end := range []string{"-wal", "-journal"} {
			if exists(path + end) {
				if err := os.Rename(path+end, aside+end); err != nil {
					return err
				}
			}
		}
		return os.Rename(path, aside)
	}
}

func (s *Store) adopt(k keys, master []byte, private ed25519.PrivateKey) {
	s.keys, s.sign = k, private
	s.device = deviceID(k.Signing.Public)
	s.ring = k.ring(master, s.o)
}

// Open opens a store. After three wrong passphrases each further try waits longer, up to
// a minute, also across restarts; nothing is ever locked for good. Errors:
// laptop.no_store, laptop.wrong_passphrase, laptop.already_open, laptop.newer_store,
// laptop.key_damaged, laptop.damaged, laptop.destroyed, laptop.read_only, laptop.disk.
// No file is deleted or changed by a failure.
//
// A key file that is gone or damaged is taken from the outbox or from a copy of the store
// when the passphrase opens it there; a database that cannot be read is made anew
// (Status.Rebuilt). laptop.key_damaged and laptop.damaged mean that there is nothing to
// make them from.
func Open(ctx context.Context, dir string, passphrase []byte, o Options) (*Store, error) {
	o = o.filled()
	k, lost := readKeys(dir)
	switch casework.CodeOf(lost) {
	case "", "laptop.key_damaged":
	case "laptop.no_store":
		if len(keyCopies(dir, "")) == 0 {
			return nil, lost
		}
	default:
		return nil, lost
	}
	held, err := lock(dir)
	if err != nil {
		return nil, err
	}
	s := &Store{o: o, dir: dir, held: held}
	if lost != nil {
		err = s.unlockCopy(ctx, passphrase, lost)
	} else {
		err = s.unlock(ctx, k, passphrase)
	}
	if err != nil {
		s.release()
		return nil, err
	}
	if err := s.start(ctx); err != nil {
		s.release()
		return nil, err
	}
	return s, nil
}

// waitOut waits as long as wrong passphrases ask for.
func (s *Store) waitOut(ctx context.Context) error {
	if d := readAttempts(s.dir).left(s.o.Now()); d > 0 {
		return s.o.Sleep(ctx, d)
	}
	return nil
}

func (s *Store) unlock(ctx context.Context, k keys, passphrase []byte) error {
	if err := s.waitOut(ctx); err != nil {
		return err
	}
	master, private, err := k.unlock(passphrase)
	if errors.Is(err, errWrong) {
		return s.wrongPassphrase("laptop.Open")
	}
	if err != nil {
		return err
	}
	if readAttempts(s.dir).Wrong > 0 {
		clearAttempts(s.dir)
	}
	s.adopt(k, master, private)
	return nil
}

func (s *Store) wrongPassphrase(op string) error {
	tries := readAttempts(s.dir).wrong(s.dir, s.o.Now())
	return casework.Problem(op, "laptop.wrong_passphrase", "Tries", tries.Wrong, "Seconds", int(tries.delay().Seconds()))
}

// start opens the database, or makes a new one of what there is, and fills the memory
// from it.
func (s *Store) start(ctx context.Context) error {
	s.quit = make(chan struct{})
	err := s.openTables(ctx)
	switch {
	case casework.CodeOf(err) == "laptop.damaged":
		err = s.rebuild(ctx, err)
	case err == nil:
		err = s.openOutbox(ctx, false)
	}
	if err != nil {
		s.box.close()
		s.box = nil
		return err
	}
	if s.allNamed && !s.wanting() && (s.rebuilt == nil || !s.rebuilt.WaitingForDistrict) {
		s.sweepFiles()
	}
	s.unsuspect()
	s.looking.Go(s.lookLater)
	return nil
}

// openTables opens the database and looks through it.
func (s *Store) openTables(ctx context.Context) error {
	const op = "laptop.Open"
	if err := whole(s.dir); err != nil {
		return err
	}
	s.lookForRoom()
	every := s.suspect()
	if s.o.vfs == "" {
		makeLogRoom(s.dir)
	}
	db, err := openDatabase(ctx, s.dir, "FULL", s.o.vfs)
	if err != nil {
		return trouble(op, err)
	}
	s.db = db
	if err := s.intact(ctx, every); err != nil {
		return err
	}
	if err := s.foldLeft(ctx); err != nil {
		return err
	}
	if err := migrate(ctx, db); err != nil {
		return err
	}
	if s.insert, err = db.PrepareContext(ctx, insertOp); err != nil {
		return trouble(op, err)
	}
	if err := s.load(ctx); err != nil {
		return unreadable(op, err)
	}
	_ = s.notice(ctx) // a disk that takes nothing opens nothing: the guard looks for itself
	s.unlooked = !every && s.x.Tally != nil
	if s.unlooked {
		return nil
	}
	return unreadable(op, s.lookThrough(ctx))
}
