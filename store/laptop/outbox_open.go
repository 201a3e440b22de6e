package laptop

import (
	"context"
	"errors"
	"slices"

	"doorstep/store/laptop/outbox"
)

// outboxMark is what the database says of the outbox when it is closed properly. A start
// that finds just that need not read it.
type outboxMark struct {
	Segments []segmentMark `json:"segments"`
	Next     uint64        `json:"next"` // record of the last one
	Total    int           `json:"total"`
	Dead     int           `json:"dead"`
	Told     string        `json:"told"`
	Horizon  uint64        `json:"horizon"`

	// What the database held then: a disk that lies loses whole rows.
	Ops     int   `json:"ops"`
	Last    int64 `json:"last"`
	Drafts  int   `json:"drafts"`
	Answers int   `json:"answers"`
}

type segmentMark struct {
	Name string `json:"name"`
	Size int64  `json:"size"`
}

// openOutbox compares the outbox with the database, brings back what the database lacks,
// and begins to carry. A disk that fails now is told and tried again; it stops nobody.
func (s *Store) openOutbox(ctx context.Context, rebuilt bool) error {
	c := s.newCarrier()
	if c == nil {
		return nil
	}
	s.box = c
	names, heads, err := outbox.Of(c.disk, s.ring.store)
	var sound bool
	if err != nil {
		err = diskTrouble{err}
	}
	if err == nil && !rebuilt {
		sound, err = s.resume(ctx, names, heads)
	}
	if err == nil && !sound {
		err = s.meet(ctx, names, rebuilt)
	}
	if err != nil {
		if rebuilt || !errors.As(err, new(diskTrouble)) {
			return err
		}
		c.trouble, c.renew = err, true
	}
	c.running = true
	go c.run()
	c.signal()
	return nil
}

// diskTrouble is what the outbox's disk says, as opposed to the database's.
type diskTrouble struct{ error }

func (d diskTrouble) Unwrap() error { return d.error }

// resume goes on behind the last record when the outbox is what the database says it was
// and nothing is missing in the database.
func (s *Store) resume(ctx context.Context, names []string, heads []outbox.Header) (bool, error) {
	var m outboxMark
	found, err := s.readMeta(ctx, s.db, "outbox", &m)
	if errors.Is(err, errSealed) || !found || len(names) == 0 || len(names) != len(m.Segments) || s.wanting() {
		return false, ignoreDamage(err)
	}
	if h := s.holds(); h.Ops != m.Ops || h.Last != m.Last || h.Drafts != m.Drafts || h.Answers != m.Answers {
		return false, nil
	}
	for i, name := range names {
		size, err := s.box.disk.Size(name)
		if err != nil {
			return false, diskTrouble{err}
		}
		if m.Segments[i] != (segmentMark{name, size}) {
			return false, nil
		}
	}
	last := len(names) - 1
	if !s.current(heads[last]) {
		return false, nil
	}
	err = s.box.w.Continue(heads[last], names[last], int(m.Segments[last].Size), m.Next, s.master())
	if err != nil {
		return false, diskTrouble{err}
	}
	s.box.known, s.box.total, s.box.dead, s.box.told, s.box.horizon = names, m.Total, m.Dead, m.Told, m.Horizon
	s.forgetDrafts(ctx)
	return true, nil
}

// holds is what the mark says of the database.
func (s *Store) holds() (m outboxMark) {
	m.Ops, m.Last, m.Drafts = len(s.journal.all), s.lastEntry(), len(s.drafts)
	for _, d := range s.drafts {
		m.Answers += d.Changes
	}
	return m
}

// wanting reports whether the database is known to lack something.
func (s *Store) wanting() bool {
	return s.journal.damaged > 0 || len(s.tornOps) > 0 || s.broken > 0
}

// current reports whether new records may go into a segment: it carries the present keys
// and is sealed to the present district.
func (s *Store) current(h outbox.Header) bool {
	_, district := h.Sealed()
	k, err := parseKeys(h.Keys)
	return err == nil && k.sum() == s.keys.sum() && district == (s.enrolled != nil && outbox.Recipient(s.enrolled.Recipient))
}

