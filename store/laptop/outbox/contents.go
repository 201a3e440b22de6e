package outbox

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"doorstep/casework"
)

// Contents is what the segments of one laptop hold together: of each thing the last word.
type Contents struct {
	Store    casework.ID
	Device   casework.DeviceID
	State    []byte // the store's own JSON; nil when there is none
	Ops      []Item // in the order of saving
	Receipts map[casework.ID]Item
	Drafts   []DraftWork
	Files    []Item    // files kept beside the records
	Segments []Segment // read, oldest first; their items are left out
	Damaged  int       // stretches of them that do not open
	Torn     int       // segments that end in bytes that are no record
	Shut     int       // segments that no key opened, or that are none any more
}

// DraftWork is an unfinished visit.
type DraftWork struct {
	ID      casework.ID
	Body    []byte // nil when its beginning is lost
	Changes []Item // by N
	Ended   bool   // finished or dropped
	Why     []byte // of a dropped one
}

// Open counts the drafts that are neither finished nor dropped.
func (c Contents) Open() int {
	n := 0
	for _, d := range c.Drafts {
		if !d.Ended {
			n++
		}
	}
	return n
}

// ReadPath reads an outbox from a folder or one segment from a file; a folder may hold the
// outboxes of several laptops. unseal gives the key of a segment: (Header).UnsealDistrict
// with the district's identity, or (Header).Unseal with a master key. Error: outbox.nothing
// when there is no segment at all, outbox.unread when the disk does not give one.
func ReadPath(path string, unseal func(Header) (Key, error)) ([]Contents, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, casework.Problem("outbox.ReadPath", "outbox.nothing").Because(err)
	}
	names := []string{filepath.Base(path)}
	disk := Folder(filepath.Dir(path))
	if info.IsDir() {
		disk = Folder(path)
		if names, err = Names(disk); err != nil {
			return nil, err
		}
	}
	if len(names) == 0 {
		return nil, casework.Problem("outbox.ReadPath", "outbox.nothing").Because(fs.ErrNotExist)
	}
	of := map[casework.ID][]Segment{}
	shut := map[casework.ID]int{}
	var order []casework.ID
	for _, name := range names {
		var s Segment
		b, err := disk.Read(name)
		if err == nil {
			s, err = ReadSegment(b, unseal)
		} else if !errors.Is(err, ErrNotOutbox) {
			return nil, casework.Problem("outbox.ReadPath", "outbox.unread", "File", name).Because(err)
		}
		if errors.Is(err, ErrNotOutbox) && len(names) == 1 {
			return nil, casework.Problem("outbox.ReadPath", "outbox.nothing").Because(err)
		}
		s.Name = name
		if !slices.Contains(order, s.Store) {
			order = append(order, s.Store)
		}
		if err != nil {
			shut[s.Store]++
			continue
		}
		of[s.Store] = append(of[s.Store], s)
	}
	var out []Contents
	for _, store := range order {
		c := Merge(of[store])
		c.Store, c.Shut = store, shut[store]
		out = append(out, c)
	}
	return out, nil
}

// Merge puts the segments of one store together, oldest first.
func Merge(segments []Segment) Contents {
	c := Contents{Receipts: map[casework.ID]Item{}}
	ops := map[casework.ID]Item{}
	files := map[casework.ID]Item{}
	drafts := map[casework.ID]*DraftWork{}
	var order []casework.ID
	draft := func(id casework.ID) *DraftWork {
		if drafts[id] == nil {
			drafts[id] = &DraftWork{ID: id}
			order = append(order, id)
		}
		return drafts[id]
	}
	for _, s := range segments {
		c.Store, c.Device = s.Store, s.Device
		c.Damaged += s.Damaged
		if s.Torn {
			c.Torn++
		}
		for _, i := range s.Items {
			switch i.Kind {
			case State:
				c.State = i.Body
			case Op:
				ops[i.ID] = i
				if !i.Closes.IsZero() {
					draft(i.Closes).Ended = true
				}
			case Receipt:
				c.Receipts[i.ID] = i
			case Attached:
				files[i.ID] = i
			case Draft:
				draft(i.ID).Body = i.Body
			case Change:
				d := draft(i.ID)
				if at, found := slices.BinarySearchFunc(d.Changes, i, byN); found {
					d.Changes[at] = i
				} else {
					d.Changes = slices.Insert(d.Changes, at, i)
				}
			case Ended:
				d := draft(i.ID)
				d.Ended, d.Why = true, i.Body
			}
		}
		s.Items = nil
		c.Segments = append(c.Segments, s)
	}
	for _, i := range ops {
		c.Ops = append(c.Ops, i)
	}
	slices.SortFunc(c.Ops, func(a, b Item) int {
		return cmp.Or(cmp.Compare(a.N, b.N), cmp.Compare(a.Epoch, b.Epoch), cmp.Compare(a.Seq, b.Seq), a.ID.Compare(b.ID))
	})
	for _, i := range files {
		if len(i.Body) > 0 {
			c.Files = append(c.Files, i)
		}
	}
	for _, id := range order {
		c.Drafts = append(c.Drafts, *drafts[id])
	}
	return c
}

func byN(a, b Item) int { return cmp.Compare(a.N, b.N) }
