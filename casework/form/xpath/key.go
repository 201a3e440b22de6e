package xpath

// Key finds a condition that every row a filter accepts must meet: that its column equals
// ${field}. It lets a list of fifty thousand rows be looked up instead of walked. The
// filter still has to be evaluated for the rows found. false when there is none.
func (e *Expr) Key() (column, field string, ok bool) {
	return findKey(e.tree)
}

func findKey(s syntax) (column, field string, ok bool) {
	b, isBinary := s.(*binary)
	if !isBinary {
		return "", "", false
	}
	switch b.op {
	case "and":
		if column, field, ok = findKey(b.left); ok {
			return column, field, true
		}
		return findKey(b.right)
	case "=":
		for _, sides := range [...][2]syntax{{b.left, b.right}, {b.right, b.left}} {
			p, isPath := sides[0].(*path)
			f, isField := sides[1].(*fieldRef)
			if isPath && isField && p.from == nil && !p.absolute && len(p.steps) == 1 {
				if st := p.steps[0]; st.axis == axisChild && st.test == testName && st.name != "*" && len(st.predicates) == 0 {
					return st.name, f.name, true
				}
			}
		}
	}
	return "", "", false
}
