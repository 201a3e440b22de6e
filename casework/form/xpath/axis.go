package xpath

import "slices"

// walkAxis yields the nodes of one axis that pass the step's test, in axis order.
func (ev *evaluator) walkAxis(s *step, n *Node, yield func(*Node)) {
	test := func(m *Node) {
		if ev.spend(1, s.span) && !m.Absent && s.accepts(m) {
			yield(m)
		}
	}
	switch s.axis {
	case axisSelf:
		test(n)
	case axisChild:
		for _, c := range n.Children {
			test(c)
		}
		if c := virtualText(n); c != nil && s.test != testName {
			test(c)
		}
	case axisAttribute:
		for _, a := range n.Attrs {
			test(a)
		}
	case axisParent:
		if n.Parent != nil {
			test(n.Parent)
		}
	case axisAncestorOrSelf, axisAncestor:
		if s.axis == axisAncestor {
			n = n.Parent
		}
		for ; n != nil; n = n.Parent {
			test(n)
		}
	case axisDescendantOrSelf:
		test(n)
		ev.below(n, test)
	case axisDescendant:
		ev.below(n, test)
	case axisFollowingSibling:
		for _, m := range after(n) {
			test(m)
		}
	case axisPrecedingSibling:
		for _, m := range slices.Backward(before(n)) {
			test(m)
		}
	case axisFollowing:
		if n.Kind == Attribute && n.Parent != nil {
			ev.below(n.Parent, test)
			n = n.Parent
		}
		for ; n.Parent != nil; n = n.Parent {
			for _, m := range after(n) {
				test(m)
				ev.below(m, test)
			}
		}
	case axisPreceding:
		if n.Kind == Attribute && n.Parent != nil {
			n = n.Parent
		}
		for ; n.Parent != nil; n = n.Parent {
			for _, m := range slices.Backward(before(n)) {
				ev.belowBackward(m, test)
				test(m)
			}
		}
	}
}

func (ev *evaluator) below(n *Node, test func(*Node)) {
	for _, c := range n.Children {
		if ev.err != nil || c.Absent {
			continue
		}
		test(c)
		ev.below(c, test)
	}
	if c := virtualText(n); c != nil {
		test(c)
	}
}

func (ev *evaluator) belowBackward(n *Node, test func(*Node)) {
	for _, c := range slices.Backward(n.Children) {
		if ev.err != nil || c.Absent {
			continue
		}
		ev.belowBackward(c, test)
		test(c)
	}
}

// virtualText is the text() child of an answer, which the tree keeps as a value.
func virtualText(n *Node) *Node {
	if n.Kind != Element || len(n.Children) > 0 || n.Value == "" {
		return nil
	}
	return &Node{Kind: Text, Value: n.Value, Parent: n}
}

func before(n *Node) []*Node {
	if i := siblingIndex(n); i >= 0 {
		return n.Parent.Children[:i]
	}
	return nil
}

func after(n *Node) []*Node {
	if i := siblingIndex(n); i >= 0 {
		return n.Parent.Children[i+1:]
	}
	return nil
}

func siblingIndex(n *Node) int {
	if n.Parent == nil || n.Kind == Attribute {
		return -1
	}
	return slices.Index(n.Parent.Children, n)
}

func (s *step) accepts(n *Node) bool {
	switch s.test {
	case testAny:
		return true
	case testText:
		return n.Kind == Text
	case testComment:
		return n.Kind == Comment
	case testProcInst:
		return n.Kind == ProcInst && (s.name == "" || s.name == n.Name)
	}
	principal := Element
	if s.axis == axisAttribute {
		principal = Attribute
	}
	if n.Kind != principal {
		return false
	}
	if l := len(s.name); l > 2 && s.name[l-2:] == ":*" {
		return len(n.Name) >= l && n.Name[:l-1] == s.name[:l-1]
	}
	return s.name == "*" || s.name == n.Name
}
