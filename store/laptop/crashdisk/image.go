package crashdisk

import (
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
)

// Image is what the next start finds: the files by their names.
type Image map[string][]byte

func (m Image) names() []string { return slices.Sorted(maps.Keys(m)) }

// Write puts the files into a folder of the real disk, where no others of them are.
func (m Image) Write(dir string) error {
	for _, name := range m.names() {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, name), m[name], 0o600); err != nil {
			return err
		}
	}
	return nil
}

// Fate is what becomes of that which was not flushed.
type Fate int

// The fates of a power cut.
const (
	Lost Fate = iota // nothing of it is there
	Kept             // all of it is there
	Torn             // the seed decides, sector by sector
)

// image builds what a start after a power cut finds.
func (p *platter) image(f Fate, seed uint64) Image {
	l := &luck{fate: f, r: rand.New(rand.NewPCG(seed, 0x5eed))}
	l.keep, l.tear, l.junk = l.r.Float64(), l.r.Float64(), l.r.IntN(2) == 0
	names := maps.Clone(p.durable)
	for _, s := range p.pending {
		if !l.survives() {
			continue
		}
		switch s.kind {
		case create:
			names[s.name] = s.inode
		case rename: // both names or neither
			delete(names, s.name)
			names[s.to] = s.inode
		default:
			delete(names, s.name)
		}
	}
	out := Image{}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		out[name] = l.after(p.inodes[names[name]])
	}
	return out
}

// luck decides for one image.
type luck struct {
	fate Fate
	r    *rand.Rand
	keep float64 // how much survives
	tear float64 // how much of that is torn
	junk bool    // what was never written is not zeros
}

func (l *luck) survives() bool {
	return l.fate == Kept || l.fate == Torn && l.r.Float64() < l.keep
}

func (l *luck) after(n *inode) []byte {
	b := slices.Clone(n.durable)
	for _, s := range n.pending {
		if l.fate == Torn && s.kind == write && l.r.Float64() < l.tear {
			for _, piece := range s.sectors() {
				if l.survives() {
					b = piece.on(b, l.gap)
				}
			}
		} else if l.survives() {
			b = s.on(b, l.gap)
		}
	}
	return b
}

// gap fills a hole with what the disk held there before some other file was deleted.
func (l *luck) gap(b []byte) {
	if l.fate != Torn || !l.junk {
		return
	}
	for i := range b {
		b[i] = byte(l.r.Uint32())
	}
}

// sectors cuts a write where the disk's sectors end.
func (s step) sectors() []step {
	var out []step
	for from := 0; from < len(s.data); {
		piece := s
		piece.at += int64(from)
		piece.data = s.data[from:min(len(s.data), from+Sector-int(piece.at%Sector))]
		out = append(out, piece)
		from += len(piece.data)
	}
	return out
}
