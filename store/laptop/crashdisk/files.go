package crashdisk

import (
	"errors"
	"io/fs"
	"strings"
)

// Files is a folder of the disk for a program that does not go through SQLite. Its steps
// fail, lie and are cut off like any other.
type Files struct {
	disk   *Disk
	prefix string
}

// Files gives the files whose names begin with folder and a stroke.
func (d *Disk) Files(folder string) Files { return Files{d, folder + "/"} }

var errDisk = errors.New("input/output error")

var errFull = errors.New("no space left on device")

func (t trouble) err() error {
	switch t {
	case none:
		return nil
	case diskFull:
		return errFull
	case missing:
		return fs.ErrNotExist
	case ioError, shortRead:
	}
	return errDisk
}

// List gives every name.
func (f Files) List() ([]string, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if f.disk.off {
		return nil, errDisk
	}
	var out []string
	for name := range f.disk.p.names {
		if rest, ok := strings.CutPrefix(name, f.prefix); ok {
			out = append(out, rest)
		}
	}
	return out, nil
}

func (f Files) find(name string) (int, error) {
	i, ok := f.disk.p.names[f.prefix+name]
	if f.disk.off {
		return 0, errDisk
	}
	if !ok {
		return 0, fs.ErrNotExist
	}
	return i, nil
}

// Size is a file's length in bytes.
func (f Files) Size(name string) (int64, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	i, err := f.find(name)
	if err != nil {
		return 0, err
	}
	return int64(len(f.disk.p.inodes[i].seen)), nil
}

// Read gives a whole file.
func (f Files) Read(name string) ([]byte, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	i, err := f.find(name)
	if err != nil {
		return nil, err
	}
	b := make([]byte, len(f.disk.p.inodes[i].seen))
	if t := f.disk.read(i, b, 0); t != none {
		return nil, t.err()
	}
	return b, nil
}

// Head gives a whole file: none is long here.
func (f Files) Head(name string) ([]byte, error) { return f.Read(name) }

// Create makes a file, or empties one.
func (f Files) Create(name string) (*File, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	i, made, t := f.disk.open(f.prefix+name, true)
	if t == none && !made {
		t = f.disk.do(step{kind: truncate, name: f.prefix + name, inode: i})
	}
	if t != none {
		return nil, t.err()
	}
	return &File{f.disk, f.prefix + name, i}, nil
}

// Append opens a file for writing behind its end.
func (f Files) Append(name string) (*File, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	i, err := f.find(name)
	if err != nil {
		return nil, err
	}
	return &File{f.disk, f.prefix + name, i}, nil
}

// Rename gives a file another name and flushes the folder.
func (f Files) Rename(from, to string) error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	i, err := f.find(from)
	if err != nil {
		return err
	}
	if t := f.disk.do(step{kind: rename, name: f.prefix + from, to: f.prefix + to, inode: i}); t != none {
		return t.err()
	}
	f.disk.record(step{kind: flushFolder})
	return nil
}

// Remove deletes a file.
func (f Files) Remove(name string) error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	return f.disk.remove(f.prefix+name, false).err()
}

// Overwrite puts bytes in the place of a file's first ones and flushes it.
func (f Files) Overwrite(name string, b []byte) error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	i, err := f.find(name)
	if err != nil {
		return err
	}
	t := f.disk.do(step{kind: write, name: f.prefix + name, inode: i, data: append([]byte(nil), b...)})
	if t == none {
		t = f.disk.do(step{kind: flush, name: f.prefix + name, inode: i})
	}
	return t.err()
}

// File is a file being written.
type File struct {
	disk  *Disk
	name  string
	inode int
}

// Write appends.
func (f *File) Write(b []byte) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	at := int64(len(f.disk.p.inodes[f.inode].seen))
	t := f.disk.do(step{kind: write, name: f.name, inode: f.inode, at: at, data: append([]byte(nil), b...)})
	if t != none {
		return 0, t.err()
	}
	return len(b), nil
}

// Sync makes what was written durable, or says that it is.
func (f *File) Sync() error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	return f.disk.do(step{kind: flush, name: f.name, inode: f.inode}).err()
}

// Close ends writing.
func (f *File) Close() error { return nil }
