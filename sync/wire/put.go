package wire

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// answerText is an answer as its content is written: a record looks like the operation
// that made it, member by member, so that what a laptop has just said costs next to
// nothing on the way back.
type answerText struct {
	ledger.Answer
	News newsText `json:"w"`
}

type newsText struct {
	Puts    []putText      `json:"p,omitempty"`
	Leaves  []ledger.Leave `json:"l,omitempty"`
	Cursors ledger.Cursors `json:"c"`
	More    bool           `json:"m,omitempty"`
}

// putText has the operation, time and worker that most registers share in front; a
// register names its own only where they differ.
type putText struct {
	Op     casework.OpID     `json:"i,omitzero"`
	At     string            `json:"t,omitempty"`
	Worker casework.WorkerID `json:"w,omitzero"`
	Record casework.RecordID `json:"r"`
	Kind   casework.Kind     `json:"k"`
	Owner  casework.RecordID `json:"o,omitzero"`
	Fields []fieldText       `json:"x"`
	Seq    uint64            `json:"q"`
	Heard  []casework.OpID   `json:"h,omitempty"`
}

type fieldText struct {
	Field  casework.Field                         `json:"f"`
	Value  json.RawMessage                        `json:"v"`
	Reason string                                 `json:"y,omitempty"`
	Own    *ownText                               `json:"u,omitempty"`
	Same   []casework.OpID                        `json:"m,omitempty"`
	Past   map[casework.OpID]casework.OpID        `json:"p,omitempty"`
	Alts   map[casework.OpID]casework.Alternative `json:"a,omitempty"`
}

type ownText struct {
	Op     casework.OpID     `json:"i,omitzero"`
	At     string            `json:"t,omitempty"`
	Worker casework.WorkerID `json:"w,omitzero"`
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339Nano)
}

func unstamp(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	return time.Parse(time.RFC3339Nano, s)
}

func textOf(a ledger.Answer) answerText {
	n := newsText{Leaves: a.News.Leaves, Cursors: a.News.Cursors, More: a.News.More}
	for _, p := range a.News.Puts {
		n.Puts = append(n.Puts, putTextOf(p))
	}
	a.News = ledger.News{}
	return answerText{Answer: a, News: n}
}

func putTextOf(p ledger.Put) putText {
	out := putText{Record: p.Record.ID, Kind: p.Record.Kind, Owner: p.Record.Owner, Seq: p.Seq, Heard: p.Heard, Fields: []fieldText{}}
	count := map[ownText]int{}
	var most ownText
	for _, f := range slices.Sorted(maps.Keys(p.Record.Registers)) {
		r := p.Record.Registers[f]
		own := ownText{r.Op, stamp(r.At), r.Worker}
		if count[own]++; count[own] > count[most] {
			most = own
		}
	}
	out.Op, out.At, out.Worker = most.Op, most.At, most.Worker
	for _, f := range slices.Sorted(maps.Keys(p.Record.Registers)) {
		r := p.Record.Registers[f]
		t := fieldText{Field: f, Value: r.Value, Reason: r.Reason, Same: r.Same, Past: r.Past, Alts: r.Alts}
		if own := (ownText{r.Op, stamp(r.At), r.Worker}); own != most {
			t.Own = &own
		}
		out.Fields = append(out.Fields, t)
	}
	return out
}

func (t answerText) answer() (ledger.Answer, error) {
	a := t.Answer
	a.News = ledger.News{Leaves: t.News.Leaves, Cursors: t.News.Cursors, More: t.News.More}
	for _, p := range t.News.Puts {
		put, err := p.put()
		if err != nil {
			return a, err
		}
		a.News.Puts = append(a.News.Puts, put)
	}
	return a, nil
}

func (p putText) put() (ledger.Put, error) {
	out := ledger.Put{Seq: p.Seq, Heard: p.Heard, Record: casework.Record{
		ID: p.Record, Kind: p.Kind, Owner: p.Owner, Registers: make(map[casework.Field]casework.Register, len(p.Fields)),
	}}
	for _, f := range p.Fields {
		own := ownText{p.Op, p.At, p.Worker}
		if f.Own != nil {
			own = *f.Own
		}
		at, err := unstamp(own.At)
		if err != nil {
			return out, casework.Problem("wire.OpenAnswer", "wire.malformed").Because(err)
		}
		if _, twice := out.Record.Registers[f.Field]; twice {
			return out, casework.Problem("wire.OpenAnswer", "wire.malformed")
		}
		out.Record.Registers[f.Field] = casework.Register{
			Value: f.Value, Op: own.Op, Worker: own.Worker, At: at, Reason: f.Reason, Same: f.Same, Past: f.Past, Alts: f.Alts,
		}
	}
	return out, nil
}
