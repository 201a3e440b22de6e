package laptop

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/store/laptop/outbox"
)

// outboxState is what an outbox says of its store, so that a new database is the same
// laptop of the same worker in the same district. What the district says again with its
// next answer is left out.
type outboxState struct {
	Identity  identity          `json:"identity"`
	Enrolment *ledger.Enrolment `json:"enrolment,omitempty"`
	Exchange  exchange          `json:"exchange"`
}

// stateItem is the store's state, and a sum of what of it is worth a new record: not that
// another answer came, but that something else stands in it.
func (s *Store) stateItem() (outbox.Item, string, error) {
	s.view.RLock()
	st := outboxState{Identity: s.self, Enrolment: s.enrolled, Exchange: s.x}
	s.view.RUnlock()
	x := &st.Exchange
	x.Cursors, x.Tally, x.Packs = nil, nil, nil
	b, err := json.Marshal(st)
	if err != nil {
		return outbox.Item{}, "", err
	}
	x.Answer, x.Token, x.Told, x.Horizon, x.Chain = 0, casework.Hash{}, ledger.TimeToken{}, 0, ledger.Head{}
	x.Lease = jsonTime{x.Lease.Truncate(24 * time.Hour)}
	g := &x.Grace
	g.Word, g.Wall, g.Seen, g.Ext = jsonTime{}, jsonTime{}, jsonTime{}, jsonTime{}
	essence, err := json.Marshal(st)
	sum := sha256.Sum256(essence)
	return outbox.Item{Kind: outbox.State, Body: b}, hex.EncodeToString(sum[:8]), err
}

// owner is in whose name segments are begun.
func (c *carrier) owner() (outbox.Owner, error) {
	s := c.s
	if err := c.lockWork(); err != nil {
		return outbox.Owner{}, err
	}
	defer s.work.Unlock()
	o := outbox.Owner{Store: s.ring.store, Device: s.device, Epoch: s.x.Start.Epoch}
	s.ring.mu.RLock()
	o.Master = slices.Clone(s.ring.master)
	s.ring.mu.RUnlock()
	if s.enrolled != nil && outbox.Recipient(s.enrolled.Recipient) {
		o.Recipient = s.enrolled.Recipient
	}
	var err error
	o.Keys, err = os.ReadFile(filepath.Join(s.dir, keyFile))
	return o, err
}

// begin writes items into a new segment beside the others.
func (c *carrier) begin(items []outbox.Item) error {
	o, err := c.owner()
	if err != nil {
		return err
	}
	defer clear(o.Master)
	state, sum, err := c.s.stateItem()
	if err != nil {
		return err
	}
	items = append([]outbox.Item{state}, items...)
	err = c.w.Begin(o, func(yield func(outbox.Item, error) bool) {
		for _, i := range items {
			if !yield(i, nil) {
				return
			}
		}
	})
	if err != nil {
		return err
	}
	c.wrote(sum)
	c.mu.Lock()
	c.total += len(items)
	c.mu.Unlock()
	return nil
}

// rewrite writes everything that has to be kept into a new segment and then removes those
// that hold nothing else.
func (c *carrier) rewrite() error {
	o, err := c.owner()
	if err != nil {
		return err
	}
	defer clear(o.Master)
	all := &everything{c: c}
	_, sum, err := c.s.stateItem()
	if err != nil {
		return err
	}
	if err := c.w.Begin(o, all.items()); err != nil {
		return err
	}
	if !all.incomplete {
		for _, name := range c.known {
			_ = c.disk.Remove(name) // one that stays is harmless: the last word counts
		}
		c.known = nil
	}
	c.wrote(sum)
	_, _, records := c.w.Writing()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.total, c.dead = int(records), 0
	return nil
}

func (c *carrier) wrote(sum string) {
	name, _, _ := c.w.Writing()
	c.known = append(c.known, name)
	c.mu.Lock()
	c.told = sum
	c.mu.Unlock()
}

// kept reports whether an operation has to stand in the outbox: until the district has it
// for good.
func (s *Store) kept(e *entry) bool {
	return e.receipt == nil || e.receipt.Seq > s.x.Horizon
}

func opItem(e *entry, prev casework.Hash, body []byte) outbox.Item {
	return outbox.Item{Kind: outbox.Op, ID: e.id.ID, N: e.n, Epoch: e.epoch, Seq: e.seq, Prev: prev, Body: body}
}

func receiptItem(e *entry) (outbox.Item, error) {
	b, err := json.Marshal(note{Receipt: *e.receipt, Record: e.record, Kind: e.kind, Held: e.held})
	return outbox.Item{Kind: outbox.Receipt, ID: e.id.ID, Body: b}, err
}

// draft reads a draft with its answers.
func (a *everything) draft(id casework.ID) ([]outbox.Item, error) {
	if err := a.c.lockWork(); err != nil {
		return nil, err
	}
	defer a.c.s.work.Unlock()
	items, broken, err := a.c.s.draftItems(context.Background(), id)
	a.incomplete = a.incomplete || broken > 0
	return items, err
}

// draftItems is a draft as the outbox keeps it. broken rows are left out.
func (s *Store) draftItems(ctx context.Context, id casework.ID) (out []outbox.Item, broken int, err error) {
	d := s.drafts[id]
	if d == nil {
		return nil, 0, nil // ended meanwhile
	}
	begun, err := draftItem(d.Draft)
	if err != nil {
		return nil, 0, err
	}
	out = append(out, begun)
	rows, err := s.db.QueryContext(ctx, "SELECT n, sealed FROM draft_changes WHERE draft = ? ORDER BY n", id[:])
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		c, n, err := s.scanNumbered(rows, id)
		if err != nil {
			broken++
			continue
		}
		out = append(out, changeItem(id, n, c))
	}
	return out, broken, rows.Err()
}

func draftItem(d Draft) (outbox.Item, error) {
	b, err := json.Marshal(draftRow{Draft: d})
	return outbox.Item{Kind: outbox.Draft, ID: d.ID, Body: b}, err
}

func changeItem(id casework.ID, n int64, c change) outbox.Item {
	return outbox.Item{Kind: outbox.Change, ID: id, N: n, At: c.At.Time, Body: c.Body}
}

// attachmentItems are the rows of the files kept beside the records. Callers hold work.
func (s *Store) attachmentItems() ([]outbox.Item, error) {
	var out []outbox.Item
	for id, row := range s.attached {
		b, err := json.Marshal(row)
		if err != nil {
			return nil, err
		}
		out = append(out, outbox.Item{Kind: outbox.Attached, ID: id.ID, Body: b})
	}
	slices.SortFunc(out, func(a, b outbox.Item) int { return a.ID.Compare(b.ID) })
	return out, nil
}

// lastLink is the hash that the first of these entries, which were just added, names.
func (s *Store) lastLink(entries []*entry) casework.Hash {
	if len(entries) == 0 {
		return casework.Hash{}
	}
	at := len(s.journal.all) - len(entries) - 1
	for ; at >= 0; at-- {
		if e := s.journal.all[at]; e.epoch == entries[0].epoch {
			return e.link
		}
	}
	return s.x.Start.Hash
}

// carryAnswer hands the outbox what an answer changed: receipts, or new places in the chain.
func (s *Store) carryAnswer(p *plan) {
	if s.box == nil {
		return
	}
	if len(p.moved) > 0 {
		s.box.again()
		return
	}
	var items []outbox.Item
	for id := range p.receipts {
		e := s.journal.byOp[id]
		if !s.kept(e) {
			continue
		}
		if i, err := receiptItem(e); err == nil {
			items = append(items, i)
		}
	}
	s.box.put(items...)
}
