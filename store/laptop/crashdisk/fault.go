package crashdisk

// trouble is what a call reports.
type trouble int

const (
	none trouble = iota
	ioError
	diskFull
	shortRead
	missing
)

// Fault is a call that fails. Its zero value is none.
type Fault struct {
	Step int  // the nth step from the disk's first day fails; 0: none
	Read int  // the nth read fails; 0: none
	Full bool // the disk is full (steps that flush excepted); otherwise an input/output error
	Cut  bool // the read gives fewer bytes than there are; otherwise an input/output error
	Last int  // how many calls in a row fail, at least one
}

// Fail lets calls fail, besides those that were to fail before.
func (d *Disk) Fail(f Fault) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.faults = append(d.faults, f)
}

// Heal ends all faults and gives the number of calls that failed.
func (d *Disk) Heal() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.faults = nil
	n := d.hit
	d.hit = 0
	return n
}

func (f Fault) hits(at, n int) bool { return at > 0 && n >= at && n < at+max(1, f.Last) }

// strike reports what happens to the nth step. Callers hold mu.
func (d *Disk) strike(needsRoom bool, n int) trouble {
	for _, f := range d.faults {
		if f.hits(f.Step, n) {
			d.hit++
			if f.Full && needsRoom {
				return diskFull
			}
			return ioError
		}
	}
	return none
}

// read gives bytes of a file. Callers hold mu.
func (d *Disk) read(inode int, b []byte, at int64) trouble {
	if d.off {
		return ioError
	}
	d.reads++
	seen := d.p.inodes[inode].seen
	n := 0
	if at < int64(len(seen)) {
		n = copy(b, seen[at:])
	}
	for _, f := range d.faults {
		if !f.hits(f.Read, d.reads) {
			continue
		}
		d.hit++
		if !f.Cut {
			return ioError
		}
		n /= 2
	}
	if n < len(b) {
		clear(b[n:])
		return shortRead
	}
	return none
}
