package form

import "doorstep/casework/form/xpath"

// Choices are the choices a select offers now, filtered, in the order of the workbook.
// A choice filter that fails offers everything.
func (in *Instance) Choices(path string) []*Choice {
	p := in.byPath[path]
	if p == nil || !p.question() || !p.code.item.Type.Selects() {
		return nil
	}
	if p.code.item.ListFrom != "" {
		return in.choicesFrom(p)
	}
	l := in.def.List(p.code.item.List)
	if p.code.filter == nil {
		return l.Choices
	}
	t := in.prog.tables[l.Name]
	var out []*Choice
	for _, i := range in.candidates(p, t) {
		if in.passes(p, t.rows[i]) {
			out = append(out, l.Choices[i])
		}
	}
	return out
}

// candidates are the rows worth evaluating a filter for: those an index finds when the
// filter compares a column with an answer, otherwise all.
func (in *Instance) candidates(p *place, t *table) []int {
	if column, field, ok := p.code.filter.Key(); ok {
		in.here = p
		if nodes, ok := in.field(field, &p.node); ok && len(nodes) == 1 {
			return t.where(column, nodes[0].Text())
		}
	}
	all := make([]int, len(t.rows))
	for i := range all {
		all[i] = i
	}
	return all
}

// passes evaluates the choice filter for one row of a list.
func (in *Instance) passes(p *place, row *xpath.Node) bool {
	if p.code.filter == nil {
		return true
	}
	c := in.contextAt(p)
	c.Node = row
	v, err := p.code.filter.Eval(c)
	if err != nil {
		in.faults[p.code.item.Name+"\x00choice_filter"] = err
		return true
	}
	return v.Bool()
}

// choicesFrom makes choices of the answers a question got in the instances of a repeat.
func (in *Instance) choicesFrom(p *place) []*Choice {
	var out []*Choice
	for _, q := range in.at[in.prog.byName[p.code.item.ListFrom]] {
		if !q.live() || q.node.Value == "" {
			continue
		}
		if in.passes(p, &q.node) {
			out = append(out, &Choice{Name: q.node.Value, Label: Text{"": q.node.Value}})
		}
	}
	return out
}
