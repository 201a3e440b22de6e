package xpath

import "strings"

// unsupported are functions of ODK or XPath that this program does not have on purpose.
var unsupported = map[string]bool{
	"geofence": true, "area": true, "distance": true, "digest": true, "uuid": true,
	"randomize": true, "jr:itext": true, "itext": true, "id": true, "lang": true,
	"namespace-uri": true, "base64-decode": true, "extract-signed": true,
	"intersects": true, "random": true, "property": true,
}

// check refuses what is grammatical and cannot be run.
func check(tree syntax) error {
	var first error
	walk(tree, func(s syntax) bool {
		if first != nil {
			return false
		}
		switch n := s.(type) {
		case *call:
			first = checkCall(n)
		case *path:
			first = checkPath(n)
		}
		return first == nil
	})
	return first
}

// checkPath refuses prefixes: the answers of a questionnaire have no namespaces, so that
// such a path would silently find nothing.
func checkPath(p *path) error {
	for _, st := range p.steps {
		if st.test == testName && strings.Contains(st.name, ":") {
			return problemAt("xpath.namespace", st.start, "Name", st.name)
		}
	}
	return nil
}

func checkCall(c *call) error {
	if c.fn == nil {
		if unsupported[c.name] {
			return problemAt("xpath.unsupported_function", c.start, "Name", c.name)
		}
		return problemAt("xpath.unknown_function", c.start, "Name", c.name)
	}
	if err := c.fn.arity(c); err != nil {
		return err
	}
	if c.name == "regex" {
		if lit, ok := c.args[1].(*stringLit); ok {
			_, err := c.regex.compile(lit.value, lit.start)
			return err
		}
	}
	return nil
}

// walk visits s and everything below it; visit says whether to go deeper.
func walk(s syntax, visit func(syntax) bool) {
	if s == nil || !visit(s) {
		return
	}
	switch n := s.(type) {
	case *negation:
		walk(n.operand, visit)
	case *binary:
		walk(n.left, visit)
		walk(n.right, visit)
	case *call:
		for _, a := range n.args {
			walk(a, visit)
		}
	case *filter:
		walk(n.primary, visit)
		for _, p := range n.predicates {
			walk(p, visit)
		}
	case *path:
		if n.from != nil {
			walk(n.from, visit)
		}
		for _, st := range n.steps {
			for _, p := range st.predicates {
				walk(p, visit)
			}
		}
	}
}
