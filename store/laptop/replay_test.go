package laptop

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// told is what a laptop was told and what it saved, kept apart from the store: from it the
// view is computed from scratch.
type told struct {
	*rapid.T
	s        *Store
	d        *office
	saved    []casework.Op
	bases    map[casework.RecordID]base
	receipts map[casework.OpID]ledger.Receipt
	cursors  ledger.Cursors
	done     map[casework.OpID]bool
	people   []casework.RecordID
	// alone are records nobody else wrote to: what this worker saved last must be shown.
	others map[casework.RecordID]bool
	last   map[casework.RecordID]string
}

func (m *told) settled(op casework.OpID) bool { return m.done[op] }

// release lets go of what every cursor passed and no later page can still bring.
func (m *told) release(more bool) {
	for _, op := range m.saved {
		r, ok := m.receipts[op.ID]
		if ok && r.Out.Verdict != casework.Quarantined && r.Seq <= slices.Min(slices.Collect(maps.Values(m.cursors))) &&
			(!more || m.bases[op.Record].seq >= r.Seq) {
			m.done[op.ID] = true
		}
	}
}

func (m *told) scratch(id casework.RecordID) casework.Record {
	b := m.bases[id]
	r := b.record
	for _, op := range m.saved {
		if op.Record != id || m.settled(op.ID) {
			continue
		}
		rc, ok := m.receipts[op.ID]
		refused := ok && rc.Out.Verdict == casework.Quarantined
		if !b.record.IsZero() && !refused && (slices.Contains(b.heard, op.ID) || b.record.Mentions(op.ID) || ok && rc.Seq <= b.seq) {
			continue
		}
		r, _ = casework.Merge(r, op)
	}
	return r
}

// needed reports whether a record that left must stay: work of hers on it, or on
// something that belongs to it, is not settled.
func (m *told) needed(id casework.RecordID) bool {
	return slices.ContainsFunc(m.saved, func(op casework.Op) bool {
		return (op.Record == id || op.Owner == id) && !m.settled(op.ID)
	})
}

func (m *told) save(op casework.Op, err error) {
	try(m, err)
	if len(op.Writes) == 0 {
		return
	}
	try(m, m.s.Save(m.Context(), op))
	m.saved = append(m.saved, op)
}

// hear is an answer that arrived: the store and the model take it in.
func (m *told) hear(a ledger.Answer) {
	try(m, m.s.Apply(m.Context(), a))
	for _, r := range a.Receipts {
		if m.receipts[r.Op].Seq < r.Seq {
			m.receipts[r.Op] = r
		}
	}
	m.cursors = a.News.Cursors
	for _, p := range a.News.Puts {
		m.bases[p.Record.ID] = base{record: p.Record, seq: p.Seq, heard: p.Heard}
	}
	m.release(a.News.More)
	gone := map[casework.RecordID]bool{}
	for _, l := range a.News.Leaves {
		gone[l.Record] = true
	}
	back := map[casework.RecordID]bool{}
	for _, p := range a.News.Puts {
		back[p.Record.ID] = true
	}
	for id, b := range m.bases {
		if gone[b.record.Owner] && !back[id] {
			gone[id] = true
		}
	}
	for id, b := range m.bases {
		if b.left != nil {
			gone[id] = true
		}
	}
	for id := range gone {
		b, ok := m.bases[id]
		if !ok {
			continue
		}
		if m.needed(id) {
			b.left = &ledger.Leave{}
			m.bases[id] = b
		} else {
			delete(m.bases, id)
		}
	}
}

func (m *told) check(*rapid.T) {
	ids := map[casework.RecordID]bool{}
	for _, op := range m.saved {
		ids[op.Record] = true
	}
	for id := range m.bases {
		ids[id] = true
	}
	for id := range ids {
		want := m.scratch(id)
		got, err := m.s.standing(m.Context(), m.s.db, id)
		try(m, err)
		if !got.Equal(want) {
			m.Fatalf("view differs from replay of %s\n got %+v\nwant %+v", id, got, want)
		}
		shown, err := m.s.Record(m.Context(), id)
		try(m, err)
		if !shown.Equal(masked(want, m.s.Actor().Role)) {
			m.Fatalf("screen differs from the masked view of %s", id)
		}
		m.checkMemory(id, want)
	}
	if n := len(m.s.caseload.items); n != len(slices.DeleteFunc(slices.Collect(maps.Keys(ids)), func(id casework.RecordID) bool { return m.scratch(id).IsZero() })) {
		m.Fatalf("%d records in memory", n)
	}
	for id, name := range m.last {
		if p, ok := m.s.Person(id); !m.others[id] && (!ok || p.Grid != name) {
			m.Fatalf("what she saved flickered back: %+v, want %q", p, name)
		}
	}
}

func (m *told) checkMemory(id casework.RecordID, want casework.Record) {
	switch want.Kind {
	case casework.KindPerson:
		p, ok := m.s.Person(id)
		w := casework.PersonOf(masked(want, m.s.Actor().Role))
		if !ok || fmt.Sprintf("%+v", *p) != fmt.Sprintf("%+v", w) {
			m.Fatalf("memory has %+v\n want %+v", p, w)
		}
	case casework.KindVisit:
		v, ok := m.s.Visit(id)
		w := casework.SummaryOf(masked(want, m.s.Actor().Role))
		v.Received = w.Received
		if !ok || v != w {
			m.Fatalf("memory has %+v\n want %+v", v, w)
		}
	}
}

