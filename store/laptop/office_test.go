package laptop

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// office is a district in memory: one log, one answer after another.
type office struct {
	id       casework.ID
	state    *casework.State
	log      []logged
	answer   uint64
	chain    ledger.Head
	actor    casework.Actor
	seqs     map[casework.RecordID]uint64 // last log number of each record
	receipts map[casework.OpID]ledger.Receipt
	now      time.Time
}

type logged struct {
	op  casework.Op
	own bool
}

func (d *office) enrolment() ledger.Enrolment {
	return ledger.Enrolment{Address: "https://qu.example", District: d.id, Name: "环翠区", Area: county, Incarnation: 1, Worker: "张桂芬", Actor: d.actor, LeaseUntil: d.now.AddDate(0, 0, 14)}
}

// enrolled is a laptop with its district, which covers one village's children.
func enrolled(t tester, s *Store, scopes ...casework.Scope) *office {
	t.Helper()
	if len(scopes) == 0 {
		scopes = []casework.Scope{{Area: zhudao, Duties: []casework.Duty{casework.DutyChild}}}
	}
	d := &office{
		id: casework.ID{7}, state: casework.NewState(), seqs: map[casework.RecordID]uint64{}, receipts: map[casework.OpID]ledger.Receipt{},
		actor: casework.Actor{Worker: s.Author().Worker, Role: casework.RoleChildDirector, Scopes: scopes},
		now:   time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC), chain: ledger.Head{Device: s.Device(), Epoch: 1},
	}
	try(t, s.Enrol(t.Context(), d.enrolment()))
	return d
}

// write takes in an operation, of this laptop or of somebody else.
func (d *office) write(op casework.Op, own bool, refuse casework.Reason) {
	if _, ok := d.receipts[op.ID]; ok {
		return
	}
	by := casework.Actor{}
	if own {
		by = d.actor
	}
	var out casework.Outcome
	if refuse != "" {
		out = casework.Outcome{Verdict: casework.Quarantined, Reason: refuse}
		d.state.Receipts[op.ID] = out
	} else {
		out = d.state.Apply(op, by)
	}
	d.log = append(d.log, logged{op, own})
	n := uint64(len(d.log))
	d.receipts[op.ID] = ledger.Receipt{Op: op.ID, Seq: n, At: d.now, Out: out}
	if out.Verdict == casework.Quarantined {
		return
	}
	d.seqs[op.Record] = n
	if slices.ContainsFunc(op.Writes, func(w casework.Write) bool { return w.Field == casework.FieldArea }) {
		for id, r := range d.state.Records { // what belongs to someone moves with them
			if r.Owner == op.Record {
				d.seqs[id] = n
			}
		}
	}
}

// take takes in an upload and gives its receipts.
func (d *office) take(t tester, up ledger.Upload, refuse func(casework.Op) casework.Reason) []ledger.Receipt {
	t.Helper()
	var out []ledger.Receipt
	for _, b := range up.Ops {
		op, err := ledger.Decode(b)
		try(t, err)
		var why casework.Reason
		if refuse != nil {
			why = refuse(op)
		}
		d.write(op, true, why)
		out = append(out, d.receipts[op.ID])
	}
	if up.To().Seq > d.chain.Seq {
		d.chain = up.To()
	}
	return out
}

// inScope reports whether a record is in the laptop's care.
func (d *office) inScope(id casework.RecordID) bool {
	r := d.state.Records[id]
	if !r.Owner.IsZero() {
		r = d.state.Records[r.Owner]
	}
	return d.actor.Holds(r.Areas(), r.Duties())
}

// say makes the next answer: receipts, and the news since the laptop's cursors, at most
// limit records (0: all).
func (d *office) say(h ledger.Hello, receipts []ledger.Receipt, limit int) ledger.Answer {
	d.answer++
	from := ^uint64(0)
	for _, c := range h.Cursors {
		from = min(from, c)
	}
	n := ledger.News{Cursors: ledger.Cursors{}}
	upto := uint64(len(d.log))
	type due struct {
		id  casework.RecordID
		seq uint64
	}
	var all []due
	for id, seq := range d.seqs {
		if seq > from {
			all = append(all, due{id, seq})
		}
	}
	slices.SortFunc(all, func(a, b due) int { return cmp.Or(cmp.Compare(a.seq, b.seq), a.id.Compare(b.id.ID)) })
	for limit > 0 && limit < len(all) && all[limit].seq == all[limit-1].seq {
		limit++ // what moved in one operation comes in one page
	}
	if limit > 0 && len(all) > limit {
		all, upto, n.More = all[:limit], all[limit-1].seq, true
	}
	for _, x := range all {
		r := d.state.Records[x.id]
		if !d.inScope(x.id) {
			n.Leaves = append(n.Leaves, ledger.Leave{Record: x.id, Kind: r.Kind, Reason: "moved", Receiver: "北石村", Seq: x.seq})
			continue
		}
		n.Puts = append(n.Puts, ledger.Put{Record: travelled(r.As(d.actor.Role)), Seq: x.seq, Heard: d.heard(x.id, from)})
	}
	for key := range h.Cursors {
		n.Cursors[key] = upto
	}
	return ledger.Answer{
		Number: d.answer, Device: h.Head.Device, District: d.id, Incarnation: 1, Standing: ledger.StandingGood, Chain: d.chain,
		Receipts: receipts, News: n, Token: ledger.TimeToken{At: d.now, Seq: uint64(len(d.log))}, LeaseUntil: d.now.AddDate(0, 0, 14), Actor: d.actor,
	}
}

// heard are the laptop's own operations in a record above its cursor.
func (d *office) heard(id casework.RecordID, from uint64) []casework.OpID {
	var out []casework.OpID
	for i, l := range d.log {
		if l.own && l.op.Record == id && uint64(i+1) > from && d.receipts[l.op.ID].Out.Verdict != casework.Quarantined {
			out = append(out, l.op.ID)
		}
	}
	return out
}

// travelled is a record as it arrives: through JSON.
func travelled(r casework.Record) casework.Record {
	b, err := json.Marshal(r)
	if err != nil {
		panic(err)
	}
	var out casework.Record
	if err := json.Unmarshal(b, &out); err != nil {
		panic(err)
	}
	return out
}

// exchange is one whole exchange.
func talk(t tester, s *Store, d *office) {
	t.Helper()
	up, err := s.Unsent(t.Context(), 0, 0)
	try(t, err)
	h, err := s.Hello(t.Context())
	try(t, err)
	try(t, s.Apply(t.Context(), d.say(h, d.take(t, up, nil), 0)))
}

// elsewhere writes to a record at the district, as another worker does.
func (d *office) elsewhere(t tester, id casework.RecordID, v casework.Values) {
	t.Helper()
	op, err := other.Edit(d.state.Records[id], v, "")
	try(t, err)
	d.write(op, false, "")
}

var other = casework.Author{Worker: casework.WorkerID{ID: casework.ID{9}}, Now: monday().now, Rand: newDice(99)}
