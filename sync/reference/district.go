package reference

import (
	"context"
	"crypto/sha256"
	"maps"
	"slices"
	"sync"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// District is the model of a district's register.
type District struct {
	mu      sync.Mutex
	self    ledger.District
	state   *casework.State
	log     []ledger.Receipt
	places  map[casework.OpID]int // in the log
	touched map[casework.RecordID]uint64
	authors map[casework.OpID]casework.DeviceID
	devices map[casework.DeviceID]*device
	codes   map[casework.ID]ledger.Code
	packs   []ledger.PackRef
	bodies  map[casework.Hash][]byte
	Broken  error // what the database says instead of answering
	Takes   int
}

type device struct {
	ledger.Device
	taken map[casework.Hash]bool // hashes of the links it has
	ended map[uint32]bool
}

// NewDistrict founds a district.
func NewDistrict(self ledger.District) *District {
	return &District{
		self: self, places: map[casework.OpID]int{}, state: casework.NewState(), touched: map[casework.RecordID]uint64{}, authors: map[casework.OpID]casework.DeviceID{},
		devices: map[casework.DeviceID]*device{}, codes: map[casework.ID]ledger.Code{}, bodies: map[casework.Hash][]byte{},
	}
}

// District is who it is.
func (d *District) District(context.Context) (ledger.District, error) { return d.self, d.Broken }

// Head is the number of the last operation.
func (d *District) Head(context.Context) (uint64, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return uint64(len(d.log)), d.Broken
}

// Device is one laptop.
func (d *District) Device(_ context.Context, id casework.DeviceID) (ledger.Device, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.Broken != nil {
		return ledger.Device{}, d.Broken
	}
	if x, ok := d.devices[id]; ok {
		return x.Device, nil
	}
	return ledger.Device{}, casework.Problem("reference.Device", "district.device_unknown")
}

// Revoke takes a laptop's rights away.
func (d *District) Revoke(id casework.DeviceID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.devices[id].Revoked = true
}

// Forget makes the district lose the end of a laptop's chain, as an older backup does.
func (d *District) Forget(id casework.DeviceID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	x := d.devices[id]
	x.Chain = ledger.Head{Device: id, Epoch: x.Chain.Epoch}
	x.taken = map[casework.Hash]bool{}
}

// Take takes in a stretch of a chain.
func (d *District) Take(_ context.Context, id casework.DeviceID, up ledger.Upload, now time.Time) (ledger.Taken, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.Broken != nil {
		return ledger.Taken{}, d.Broken
	}
	d.Takes++
	x := d.devices[id]
	out := ledger.Taken{Standing: x.Standing()}
	if out.Standing == ledger.StandingGood && (up.From.Epoch > x.Chain.Epoch || up.From.Epoch == x.Chain.Epoch && up.From.Seq > x.Chain.Seq) {
		return ledger.Taken{Standing: ledger.StandingGap, Chain: x.Chain}, nil
	}
	head := up.From
	for _, b := range up.Ops {
		link, next := head.Next(b)
		op, err := ledger.Decode(b)
		if err != nil || op.ID.IsZero() {
			copy(op.ID.ID[:], link.Commitment[:])
		}
		if old, ok := d.receipt(op.ID); ok && (x.taken[link.Hash()] || x.ended[link.Epoch]) {
			out.Receipts = append(out.Receipts, old)
			head = next
			continue
		}
		if out.Standing == ledger.StandingGood {
			if head != x.Chain {
				x.ended[x.Chain.Epoch] = true
				x.taken = map[casework.Hash]bool{}
				x.Chain.Epoch, x.Chain.Seq = x.Chain.Epoch+1, 0
				out.Standing, out.Chain = ledger.StandingFork, x.Chain
				return out, nil
			}
			x.Chain = next
		}
		x.taken[link.Hash()] = true
		out.Receipts = append(out.Receipts, d.one(x, op, link, now))
		out.Fresh++
		head = next
	}
	out.Chain = x.Chain
	return out, nil
}

func (d *District) receipt(op casework.OpID) (ledger.Receipt, bool) {
	n, ok := d.places[op]
	if !ok {
		return ledger.Receipt{}, false
	}
	return d.log[n], true
}

func (d *District) one(x *device, op casework.Op, link ledger.Link, now time.Time) ledger.Receipt {
	if old, ok := d.receipt(op.ID); ok {
		return old
	}
	by := x.Actor
	if op.Worker == x.Own {
		by.Worker = x.Own
	}
	var out casework.Outcome
	if x.Standing() == ledger.StandingGood {
		out = d.state.Apply(op, by)
	} else {
		out = casework.Outcome{Verdict: casework.Quarantined, Reason: casework.ReasonDevice}
	}
	r := ledger.Receipt{Op: op.ID, Epoch: link.Epoch, DevSeq: link.Seq, Seq: uint64(len(d.log) + 1), At: now.UTC().Truncate(time.Millisecond), Out: out}
	d.places[op.ID] = len(d.log)
	d.log = append(d.log, r)
	d.authors[op.ID] = x.ID
	if out.Verdict != casework.Quarantined {
		d.touched[op.Record] = r.Seq
	}
	return r
}

// News is a page of what changed, in the order of the log.
func (d *District) News(_ context.Context, id casework.DeviceID, had ledger.Cursors, limit int) (ledger.News, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	x := d.devices[id]
	if d.Broken != nil || x.Standing() != ledger.StandingGood {
		return ledger.News{Cursors: maps.Clone(had)}, d.Broken
	}
	from, to := uint64(len(d.log)), uint64(len(d.log))
	keys := []string{}
	for _, s := range x.Actor.Scopes {
		for _, duty := range s.Duties {
			key := ledger.CursorKey(s.Area, duty)
			keys = append(keys, key)
			from = min(from, had[key])
		}
	}
	var found []casework.RecordID
	for r, seq := range d.touched {
		root := d.state.Records[r]
		if !root.Owner.IsZero() {
			root = d.state.Records[root.Owner]
		}
		if seq > from && x.Actor.Holds(root.Areas(), root.Duties()) {
			found = append(found, r)
		}
	}
	slices.SortFunc(found, func(a, b casework.RecordID) int { return int(d.touched[a]) - int(d.touched[b]) })
	n := ledger.News{Cursors: ledger.Cursors{}, More: len(found) > limit}
	if n.More {
		found = found[:limit]
		to = d.touched[found[limit-1]]
	}
	for _, r := range found {
		p := ledger.Put{Record: d.state.Records[r].As(x.Actor.Role), Seq: d.touched[r]}
		for _, l := range d.log[from:] {
			if d.authors[l.Op] == id && d.state.Records[r].Mentions(l.Op) {
				p.Heard = append(p.Heard, l.Op)
			}
		}
		n.Puts = append(n.Puts, p)
	}
	for _, k := range keys {
		n.Cursors[k] = to
	}
	return n, nil
}

// Receipts of work released later: this model releases none.
func (d *District) Receipts(context.Context, casework.DeviceID, uint64) ([]ledger.Receipt, error) {
	return nil, d.Broken
}

// Answered numbers an answer.
func (d *District) Answered(_ context.Context, id casework.DeviceID, token casework.Hash, _ uint64, now, lease time.Time) (uint64, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.Broken != nil {
		return 0, d.Broken
	}
	x := d.devices[id]
	x.Answer++
	x.Token, x.Heard, x.LeaseUntil = token, now, lease
	return x.Answer, nil
}

// Publish keeps a pack.
func (d *District) Publish(name string, body []byte) ledger.PackRef {
	d.mu.Lock()
	defer d.mu.Unlock()
	ref := ledger.PackRef{Name: name, Hash: sha256.Sum256(body), Size: int64(len(body))}
	d.packs = append(d.packs, ref)
	d.bodies[ref.Hash] = body
	return ref
}

// Packs are all packs.
func (d *District) Packs(context.Context) ([]ledger.PackRef, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.packs), d.Broken
}

