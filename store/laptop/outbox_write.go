package laptop

import (
	"doorstep/store/laptop/outbox"
)

// write brings everything that is queued to the disk, or says why not.
func (c *carrier) write() error {
	if c == nil {
		return nil
	}
	c.writing.Lock()
	defer c.writing.Unlock()
	for {
		c.mu.Lock()
		items, look := c.queue, c.look
		renew := c.renew || c.dead > 64 && c.dead > c.total/2
		if c.abort || len(items) == 0 && !renew && !look {
			c.mu.Unlock()
			return nil
		}
		c.queue, c.size, c.busy, c.renew, c.look = nil, 0, len(items), false, false
		c.mu.Unlock()
		err := c.bring(items, renew)
		c.mu.Lock()
		c.busy, c.trouble = 0, err
		if err != nil && !c.abort {
			c.queue = append(items, c.queue...)
			for _, i := range items {
				c.size += len(i.Body)
			}
			c.renew, c.look = c.renew || renew, true
		}
		c.mu.Unlock()
		if err != nil {
			return err
		}
	}
}

// bring writes items, behind the others or into a new segment.
func (c *carrier) bring(items []outbox.Item, renew bool) error {
	if err := c.countHorizon(); err != nil {
		return err
	}
	name, _, _ := c.w.Writing()
	if !renew && name == "" && len(c.known) == 0 {
		renew = true // the first one
	}
	if renew {
		return c.rewrite()
	}
	state, sum, err := c.s.stateItem()
	if err != nil {
		return err
	}
	if name == "" { // the last one was left in the middle of a word
		return c.begin(items)
	}
	c.mu.Lock()
	fresh := sum != c.told
	c.mu.Unlock()
	if fresh {
		items = append([]outbox.Item{state}, items...)
	}
	if len(items) == 0 {
		return nil
	}
	if err := c.w.Append(items); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.told = sum
	c.total += len(items)
	return nil
}

// countHorizon counts what the district now has for good.
func (c *carrier) countHorizon() error {
	c.s.view.RLock()
	defer c.s.view.RUnlock()
	h := c.s.x.Horizon
	c.mu.Lock()
	defer c.mu.Unlock()
	if h <= c.horizon {
		c.horizon = h // an older copy of the district came back
		return nil
	}
	for _, e := range c.s.journal.all {
		if e.receipt != nil && e.receipt.Seq > c.horizon && e.receipt.Seq <= h {
			c.dead += 2 // the operation and its receipt
		}
	}
	c.horizon = h
	return nil
}
