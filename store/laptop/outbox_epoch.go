package laptop

import (
	"context"
	"database/sql"
	"errors"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// unlinked reports whether something that was not sent yet stands outside the chain, so
// that it would wait for ever: a link that does not fit, a gap, something broken before it.
func (s *Store) unlinked() bool {
	gap := false
	next := s.received().Seq + 1
	for _, e := range s.journal.all {
		if e.settled || e.receipt != nil {
			continue
		}
		switch {
		case e.loose:
			return true
		case e.damaged:
			gap = gap || e.epoch == s.x.Start.Epoch
		case e.epoch != s.x.Start.Epoch || gap || e.seq != next:
			return true
		}
		next = e.seq + 1
	}
	return false
}

// newEpoch links everything the district has no receipt for anew, behind the last that it
// has. The district hears from the number of the epoch that this laptop was restored.
func (s *Store) newEpoch(ctx context.Context, least uint32) error {
	x := s.x
	from := s.received()
	for _, e := range s.journal.all {
		least = max(least, e.epoch)
	}
	x.Start = ledger.Head{Device: s.device, Epoch: max(least, x.Start.Epoch) + 1, Hash: from.Hash}
	x.Chain = x.Start
	head := x.Start
	type place struct {
		n    int64
		link ledger.Link
		hash casework.Hash
	}
	var places []place
	for _, e := range s.journal.all {
		if e.settled || e.receipt != nil {
			continue
		}
		b, err := s.bytesOf(ctx, e)
		if errors.Is(err, errSealed) {
			continue // its bytes are gone; what follows it can still go
		} else if err != nil {
			return err
		}
		var l ledger.Link
		l, head = head.Next(b)
		places = append(places, place{e.n, l, head.Hash})
	}
	return s.inTx(ctx, func(tx *sql.Tx) error {
		for _, p := range places {
			if _, err := tx.ExecContext(ctx, "UPDATE ops SET epoch = ?, seq = ?, link = ? WHERE n = ?", int64(p.link.Epoch), int64(p.link.Seq), p.hash[:], p.n); err != nil {
				return err
			}
		}
		return s.writeMeta(ctx, tx, "exchange", x)
	})
}
