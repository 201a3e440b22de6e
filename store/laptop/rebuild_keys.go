package laptop

import (
	"context"
	"crypto/ed25519"
	"errors"
	"path/filepath"

	"doorstep/casework"
	"doorstep/store/laptop/outbox"
)

// Fresh reports whether a folder holds no store: neither a key file nor, where that is
// lost, a copy of it in the outbox or among the copies of the store.
func Fresh(dir string) bool {
	return !exists(filepath.Join(dir, keyFile)) && len(keyCopies(dir, "")) == 0
}

// keyCopies are the key files that lie in the outbox and in the copies of a store, the
// youngest first. elsewhere is where the outbox is when it is not in the store's folder.
func keyCopies(dir, elsewhere string) []keys {
	var out []keys
	add := func(b []byte) {
		if k, err := parseKeys(b); err == nil && k.Destroyed == "" {
			out = append(out, k)
		}
	}
	for _, place := range []string{filepath.Join(dir, outboxFolder), elsewhere} {
		if place == "" {
			continue
		}
		_, heads, err := outbox.Of(outbox.Folder(place), casework.ID{})
		if err != nil {
			continue
		}
		for i := len(heads) - 1; i >= 0; i-- {
			add(heads[i].Keys)
		}
	}
	for _, b := range backups(filepath.Join(dir, backupsFolder)) {
		if content, err := readSome(filepath.Join(b, keyFile), mostKeyFile); err == nil {
			add(content)
		}
	}
	return out
}

// unlockCopy opens the store with a copy of a key file that is gone or damaged, and puts
// it in its place. The damaged one is set aside. Without a copy, lost is the error.
func (s *Store) unlockCopy(ctx context.Context, passphrase []byte, lost error) error {
	copies := keyCopies(s.dir, s.o.Outbox)
	if len(copies) == 0 {
		return lost
	}
	if err := s.waitOut(ctx); err != nil {
		return err
	}
	tried := map[casework.Hash]bool{}
	for _, k := range copies {
		if tried[k.sum()] {
			continue
		}
		tried[k.sum()] = true
		master, private, err := k.unlock(passphrase)
		if errors.Is(err, errWrong) {
			continue
		}
		if err != nil {
			return err
		}
		return s.putKeysBack(k, master, private)
	}
	return s.wrongPassphrase("laptop.Open")
}

func (s *Store) putKeysBack(k keys, master []byte, private ed25519.PrivateKey) error {
	_, err := s.setAsideDated(keyFile)
	if err == nil {
		err = k.write(s.dir)
	}
	if err != nil {
		return fileTrouble(err)
	}
	clearAttempts(s.dir)
	s.adopt(k, master, private)
	return nil
}
