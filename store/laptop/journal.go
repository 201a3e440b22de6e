package laptop

import (
	"context"
	"encoding/json"
	"slices"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// entry is one operation saved here.
type entry struct {
	n       int64 // order of saving, for ever
	id      casework.OpID
	record  casework.RecordID
	kind    casework.Kind
	op      casework.Op // with its writes until the entry is settled
	epoch   uint32
	seq     uint64
	link    casework.Hash
	receipt *ledger.Receipt
	settled bool // the base contains it and every cursor has passed it
	held    bool // of a settled one: it wrote what its author may not read back
	damaged bool // its bytes do not open any more, or it does not belong where it stands
	loose   bool // they open, and it does not belong where it stands
}

// pending reports whether a replay has to look at the operation.
func (e *entry) pending() bool { return !e.settled && !e.damaged }

// quarantined reports whether the district keeps the operation aside.
func (e *entry) quarantined() bool {
	return e.receipt != nil && e.receipt.Out.Verdict == casework.Quarantined
}

// note is what is sealed beside a receipt, so that unlocking need not open the
// operation itself.
type note struct {
	Receipt ledger.Receipt    `json:"r"`
	Record  casework.RecordID `json:"i"`
	Kind    casework.Kind     `json:"k"`
	Held    bool              `json:"h,omitempty"` // it wrote what its author may not read back
}

// journal is every operation of this laptop, in order.
type journal struct {
	all     []*entry
	byOp    map[casework.OpID]*entry
	byRec   map[casework.RecordID][]*entry
	head    ledger.Head // end of the chain
	damaged int
}

func newJournal(start ledger.Head) journal {
	return journal{byOp: map[casework.OpID]*entry{}, byRec: map[casework.RecordID][]*entry{}, head: start}
}

func (j *journal) add(e *entry) {
	j.all = append(j.all, e)
	j.byOp[e.id] = e
	j.byRec[e.record] = append(j.byRec[e.record], e)
}

// pending are the operations on a record that a replay has to look at, in order.
func (j *journal) pending(id casework.RecordID) []*entry {
	var out []*entry
	for _, e := range j.byRec[id] {
		if e.pending() {
			out = append(out, e)
		}
	}
	return out
}

// loadJournal reads the journal: the operations that are not settled whole, of the
// others only the receipts. The chain of what the district has no receipt for is checked.
func (s *Store) loadJournal(ctx context.Context) error {
	j := newJournal(s.x.Start)
	notes, err := s.loadNotes(ctx)
	if err != nil {
		return err
	}
	rows, err := s.db.QueryContext(ctx, "SELECT n, id, epoch, seq, link, settled, CASE WHEN settled THEN x'' ELSE sealed END FROM ops ORDER BY n")
	if err != nil {
		return err
	}
	defer rows.Close()
	var buffer []byte
	before := s.x.Start.Hash
	for rows.Next() {
		e := &entry{}
		var id, link, sealed []byte
		if err := rows.Scan(&e.n, &id, &e.epoch, &e.seq, &link, &e.settled, &sealed); err != nil {
			return err
		}
		copy(e.id.ID[:], id)
		copy(e.link[:], link)
		if n, ok := notes[e.id]; ok {
			e.receipt, e.record, e.kind, e.held = &n.Receipt, n.Record, n.Kind, n.Held
		}
		if !e.settled {
			b, err := s.ring.open(place{"ops", id, 1}, sealed, buffer)
			if err == nil {
				err = e.read(slices.Clone(b))
			}
			broken := e.epoch == s.x.Start.Epoch && e.receipt == nil && err == nil && !s.follows(e, before, b)
			if err != nil || broken {
				e.damaged, e.loose = true, err == nil
				j.damaged++
			}
		}
		if e.epoch == s.x.Start.Epoch {
			before = e.link
			j.head = ledger.Head{Device: s.device, Epoch: e.epoch, Seq: e.seq, Hash: e.link}
		}
		j.add(e)
	}
	s.journal = j
	return rows.Err()
}

func (e *entry) read(b []byte) error {
	op, err := ledger.Decode(b)
	if err != nil {
		return err
	}
	e.op, e.record, e.kind = op, op.Record, op.Kind
	return nil
}

// follows reports whether an operation's link fits its bytes and the link before it.
func (s *Store) follows(e *entry, before casework.Hash, b []byte) bool {
	l := ledger.Link{Device: s.device, Epoch: e.epoch, Seq: e.seq, Prev: before, Commitment: ledger.Commit(b)}
	return l.Hash() == e.link
}

func (s *Store) loadNotes(ctx context.Context) (map[casework.OpID]note, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT op, seq, sealed FROM receipts")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[casework.OpID]note{}
	for rows.Next() {
		var id, sealed []byte
		var seq int64
		if err := rows.Scan(&id, &seq, &sealed); err != nil {
			return nil, err
		}
		b, err := s.ring.open(place{"receipts", id, uint64(seq)}, sealed, nil)
		var n note
		if err == nil {
			err = json.Unmarshal(b, &n)
		}
		if err != nil {
			continue // the district has it and says it again when the operation is sent again
		}
		out[n.Receipt.Op] = n
	}
	return out, rows.Err()
}

func (s *Store) writeNote(ctx context.Context, q querier, n note) error {
	b, err := json.Marshal(n)
	if err != nil {
		return err
	}
	id := n.Receipt.Op.ID[:]
	sealed, err := s.ring.seal(place{"receipts", id, n.Receipt.Seq}, s.o.Now(), b)
	if err != nil {
		return err
	}
	_, err = q.ExecContext(ctx, "INSERT INTO receipts (op, seq, sealed) VALUES (?, ?, ?) "+
		"ON CONFLICT (op) DO UPDATE SET seq = excluded.seq, sealed = excluded.sealed", id, int64(n.Receipt.Seq), sealed)
	return err
}
