package hub

import (
	"context"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

type noting struct {
	Register
	left []uint64
}

func (n *noting) Announced(_ context.Context, _ casework.DeviceID, left uint64, _ time.Time) error {
	n.left = append(n.left, left)
	return nil
}

// A laptop says how far its chain goes; what of it did not arrive is noted, and nothing
// is written when all of it did, or when its chain split.
func TestWhatALaptopHasLeftIsNoted(t *testing.T) {
	n := &noting{}
	h := &Hub{o: Options{Register: n}}
	at := func(epoch uint32, seq uint64) ledger.Head { return ledger.Head{Epoch: epoch, Seq: seq} }
	for _, k := range []struct{ laptop, district ledger.Head }{
		{at(1, 30), at(1, 30)}, {at(1, 30), at(1, 28)}, {at(1, 2), at(1, 28)}, {at(2, 30), at(1, 28)},
	} {
		if err := h.announced(t.Context(), ledger.Hello{Head: k.laptop}, k.district, time.Time{}); err != nil {
			t.Fatal(err)
		}
	}
	if len(n.left) != 1 || n.left[0] != 2 {
		t.Error(n.left)
	}
	h.o.Register = struct{ Register }{}
	if err := h.announced(t.Context(), ledger.Hello{Head: at(1, 9)}, at(1, 1), time.Time{}); err != nil {
		t.Error(err)
	}
}
