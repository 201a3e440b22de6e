package xpath

// comparison is = != < <= > >=. Two texts are equal as texts, but ordered as numbers
// or days; two timestamps are compared as instants.
func (ev *evaluator) comparison(n *binary) Value {
	if n.op == "=" || n.op == "!=" {
		if isEmptyLit(n.left) || isEmptyLit(n.right) {
			return ev.blankTest(n)
		}
	}
	if !ev.ThreeValued {
		return ev.compared(n)
	}
	return ev.strict(func() Value { return ev.compared(n) })
}

func (ev *evaluator) compared(n *binary) Value {
	left, right := ev.atom(n.left), ev.atom(n.right)
	if ev.err != nil {
		return Value{}
	}
	return MakeTruth(ev.compare(n, left, right))
}

func isEmptyLit(s syntax) bool {
	lit, ok := s.(*stringLit)
	return ok && lit.value == ""
}

// blankTest compares with an empty text: in three-valued mode, too, a blank answer is known to be blank.
func (ev *evaluator) blankTest(n *binary) Value {
	left, right := ev.eval(n.left), ev.eval(n.right)
	for _, v := range [...]Value{left, right} {
		if v.kind == KindUnknown {
			return v
		}
	}
	return MakeTruth(ev.compare(n, left, right))
}

func (ev *evaluator) compare(n *binary, left, right Value) bool {
	equality := n.op == "=" || n.op == "!="
	if left.kind != KindNodes && right.kind != KindNodes {
		return ev.compareAtoms(n.op, left, right)
	}
	if equality && (left.kind == KindTruth || right.kind == KindTruth) {
		return ev.compareAtoms(n.op, MakeTruth(left.Bool()), MakeTruth(right.Bool()))
	}
	if l, ok := alone(left); ok {
		if r, ok := alone(right); ok {
			return ev.spend(1, n.span) && ev.compareAtoms(n.op, l, r)
		}
	}
	// Some pair must satisfy the operator.
	ls, rs := ev.spread(left), ev.spread(right)
	for _, l := range ls {
		for _, r := range rs {
			if !ev.spend(1, n.span) {
				return false
			}
			if ev.compareAtoms(n.op, l, r) {
				return true
			}
		}
	}
	return false
}

// alone is a value that is no node-set, or the text of the only node of one.
func alone(v Value) (Value, bool) {
	switch {
	case v.kind != KindNodes:
		return v, true
	case len(v.nodes) == 1:
		return MakeText(v.nodes[0].Text()), true
	}
	return Value{}, false
}

func (ev *evaluator) spread(v Value) []Value {
	if v.kind != KindNodes {
		return []Value{v}
	}
	// An unanswered ${…} still compares, as a blank, like the path it stands for.
	out := make([]Value, len(v.nodes))
	for i, node := range v.nodes {
		out[i] = MakeText(node.Text())
	}
	return out
}

func (ev *evaluator) compareAtoms(op string, l, r Value) bool {
	if op == "=" || op == "!=" {
		return ev.equal(l, r) == (op == "=")
	}
	if lm, rm, ok := ev.moments(l, r); ok {
		return ordered(op, float64(lm), float64(rm))
	}
	return ordered(op, l.Number(), r.Number())
}

func (ev *evaluator) equal(l, r Value) bool {
	switch {
	case l.kind == KindTruth || r.kind == KindTruth:
		return l.Bool() == r.Bool()
	case l.kind == KindText && r.kind == KindText:
		return l.text == r.text
	}
	if lm, rm, ok := ev.moments(l, r); ok {
		return lm == rm
	}
	return l.Number() == r.Number()
}

// moments gives both sides in milliseconds when both are days or timestamps and at
// least one has a time of day; a day then stands for its midnight.
func (ev *evaluator) moments(l, r Value) (int64, int64, bool) {
	lm, lTime, ok := ev.milli(l)
	if !ok {
		return 0, 0, false
	}
	rm, rTime, ok := ev.milli(r)
	return lm, rm, ok && (lTime || rTime)
}

func (ev *evaluator) milli(v Value) (at int64, hasTime, ok bool) {
	switch v.kind {
	case KindMoment:
		return v.rare.moment.UnixMilli(), true, true
	case KindDay:
		return midnight(int(v.number), ev.Zone).UnixMilli(), false, true
	case KindText:
		if s, ok := parseStamp(v.text); ok {
			return s.moment(ev.Zone).UnixMilli(), s.hasTime, true
		}
	}
	return 0, false, false
}

func ordered(op string, a, b float64) bool {
	switch op {
	case "<":
		return a < b
	case "<=":
		return a <= b
	case ">":
		return a > b
	}
	return a >= b
}
