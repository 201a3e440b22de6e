package laptop

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"sync"

	"doorstep/casework"
)

// replay is what the worker sees of a record: what the district last said of it, and over
// it, in the order of saving, every operation of hers that it does not contain yet.
func replay(b base, pending []*entry) casework.Record {
	r := b.record
	for _, e := range pending {
		if !b.contains(e) {
			r, _ = casework.Merge(r, e.op)
		}
	}
	return r
}

// contains reports whether the district's record has taken the operation in: it says so,
// the operation stands in it, or its receipt is no younger than the record.
func (b base) contains(e *entry) bool {
	if b.record.IsZero() || e.quarantined() {
		return false
	}
	if slices.Contains(b.heard, e.id) || b.record.Mentions(e.id) {
		return true
	}
	return e.receipt != nil && e.receipt.Seq <= b.seq
}

// loadBase reads what the district last said of a record; the zero base when it said nothing.
func (s *Store) loadBase(ctx context.Context, q querier, id casework.RecordID) (base, error) {
	var seq int64
	var head, body []byte
	err := q.QueryRowContext(ctx, "SELECT h.seq, h.sealed, b.sealed FROM heads h LEFT JOIN bodies b ON b.id = h.id WHERE h.id = ?", id.ID[:]).
		Scan(&seq, &head, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return base{}, nil
	}
	if err != nil {
		return base{}, err
	}
	plain, err := s.ring.open(place{"heads", id.ID[:], uint64(seq)}, head, nil)
	if err != nil {
		return base{}, err
	}
	b, err := decodeHead(plain)
	if err != nil {
		return base{}, errors.Join(errSealed, err)
	}
	b.seq = uint64(seq)
	if body == nil {
		return b, nil
	}
	if plain, err = s.ring.open(place{"bodies", id.ID[:], uint64(seq)}, body, nil); err != nil {
		return base{}, err
	}
	if err := decodeBody(plain, &b.record); err != nil {
		return base{}, errors.Join(errSealed, err)
	}
	return b, nil
}

func (s *Store) writeBase(ctx context.Context, q querier, b base) error {
	head, body := encodeBase(b)
	id := b.record.ID.ID[:]
	if err := s.writePart(ctx, q, "heads", id, b.seq, head); err != nil {
		return err
	}
	if body != nil {
		return s.writePart(ctx, q, "bodies", id, b.seq, body)
	}
	_, err := q.ExecContext(ctx, "DELETE FROM bodies WHERE id = ?", id)
	return err
}

func (s *Store) writePart(ctx context.Context, q querier, table string, id []byte, seq uint64, content []byte) error {
	sealed, err := s.ring.seal(place{table, id, seq}, s.o.Now(), content)
	if err != nil {
		return err
	}
	_, err = q.ExecContext(ctx, "INSERT INTO "+table+" (id, seq, sealed) VALUES (?, ?, ?) "+
		"ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, sealed = excluded.sealed", id, int64(seq), sealed)
	return err
}

func dropBase(ctx context.Context, q querier, id casework.RecordID) error {
	for _, table := range []string{"heads", "bodies"} {
		if _, err := q.ExecContext(ctx, "DELETE FROM "+table+" WHERE id = ?", id.ID[:]); err != nil {
			return err
		}
	}
	return nil
}

// standing is a record as it now stands here, unmasked; callers hold work or based.
func (s *Store) standing(ctx context.Context, q querier, id casework.RecordID) (casework.Record, error) {
	s.view.RLock()
	item := s.caseload.items[id]
	pending := s.journal.pending(id)
	broken := s.caseload.damaged[id]
	s.view.RUnlock()
	if broken {
		return casework.Record{}, errSealed
	}
	var b base
	if item != nil && item.based {
		var err error
		if b, err = s.loadBase(ctx, q, id); err != nil {
			return casework.Record{}, err
		}
	}
	return replay(b, pending), nil
}

// Record is everything a worker may read of one record, opened now. What she wrote and
// may not read back is left out. The zero record means that there is none here.
// Errors: laptop.row_damaged, laptop.lapsed, laptop.closed.
func (s *Store) Record(ctx context.Context, id casework.RecordID) (casework.Record, error) {
	const op = "laptop.Record"
	s.based.RLock()
	defer s.based.RUnlock()
	s.view.RLock()
	closed, role := s.closed, s.x.Actor.Role
	s.view.RUnlock()
	if closed {
		return casework.Record{}, casework.Problem(op, "laptop.closed")
	}
	if err := s.guard(op, id); err != nil {
		return casework.Record{}, err
	}
	r, err := s.standing(ctx, s.db, id)
	if err != nil {
		return casework.Record{}, trouble(op, err)
	}
	return masked(r, role), nil
}

// masked is the record with what the role may read. A record in which nothing is hidden
// is returned as it is.
func masked(r casework.Record, role casework.Role) casework.Record {
	open := visible(r.Kind, role)
	for f := range r.Registers {
		if !open[bare(f)] {
			return r.As(role)
		}
	}
	return r
}

// hides reports whether an operation writes what its own author may not read back.
func hides(op casework.Op, role casework.Role) bool {
	open := visible(op.Kind, role)
	return slices.ContainsFunc(op.Writes, func(w casework.Write) bool { return !open[bare(w.Field)] })
}

// bare is a register's name without the element of a set.
func bare(f casework.Field) casework.Field {
	name, _, _ := strings.Cut(string(f), "/")
	return casework.Field(name)
}

type clearance struct {
	kind casework.Kind
	role casework.Role
}

var seen sync.Map // clearance → map[casework.Field]bool

// visible are the registers of a kind that a role may read.
func visible(kind casework.Kind, role casework.Role) map[casework.Field]bool {
	key := clearance{kind, role}
	if m, ok := seen.Load(key); ok {
		return m.(map[casework.Field]bool)
	}
	m := map[casework.Field]bool{}
	if spec, ok := casework.SchemaOf(kind); ok {
		for _, f := range spec.Registers() {
			m[f] = !slices.ContainsFunc(spec.Members(f), func(s casework.FieldSpec) bool { return !role.MaySee(s) })
		}
		for _, f := range spec.Fields { // Members knows a set by its elements
			if f.Set {
				m[f.Key] = role.MaySee(f)
			}
		}
	}
	seen.Store(key, m)
	return m
}
