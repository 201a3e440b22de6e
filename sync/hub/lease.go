package hub

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// TelephoneKey is what the codes of one laptop over the telephone are made with. The
// laptop gets it when it is enrolled, or with an answer when it says that it has none.
func (a *Authority) TelephoneKey(device casework.DeviceID) ([]byte, error) {
	b, err := hkdf.Key(sha256.New, a.signing.Seed(), nil, "doorstep/telephone/1\x00"+string(device.ID[:]), ledger.TelephoneKeySize)
	if err != nil {
		return nil, casework.Problem("hub.TelephoneKey", "hub.keys").Because(err)
	}
	return b, nil
}

// lease is how long a laptop may read from now on without a word from here.
func (h *Hub) lease(ctx context.Context) time.Duration {
	if h.o.LeaseNow != nil {
		if d := h.o.LeaseNow(ctx); d > 0 {
			return d
		}
	}
	return h.o.Lease
}
