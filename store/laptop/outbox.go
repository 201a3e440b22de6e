package laptop

import (
	"errors"
	"path/filepath"
	"sync"
	"time"

	"doorstep/casework"
	"doorstep/store/laptop/outbox"
)

// outboxFolder is where the outbox lies unless Options name another place.
const outboxFolder = "outbox"

// How long after a commit the outbox is written, so that the answers of a minute share
// one flush; and how long at most after a failure.
const (
	outboxDelay = 200 * time.Millisecond
	outboxRetry = 30 * time.Second
)

// mostQueued is how many bytes wait in memory for an outbox that cannot be written. Beyond
// it they are read from the database again when it can.
const mostQueued = 16 << 20

// carrier brings what was committed to the outbox, behind the back of who saves: nobody
// ever waits for it, and its failure fails nothing.
type carrier struct {
	s    *Store
	disk outbox.Disk

	writing  sync.Mutex // one at a time; guards w and known
	w        *outbox.Writer
	last     uint64 // when closed: records of the last segment, and its name
	lastName string
	known    []string // segments that hold nothing but what the database holds too

	mu      sync.Mutex // guards what follows; never held over anything slow
	queue   []outbox.Item
	size    int    // bytes in queue
	busy    int    // items being written
	renew   bool   // begin anew with everything that has to be kept
	told    string // what of the store's state was written last
	look    bool   // the state may have changed
	total   int    // records in the segments
	dead    int    // of them superfluous
	horizon uint64 // the district's, as far as it was counted into dead
	trouble error
	abort   bool // the keys are gone

	wake, stop, done chan struct{}
	once             sync.Once
	running          bool
}

func (s *Store) outboxDisk() outbox.Disk {
	switch {
	case s.o.disk != nil:
		return s.o.disk
	case s.o.noOutbox || s.o.vfs != "":
		return nil
	case s.o.Outbox != "":
		return outbox.Folder(s.o.Outbox)
	}
	return outbox.Folder(filepath.Join(s.dir, outboxFolder))
}

func (s *Store) newCarrier() *carrier {
	d := s.outboxDisk()
	if d == nil {
		return nil
	}
	return &carrier{
		s: s, disk: d, w: outbox.NewWriter(d, s.o.Rand), look: true, horizon: s.x.Horizon,
		wake: make(chan struct{}, 1), stop: make(chan struct{}), done: make(chan struct{}),
	}
}

// put takes items that were just committed. Callers may hold any lock.
func (c *carrier) put(items ...outbox.Item) {
	if c == nil || len(items) == 0 {
		return
	}
	c.mu.Lock()
	for _, i := range items {
		c.size += len(i.Body)
		switch i.Kind {
		case outbox.Ended:
			c.dead += 2 + int(i.N)
		case outbox.Attached, outbox.State:
			c.dead++
		case outbox.Op, outbox.Receipt, outbox.Draft, outbox.Change:
		}
	}
	if c.queue = append(c.queue, items...); c.size > mostQueued {
		c.queue, c.size, c.renew = nil, 0, true
	}
	c.mu.Unlock()
	c.signal()
}

// again has everything written anew: under other keys, to another recipient, at other
// places of the chain.
func (c *carrier) again() {
	if c == nil {
		return
	}
	c.mu.Lock()
	c.renew = true
	c.mu.Unlock()
	c.signal()
}

// changed says that what the store knows of itself may have changed, or the horizon.
func (c *carrier) changed() {
	if c == nil {
		return
	}
	c.mu.Lock()
	c.look = true
	c.mu.Unlock()
	c.signal()
}

func (c *carrier) signal() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// run writes until it is stopped, and once more then.
func (c *carrier) run() {
	defer close(c.done)
	wait := outboxDelay
	if d := c.s.o.outboxDelay; d > 0 {
		wait = d
	}
	first := wait
	for {
		select {
		case <-c.stop:
			_ = c.write()
			return
		case <-c.wake:
		}
		t := time.NewTimer(wait)
		select {
		case <-c.stop:
		case <-t.C:
		}
		t.Stop()
		if err := c.write(); err != nil {
			wait = min(outboxRetry, 2*wait)
			c.signal()
		} else {
			wait = first
		}
	}
}

// close writes what is queued and ends the carrier. Callers hold no lock.
func (c *carrier) close() {
	if c == nil {
		return
	}
	c.end()
	c.writing.Lock()
	defer c.writing.Unlock()
	c.lastName, _, c.last = c.w.Writing()
	c.w.Close()
}

// kill ends the carrier without writing and destroys the copies of the keys. Callers hold
// work, which the carrier never waits for once abort stands.
func (c *carrier) kill() error {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	c.abort, c.queue, c.renew, c.look = true, nil, false, false
	c.mu.Unlock()
	c.end()
	c.w.Close()
	return outbox.Destroy(c.disk, c.s.ring.store)
}

func (c *carrier) end() {
	c.once.Do(func() { close(c.stop) })
	if c.running {
		<-c.done
	}
}

var errAborted = errors.New("the outbox is being closed")

// lockWork takes the store's writer lock for reading rows, unless the keys are gone.
func (c *carrier) lockWork() error {
	for !c.s.work.TryLock() {
		c.mu.Lock()
		abort := c.abort
		c.mu.Unlock()
		if abort {
			return errAborted
		}
		time.Sleep(time.Millisecond)
	}
	if c.s.db == nil {
		c.s.work.Unlock()
		return errAborted
	}
	return nil
}

// state of the carrier for the status line: how many items are not in the outbox, and why.
func (c *carrier) behind() (int, error) {
	if c == nil {
		return 0, nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	n := len(c.queue) + c.busy
	if c.renew && n == 0 {
		n = 1
	}
	if c.trouble == nil {
		return n, nil
	}
	return n, casework.Problem("laptop.outbox", "laptop.outbox_trouble").Because(c.trouble)
}
