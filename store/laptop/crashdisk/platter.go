package crashdisk

import "maps"

// Sector is what a disk writes whole or not at all, in bytes.
const Sector = 512

type kind byte

const (
	create kind = iota
	write
	truncate
	flush
	remove
	rename
	flushFolder // by the program, not through SQLite; no step of its own
	failedFlush // what was pending stays readable and never becomes durable
)

var kinds = [...]string{"create", "write", "truncate", "flush", "remove", "rename", "flush folder", "failed flush"}

// step is one thing the disk is asked to do.
type step struct {
	kind   kind
	to     string // rename: the new name
	name   string // of the file; which inode it is follows from the order of creation
	inode  int
	at     int64  // write: where; truncate: the new size
	data   []byte // write
	folder bool   // flush, remove: the folder is flushed as well
}

// on gives a file's bytes after a write or truncation. gap fills what no one wrote.
func (s step) on(b []byte, gap func([]byte)) []byte {
	end := s.at + int64(len(s.data))
	if s.kind == truncate && s.at <= int64(len(b)) {
		return b[:s.at]
	}
	if before := int64(len(b)); before < end {
		b = append(b, make([]byte, end-before)...)
		if gap != nil && s.at > before {
			gap(b[before:s.at])
		}
	}
	copy(b[s.at:], s.data)
	return b
}

type inode struct {
	seen    []byte // what the running system reads
	durable []byte
	pending []step
}

// platter is the state of a disk: what is on it, and what the system thinks is on it.
type platter struct {
	inodes  []*inode
	names   map[string]int
	durable map[string]int // names that survive
	pending []step         // creations and removals since the folder was flushed
}

func newPlatter(from Image) *platter {
	p := &platter{names: map[string]int{}, durable: map[string]int{}}
	for _, name := range from.names() {
		p.names[name] = len(p.inodes)
		p.inodes = append(p.inodes, &inode{seen: append([]byte(nil), from[name]...), durable: append([]byte(nil), from[name]...)})
	}
	maps.Copy(p.durable, p.names)
	return p
}

// issue is a step of which nobody knows yet whether it will be done: a flush has not
// begun, everything else is pending.
func (p *platter) issue(s step) {
	switch s.kind {
	case create:
		p.inodes = append(p.inodes, &inode{})
		p.names[s.name] = s.inode
		p.pending = append(p.pending, s)
	case remove:
		delete(p.names, s.name)
		p.pending = append(p.pending, s)
	case rename:
		delete(p.names, s.name)
		p.names[s.to] = s.inode
		p.pending = append(p.pending, s)
	case write, truncate:
		n := p.inodes[s.inode]
		n.seen = s.on(n.seen, nil)
		n.pending = append(n.pending, s)
	case flush, flushFolder, failedFlush:
	}
}

// finish is the rest of a step, which the program is told of as done.
func (p *platter) finish(s step) {
	switch s.kind {
	case flush:
		n := p.inodes[s.inode]
		for _, w := range n.pending {
			n.durable = w.on(n.durable, nil)
		}
		n.pending = nil
	case failedFlush:
		p.inodes[s.inode].pending = nil
		return
	case create, write, truncate, remove, rename, flushFolder:
	}
	if s.folder || s.kind == flushFolder {
		p.durable, p.pending = maps.Clone(p.names), nil
	}
}
