package laptop

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"doorstep/casework"
	"doorstep/store/laptop/outbox"
)

// mostKeyFile is how large a file is at most that may be a copy of a key file.
const mostKeyFile = 64 << 10

// sweepKeys overwrites every copy of a store's key file below its folder and in its
// outbox elsewhere: in backups, in what was set aside, in heads of segments. What is
// sealed to the district stays so.
func sweepKeys(dir, elsewhere string, store casework.ID) error {
	var failed error
	present := filepath.Join(behind(dir), keyFile) // it says why there is nothing any more
	for _, root := range walked(dir, elsewhere) {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist):
			case err != nil:
				failed = errors.Join(failed, err)
			case d.IsDir():
				failed = errors.Join(failed, outbox.Destroy(segments{outbox.Folder(path)}, store))
			case d.Type().IsRegular() && d.Name() != lockFile && path != present:
				failed = errors.Join(failed, blankKeys(path, store))
			}
			return nil
		})
		failed = errors.Join(failed, err)
	}
	return failed
}

// walked are the folders to walk through: a link is not walked through by itself, so what
// it leads to is named.
func walked(dir, elsewhere string) []string {
	out := []string{behind(dir)}
	for _, part := range []string{elsewhere, filepath.Join(dir, backupsFolder), filepath.Join(dir, outboxFolder)} {
		if info, err := os.Lstat(part); err == nil && (part == elsewhere || info.Mode()&fs.ModeSymlink != 0) {
			out = append(out, behind(part))
		}
	}
	return out
}

// behind is the folder that a link leads to.
func behind(dir string) string {
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		return real
	}
	return dir
}

// sweepAgain sweeps once more when everything has ended that may have been copying the
// store while its keys were destroyed. Callers hold no lock.
func (s *Store) sweepAgain() error {
	s.looking.Wait()
	if err := sweepKeys(s.dir, s.o.Outbox, s.ring.store); err != nil {
		return casework.Problem("laptop.Wipe", "laptop.disk").Because(err)
	}
	return nil
}

// blankKeys overwrites a file that is a copy of a store's key file, also a damaged one.
func blankKeys(path string, store casework.ID) error {
	info, err := os.Stat(path)
	if err != nil || info.Size() > mostKeyFile {
		return ignoreMissing(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return ignoreMissing(err)
	}
	if !bytes.Contains(b, []byte(`"slots"`)) || !bytes.Contains(b, []byte(store.String())) {
		return nil
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(make([]byte, len(b)), 0)
	return errors.Join(err, f.Sync(), f.Close())
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// segments are all files of a folder that begin as a segment of an outbox does, whatever
// they are called.
type segments struct{ outbox.Folder }

const asSegment = ".outbox"

// List implements outbox.Disk.
func (s segments) List() ([]string, error) {
	all, err := s.Folder.List()
	var out []string
	for _, name := range all {
		if head, err := beginning(filepath.Join(string(s.Folder), name)); err == nil && outbox.Begins(head) {
			out = append(out, name+asSegment)
		}
	}
	return out, err
}

func beginning(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := make([]byte, 16)
	n, err := f.Read(b)
	return b[:n], err
}

// Read implements outbox.Disk.
func (s segments) Read(name string) ([]byte, error) {
	return s.Folder.Read(strings.TrimSuffix(name, asSegment))
}

// Head implements outbox.Disk.
func (s segments) Head(name string) ([]byte, error) {
	return s.Folder.Head(strings.TrimSuffix(name, asSegment))
}

// Overwrite implements outbox.Disk.
func (s segments) Overwrite(name string, b []byte) error {
	return s.Folder.Overwrite(strings.TrimSuffix(name, asSegment), b)
}
