package sheet

import (
	"encoding/json"
	"slices"

	"doorstep/casework"
)

// written is what Operations wrote about one record, so that it can be taken back.
type written struct {
	op     casework.Op
	before casework.Record // zero registers for a new person
}

// Decide answers a doubtful line. TakeAsHers names one of the line's candidates; TakeAsNew
// needs none. Errors: roster.not_doubtful, roster.no_candidate.
func (p *Plan) Decide(line int, d Decision, about casework.RecordID) error {
	const op = "sheet.Plan.Decide"
	if line < 0 || line >= len(p.Lines) || p.Lines[line].Kind != LineDoubtful {
		return casework.Problem(op, "roster.not_doubtful")
	}
	l := &p.Lines[line]
	switch d {
	case TakeAsHers:
		i := slices.IndexFunc(l.others, func(r casework.Record) bool { return r.ID == about })
		if i < 0 {
			return casework.Problem(op, "roster.no_candidate")
		}
		l.Record, l.seen = about, l.others[i]
		l.Changes = slices.DeleteFunc(changes(l.Row, l.seen), func(c Change) bool {
			spec, _ := casework.SchemaOf(casework.KindPerson)
			return l.seen.Registers[spec.Register(c.Field)].Conflicted()
		})
	case TakeAsNew:
		l.Record, l.seen = casework.RecordID{}, casework.Record{}
		l.Changes = changes(l.Row, casework.Record{Kind: casework.KindPerson})
	}
	l.Decision = d
	return nil
}

// Operations are the writes of all new and changed lines and of the doubtful ones somebody
// decided to take. They are ordinary operations: each names what the plan was looking at,
// so that an edit made meanwhile elsewhere is not overwritten but shown beside it. The
// plan must not be older than the last change to the store it was made on.
func (p *Plan) Operations(author casework.Author) ([]casework.Op, error) {
	var out []casework.Op
	for i := range p.Lines {
		l := &p.Lines[i]
		switch {
		case l.Kind == LineNew, l.Kind == LineChanged:
		case l.Kind == LineDoubtful && (l.Decision == TakeAsNew || l.Decision == TakeAsHers):
		default:
			continue
		}
		op, err := l.operation(author)
		if err != nil {
			return nil, err
		}
		if len(op.Writes) > 0 {
			p.written[op.Record] = written{op: op, before: l.seen}
			out = append(out, op)
		}
	}
	return out, nil
}

func (l *Line) operation(author casework.Author) (casework.Op, error) {
	seen := l.seen
	if seen.IsZero() {
		id, err := author.NewRecord()
		if err != nil {
			return casework.Op{}, err
		}
		l.Record = id
		seen = casework.Record{ID: id, Kind: casework.KindPerson}
	}
	values := casework.Values{}
	for _, c := range l.Changes {
		f := c.Field
		if f == "phones" || f == "relatives" {
			id, err := casework.NewID(author.Rand)
			if err != nil {
				return casework.Op{}, err
			}
			f += casework.Field("/" + id.String()[:10])
		}
		values[f] = c.Now
	}
	return author.Edit(seen, values, "")
}

// Undo takes an import back: new persons are retracted with the reason, changed registers
// get their former values. What somebody has changed since is left alone. Now tells how a
// record stands; records it does not know are passed over.
func (p *Plan) Undo(author casework.Author, reason string, now func(casework.RecordID) (casework.Record, bool)) ([]casework.Op, error) {
	var out []casework.Op
	for _, l := range p.Lines {
		w, ok := p.written[l.Record]
		if !ok {
			continue
		}
		current, ok := now(l.Record)
		if !ok {
			continue
		}
		var op casework.Op
		var err error
		if w.before.IsZero() {
			op, err = author.Retract(current, reason)
		} else {
			op, err = author.Edit(current, w.former(current), reason)
		}
		if err != nil {
			return nil, err
		}
		if len(op.Writes) > 0 {
			out = append(out, op)
		}
	}
	return out, nil
}

// former are the values before the import of those registers that still hold what it wrote.
func (w written) former(current casework.Record) casework.Values {
	values := casework.Values{}
	put := func(f casework.Field, v json.RawMessage) {
		values[f] = v
		if isNull(v) {
			values[f] = nil // there was nothing: taken away again
		}
	}
	spec, _ := casework.SchemaOf(casework.KindPerson)
	for _, wr := range w.op.Writes {
		if current.Registers[wr.Field].Op != w.op.ID {
			continue
		}
		members := spec.Members(wr.Field)
		if len(members) == 0 || members[0].Group == "" {
			put(wr.Field, w.before.Registers[wr.Field].Value)
			continue
		}
		for _, m := range members {
			put(m.Key, w.before.Value(m.Key))
		}
	}
	return values
}
