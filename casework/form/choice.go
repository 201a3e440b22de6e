package form

// Choices are the choices a select offers now, filtered, in the order of the workbook. A
// choice filter that fails offers everything. The result belongs to the visit until its
// next change and is not to be written to.
func (in *Instance) Choices(path string) []*Choice {
	p := in.byPath[path]
	if p == nil || !p.question() || !p.code.item.Type.Selects() {
		return nil
	}
	if p.code.item.ListFrom == "" && p.code.filter == nil {
		return in.def.List(p.code.item.List).Choices
	}
	if have, ok := in.offered[p]; ok {
		return have
	}
	var out []*Choice
	if p.code.item.ListFrom != "" {
		out = in.choicesFrom(p)
	} else {
		l := in.def.List(p.code.item.List)
		rows := in.accepted(p, in.prog.tables[l.Name].open())
		out = make([]*Choice, len(rows))
		for i, row := range rows {
			out[i] = l.Choices[row]
		}
	}
	in.offered[p] = out
	return out
}

// accepted are the rows of a list that the filter of a select lets through. A filter that
// asks for one value of a column looks the rows up; one that only compares columns is asked
// once for all rows that are alike in them; any other is asked row by row.
func (in *Instance) accepted(p *place, t *table) []int {
	filter := p.code.filter
	if column, field, ok := filter.Key(); ok {
		in.here = p
		if nodes, ok := in.field(field, &p.node); ok && len(nodes) == 1 {
			return in.where(p, t, t.where(column, nodes[0].Text()))
		}
	}
	if columns, ok := filter.Columns(); ok {
		if alike := t.alike(columns); alike != nil {
			first := make([]int, len(alike.rows))
			for i, rows := range alike.rows {
				first[i] = rows[0]
			}
			groups, ok := in.holds(p, t, first)
			if !ok {
				return t.all()
			}
			return alike.merge(groups)
		}
	}
	return in.where(p, t, t.all())
}

// where are those of some rows that the filter lets through; all, when it fails.
func (in *Instance) where(p *place, t *table, rows []int) []int {
	held, ok := in.holds(p, t, rows)
	if !ok {
		return rows
	}
	out := make([]int, len(held))
	for i, k := range held {
		out[i] = rows[k]
	}
	return out
}

// holds evaluates the filter for some rows of a list and gives which of them it holds for.
func (in *Instance) holds(p *place, t *table, rows []int) (held []int, ok bool) {
	nodes := t.nodes(rows)
	held, err := p.code.filter.Where(in.contextAt(p), nodes)
	if err != nil {
		in.faults[p.code.item.Name+"\x00choice_filter"] = err
		return nil, false
	}
	return held, true
}

// choicesFrom makes choices of the answers a question got in the instances of a repeat.
func (in *Instance) choicesFrom(p *place) []*Choice {
	out := []*Choice{}
	for _, q := range in.at[in.prog.byName[p.code.item.ListFrom]] {
		if !q.live() || q.node.Value == "" {
			continue
		}
		if p.code.filter != nil {
			c := in.contextAt(p)
			c.Node = &q.node
			if v, err := p.code.filter.Eval(c); err == nil && !v.Bool() {
				continue
			}
		}
		out = append(out, &Choice{Name: q.node.Value, Label: Text{"": q.node.Value}})
	}
	return out
}
