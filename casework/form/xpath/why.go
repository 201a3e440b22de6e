package xpath

// Why explains a result: the expression as a tree of "and", "or" and "not", whose leaves
// are the comparisons and calls in between, each with its own value and what it read.
// Every leaf is evaluated, also those that did not decide.
type Why struct {
	Op    string    // "and", "or", "not" or "" for a leaf
	Text  string    // the piece of the source
	Start int       // where Text begins, in runes
	Value Value     // true, false, unknown, or what a leaf gave
	Reads []Reading // the answers a leaf read, each once, in reading order
	Parts []Why     // operands of and, or, not
	Err   error     // why this leaf could not be evaluated
}

// Reading is one question and the answer an expression saw.
type Reading struct {
	Name   string
	Answer string // blank when not answered or not relevant
}

// Why evaluates e and gives its reasons. The root's Value is what Eval gives as a boolean.
func (e *Expr) Why(c Context) Why {
	return e.why(e.tree, c)
}

func (e *Expr) why(s syntax, c Context) Why {
	w := Why{Text: e.text(s.at()), Start: s.at().start}
	switch n := s.(type) {
	case *binary:
		if n.op == "and" || n.op == "or" {
			w.Op = n.op
			e.flatten(n, n.op, c, &w.Parts)
		}
	case *call:
		if n.name == "not" && len(n.args) == 1 {
			w.Op = "not"
			w.Parts = []Why{e.why(n.args[0], c)}
		}
	}
	ev := newEvaluator(e, c)
	if w.Op != "" {
		w.Value = ev.truth(s)
		w.Err = ev.err
		return w
	}
	w.Value = ev.eval(s)
	if w.Value.kind == KindNodes {
		if ev.lacking(w.Value) {
			w.Value = makeUnknown([]string{ev.blankName(s, w.Value)})
		} else {
			w.Value = MakeText(w.Value.String())
		}
	}
	w.Err = ev.err
	w.Reads = ev.readings(s)
	return w
}

// flatten lays a chain "a and b and c" out as three parts.
func (e *Expr) flatten(s syntax, op string, c Context, parts *[]Why) {
	if b, ok := s.(*binary); ok && b.op == op {
		e.flatten(b.left, op, c, parts)
		e.flatten(b.right, op, c, parts)
		return
	}
	*parts = append(*parts, e.why(s, c))
}

// readings lists what s reads: ${…} and paths outside of predicates.
func (ev *evaluator) readings(s syntax) []Reading {
	ev.err = nil
	var out []Reading
	seen := map[string]bool{}
	walk(s, func(s syntax) bool {
		var v Value
		switch n := s.(type) {
		case *fieldRef:
			v = ev.field(n)
		case *path:
			v = ev.path(n)
		default:
			return true
		}
		name := ev.blankName(s, v)
		if ev.err == nil && v.kind == KindNodes && !seen[name] {
			seen[name] = true
			out = append(out, Reading{Name: name, Answer: v.String()})
		}
		ev.err = nil
		return false
	})
	return out
}
