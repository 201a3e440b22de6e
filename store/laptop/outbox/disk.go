package outbox

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// ending is what every segment's name ends with.
const ending = ".outbox"

// unfinished is what one is called while it is begun.
const unfinished = ".part"

// Disk is where segments lie; the product uses a Folder.
type Disk interface {
	List() ([]string, error)               // every name; none when there is no such place yet
	Size(name string) (int64, error)       // in bytes
	Read(name string) ([]byte, error)      //
	Head(name string) ([]byte, error)      // the first bytes, enough for a header
	Create(name string) (File, error)      // new or emptied
	Append(name string) (File, error)      // an existing one
	Rename(from, to string) error          // afterwards both names are durable
	Remove(name string) error              //
	Overwrite(name string, b []byte) error // the first bytes of a file, flushed
}

// File is a segment being written.
type File interface {
	io.WriteCloser
	Sync() error
}

// Folder is a folder of the operating system. It is made when something is written.
type Folder string

// List implements Disk.
func (f Folder) List() ([]string, error) {
	list, err := os.ReadDir(string(f))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var names []string
	for _, e := range list {
		if e.Type().IsRegular() {
			names = append(names, e.Name())
		}
	}
	return names, err
}

// mostSegment is how long a segment is at most: ten times what a worker writes in twenty
// years that the district never put into a copy of its own.
const mostSegment = 512 << 20

// Read implements Disk. Error: ErrNotOutbox also for what is no plain file, or too long.
func (f Folder) Read(name string) ([]byte, error) {
	path := filepath.Join(string(f), name)
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > mostSegment {
		return nil, ErrNotOutbox
	}
	return os.ReadFile(path)
}

// Size implements Disk.
func (f Folder) Size(name string) (int64, error) {
	info, err := os.Stat(filepath.Join(string(f), name))
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// Head implements Disk.
func (f Folder) Head(name string) ([]byte, error) {
	file, err := os.Open(filepath.Join(string(f), name))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, mostHeader))
}

// Create implements Disk.
func (f Folder) Create(name string) (File, error) {
	if err := os.MkdirAll(string(f), 0o700); err != nil {
		return nil, err
	}
	return os.OpenFile(filepath.Join(string(f), name), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
}

// Append implements Disk.
func (f Folder) Append(name string) (File, error) {
	return os.OpenFile(filepath.Join(string(f), name), os.O_APPEND|os.O_WRONLY, 0)
}

// Rename implements Disk.
func (f Folder) Rename(from, to string) error {
	if err := os.Rename(filepath.Join(string(f), from), filepath.Join(string(f), to)); err != nil {
		return err
	}
	if runtime.GOOS == "windows" { // has no such call; a rename is in the file system's journal
		return nil
	}
	d, err := os.Open(string(f))
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// Remove implements Disk.
func (f Folder) Remove(name string) error { return os.Remove(filepath.Join(string(f), name)) }

// Overwrite implements Disk.
func (f Folder) Overwrite(name string, b []byte) error {
	file, err := os.OpenFile(filepath.Join(string(f), name), os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	if _, err = file.WriteAt(b, 0); err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}

// Names are the segments of a disk, oldest first.
func Names(d Disk) ([]string, error) {
	all, err := d.List()
	if err != nil {
		return nil, err
	}
	names := slices.DeleteFunc(all, func(n string) bool { return !strings.HasSuffix(n, ending) })
	slices.Sort(names)
	return names, nil
}