// Pack is the content of one.
func (d *District) Pack(_ context.Context, h casework.Hash) ([]byte, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if b, ok := d.bodies[h]; ok {
		return b, nil
	}
	return nil, casework.Problem("reference.Pack", "district.pack_unknown")
}

// Issue keeps an enrolment code.
func (d *District) Issue(_ context.Context, c ledger.Code) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.codes[c.ID] = c
	return d.Broken
}

// Code finds a code that the device may still use.
func (d *District) Code(_ context.Context, id casework.ID, by casework.DeviceID, now time.Time) (ledger.Code, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c, ok := d.codes[id]
	switch {
	case !ok:
		return c, casework.Problem("reference.Code", "district.code_unknown")
	case !c.UsedBy.IsZero() && c.UsedBy != by:
		return c, casework.Problem("reference.Code", "district.code_used")
	case c.Tries >= 5:
		return c, casework.Problem("reference.Code", "district.code_spent", "Tries", 5)
	case c.UsedBy.IsZero() && now.After(c.Until):
		return c, casework.Problem("reference.Code", "district.code_expired")
	}
	return c, d.Broken
}

// Missed counts a wrong proof.
func (d *District) Missed(_ context.Context, id casework.ID) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c := d.codes[id]
	c.Tries++
	d.codes[id] = c
	return max(0, 5-c.Tries), d.Broken
}

// Redeem uses a code up and enrols the laptop.
func (d *District) Redeem(ctx context.Context, id casework.ID, n ledger.Newcomer, now, lease time.Time) (ledger.Device, error) {
	c, err := d.Code(ctx, id, n.ID, now)
	if err != nil {
		return ledger.Device{}, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	c.UsedBy = n.ID
	d.codes[id] = c
	worker := c.Worker
	if worker.IsZero() {
		worker = n.Own
	}
	if d.devices[n.ID] == nil {
		d.devices[n.ID] = &device{taken: map[casework.Hash]bool{}, ended: map[uint32]bool{}, Device: ledger.Device{
			ID: n.ID, PublicKey: n.PublicKey, Chain: ledger.Head{Device: n.ID, Epoch: 1},
		}}
	}
	x := d.devices[n.ID]
	x.Name, x.Own, x.Enrolled, x.LeaseUntil = c.Name, n.Own, now, lease
	x.Actor = casework.Actor{Worker: worker, Role: c.Role, Scopes: c.Scopes}
	return x.Device, nil
}

// Records are copies of all records.
func (d *District) Records() map[casework.RecordID]casework.Record {
	d.mu.Lock()
	defer d.mu.Unlock()
	return maps.Clone(d.state.Records)
}

// Log is the whole log.
func (d *District) Log() []ledger.Receipt {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.log)
}
