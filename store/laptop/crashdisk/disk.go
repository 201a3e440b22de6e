package crashdisk

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
)

// Disk is one simulated disk with its own SQLite VFS, so that tests may run in parallel.
type Disk struct {
	id uintptr // of its VFS

	mu     sync.Mutex
	p      *platter
	tape   Tape
	steps  int
	reads  int
	cut    int
	off    bool
	flaw   Flaw
	faults []Fault
	hit    int
	mirror string
	watch  func(n int) bool
}

// New gives a disk that holds the files of an image (nil: none), for the length of a test.
func New(t testing.TB, from Image) *Disk {
	t.Helper()
	d := &Disk{p: newPlatter(from), tape: Tape{from: maps.Clone(from)}}
	id, err := register(d)
	if err != nil {
		t.Fatal(err)
	}
	d.id = id
	t.Cleanup(d.Eject)
	return d
}

// Eject forgets the disk before the test is over, for tests that use thousands. No
// database may be open on it.
func (d *Disk) Eject() { unregister(d.id) }

// VFS is the name to open a database with. Of a path only the last element counts.
func (d *Disk) VFS() string { return vfsName(d.id) }

// Mirror writes files into a folder of the real disk when SQLite closes them, and removes
// them there, for programs that look at their folder by themselves. "" ends it.
func (d *Disk) Mirror(dir string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mirror = dir
}

// Watch has f called before every step with the step's number. When it says true, the
// program has flushed the folder since the step before. f must not call the Disk.
func (d *Disk) Watch(f func(n int) bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.watch = f
}

// CutAt lets the power fail in the nth step, from the disk's first day; 0: never. From
// then on everything fails.
func (d *Disk) CutAt(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.cut = n
}

// Lie lets flushes lie from now on; nil ends it.
func (d *Disk) Lie(f Flaw) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.flaw = f
}

// Steps is how many writes, flushes, truncations, creations and removals there were.
func (d *Disk) Steps() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.steps
}

// Reads is how many reads there were.
func (d *Disk) Reads() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.reads
}

// Tape is what the disk was asked to do so far. On the tape of a disk whose calls failed
// the steps have other numbers than the disk gave them.
func (d *Disk) Tape() Tape {
	d.mu.Lock()
	defer d.mu.Unlock()
	return Tape{from: d.tape.from, steps: slices.Clone(d.tape.steps)}
}

// Image is what is there when the power fails now.
func (d *Disk) Image(f Fate, seed uint64) Image {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.p.image(f, seed)
}

// do takes one step and reports what becomes of it. Callers hold mu.
func (d *Disk) do(s step) trouble {
	if d.off {
		return ioError
	}
	if d.watch != nil && d.watch(d.steps+1) {
		d.record(step{kind: flushFolder})
	}
	d.steps++
	if t := d.strike(s.kind != flush, d.steps); t != none {
		switch {
		case s.kind == flush: // the system forgets what it could not write
			d.record(step{kind: failedFlush, name: s.name, inode: s.inode})
		case t == diskFull && s.kind == write && len(s.data) > Sector: // as much as there was room for
			s.data = s.data[:len(s.data)/2/Sector*Sector]
			d.p.issue(s)
			d.tape.steps = append(d.tape.steps, s)
		}
		return t
	}
	d.p.issue(s)
	d.tape.steps = append(d.tape.steps, s)
	if d.cut > 0 && d.steps >= d.cut {
		d.off = true
		return ioError
	}
	if s.kind == flush && d.flaw != nil && d.flaw(d.steps, s.name) {
		return none
	}
	d.p.finish(s)
	return none
}

func (d *Disk) record(s step) {
	d.p.finish(s)
	d.tape.steps = append(d.tape.steps, s)
}

// open finds or makes a file. Callers hold mu.
func (d *Disk) open(name string, make bool) (inode int, made bool, t trouble) {
	if d.off {
		return 0, false, ioError
	}
	if i, ok := d.p.names[name]; ok {
		return i, false, none
	}
	if !make {
		return 0, false, missing
	}
	i := len(d.p.inodes)
	return i, true, d.do(step{kind: create, name: name, inode: i})
}

// closed mirrors a file that SQLite has closed. Callers hold mu.
func (d *Disk) closed(name string) {
	if i, ok := d.p.names[name]; ok && d.mirror != "" {
		_ = os.WriteFile(filepath.Join(d.mirror, name), d.p.inodes[i].seen, 0o600)
	}
}

// remove deletes a file. Callers hold mu.
func (d *Disk) remove(name string, folder bool) trouble {
	i, ok := d.p.names[name]
	if !ok {
		return missing
	}
	t := d.do(step{kind: remove, name: name, inode: i, folder: folder})
	if t == none && d.mirror != "" {
		_ = os.Remove(filepath.Join(d.mirror, name))
	}
	return t
}