func (s *Store) master() []byte {
	s.ring.mu.RLock()
	defer s.ring.mu.RUnlock()
	return s.ring.master
}

// unseal opens a segment's key with any master key this store knows.
func (s *Store) unseal(h outbox.Header) (outbox.Key, error) {
	s.ring.mu.RLock()
	masters := [][]byte{s.ring.master, s.ring.retired, s.former}
	s.ring.mu.RUnlock()
	for _, m := range masters {
		if m == nil {
			continue
		}
		if k, err := h.Unseal(m); err == nil {
			return k, nil
		}
	}
	return outbox.Key{}, outbox.ErrKey
}

// readOutbox reads every segment of this store that opens.
func (s *Store) readOutbox(d outbox.Disk, names []string) (outbox.Contents, []outbox.Segment, error) {
	var read []outbox.Segment
	shut := 0
	for _, name := range names {
		b, err := d.Read(name)
		if err != nil && !errors.Is(err, outbox.ErrNotOutbox) {
			return outbox.Contents{}, nil, diskTrouble{err}
		}
		seg, err := outbox.ReadSegment(b, s.unseal)
		if err != nil {
			shut++
			continue
		}
		seg.Name = name
		read = append(read, seg)
	}
	c := outbox.Merge(read)
	c.Shut = shut
	return c, read, nil
}

// meet compares outbox and database item by item.
func (s *Store) meet(ctx context.Context, names []string, rebuilt bool) error {
	c := s.box
	contents, read, err := s.readOutbox(c.disk, names)
	if err != nil {
		return err
	}
	changed, err := s.reconcile(ctx, contents, rebuilt)
	if err != nil {
		return err
	}
	if changed.any() && !rebuilt {
		if err := s.noteHealed(ctx, changed); err != nil {
			return err
		}
	}
	lacking, moved, err := s.lacking(ctx, contents)
	if err != nil {
		return err
	}
	for _, seg := range read {
		c.total += len(seg.Items)
		if seg.Damaged > 0 { // what it held is in the database; it is kept for who wants to look
			if err := outbox.Blank(c.disk, seg.Name, s.ring.store); err != nil {
				return diskTrouble{err}
			}
			if err := c.disk.Rename(seg.Name, seg.Name+".aside"); err != nil {
				return diskTrouble{err}
			}
			c.renew = true
			continue
		}
		c.known = append(c.known, seg.Name)
	}
	if changed.relinked || moved || rebuilt || len(lacking) > 1000 || len(read) == 0 {
		c.renew = true
		return nil
	}
	if last := len(read) - 1; !c.renew && slices.Equal(names, c.known) && s.current(read[last].Header) {
		if !read[last].Torn { // otherwise the next one is begun beside it
			seg := read[last]
			if err := c.w.Continue(seg.Header, seg.Name, seg.Size, seg.Next, s.master()); err != nil {
				return diskTrouble{err}
			}
		}
	} else {
		c.renew = true
	}
	c.put(lacking...)
	return nil
}

// markOutbox writes down how the outbox was left. Callers hold work; the carrier has ended.
func (s *Store) markOutbox(ctx context.Context) {
	c := s.box
	if c == nil || c.trouble != nil || len(c.queue) > 0 || c.renew || c.w == nil || len(c.known) == 0 || s.wanting() {
		return
	}
	m := s.holds()
	m.Total, m.Dead, m.Told, m.Horizon, m.Next = c.total, c.dead, c.told, c.horizon, c.last
	names, _, err := outbox.Of(c.disk, s.ring.store)
	if err != nil {
		return
	}
	for _, name := range names {
		size, err := c.disk.Size(name)
		if err != nil {
			return
		}
		m.Segments = append(m.Segments, segmentMark{name, size})
	}
	if len(names) == 0 || names[len(names)-1] != c.lastName {
		return // something else than this program wrote there
	}
	var before outboxMark
	if found, err := s.readMeta(ctx, s.db, "outbox", &before); err == nil && found && slices.Equal(before.Segments, m.Segments) && before.Ops == m.Ops {
		return
	}
	_ = s.writeMeta(ctx, s.db, "outbox", m) // without it the next start reads the outbox
}
