package xpath

import "slices"

// Deps is what an expression reads, so that it is computed again only when that changes.
type Deps struct {
	Fields    []string // ${name}, sorted, each once
	Names     []string // names in other paths through the answers, sorted, each once
	Instances []string // instance('name') and pulldata('name', …), sorted, each once
	Self      bool     // reads "." , the answer itself
	Clock     bool     // today(), now() or a time without a date
	Place     bool     // position(…): depends on the order of repeat instances
	Anything  bool     // reads through a wildcard or a computed name: depends on every answer
}

// Deps gives what e reads.
func (e *Expr) Deps() Deps { return e.deps }

func findDeps(tree syntax) Deps {
	var d Deps
	d.visit(tree, false)
	for _, list := range []*[]string{&d.Fields, &d.Names, &d.Instances} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return d
}

// visit collects below s. inside says that relative names belong to the rows of a
// look-up table and not to the answers.
func (d *Deps) visit(s syntax, inside bool) {
	switch n := s.(type) {
	case *fieldRef:
		d.Fields = append(d.Fields, n.name)
	case *negation:
		d.visit(n.operand, inside)
	case *binary:
		d.visit(n.left, inside)
		d.visit(n.right, inside)
	case *call:
		d.visitCall(n, inside)
	case *filter:
		d.visit(n.primary, inside)
		rows := inside || isTable(n.primary)
		for _, p := range n.predicates {
			self := d.Self // inside, "." is a node of the set
			d.visit(p, rows)
			d.Self = self
		}
	case *path:
		d.visitPath(n, inside)
	}
}

func (d *Deps) visitCall(n *call, inside bool) {
	switch n.name {
	case "today", "now", "decimal-time":
		d.Clock = true
	case "position":
		d.Place = d.Place || len(n.args) > 0
	case "current":
		return
	case "instance", "pulldata":
		if len(n.args) > 0 {
			if lit, ok := n.args[0].(*stringLit); ok {
				d.Instances = append(d.Instances, lit.value)
			} else {
				d.Anything = true
			}
		}
	}
	if len(n.args) == 0 && n.fn != nil && n.fn.self && !inside {
		d.Self = true
	}
	for _, a := range n.args {
		d.visit(a, inside)
	}
}

func (d *Deps) visitPath(n *path, inside bool) {
	rows := inside && !n.absolute
	if n.from != nil {
		d.visit(n.from, inside)
		rows = isTable(n.from)
		if c, ok := n.from.(*call); ok && c.name == "current" {
			rows = false
		}
	}
	for i, st := range n.steps {
		if !rows {
			switch {
			case st.test != testName && st.axis == axisSelf && i == 0 && n.from == nil && !n.absolute:
				d.Self = d.Self || len(n.steps) == 1
			case st.test == testName && st.name == "*" && st.axis != axisAttribute:
				d.Anything = true
			case st.test == testName && st.axis != axisAttribute:
				d.Names = append(d.Names, st.name)
			case st.test == testAny && st.axis != axisSelf && st.axis != axisParent && st.axis != axisDescendantOrSelf:
				d.Anything = true
			}
		}
		for _, p := range st.predicates {
			// Inside a predicate "." and bare names are about the nodes of this path,
			// whose names are collected already.
			self := d.Self
			d.visit(p, rows)
			d.Self = self
		}
	}
}

// isTable reports whether s leads into a look-up table.
func isTable(s syntax) bool {
	switch n := s.(type) {
	case *call:
		return n.name == "instance"
	case *filter:
		return isTable(n.primary)
	case *path:
		return n.from != nil && isTable(n.from)
	}
	return false
}
