package laptop

import (
	"os"
	"path/filepath"
)

// logRoom is how much of the disk the log gets beforehand: what it grows to before it is
// folded in, and a little more.
const logRoom = foldAt + 512<<10

// makeLogRoom writes the log's file full of zeros before SQLite opens it; SQLite takes such
// a file for an empty log and writes over it. A flush of bytes written over needs no new
// blocks and no change to the folder, which makes a save nearly twice as fast as one that
// lets the file grow. A log that is there already is left alone; a disk without room for
// it does without.
func makeLogRoom(dir string) {
	path := filepath.Join(dir, databaseFile+"-wal")
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	_, err = f.Write(make([]byte, logRoom))
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		_ = os.Remove(path)
	}
}
