package laptop

import (
	"context"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// moved is an operation's new place in the chain. Its bytes stay.
type moved struct {
	entry *entry
	link  ledger.Link
	hash  casework.Hash
}

// planChain follows what the district says of our chain. After a fork (this laptop was
// restored or copied) a new epoch begins behind the last link the district accepted, and
// everything without a receipt is linked anew there, in the order it was saved.
func (s *Store) planChain(p *plan, a ledger.Answer) {
	if a.Standing != ledger.StandingFork {
		if a.Chain.Epoch == p.x.Start.Epoch {
			p.x.Chain = a.Chain
		}
		return
	}
	if a.Chain.Epoch < p.x.Start.Epoch {
		return // about an epoch that has ended
	}
	start := a.Chain
	start.Device = s.device
	p.x.Chain = start
	if start.Epoch > p.x.Start.Epoch || start.Seq == 0 { // or the answer to an epoch that we began
		p.x.Start = start
	}
	head := start
	for _, e := range s.journal.all {
		if e.settled || p.receiptOf(e) != nil {
			continue
		}
		b, err := s.bytesOf(context.Background(), e)
		if err != nil {
			continue // its bytes are gone; what follows it can still go
		}
		m := moved{entry: e}
		m.link, head = head.Next(b)
		m.hash = head.Hash
		p.moved = append(p.moved, m)
	}
	p.head = head
}
