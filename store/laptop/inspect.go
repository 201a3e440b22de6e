package laptop

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"doorstep/casework"
)

// Inventory is what a store's folder tells without its passphrase: nothing about people.
type Inventory struct {
	Here      bool          // the folder holds a store
	Key       casework.Code // what is wrong with the key file; "" nothing
	Destroyed bool          // the keys were destroyed on purpose
	Slots     int           // ways to the master key
	Argon     Params        // of the first
	Rekeying  bool          // rows are being sealed anew
	Database  casework.Code // what is wrong with the database at first sight; "" nothing
	Bytes     int64         // of database and log
	Held      bool          // another program has the store open
	Suspect   bool          // the next start looks through everything
	Aside     int           // files and databases that were set aside because they were broken
	Files     int           // photos and files kept beside the records
	FileBytes int64         //
	Outbox    int           // files of the outbox
	Copies    int           // copies the store made of itself
	LastCopy  time.Time     // zero: none
	Touched   time.Time     // when anything of it was last written, by the laptop's clock then
	Closed    bool          // the folder cannot be read or written
}

// Inspect looks at a store's folder and its outbox ("" for the one below the store)
// without a passphrase and without changing anything. It never fails.
func Inspect(dir, outbox string) Inventory {
	var v Inventory
	if outbox == "" {
		outbox = filepath.Join(dir, outboxFolder)
	}
	if _, err := os.ReadDir(dir); err != nil {
		v.Closed = exists(dir)
		return v
	}
	v.Here = exists(filepath.Join(dir, keyFile)) || exists(filepath.Join(dir, databaseFile))
	if !v.Here {
		return v
	}
	k, err := readKeys(dir)
	v.Key = casework.CodeOf(err)
	v.Destroyed = v.Key == "laptop.destroyed"
	v.Slots, v.Rekeying = len(k.Slots), k.Retired != nil
	if v.Slots > 0 {
		v.Argon = k.Slots[0].Argon
	}
	v.Database = casework.CodeOf(whole(dir))
	v.Held = heldElsewhere(dir)
	v.Suspect = exists(filepath.Join(dir, "suspect"))
	touch := func(info fs.FileInfo) {
		if info.ModTime().After(v.Touched) {
			v.Touched = info.ModTime()
		}
	}
	for _, name := range []string{databaseFile, databaseFile + "-wal"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil {
			v.Bytes += info.Size()
			touch(info)
		}
	}
	each(dir, func(name string, _ fs.FileInfo) {
		if strings.Contains(name, ".aside-") && !strings.HasSuffix(name, "-wal") && !strings.HasSuffix(name, "-journal") {
			v.Aside++
		}
	})
	each(filepath.Join(dir, attachmentsFolder), func(name string, info fs.FileInfo) {
		if strings.HasSuffix(name, ".sealed") {
			v.Files++
			v.FileBytes += info.Size()
		}
	})
	each(outbox, func(_ string, info fs.FileInfo) {
		if info.Mode().IsRegular() {
			v.Outbox++
			touch(info)
		}
	})
	each(filepath.Join(dir, "backups"), func(name string, info fs.FileInfo) {
		if info.IsDir() && !strings.HasSuffix(name, ".part") {
			v.Copies++
			if info.ModTime().After(v.LastCopy) {
				v.LastCopy = info.ModTime()
			}
		}
	})
	return v
}

func each(dir string, look func(name string, info fs.FileInfo)) {
	list, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range list {
		if info, err := e.Info(); err == nil {
			look(e.Name(), info)
		}
	}
}

// heldElsewhere reports whether a program has the store open. It makes no lock file.
func heldElsewhere(dir string) bool {
	f, err := os.OpenFile(filepath.Join(dir, lockFile), os.O_RDWR, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	return take(f) != nil
}

// Took is how long one derivation with these parameters takes by a clock; 0 when they are
// not sane.
func (p Params) Took(now casework.Clock) time.Duration {
	if !p.sane() {
		return 0
	}
	return measured(now)(p)
}

// Flushed writes and flushes a small file in a folder n times and gives how long each
// took, by a clock. The file is taken away again.
func Flushed(dir string, n int, now casework.Clock) ([]time.Duration, error) {
	const op = "laptop.Flushed"
	f, err := os.CreateTemp(dir, "doctor-*.tmp")
	if err != nil {
		return nil, casework.Problem(op, "laptop.read_only").Because(err)
	}
	defer os.Remove(f.Name())
	defer f.Close()
	page := make([]byte, 4096)
	var out []time.Duration
	for i := range n {
		page[0] = byte(i)
		start := now()
		if _, err = f.WriteAt(page, int64(i)*int64(len(page))); err == nil {
			err = f.Sync()
		}
		if err != nil {
			return out, casework.Problem(op, "laptop.disk").Because(err)
		}
		out = append(out, now().Sub(start))
	}
	return out, nil
}
