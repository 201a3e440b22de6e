package hub

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/sync/wire"
)

// sync answers a hello and takes the batch that came with it, if any.
func (h *Hub) sync(ctx context.Context, c call) (reply, error) {
	hello, raw, err := wire.ReadAsk(c.body)
	if err != nil {
		return reply{}, err
	}
	leave, err := h.turn(ctx)
	if err != nil {
		return reply{}, err
	}
	defer leave()
	if len(raw) == 0 {
		return h.exchange(ctx, c, hello, nil, ledger.Upload{})
	}
	batch, up, err := wire.Open(raw, c.device.PublicKey)
	if err != nil {
		return reply{}, err
	}
	return h.exchange(ctx, c, hello, batch, up)
}

// pull is an exchange without a batch.
func (h *Hub) pull(ctx context.Context, c call) (reply, error) {
	hello, raw, err := wire.ReadAsk(c.body)
	if err == nil && len(raw) > 0 {
		err = casework.Problem("hub.pull", "hub.malformed")
	}
	if err != nil {
		return reply{}, err
	}
	leave, err := h.turn(ctx)
	if err != nil {
		return reply{}, err
	}
	defer leave()
	return h.exchange(ctx, c, hello, nil, ledger.Upload{})
}

// turn waits until few enough others are being decoded and merged.
func (h *Hub) turn(ctx context.Context) (leave func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, h.o.Patience)
	defer cancel()
	select {
	case h.turns <- struct{}{}:
		return func() { <-h.turns }, nil
	case <-ctx.Done():
		return nil, casework.Problem("hub.turn", "hub.busy")
	}
}

// exchange takes the operations, and gathers everything the district has to say into
// one signed answer.
func (h *Hub) exchange(ctx context.Context, c call, hello ledger.Hello, batch *wire.Batch, up ledger.Upload) (reply, error) {
	reg, d := h.o.Register, c.device
	self, err := reg.District(ctx)
	if err != nil {
		return reply{}, err
	}
	if err := addressed(d, self, hello, batch); err != nil {
		return reply{}, err
	}
	now := h.o.Now().UTC().Truncate(time.Millisecond)
	a := ledger.Answer{Device: d.ID, District: self.ID, Incarnation: self.Incarnation, LeaseUntil: now.Add(h.lease(ctx)), Actor: d.Actor}
	a.Token.At = now
	if batch == nil {
		up = ledger.Upload{From: hello.Head} // where it stands, without anything new
	}
	taken, err := reg.Take(ctx, d.ID, up, now)
	if err != nil {
		return reply{}, err
	}
	a.Standing, a.Chain, a.Receipts = taken.Standing, taken.Chain, taken.Receipts
	if err := h.announced(ctx, hello, taken.Chain, now); err != nil {
		return reply{}, err
	}
	if a.Standing == ledger.StandingRevoked {
		a.LeaseUntil = now
	} else if hello.Keyless {
		if a.Telephone, err = h.o.Authority.TelephoneKey(d.ID); err != nil {
			return reply{}, err
		}
	}
	if d, err = reg.Device(ctx, d.ID); err != nil {
		return reply{}, err
	}
	low := lowest(hello.Cursors)
	released, err := reg.Receipts(ctx, d.ID, low)
	if err != nil {
		return reply{}, err
	}
	a.Receipts = append(a.Receipts, released...)
	if a.Packs, err = h.unheld(ctx, hello.Packs); err != nil {
		return reply{}, err
	}
	return h.seal(ctx, d, hello, batch, a, h.page(c))
}

// page is how many records an answer may tell of: fewer when the laptop asks for that,
// because its line keeps breaking.
func (h *Hub) page(c call) int {
	n, err := strconv.Atoi(c.req.URL.Query().Get("page"))
	if err != nil || n < 1 {
		return h.o.Page
	}
	return min(n, h.o.Page)
}

// seal adds a page of news that fits, the time token and the number, and signs.
func (h *Hub) seal(ctx context.Context, d ledger.Device, hello ledger.Hello, batch *wire.Batch, a ledger.Answer, page int) (reply, error) {
	reg := h.o.Register
	nonce, err := casework.NewID(h.o.Rand)
	if err != nil {
		return reply{}, err
	}
	now := a.Token.At
	for ; ; page /= 4 {
		head, err := reg.Head(ctx)
		if err != nil {
			return reply{}, err
		}
		if a.News, err = reg.News(ctx, d.ID, hello.Cursors, max(1, page)); err != nil {
			return reply{}, err
		}
		// the laptop knows the log as far as this page tells, and no further
		a.Token = ledger.TimeToken{At: now, Seq: min(head, known(a.News, head)), Prev: d.Token, Nonce: nonce}
		if a.Number, err = reg.Answered(ctx, d.ID, a.Token.Hash(), a.Token.Seq, now, a.LeaseUntil); err != nil {
			return reply{}, err
		}
		b, err := wire.Seal(a, batch, h.o.Authority.Sign)
		if casework.CodeOf(err) == "wire.too_large" && page > 1 {
			continue
		}
		return reply{kind: wire.TypeAnswer, body: b}, err
	}
}

// known is how far the log is known after a page of news.
func known(n ledger.News, head uint64) uint64 {
	if len(n.Cursors) == 0 {
		return head
	}
	return lowest(n.Cursors)
}

func lowest(c ledger.Cursors) uint64 {
	if len(c) == 0 {
		return 0
	}
	return slices.Min(slices.Collect(maps.Values(c)))
}

// addressed checks that hello and batch are of this laptop and for this district.
func addressed(d ledger.Device, self ledger.District, hello ledger.Hello, batch *wire.Batch) error {
	if hello.Head.Device != d.ID || batch != nil && batch.Head.Device != d.ID {
		return casework.Problem("hub.exchange", "hub.other_device")
	}
	if batch != nil && batch.Head.District != self.ID {
		return casework.Problem("hub.exchange", "hub.wrong_district")
	}
	return nil
}

// unheld are all packs when the laptop lacks one of them, and none otherwise.
func (h *Hub) unheld(ctx context.Context, held []casework.Hash) ([]ledger.PackRef, error) {
	all, err := h.o.Register.Packs(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range all {
		if !slices.Contains(held, p.Hash) {
			return all, nil
		}
	}
	return nil, nil
}

// pack is the content of a pack, named by its hash.
func (h *Hub) pack(ctx context.Context, c call) (reply, error) {
	var hash casework.Hash
	if err := hash.UnmarshalText([]byte(c.req.PathValue("hash"))); err != nil || hash.IsZero() {
		return reply{}, casework.Problem("hub.pack", "hub.malformed")
	}
	if c.device.Revoked {
		return reply{}, casework.Problem("hub.pack", "hub.unknown_pack")
	}
	b, err := h.o.Register.Pack(ctx, hash)
	if casework.CodeOf(err) == "district.pack_unknown" {
		err = casework.Problem("hub.pack", "hub.unknown_pack")
	}
	return reply{kind: wire.TypePiece, body: b, keep: true}, err
}
