package hub

import (
	"context"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// noter is a Register that remembers how much a laptop had left to send when it was last
// heard: should it be lost, that is all anybody can know.
type noter interface {
	Announced(ctx context.Context, id casework.DeviceID, left uint64, now time.Time) error
}

// announced notes what a laptop still has after the batch it sent. Where nothing is left,
// nothing is written: the time of the last contact says it.
func (h *Hub) announced(ctx context.Context, hello ledger.Hello, chain ledger.Head, now time.Time) error {
	n, ok := h.o.Register.(noter)
	if !ok || hello.Head.Epoch != chain.Epoch || hello.Head.Seq <= chain.Seq {
		return nil
	}
	return n.Announced(ctx, chain.Device, hello.Head.Seq-chain.Seq, now)
}
