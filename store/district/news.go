package district

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// News is one page, of about limit records, of what changed in the scope of a device
// since its cursors: the lines that are furthest behind come first. Records are masked
// for the worker's role. Of a line that was taken from her, whose cursor is still given,
// only persons and households are named as leaving: what belongs to them goes with them.
// A revoked or frozen device hears nothing.
// Error: district.device_unknown.
func (s *Store) News(ctx context.Context, id casework.DeviceID, cursors ledger.Cursors, limit int) (ledger.News, error) {
	var out ledger.News
	limit = max(1, limit)
	err := s.read(ctx, "district.News", func(ctx context.Context, w *work) error {
		d, err := scanDevice(w.row(ctx, qDeviceOne, s.county, blob(id.ID)).Scan)
		if err != nil {
			return unknown(err, "district.News", "district.device_unknown")
		}
		if d.Standing() != ledger.StandingGood {
			out = ledger.News{Cursors: maps.Clone(cursors)}
			return nil
		}
		p := &page{w: w, dev: d, lines: lines(d.Actor), limit: limit}
		if err := w.row(ctx, qHead, s.county).Scan(&p.head); err != nil {
			return err
		}
		out, err = p.turn(ctx, cursors)
		return err
	})
	return out, err
}

// page is one page of news being made.
type page struct {
	w     *work
	dev   Device
	lines []line
	head  uint64
	limit int
	heard uint64 // the lowest cursor: own operations above it are named
	news  ledger.News
	told  map[casework.RecordID]bool
}

func (p *page) turn(ctx context.Context, had ledger.Cursors) (ledger.News, error) {
	p.told = map[casework.RecordID]bool{}
	p.news.Cursors = ledger.Cursors{}
	for _, l := range p.lines {
		p.news.Cursors[l.key] = min(had[l.key], p.head)
	}
	if err := p.dropped(ctx, had); err != nil {
		return p.news, err
	}
	for len(p.lines) > 0 && len(p.told) == 0 {
		low, next := p.lowest()
		if low == p.head {
			break
		}
		if err := p.advance(ctx, low, next); err != nil {
			return p.news, err
		}
	}
	low, _ := p.lowest()
	p.news.More = len(p.lines) > 0 && low < p.head
	return p.news, nil
}

// lowest is the lowest cursor and how far its lines may go before others join them.
func (p *page) lowest() (low, next uint64) {
	low, next = p.head, p.head
	for _, l := range p.lines {
		switch c := p.news.Cursors[l.key]; {
		case c < low:
			low, next = c, low
		case c > low && c < next:
			next = c
		}
	}
	return low, next
}

// advance moves the lines at low towards next, by at most a page.
func (p *page) advance(ctx context.Context, low, next uint64) error {
	var all []sighting
	var behind []string
	full := false
	for i := range p.lines {
		l := &p.lines[i]
		if p.news.Cursors[l.key] != low {
			continue
		}
		behind = append(behind, l.key)
		some, err := p.look(ctx, l, low, next, p.limit+1)
		if err != nil {
			return err
		}
		full = full || len(some) > p.limit
		all = append(all, some...)
	}
	slices.SortFunc(all, func(a, b sighting) int {
		return cmp.Or(cmp.Compare(a.touched, b.touched), a.record.id.Compare(b.record.id.ID))
	})
	if full || len(all) > p.limit {
		var err error
		if all, next, err = p.cut(ctx, all, low, next); err != nil {
			return err
		}
	}
	p.heard = low
	if err := p.tell(ctx, all); err != nil {
		return err
	}
	for _, key := range behind {
		p.news.Cursors[key] = next
	}
	return nil
}

// cut ends the page before the number at which it grew too long. What one operation
// moved shares one number and is never torn apart.
func (p *page) cut(ctx context.Context, all []sighting, low, next uint64) ([]sighting, uint64, error) {
	last := all[p.limit].touched
	if n := slices.IndexFunc(all, func(s sighting) bool { return s.touched >= last }); n > 0 {
		return all[:n], last - 1, nil
	}
	all = all[:0]
	for i := range p.lines {
		l := &p.lines[i]
		if p.news.Cursors[l.key] != low {
			continue
		}
		some, err := p.look(ctx, l, low, last, 1<<30)
		if err != nil {
			return nil, 0, err
		}
		all = append(all, some...)
	}
	return all, last, nil
}

// tell turns what was found into Puts and Leaves, each record once.
func (p *page) tell(ctx context.Context, all []sighting) error {
	own, err := p.own(ctx)
	if err != nil {
		return err
	}
	for _, x := range all {
		e := x.record
		switch {
		case p.told[e.id]:
		case holds(p.dev.Actor.Scopes, e.places):
			if x.until != forever { // a place it left says nothing; the one it came to will
				continue
			}
			rec, err := e.record()
			if err != nil {
				return err
			}
			switch {
			case !rec.Excludes(p.dev.Actor.Worker):
				p.put(e, rec, own[e.id])
			case x.since <= x.cursor:
				p.leave(e, x.touched) // she may hold it; whoever never did is told nothing
			}
		case x.until != forever && x.since <= x.cursor:
			p.leave(e, x.touched)
		}
	}
	return nil
}

func (p *page) put(e *entry, rec casework.Record, heard []casework.OpID) {
	p.told[e.id] = true
	p.news.Puts = append(p.news.Puts, ledger.Put{Record: rec.As(p.dev.Actor.Role), Seq: e.seq, Heard: heard})
}

// leave says that a record left the scope, and who has it now.
func (p *page) leave(e *entry, seq uint64) {
	l := ledger.Leave{Record: e.id, Kind: e.kind, Reason: "moved", Seq: seq}
	if len(e.places) > 0 {
		l.Receiver = string(e.places[0].Area)
	}
	for _, now := range e.places {
		if slices.ContainsFunc(p.dev.Actor.Scopes, func(s casework.Scope) bool { return s.Area.Contains(now.Area) }) {
			l.Reason = "duty"
		}
	}
	if e.erased {
		l.Reason = "erased"
	}
	p.told[e.id] = true
	p.news.Leaves = append(p.news.Leaves, l)
}

const qOwn = "SELECT op, record FROM log WHERE county = $1 AND device = $2 AND seq > $3 AND seq <= $4 AND verdict <> 'quarantined' ORDER BY seq"

// own are the device's own operations since the lowest cursor, by record.
func (p *page) own(ctx context.Context) (map[casework.RecordID][]casework.OpID, error) {
	if p.dev.LastLog <= p.heard {
		return nil, nil
	}
	out := map[casework.RecordID][]casework.OpID{}
	err := p.w.each(ctx, func(scan func(...any) error) error {
		var op casework.OpID
		var record casework.RecordID
		err := scan(into(&op.ID), into(&record.ID))
		out[record] = append(out[record], op)
		return err
	}, qOwn, p.w.s.county, blob(p.dev.ID.ID), p.heard, p.head)
	return out, err
}
