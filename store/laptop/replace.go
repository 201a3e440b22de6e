package laptop

import (
	"os"
	"path/filepath"
	"runtime"
)

// replaceFile puts a file in place so that after a power cut either the old or the new
// one is there, whole: written beside it, flushed, renamed, and the folder flushed.
func replaceFile(path string, content []byte) error {
	next := path + ".next"
	f, err := os.OpenFile(next, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if _, err = f.Write(content); err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(next, path)
	}
	if err != nil {
		_ = os.Remove(next)
		return err
	}
	return flushFolder(filepath.Dir(path))
}

// flushFolder makes names durable. Windows has no such call; there a rename is in the
// file system's journal.
func flushFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
