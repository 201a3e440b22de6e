package xpath

import "slices"

func (ev *evaluator) path(n *path) Value {
	var set []*Node
	switch {
	case n.from != nil:
		v := ev.eval(n.from)
		if ev.err != nil {
			return Value{}
		}
		if v.kind == KindUnknown {
			return v
		}
		if v.kind != KindNodes {
			return ev.fail("xpath.not_nodes", n.from.at())
		}
		set = v.nodes
	case n.absolute:
		set = []*Node{ev.root()}
	case len(n.steps) == 1 && n.steps[0].plainChild():
		return Value{kind: KindNodes, nodes: ev.children(&n.steps[0], ev.focus.node)}
	default:
		set = []*Node{ev.focus.node}
	}
	if !ev.ThreeValued {
		return ev.steps(n, set)
	}
	return ev.strict(func() Value { return ev.steps(n, set) })
}

func (ev *evaluator) steps(n *path, set []*Node) Value {
	for i := range n.steps {
		if set = ev.step(&n.steps[i], set); ev.err != nil {
			return Value{}
		}
	}
	return Value{kind: KindNodes, nodes: set}
}

func (ev *evaluator) root() *Node {
	if ev.Root != nil {
		return ev.Root
	}
	return ev.Current.top()
}

// step walks one axis from every node of from, which is in document order, and keeps
// the result in document order without doubles.
func (ev *evaluator) step(s *step, from []*Node) []*Node {
	var out []*Node
	for _, n := range from {
		var near []*Node
		if s.plainChild() {
			near = ev.children(s, n)
		} else {
			ev.walkAxis(s, n, func(m *Node) { near = append(near, m) })
		}
		if ev.err != nil {
			return nil
		}
		for _, p := range s.predicates {
			near = ev.keep(p, near)
		}
		if s.axis.reverse() {
			slices.Reverse(near)
		}
		if out == nil {
			out = near
		} else {
			out = append(out, near...)
		}
	}
	if len(from) > 1 && len(out) > 1 && s.axis != axisSelf && s.axis != axisAttribute {
		out = ev.inOrder(out, s.span)
	}
	return out
}

// keep filters nodes, given in axis order, by a predicate. A number is a position.
func (ev *evaluator) keep(p syntax, nodes []*Node) []*Node {
	if len(nodes) == 0 {
		return nodes
	}
	if lit, ok := p.(*numberLit); ok {
		if i := int(lit.value); float64(i) == lit.value && i >= 1 && i <= len(nodes) {
			return nodes[i-1 : i : i]
		}
		return nil
	}
	if out, ok := ev.keepEqual(p, nodes); ok {
		return out
	}
	saved := ev.focus
	var out []*Node
	for i, n := range nodes {
		if !ev.spend(1, p.at()) {
			break
		}
		ev.focus = focus{n, i + 1, len(nodes)}
		v := ev.eval(p)
		switch {
		case v.kind == KindUnknown:
			ev.missing = append(ev.missing, v.rare.blanks...)
		case v.kind == KindNumber && v.number == float64(i+1), v.kind != KindNumber && v.Bool():
			out = append(out, n)
		}
	}
	ev.focus = saved
	return out
}

func (ev *evaluator) filter(n *filter) Value {
	v := ev.eval(n.primary)
	if ev.err != nil {
		return Value{}
	}
	if v.kind == KindUnknown {
		return v
	}
	if v.kind != KindNodes {
		return ev.fail("xpath.not_nodes", n.primary.at())
	}
	return ev.strict(func() Value {
		out := Value{kind: KindNodes, nodes: v.nodes, answer: v.answer}
		for _, p := range n.predicates {
			out.nodes = ev.keep(p, out.nodes)
		}
		return out
	})
}

func (ev *evaluator) union(n *binary) Value {
	left, right := ev.eval(n.left), ev.eval(n.right)
	if ev.err != nil {
		return Value{}
	}
	for i, v := range [...]Value{left, right} {
		if v.kind == KindUnknown {
			return v
		}
		if v.kind != KindNodes {
			return ev.fail("xpath.not_nodes", [...]syntax{n.left, n.right}[i].at())
		}
	}
	both := append(slices.Clone(left.nodes), right.nodes...)
	return Value{kind: KindNodes, nodes: ev.inOrder(both, n.span)}
}

// inOrder sorts nodes into document order and drops doubles.
func (ev *evaluator) inOrder(nodes []*Node, s span) []*Node {
	type placed struct {
		node  *Node
		place []int
	}
	places := make([]placed, 0, len(nodes))
	seen := make(map[*Node]bool, len(nodes))
	index := map[*Node]int{}
	numbered := map[*Node]bool{}
	for _, n := range nodes {
		if seen[n] {
			continue
		}
		seen[n] = true
		var place []int
		for m := n; m.Parent != nil; m = m.Parent {
			if !numbered[m.Parent] {
				numbered[m.Parent] = true
				// Attributes stand before the children of their element.
				for i, c := range m.Parent.Attrs {
					index[c] = i - len(m.Parent.Attrs)
				}
				for i, c := range m.Parent.Children {
					index[c] = i
				}
				if !ev.spend(len(m.Parent.Attrs)+len(m.Parent.Children), s) {
					return nil
				}
			}
			place = append(place, index[m])
		}
		slices.Reverse(place)
		places = append(places, placed{n, place})
	}
	slices.SortStableFunc(places, func(a, b placed) int { return slices.Compare(a.place, b.place) })
	out := make([]*Node, len(places))
	for i, p := range places {
		out[i] = p.node
	}
	return out
}
