package hub

import (
	"bytes"
	"context"
	"encoding/json"
	"strconv"
	"sync"

	"doorstep/casework"
	"doorstep/sync/wire"
)

// pieces holds batches that are arriving chunk by chunk: one per laptop, and no more
// bytes than the limit in all. What is dropped is asked for again.
type pieces struct {
	mu    sync.Mutex
	limit int
	used  int
	open  map[casework.DeviceID]*arriving
	order []casework.DeviceID // oldest first
}

type arriving struct {
	head   wire.Head
	signed []byte
	chunks [][]byte
}

func newPieces(limit int) *pieces {
	return &pieces{limit: limit, open: map[casework.DeviceID]*arriving{}}
}

func (p *pieces) begin(d casework.DeviceID, head wire.Head, signed []byte) []int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if a := p.open[d]; a == nil || a.head.ID() != head.ID() {
		p.drop(d)
		for p.used+int(head.Size) > p.limit && len(p.order) > 0 {
			p.drop(p.order[0])
		}
		p.open[d] = &arriving{head: head, signed: signed, chunks: make([][]byte, len(head.Hashes))}
		p.order = append(p.order, d)
		p.used += int(head.Size)
	}
	return p.open[d].missing()
}

func (p *pieces) drop(d casework.DeviceID) {
	a := p.open[d]
	if a == nil {
		return
	}
	p.used -= int(a.head.Size)
	delete(p.open, d)
	for i, x := range p.order {
		if x == d {
			p.order = append(p.order[:i:i], p.order[i+1:]...)
			break
		}
	}
}

func (a *arriving) missing() []int {
	out := []int{}
	for i, c := range a.chunks {
		if c == nil {
			out = append(out, i)
		}
	}
	return out
}

// find runs f on the batch that is arriving from a laptop under this name.
func (p *pieces) find(d casework.DeviceID, id casework.Hash, f func(*arriving) error) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	a := p.open[d]
	if a == nil || a.head.ID() != id {
		return casework.Problem("hub.find", "hub.unknown_batch")
	}
	return f(a)
}

func (c call) batch() (id casework.Hash, err error) {
	if err := id.UnmarshalText([]byte(c.req.PathValue("id"))); err != nil || id.IsZero() {
		return id, casework.Problem("hub.batch", "hub.malformed")
	}
	return id, nil
}

// begin takes the signed head of a batch and says which chunks are missing.
func (h *Hub) begin(_ context.Context, c call) (reply, error) {
	id, err := c.batch()
	if err != nil {
		return reply{}, err
	}
	head, rest, err := wire.ReadHead(c.body)
	if err != nil {
		return reply{}, err
	}
	if len(rest) > 0 || head.ID() != id {
		return reply{}, casework.Problem("hub.begin", "hub.malformed")
	}
	if head.Device != c.device.ID {
		return reply{}, casework.Problem("hub.begin", "hub.other_device")
	}
	if err := head.Verify(c.body, c.device.PublicKey); err != nil {
		return reply{}, err
	}
	return listed(h.pieces.begin(c.device.ID, head, c.body))
}

// missing says which chunks of a batch are missing.
func (h *Hub) missing(_ context.Context, c call) (reply, error) {
	id, err := c.batch()
	if err != nil {
		return reply{}, err
	}
	var out []int
	err = h.pieces.find(c.device.ID, id, func(a *arriving) error {
		out = a.missing()
		return nil
	})
	if err != nil {
		return reply{}, err
	}
	return listed(out)
}

func listed(missing []int) (reply, error) {
	b, err := json.Marshal(missing)
	return reply{kind: "application/json", body: b}, err
}

// piece takes one chunk, in any order and any number of times.
func (h *Hub) piece(_ context.Context, c call) (reply, error) {
	id, err := c.batch()
	if err != nil {
		return reply{}, err
	}
	i, err := strconv.Atoi(c.req.PathValue("i"))
	if err != nil {
		return reply{}, casework.Problem("hub.piece", "hub.malformed")
	}
	err = h.pieces.find(c.device.ID, id, func(a *arriving) error {
		if err := a.head.CheckChunk(i, c.body); err != nil {
			return err
		}
		a.chunks[i] = c.body
		return nil
	})
	return reply{kind: "application/json", body: []byte("[]")}, err
}

// commit takes the batch that has arrived, and answers like sync. The batch stays until
// the next one begins, because the answer may be lost.
func (h *Hub) commit(ctx context.Context, c call) (reply, error) {
	id, err := c.batch()
	if err != nil {
		return reply{}, err
	}
	hello, rest, err := wire.ReadAsk(c.body)
	if err == nil && len(rest) > 0 {
		err = casework.Problem("hub.commit", "hub.malformed")
	}
	if err != nil {
		return reply{}, err
	}
	var whole []byte
	err = h.pieces.find(c.device.ID, id, func(a *arriving) error {
		if len(a.missing()) > 0 {
			return casework.Problem("hub.commit", "hub.incomplete")
		}
		whole = bytes.Join(append([][]byte{a.signed}, a.chunks...), nil)
		return nil
	})
	if err != nil {
		return reply{}, err
	}
	leave, err := h.turn(ctx)
	if err != nil {
		return reply{}, err
	}
	defer leave()
	batch, up, err := wire.Open(whole, c.device.PublicKey)
	if err != nil {
		return reply{}, err
	}
	return h.exchange(ctx, c, hello, batch, up)
}
