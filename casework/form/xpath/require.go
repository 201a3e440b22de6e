package xpath

// Requirement is what a condition cannot hold without: an answer that is, or, of a question
// with several, includes, a text.
type Requirement struct {
	Field string
	Value string
	Among bool // selected(): one of several answers will do
}

// Requires lists what must be answered for the condition to hold, as far as it is written
// plainly: ${a} = 'x' and selected(${b}, 'y'). An author who asks for what cannot be has
// written a question that nobody ever sees.
func (e *Expr) Requires() []Requirement {
	var out []Requirement
	require(e.tree, &out)
	return out
}

func require(s syntax, out *[]Requirement) {
	switch n := s.(type) {
	case *binary:
		switch n.op {
		case "and":
			require(n.left, out)
			require(n.right, out)
		case "=":
			for _, sides := range [...][2]syntax{{n.left, n.right}, {n.right, n.left}} {
				field, isField := sides[0].(*fieldRef)
				value, plain := plainText(sides[1])
				if isField && plain {
					*out = append(*out, Requirement{Field: field.name, Value: value})
				}
			}
		}
	case *call:
		if n.name != "selected" || len(n.args) != 2 {
			return
		}
		field, isField := n.args[0].(*fieldRef)
		value, plain := plainText(n.args[1])
		if isField && plain {
			*out = append(*out, Requirement{Field: field.name, Value: value, Among: true})
		}
	}
}

func plainText(s syntax) (string, bool) {
	switch n := s.(type) {
	case *stringLit:
		return n.value, n.value != ""
	case *numberLit:
		return formatNumber(n.value), true
	}
	return "", false
}
