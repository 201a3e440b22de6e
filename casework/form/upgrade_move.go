package form

import (
	"slices"
	"time"

	"doorstep/casework"
)

// mover carries the answers of one draft into another.
type mover struct {
	from, to *Instance
	twin     map[*code]*code
	at       map[string]time.Time // when each path was last written to
	rows     map[*place]*place    // instances of the old draft and theirs in the new one
	jobs     []job
	hidden   bool // rows above the new form's count are made, too: all others are there
}

// job is one step of the move, at the time its like was done in the old draft.
type job struct {
	at  time.Time
	act Act
	p   *place // in the old draft

	kept, lost string // of an answer
	why        casework.Code
}

// move builds the new draft. Answers decide which other questions and rows there are, so it
// goes on until nothing moves.
func (m *mover) move() {
	for _, c := range m.from.done {
		path := c.Path
		if c.Act == ActAdd {
			path = c.Value
		}
		m.at[string(c.Act)+path] = c.At
	}
	m.plan(m.from.root)
	slices.SortStableFunc(m.jobs, func(a, b job) int { return a.at.Compare(b.at) })
	for range 2 * maxDepth {
		moved := false
		for i := range m.jobs {
			moved = m.do(&m.jobs[i]) || moved
		}
		if !moved && m.hidden {
			return
		}
		m.hidden = m.hidden || !moved
	}
}

// plan lists the jobs in document order.
func (m *mover) plan(p *place) {
	if p.number > 0 {
		m.jobs = append(m.jobs, job{at: m.when(ActAdd, p.path, false), act: ActAdd, p: p})
	}
	if p.question() && p.code.item.Type.Shown() && p.code.item.Type != TypeNote {
		m.planAnswer(p)
	}
	for _, k := range p.kids {
		m.plan(k)
	}
	if p.number > 0 && p.gone() {
		m.jobs = append(m.jobs, job{at: m.when(ActRemove, p.path, true), act: ActRemove, p: p})
	}
}

func (m *mover) planAnswer(p *place) {
	if !p.touched && (p.node.Value+p.unknown == "" && !p.defaulted || p.code.calculation != nil) {
		return
	}
	j := job{at: m.when(ActAnswer, p.path, true), p: p}
	to := m.twin[p.code]
	switch {
	case to == nil || !to.item.Type.Shown() || to.item.Type == TypeNote || !m.sameRows(p.code, to):
		j.lost, j.why = p.node.Value, LostQuestion
	case p.unknown != "":
		if !to.item.Unknown {
			j.why = LostMark
		}
	default:
		j.kept, j.lost, j.why = carry(m.from.def, p.code.item, m.to.def, to.item, p.node.Value)
	}
	m.jobs = append(m.jobs, j)
}

// when is the time of a change in the old draft; of what came about by itself, the start or
// the end of its journal.
func (m *mover) when(act Act, path string, late bool) time.Time {
	if at, ok := m.at[string(act)+path]; ok {
		return at
	}
	if late {
		return m.from.done[len(m.from.done)-1].At
	}
	return m.from.done[0].At
}

// sameRows reports whether two questions lie in the same rosters.
func (m *mover) sameRows(a, b *code) bool {
	if len(a.repeats) != len(b.repeats) {
		return false
	}
	for i, r := range a.repeats {
		if m.twin[r] != b.repeats[i] {
			return false
		}
	}
	return true
}

// target is the place in the new draft for one of the old, or nil.
func (m *mover) target(p *place) *place {
	c := m.twin[p.code]
	if c == nil {
		return nil
	}
	row := (*place)(nil)
	for q := p.parent; q != nil && row == nil; q = q.parent {
		if q.number > 0 {
			if row = m.rows[q]; row == nil {
				return nil
			}
		}
	}
	for _, t := range m.to.at[c] {
		up := t.parent
		for up != nil && up.number == 0 {
			up = up.parent
		}
		if up == row {
			return t
		}
	}
	return nil
}

// do takes one step and reports whether anything moved.
func (m *mover) do(j *job) bool {
	switch j.act {
	case ActAdd:
		return m.addRow(j)
	case ActRemove:
		row := m.rows[j.p]
		if row == nil || row.gone() {
			return false
		}
		return m.apply(Change{Act: ActRemove, Path: row.path, At: j.at})
	}
	t := m.target(j.p)
	if t == nil || !t.question() || t.node.Value == j.kept && t.unknown == j.mark() && t.touched == j.p.touched {
		return false
	}
	switch {
	case j.kept == "" && j.mark() == "" && (j.why != "" || t.node.Value+t.unknown == ""):
		return false
	case !j.p.touched && t.node.Value == j.kept && t.unknown == j.mark(), t.touched && t.code.calculation != nil:
		return false
	}
	return m.apply(Change{Path: t.path, Value: j.kept, Unknown: j.mark(), Door: j.p.door, At: j.at})
}

// mark is the unknown mark that goes over, or "".
func (j *job) mark() string {
	if j.why != "" {
		return ""
	}
	return j.p.unknown
}

// addRow finds or makes the instance in the new draft.
func (m *mover) addRow(j *job) bool {
	if m.rows[j.p] != nil || m.twin[j.p.code] == nil {
		return false
	}
	series := m.target(j.p.parent)
	if series == nil {
		return false
	}
	moved := false
	for len(series.kids) < j.p.number {
		c := Change{Act: ActAdd, Path: series.path, At: j.at}
		if series.code.count != nil {
			c.Act = ActRow
		}
		if series.code.count != nil && !m.hidden || !m.apply(c) {
			return moved
		}
		moved = true
	}
	m.rows[j.p] = series.kids[j.p.number-1]
	return true
}

func (m *mover) apply(c Change) bool {
	_, err := m.to.apply(c)
	return err == nil
}
