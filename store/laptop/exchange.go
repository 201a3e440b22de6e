package laptop

import (
	"context"
	"slices"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// Hello is what the laptop says of itself at the start of an exchange. Error: laptop.closed.
func (s *Store) Hello(_ context.Context) (ledger.Hello, error) {
	s.view.RLock()
	defer s.view.RUnlock()
	if s.closed {
		return ledger.Hello{}, casework.Problem("laptop.Hello", "laptop.closed")
	}
	h := ledger.Hello{
		Head: s.journal.head, Sent: s.received().Seq, Cursors: s.cursors(s.x.Actor), Answer: s.x.Answer,
		Token: s.x.Token, Now: s.o.Now(), Program: s.o.Program,
		Keyless: len(s.x.Grace.Key) == 0,
	}
	for hash := range s.packs {
		h.Packs = append(h.Packs, hash)
	}
	slices.SortFunc(h.Packs, func(a, b casework.Hash) int { return slices.Compare(a[:], b[:]) })
	return h, nil
}

// received is the place in the present epoch up to which every operation has a receipt.
func (s *Store) received() ledger.Head {
	at := s.x.Start
	for _, e := range s.journal.all {
		if e.epoch != at.Epoch || e.seq <= at.Seq {
			continue
		}
		if e.receipt == nil {
			break
		}
		at.Seq, at.Hash = e.seq, e.link
	}
	return at
}

// cursors are ours for each line of an actor's scopes; a line not heard of yet begins at zero.
func (s *Store) cursors(a casework.Actor) ledger.Cursors {
	out := ledger.Cursors{}
	for _, sc := range a.Scopes {
		for _, d := range sc.Duties {
			key := ledger.CursorKey(sc.Area, d)
			out[key] = s.x.Cursors[key]
		}
	}
	return out
}

// Unsent is the next stretch of the chain that the district has no receipt for, or has
// asked for again: at most maxOps operations (0: 200) and about maxBytes bytes (0: no
// limit), but at least one when there is one. Errors: laptop.row_damaged, laptop.closed.
func (s *Store) Unsent(ctx context.Context, maxOps, maxBytes int) (ledger.Upload, error) {
	const op = "laptop.Unsent"
	s.work.Lock()
	defer s.work.Unlock()
	if s.closed {
		return ledger.Upload{}, casework.Problem(op, "laptop.closed")
	}
	if maxOps <= 0 {
		maxOps = 200
	}
	up := ledger.Upload{From: s.received()}
	if c := s.x.Chain; c.Epoch == up.From.Epoch && c.Seq < up.From.Seq {
		up.From = s.headAt(c.Seq) // the district lost what it once had
	}
	size, next := 0, up.From.Seq+1
	for _, e := range s.journal.all {
		if e.epoch != up.From.Epoch || e.seq != next {
			continue
		}
		b, err := s.bytesOf(ctx, e)
		if err != nil {
			if len(up.Ops) > 0 {
				return up, nil // what stands before it can still go
			}
			return ledger.Upload{}, trouble(op, err)
		}
		if len(up.Ops) > 0 && maxBytes > 0 && size+len(b) > maxBytes {
			break
		}
		size += len(b)
		next++
		up.Ops = append(up.Ops, b)
		if len(up.Ops) == maxOps {
			break
		}
	}
	return up, nil
}

// headAt is our chain's head at a place of the present epoch.
func (s *Store) headAt(seq uint64) ledger.Head {
	for _, e := range s.journal.all {
		if e.epoch == s.x.Start.Epoch && e.seq == seq {
			return ledger.Head{Device: s.device, Epoch: e.epoch, Seq: e.seq, Hash: e.link}
		}
	}
	return s.x.Start
}

func (s *Store) bytesOf(ctx context.Context, e *entry) ([]byte, error) {
	var sealed []byte
	if err := s.db.QueryRowContext(ctx, "SELECT sealed FROM ops WHERE n = ?", e.n).Scan(&sealed); err != nil {
		return nil, err
	}
	return s.ring.open(place{"ops", e.id.ID[:], 1}, sealed, nil)
}
