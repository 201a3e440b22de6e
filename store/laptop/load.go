package laptop

import (
	"context"
	"database/sql"
	"runtime"
	"sync"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// load fills the memory from the database.
func (s *Store) load(ctx context.Context) error {
	s.caseload = newCaseload()
	s.drafts = map[casework.ID]*DraftInfo{}
	s.packs = map[casework.Hash]bool{}
	s.spoken = map[casework.RecordID]bool{}
	found, err := s.readMeta(ctx, s.db, "identity", &s.self)
	if err == nil && found {
		found, err = s.readMeta(ctx, s.db, "exchange", &s.x)
	}
	if err != nil {
		return err
	}
	if !found {
		return casework.Problem("laptop.Open", "laptop.damaged")
	}
	s.remember(s.x.Grace)
	s.rebuilt, s.checked = nil, LastCheck{}
	if _, err = s.readMeta(ctx, s.db, "checked", &s.checked); ignoreDamage(err) != nil {
		return err
	}
	if _, err = s.readMeta(ctx, s.db, "rebuilt", &s.rebuilt); ignoreDamage(err) != nil {
		return err
	}
	var e ledger.Enrolment
	if found, err = s.readMeta(ctx, s.db, "enrolment", &e); err != nil {
		return err
	} else if found {
		s.enrolled = &e
		if s.x.Lease.IsZero() {
			s.x.Lease = jsonTime{e.LeaseUntil}
		}
	}
	if err := s.loadVisitCode(ctx); err != nil {
		return err
	}
	if err := s.loadJournal(ctx); err != nil {
		return err
	}
	if err := s.loadHeads(ctx); err != nil {
		return err
	}
	if err := s.loadDrafts(ctx); err != nil {
		return err
	}
	if err := s.loadPackNames(ctx); err != nil {
		return err
	}
	if err := s.loadPending(ctx); err != nil {
		return err
	}
	return s.loadAttachments(ctx)
}

// batch is some rows of heads on their way from the database to a decoder: the sealed
// bytes lie one after another in buf.
type batch struct {
	buf  []byte
	rows []headRow
}

type headRow struct {
	id       casework.RecordID
	seq      uint64
	from, to int
}

const batchRows = 256

// loaded is what a decoder made of a batch.
type loaded struct {
	ids     []casework.RecordID
	items   []*item
	damaged []casework.RecordID
}

// loadHeads reads every head: one goroutine reads rows, one per processor opens and
// decodes them.
func (s *Store) loadHeads(ctx context.Context) error {
	in, out := make(chan *batch, 4), make(chan loaded, 4)
	var decoders sync.WaitGroup
	for range max(1, runtime.GOMAXPROCS(0)) {
		decoders.Go(func() {
			var buffer []byte
			for b := range in {
				out <- s.decode(b, &buffer)
			}
		})
	}
	var failed error
	go func() {
		failed = s.readHeads(ctx, in)
		close(in)
		decoders.Wait()
		close(out)
	}()
	for l := range out {
		for i, id := range l.ids {
			s.place(id, l.items[i])
		}
		for _, id := range l.damaged {
			s.caseload.damaged[id] = true
		}
	}
	return failed
}

func (s *Store) readHeads(ctx context.Context, in chan<- *batch) error {
	rows, err := s.db.QueryContext(ctx, "SELECT id, seq, sealed FROM heads")
	if err != nil {
		return err
	}
	defer rows.Close()
	b := &batch{}
	for rows.Next() {
		var id, sealed sql.RawBytes
		var seq int64
		if err := rows.Scan(&id, &seq, &sealed); err != nil {
			return err
		}
		r := headRow{seq: uint64(seq), from: len(b.buf)}
		copy(r.id.ID[:], id)
		b.buf = append(b.buf, sealed...)
		r.to = len(b.buf)
		b.rows = append(b.rows, r)
		if len(b.rows) == batchRows {
			in <- b
			b = &batch{buf: make([]byte, 0, len(b.buf)), rows: make([]headRow, 0, batchRows)}
		}
	}
	in <- b
	return rows.Err()
}

// decode opens a batch. Nothing of an item lies in buffer: it is used again.
func (s *Store) decode(b *batch, buffer *[]byte) loaded {
	l := loaded{ids: make([]casework.RecordID, 0, len(b.rows)), items: make([]*item, 0, len(b.rows))}
	for _, r := range b.rows {
		sealed := b.buf[r.from:r.to]
		if cap(*buffer) < len(sealed) {
			*buffer = make([]byte, 0, 2*len(sealed))
		}
		plain, err := s.ring.open(place{"heads", r.id.ID[:], r.seq}, sealed, *buffer)
		var head base
		if err == nil {
			head, err = decodeHead(plain)
		}
		if err != nil {
			l.damaged = append(l.damaged, r.id)
			continue
		}
		it := itemOf(masked(head.record, s.x.Actor.Role))
		it.based, it.seq, it.left = true, r.seq, head.left
		l.ids, l.items = append(l.ids, r.id), append(l.items, it)
	}
	return l
}

// loadPending replays what the bases do not contain yet.
func (s *Store) loadPending(ctx context.Context) error {
	for id, entries := range s.journal.byRec {
		for _, e := range entries {
			if e.pending() {
				if err := s.refresh(ctx, id); err != nil {
					return err
				}
				break
			}
		}
	}
	return nil
}

// refresh reads one record anew and shows it. A base that does not open is noted and the
// worker's own operations are shown without it. Callers hold view or are alone.
func (s *Store) refresh(ctx context.Context, id casework.RecordID) error {
	var b base
	if it := s.caseload.items[id]; it != nil && it.based {
		var err error
		b, err = s.loadBase(ctx, s.db, id)
		if casework.CodeOf(trouble("", err)) == "laptop.row_damaged" {
			s.caseload.damaged[id] = true
		} else if err != nil {
			return err
		}
	}
	s.show(id, replay(b, s.journal.pending(id)))
	return nil
}
