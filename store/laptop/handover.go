package laptop

import (
	"os"
	"path/filepath"

	"doorstep/casework"
	"doorstep/store/laptop/outbox"
)

// Handed is what HandOver wrote.
type Handed struct {
	Operations int // saved here, and not at the district for good
	Drafts     int // visits that were not finished
	Files      int // photos and files kept beside them
	Incomplete bool
}

// HandOver writes everything that the district does not have for good into a new outbox
// in a folder, and the sealed photos and files beside it, as the last way out of a store that is about to be wiped. It is read back
// before this returns. It opens with the district's key alone: it holds no copy of this
// store's keys. Incomplete says that something here does not open any more.
// Errors: laptop.not_enrolled (no district could open it), laptop.hand_over, laptop.closed.
func (s *Store) HandOver(dir string) (Handed, error) {
	const op = "laptop.HandOver"
	var out Handed
	failed := func(err error) (Handed, error) {
		return Handed{}, casework.Problem(op, "laptop.hand_over").Because(err)
	}
	if _, err := s.Sign(nil); err != nil {
		return out, err
	}
	c := s.box
	if c == nil {
		c = &carrier{s: s}
	}
	o, err := c.owner()
	if err != nil {
		return failed(err)
	}
	defer clear(o.Master)
	if o.Recipient == "" {
		return out, casework.Problem(op, "laptop.not_enrolled")
	}
	o.Keys = nil
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return failed(err)
	}
	to := outbox.NewWriter(outbox.Folder(dir), s.o.Rand)
	all := &everything{c: c}
	if err := to.Begin(o, all.items()); err != nil {
		return failed(err)
	}
	name, _, _ := to.Writing()
	to.Close()
	found, err := outbox.ReadPath(filepath.Join(dir, name), func(h outbox.Header) (outbox.Key, error) { return h.Unseal(o.Master) })
	if err != nil {
		return failed(err)
	}
	for _, f := range found {
		if f.Damaged+f.Torn+f.Shut > 0 {
			return failed(outbox.ErrNotOutbox)
		}
		out.Operations, out.Drafts = len(f.Ops), f.Open()
	}
	if err := outbox.Blank(outbox.Folder(dir), name, s.ring.store); err != nil {
		return failed(err)
	}
	files, whole, err := s.handFiles(dir)
	if err != nil {
		return failed(err)
	}
	out.Files, out.Incomplete = files, all.incomplete || !whole
	return out, nil
}
