package district

import (
	"context"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

const qLinks = `SELECT dev_seq, op, commitment FROM log WHERE county = $1 AND device = $2 AND epoch = $3
	AND dev_seq > $4 AND dev_seq <= $5 AND linked = 1 ORDER BY dev_seq`

// place finds where an upload meets the chain. The first known operations were taken
// before, at these same places; the others are links of the chain when linked is true,
// and are otherwise only kept.
func (t *intake) place(ctx context.Context, from ledger.Head, batch []sent) (standing ledger.Standing, known int, linked bool, err error) {
	at := t.dev.Chain
	if s := t.dev.Standing(); s != ledger.StandingGood {
		return s, 0, from == at, nil
	}
	switch {
	case from.Epoch > at.Epoch || from.Epoch == at.Epoch && from.Seq == 0 && at.Seq == 0 && from.Hash != at.Hash:
		return t.restored(from.Epoch), 0, false, nil // also when it did not hear the answer
	case from.Epoch == at.Epoch && from.Seq > at.Seq:
		return ledger.StandingGap, 0, false, nil
	case from.Epoch < at.Epoch:
		standing, known = t.old(batch)
		return standing, known, false, nil
	}
	n, other, err := t.overlap(ctx, from, batch)
	if err != nil {
		return "", 0, false, err
	}
	if other || n < len(batch) && next(from, batch, n) != at || len(batch) == 0 && from.Seq == at.Seq && from.Hash != at.Hash {
		return t.fork(), n, false, nil
	}
	return ledger.StandingGood, n, true, nil
}

// next is the head before the n-th operation of a batch.
func next(from ledger.Head, batch []sent, n int) ledger.Head {
	if n == 0 {
		return from
	}
	l := batch[n-1].link
	return ledger.Head{Device: l.Device, Epoch: l.Epoch, Seq: l.Seq, Hash: l.Hash()}
}

// overlap counts the operations that were taken before at these places, and says
// whether another operation stands at the first place that differs.
func (t *intake) overlap(ctx context.Context, from ledger.Head, batch []sent) (n int, other bool, err error) {
	if from.Seq == t.dev.Chain.Seq || len(batch) == 0 {
		return 0, false, nil
	}
	err = t.w.each(ctx, func(scan func(...any) error) error {
		var seq uint64
		var op casework.OpID
		var c casework.Hash
		if err := scan(&seq, into(&op.ID), intoHash(&c)); err != nil {
			return err
		}
		if !other && n < len(batch) && batch[n].link.Seq == seq && batch[n].link.Commitment == c {
			n++
		} else {
			other = true
		}
		return nil
	}, qLinks, t.w.s.county, blob(t.dev.ID.ID), from.Epoch, from.Seq, from.Seq+uint64(len(batch)))
	return n, other, err
}

// fork notes that another operation holds a place of the chain: the laptop was restored
// from an older state, or copied. The first time it goes on in a new epoch.
func (t *intake) fork() ledger.Standing {
	t.changed = true
	if !t.dev.Forked.IsZero() && t.now.Sub(t.dev.Forked) < ForkMemory {
		t.dev.Frozen = true
		return ledger.StandingFrozen
	}
	t.dev.Forked = t.now
	t.dev.Chain.Epoch++
	t.dev.Chain.Seq = 0
	return ledger.StandingFork
}

// restored takes up an epoch that the laptop itself began: it was rebuilt or brought back
// from a copy, knows it, and asks what the district has of it. That is no fork, which
// nobody announces, and the laptop links what it has left behind our last link. Should the
// laptop that the copy was made of write again, its epoch has ended (see old).
func (t *intake) restored(epoch uint32) ledger.Standing {
	t.changed = true
	t.dev.Chain.Epoch, t.dev.Chain.Seq = epoch, 0
	return ledger.StandingFork
}

// old decides about an upload in an epoch that has ended. Known operations are a late
// repetition. New ones are the same answer again while nobody has taken up the new
// epoch; afterwards two laptops are writing, and the device is frozen.
func (t *intake) old(batch []sent) (ledger.Standing, int) {
	known := 0
	for known < len(batch) && t.has(batch[known]) {
		known++
	}
	if known == len(batch) || t.dev.Chain.Seq == 0 {
		return ledger.StandingFork, known
	}
	t.dev.Frozen, t.changed = true, true
	return ledger.StandingFrozen, known
}

func (t *intake) has(x sent) bool {
	_, ok := t.receipts[x.op.ID]
	return ok
}
