package xpath

import "slices"

// Where evaluates a condition for many rows of a look-up table, each in turn as the
// Context's Node, and gives the numbers of those it holds for. Rows are alike in that all
// of them apply or none does. It costs a fraction of as many calls of Eval. Errors: as Eval, at the first row that has one.
func (e *Expr) Where(c Context, rows []*Node) ([]int, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	c.Node = rows[0]
	ev := newEvaluator(e, c)
	ev.rows = !c.ThreeValued && rows[0].applies()
	var out []int
	var err error
	for i, row := range rows {
		if ev.Spent != nil {
			*ev.Spent += ev.spent
		}
		ev.Node, ev.focus, ev.spent = row, focus{row, 1, 1}, 0
		if ev.eval(e.tree).Bool() {
			out = append(out, i)
		}
		if err = ev.err; err != nil {
			break
		}
	}
	ev.release()
	return out, err
}

// Columns names what a condition reads of a row: rows that have the same in those columns
// are answered alike. false when it reads a row in any other way than by its columns.
func (e *Expr) Columns() (names []string, ok bool) {
	ok = columns(e.tree, &names)
	slices.Sort(names)
	return slices.Compact(names), ok
}

func columns(s syntax, names *[]string) bool {
	switch n := s.(type) {
	case *numberLit, *stringLit, *fieldRef:
		return true
	case *negation:
		return columns(n.operand, names)
	case *binary:
		return columns(n.left, names) && columns(n.right, names)
	case *call:
		if n.fn == nil || len(n.args) == 0 && n.fn.self || n.name == "position" || n.name == "last" {
			return false
		}
		return !slices.ContainsFunc(n.args, func(a syntax) bool { return !columns(a, names) })
	case *path:
		if name, ok := column(n); ok {
			*names = append(*names, name)
			return true
		}
	}
	return false
}

// column is the name when s is a bare name: the child of that name.
func column(s syntax) (name string, ok bool) {
	n, isPath := s.(*path)
	if !isPath || n.from != nil || n.absolute || len(n.steps) != 1 {
		return "", false
	}
	st := &n.steps[0]
	return st.name, st.plainChild()
}

// plainChild reports whether the step is nothing but a name.
func (s *step) plainChild() bool {
	return s.axis == axisChild && s.test == testName && s.name != "*" && len(s.predicates) == 0 && (len(s.name) < 2 || s.name[len(s.name)-2:] != ":*")
}

// children are the child elements of a name. When they stand side by side, as nearly
// always, nothing is copied.
func (ev *evaluator) children(s *step, n *Node) []*Node {
	if !ev.spend(len(n.Children), s.span) {
		return nil
	}
	fits := func(m *Node) bool { return m.Name == s.name && m.Kind == Element && !m.Absent }
	first := slices.IndexFunc(n.Children, fits)
	if first < 0 {
		return nil
	}
	end := first + 1
	for end < len(n.Children) && fits(n.Children[end]) {
		end++
	}
	out := n.Children[first:end:end]
	for _, m := range n.Children[end:] {
		if fits(m) {
			out = append(out, m)
		}
	}
	return out
}

// keepEqual is keep for the commonest predicate over a look-up table, [column = text]: the
// text is computed once. ok is false when the predicate is another.
func (ev *evaluator) keepEqual(p syntax, nodes []*Node) (out []*Node, ok bool) {
	b, isBinary := p.(*binary)
	if !isBinary || b.op != "=" || ev.ThreeValued || len(nodes) < 16 {
		return nil, false
	}
	name, text := "", b.right
	if name, ok = column(b.left); !ok {
		if name, ok = column(b.right); !ok {
			return nil, false
		}
		text = b.left
	}
	var want []string
	switch n := text.(type) {
	case *stringLit:
		want = []string{n.value}
	case *fieldRef:
		v := ev.field(n)
		if v.kind != KindNodes {
			return nil, false
		}
		for _, m := range v.nodes {
			want = append(want, m.Text())
		}
	default:
		return nil, false
	}
	for _, n := range nodes {
		if !ev.spend(1, p.at()) {
			return nil, true
		}
		if slices.ContainsFunc(n.Children, func(m *Node) bool {
			return m.Name == name && m.Kind == Element && !m.Absent && slices.Contains(want, m.Text())
		}) {
			out = append(out, n)
		}
	}
	return out, true
}
