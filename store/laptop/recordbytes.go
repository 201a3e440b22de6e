package laptop

import (
	"encoding/binary"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// base is what the district last said of a record, as the tables keep it.
type base struct {
	record casework.Record
	seq    uint64          // log number of the last operation in it
	heard  []casework.OpID // own operations it contains
	left   *ledger.Leave   // it is no longer in her care and waits for her own work on it to be settled
}

// Records are kept in a compact form rather than as JSON, because unlocking reads all of
// them. A head carries everything but the long registers of facts, which go into the body.
//
//	head = 1 | flags | id | owner | kind | heard… | leave? | authors… | registers…
//	body = 1 | authors… | registers…
const recordFormat = 1

const (
	hasReason = 1 << iota
	hasSame
	hasPast
	hasAlts
)

// long tells which registers only a look at the record needs.
func long(kind casework.Kind, f casework.Field) bool {
	spec, ok := casework.SchemaOf(kind)
	if !ok || !spec.Fact {
		return false
	}
	if strings.HasPrefix(string(f), "answers") {
		return true
	}
	s, ok := spec.Find(f)
	return ok && s.Max >= 500
}

// encodeBase gives head and body; the body is nil when there is nothing for it.
func encodeBase(b base) (head, body []byte) {
	r := b.record
	var short, rest []casework.Field
	for _, f := range slices.Sorted(maps.Keys(r.Registers)) {
		if long(r.Kind, f) {
			rest = append(rest, f)
		} else {
			short = append(short, f)
		}
	}
	w := writer{buf: make([]byte, 0, 1024)}
	w.byte(recordFormat)
	var flags byte
	if b.left != nil {
		flags = 1
	}
	w.byte(flags)
	w.id(r.ID.ID)
	w.id(r.Owner.ID)
	w.text(string(r.Kind))
	w.ids(b.heard)
	if b.left != nil {
		w.text(b.left.Reason)
		w.text(b.left.Receiver)
		w.number(b.left.Seq)
	}
	w.registers(r, short)
	if len(rest) == 0 {
		return w.buf, nil
	}
	l := writer{}
	l.byte(recordFormat)
	l.registers(r, rest)
	return w.buf, l.buf
}

// decodeHead reads a head. Values lie in buf, which the caller must leave alone for as
// long as it uses the record.
func decodeHead(buf []byte) (base, error) {
	d := reader{buf: buf}
	if d.byte() != recordFormat {
		return base{}, errRecord
	}
	flags := d.byte()
	var b base
	b.record.ID = casework.RecordID{ID: d.id()}
	b.record.Owner = casework.RecordID{ID: d.id()}
	b.record.Kind = casework.Kind(d.name())
	b.heard = d.ids()
	if flags&1 != 0 {
		b.left = &ledger.Leave{
			Record: b.record.ID, Kind: b.record.Kind,
			Reason: d.text(), Receiver: d.text(), Seq: d.number(),
		}
	}
	b.record.Registers = d.registers(nil)
	if d.bad || len(d.buf) != 0 {
		return base{}, errRecord
	}
	return b, nil
}

// decodeBody adds the long registers to a record.
func decodeBody(buf []byte, r *casework.Record) error {
	d := reader{buf: buf}
	if d.byte() != recordFormat {
		return errRecord
	}
	r.Registers = d.registers(r.Registers)
	if d.bad || len(d.buf) != 0 {
		return errRecord
	}
	return nil
}

var errRecord = errors.New("not the bytes of a record")

type stamp struct {
	op     casework.OpID
	worker casework.WorkerID
	at     time.Time
}

func (s stamp) same(o stamp) bool {
	return s.op == o.op && s.worker == o.worker && s.at.Equal(o.at)
}

type writer struct{ buf []byte }

func (w *writer) byte(b byte)       { w.buf = append(w.buf, b) }
func (w *writer) number(n uint64)   { w.buf = binary.AppendUvarint(w.buf, n) }
func (w *writer) id(id casework.ID) { w.buf = append(w.buf, id[:]...) }
func (w *writer) text(s string)     { w.number(uint64(len(s))); w.buf = append(w.buf, s...) }
func (w *writer) bytes(b []byte)    { w.number(uint64(len(b))); w.buf = append(w.buf, b...) }
func (w *writer) ids(ids []casework.OpID) {
	w.number(uint64(len(ids)))
	for _, id := range ids {
		w.id(id.ID)
	}
}

func (w *writer) time(t time.Time) {
	if t.IsZero() {
		w.byte(0)
		return
	}
	w.byte(1)
	_, offset := t.Zone()
	w.buf = binary.AppendVarint(w.buf, t.Unix())
	w.number(uint64(t.Nanosecond()))
	w.buf = binary.AppendVarint(w.buf, int64(offset))
}

func (w *writer) registers(r casework.Record, fields []casework.Field) {
	var stamps []stamp
	which := make([]int, len(fields))
	for i, f := range fields {
		reg := r.Registers[f]
		s := stamp{reg.Op, reg.Worker, reg.At}
		at := slices.IndexFunc(stamps, s.same)
		if at < 0 {
			at = len(stamps)
			stamps = append(stamps, s)
		}
		which[i] = at
	}
	w.number(uint64(len(stamps)))
	for _, s := range stamps {
		w.id(s.op.ID)
		w.id(s.worker.ID)
		w.time(s.at)
	}
	w.number(uint64(len(fields)))
	for i, f := range fields {
		reg := r.Registers[f]
		w.text(string(f))
		w.number(uint64(which[i]))
		w.bytes(reg.Value)
		w.rest(reg)
	}
}

func (w *writer) rest(reg casework.Register) {
	var flags byte
	if reg.Reason != "" {
		flags |= hasReason
	}
	if len(reg.Same) > 0 {
		flags |= hasSame
	}
	if len(reg.Past) > 0 {
		flags |= hasPast
	}
	if len(reg.Alts) > 0 {
		flags |= hasAlts
	}
	w.byte(flags)
	if flags&hasReason != 0 {
		w.text(reg.Reason)
	}
	if flags&hasSame != 0 {
		w.ids(reg.Same)
	}
	if flags&hasPast != 0 {
		w.number(uint64(len(reg.Past)))
		for _, id := range sorted(reg.Past) {
			w.id(id.ID)
			w.id(reg.Past[id].ID)
		}
	}
	if flags&hasAlts != 0 {
		w.number(uint64(len(reg.Alts)))
		for _, id := range reg.Shown() {
			a := reg.Alts[id]
			w.id(id.ID)
			w.id(a.Worker.ID)
			w.time(a.At)
			w.text(a.Reason)
			w.bytes(a.Value)
		}
	}
}

func sorted[V any](m map[casework.OpID]V) []casework.OpID {
	return slices.SortedFunc(maps.Keys(m), func(a, b casework.OpID) int { return a.Compare(b.ID) })
}