// Whatever is saved, heard, lost on the way, refused, paged, reopened or moved away: what
// the worker sees is the district's record with her own work over it, and what she saved
// never flickers back.
func TestTheViewIsAlwaysTheReplay(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := newStoreIn(rt, ram(t), rapid.Uint64().Draw(rt, "seed"))
		m := &told{
			T: rt, s: s, bases: map[casework.RecordID]base{}, receipts: map[casework.OpID]ledger.Receipt{},
			done: map[casework.OpID]bool{}, others: map[casework.RecordID]bool{}, last: map[casework.RecordID]string{},
		}
		m.d = enrolled(rt, s)
		m.cursors = m.s.cursors(m.d.actor)
		rt.Repeat(map[string]func(*rapid.T){
			"new person": m.newPerson, "new visit": m.newVisit, "edit": m.edit, "edit elsewhere": m.elsewhere,
			"exchange": m.exchange, "answer lost": m.lost, "refused": m.refused, "next morning": m.reopen, "": m.check,
		})
		m.settle()
	})
}

func (m *told) one(label string) casework.RecordID {
	if len(m.people) == 0 {
		m.Skip()
	}
	return rapid.SampledFrom(m.people).Draw(m.T, label)
}

func (m *told) newPerson(rt *rapid.T) {
	id, err := m.s.Author().NewRecord()
	try(m, err)
	m.save(m.s.Author().Create(id, casework.KindPerson, casework.RecordID{}, child("㐂小溪", zhudao)))
	m.people = append(m.people, id)
	m.last[id] = "3组"
}

func (m *told) newVisit(rt *rapid.T) {
	op := visitOp(m, m.s, m.one("whom"), "2026-11-23")
	m.save(op, nil)
}

func (m *told) edit(rt *rapid.T) {
	id := m.one("whom")
	seen, err := m.s.Record(m.Context(), id)
	try(m, err)
	if seen.IsZero() {
		return // moved away and let go
	}
	grid := fmt.Sprintf("%d组", rapid.IntRange(1, 4).Draw(m.T, "group"))
	m.save(m.s.Author().Edit(seen, casework.Values{"grid": grid}, ""))
	m.last[id] = grid
}

func (m *told) elsewhere(rt *rapid.T) {
	id := m.one("whom")
	seen := m.d.state.Records[id]
	if seen.IsZero() {
		m.Skip()
	}
	v := casework.Values{"grid": fmt.Sprintf("%d组", rapid.IntRange(1, 4).Draw(m.T, "group"))}
	if rapid.Bool().Draw(m.T, "moves") {
		v = casework.Values{"area": rapid.SampledFrom([]casework.Area{zhudao, beishi}).Draw(m.T, "to")}
	}
	m.others[id] = true
	op, err := other.Edit(seen, v, "")
	try(m, err)
	if len(op.Writes) > 0 {
		m.d.write(op, false, "")
	}
}

func (m *told) ask(refuse func(casework.Op) casework.Reason) ledger.Answer {
	up, err := m.s.Unsent(m.Context(), rapid.IntRange(1, 5).Draw(m.T, "most"), 0)
	try(m, err)
	h, err := m.s.Hello(m.Context())
	try(m, err)
	return m.d.say(h, m.d.take(m, up, refuse), rapid.IntRange(0, 2).Draw(m.T, "page"))
}

func (m *told) exchange(rt *rapid.T) { m.hear(m.ask(nil)) }

// lost: the district took everything in, the answer never arrived.
func (m *told) lost(rt *rapid.T) { m.ask(nil) }

func (m *told) refused(rt *rapid.T) {
	n := rapid.IntRange(0, 2).Draw(m.T, "which")
	m.hear(m.ask(func(op casework.Op) casework.Reason {
		n--
		if n == -1 {
			m.others[op.Record] = true
			return casework.ReasonScope
		}
		return ""
	}))
}

func (m *told) reopen(rt *rapid.T) {
	m.s = again(m, m.s)
	if n := m.s.Status().Damaged; n != 0 {
		rt.Fatalf("%d rows do not belong together in a sound store", n)
	}
}

// settle talks without faults until everything is heard; then the laptop holds exactly
// the district's records in its care, and its own refused work.
func (m *told) settle() {
	for range 4 + len(m.saved) + 2*len(m.d.log) {
		up, err := m.s.Unsent(m.Context(), 0, 0)
		try(m, err)
		h, err := m.s.Hello(m.Context())
		try(m, err)
		m.hear(m.d.say(h, m.d.take(m, up, nil), 1))
	}
	m.check(m.T)
	refused := map[casework.RecordID]bool{}
	for _, e := range m.s.journal.all {
		if !e.settled && !e.quarantined() {
			m.Fatalf("operation %d waits for ever", e.seq)
		}
		if e.quarantined() {
			refused[e.record], refused[e.op.Owner] = true, true
		}
	}
	for id, r := range m.d.state.Records {
		got, err := m.s.Record(m.Context(), id)
		try(m, err)
		want := casework.Record{}
		if m.d.inScope(id) {
			want = r.As(m.d.actor.Role)
		}
		if !refused[id] && !got.Equal(want) {
			m.Fatalf("after everything was heard %s is\n%+v, at the district\n%+v", id, got, want)
		}
	}
}
