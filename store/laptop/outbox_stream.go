package laptop

import (
	"context"
	"iter"
	"slices"

	"doorstep/casework"
	"doorstep/store/laptop/outbox"
)

// everything streams what has to be in an outbox, a few rows at a time, so that a save
// never waits long.
type everything struct {
	c          *carrier
	incomplete bool // something did not open; perhaps an older segment still has it
}

const streamRows = 32

func (a *everything) items() iter.Seq2[outbox.Item, error] {
	return func(yield func(outbox.Item, error) bool) {
		if err := a.stream(yield); err != nil && err != errStopped {
			yield(outbox.Item{}, err)
		}
	}
}

var errStopped = errClosed

func (a *everything) stream(yield func(outbox.Item, error) bool) error {
	s := a.c.s
	state, _, err := s.stateItem()
	if err != nil {
		return err
	}
	if !yield(state, nil) {
		return errStopped
	}
	if err := a.c.lockWork(); err != nil {
		return err
	}
	refs, prev := s.keptEntries()
	drafts := s.openDrafts()
	files, err := s.attachmentItems()
	var ended []outbox.Item
	if err == nil {
		ended, _, err = s.endedDrafts(context.Background())
	}
	s.work.Unlock()
	if err != nil {
		return err
	}
	files = append(files, ended...)
	for piece := range slices.Chunk(refs, streamRows) {
		items, err := a.ops(piece, prev)
		if err != nil {
			return err
		}
		for _, i := range items {
			if !yield(i, nil) {
				return errStopped
			}
		}
	}
	for _, id := range drafts {
		items, err := a.draft(id)
		if err != nil {
			return err
		}
		for _, i := range items {
			if !yield(i, nil) {
				return errStopped
			}
		}
	}
	for _, i := range files {
		if !yield(i, nil) {
			return errStopped
		}
	}
	return nil
}

// keptEntries are the operations to be kept, and the hash that each one's link names.
func (s *Store) keptEntries() ([]*entry, map[casework.OpID]casework.Hash) {
	var out []*entry
	prev := map[casework.OpID]casework.Hash{}
	last := map[uint32]casework.Hash{s.x.Start.Epoch: s.x.Start.Hash}
	for _, e := range s.journal.all {
		if s.kept(e) {
			out = append(out, e)
			prev[e.id] = last[e.epoch]
		}
		last[e.epoch] = e.link
	}
	return out, prev
}

func (s *Store) openDrafts() []casework.ID {
	var out []casework.ID
	for id := range s.drafts {
		out = append(out, id)
	}
	slices.SortFunc(out, casework.ID.Compare)
	return out
}

// ops reads some operations with their receipts.
func (a *everything) ops(piece []*entry, prev map[casework.OpID]casework.Hash) ([]outbox.Item, error) {
	if err := a.c.lockWork(); err != nil {
		return nil, err
	}
	defer a.c.s.work.Unlock()
	var out []outbox.Item
	for _, e := range piece {
		items, err := a.c.s.opItems(e, prev[e.id])
		if ignoreDamage(err) != nil {
			return nil, err
		}
		a.incomplete = a.incomplete || err != nil
		out = append(out, items...)
	}
	return out, nil
}

// opItems is an operation as the outbox keeps it, with its receipt.
func (s *Store) opItems(e *entry, prev casework.Hash) ([]outbox.Item, error) {
	b, err := s.bytesOf(context.Background(), e)
	if err != nil {
		return nil, err
	}
	out := []outbox.Item{opItem(e, prev, slices.Clone(b))}
	if e.receipt != nil {
		i, err := receiptItem(e)
		if err != nil {
			return nil, err
		}
		out = append(out, i)
	}
	return out, nil
}
