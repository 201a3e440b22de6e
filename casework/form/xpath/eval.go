package xpath

import (
	"math"
	"sync"
	"time"

	"doorstep/casework"
)

// Context is everything an evaluation may see. Only what an expression uses needs to
// be there; a missing callback is an error of the expression that needs it.
type Context struct {
	Node    *Node // where relative paths start; nil reads as an empty tree
	Current *Node // current() and ${…}; nil means Node
	Root    *Node // what "/" means; nil means the top of Current's tree

	// Field finds the answers of ${name} as seen from a node: the one in the same repeat
	// instance where there is one, otherwise all. With from nil it gives all of them, in
	// document order. The second result is false when no question has that name.
	Field func(name string, from *Node) ([]*Node, bool)
	// Instance gives the node above a look-up table's root: instance('id')/root/item.
	Instance func(id string) (*Node, bool)
	// ChoiceName gives the label of a choice of a question in the language shown.
	ChoiceName func(question, choice string) (string, bool)

	Now  time.Time      // for today() and now(); the zero time makes both blank
	Zone *time.Location // civil days and clock times; nil means Asia/Shanghai, +08:00
	Lang string         // "zh" writes month and weekday names in Chinese

	// ThreeValued makes an expression that touches a blank answer unknown instead of
	// false, unless the rest decides it. Comparing with an empty text remains a test for
	// blank, and what is not relevant is known to be blank.
	ThreeValued bool

	// Spent, when not nil, is added what the evaluation cost: the nodes and characters it
	// touched, so that somebody can bound what many formulas cost together.
	Spent *int
}

type evaluator struct {
	Context
	expr    *Expr
	err     error
	spent   int
	missing []string // blanks met in the strict operation being evaluated
	fields  []resolved
	focus   focus
	rows    bool // evaluated over the rows of a table, in which everything applies
}

// resolved remembers a ${name} for one evaluation, as predicates ask for it row by row.
type resolved struct {
	name  string
	value Value
	text  string // of the value, when said
	said  bool
}

// focus is XPath's context: node, position and size.
type focus struct {
	node      *Node
	pos, size int
}

// Eval computes the expression. An error is a *casework.Error with an Offset: the
// expression touched a question, table or type that is not there, or cost too much.
//
// Codes: xpath.unknown_field, xpath.unknown_table, xpath.not_nodes, xpath.bad_pattern,
// xpath.lookaround, xpath.too_costly.
func (e *Expr) Eval(c Context) (Value, error) {
	ev := newEvaluator(e, c)
	v, err := ev.eval(e.tree), ev.err
	switch {
	case err != nil:
		v = Value{}
	case ev.lacking(v):
		v = makeUnknown([]string{ev.blankName(e.tree, v)})
	}
	ev.release()
	return v, err
}

// evaluators are used again: a questionnaire evaluates hundreds of formulas after one key.
var evaluators = sync.Pool{New: func() any { return new(evaluator) }}

// release gives the evaluator back. Nothing of the answers stays in it.
func (ev *evaluator) release() {
	if ev.Spent != nil {
		*ev.Spent += ev.spent
	}
	fields := ev.fields
	clear(fields)
	*ev = evaluator{fields: fields[:0]}
	evaluators.Put(ev)
}

func newEvaluator(e *Expr, c Context) *evaluator {
	ev := evaluators.Get().(*evaluator)
	ev.Context, ev.expr = c, e
	if ev.Node == nil {
		ev.Node = &Node{Kind: Document}
	}
	if ev.Current == nil {
		ev.Current = ev.Node
	}
	if ev.Zone == nil {
		ev.Zone = chinaTime
	}
	ev.focus = focus{ev.Node, 1, 1}
	return ev
}

func (ev *evaluator) fail(code casework.Code, s span, pairs ...any) Value {
	if ev.err == nil {
		ev.err = casework.Problem("xpath.Eval", code, append(pairs, "At", s.start+1)...)
	}
	return Value{}
}

// spend counts work; it reports false when the budget is used up.
func (ev *evaluator) spend(n int, s span) bool {
	ev.spent += n
	if ev.spent > maxSpend {
		ev.fail("xpath.too_costly", s)
	}
	return ev.err == nil
}

func (ev *evaluator) eval(s syntax) Value {
	if ev.err != nil {
		return Value{}
	}
	switch n := s.(type) {
	case *numberLit:
		return MakeNumber(n.value)
	case *stringLit:
		return MakeText(n.value)
	case *fieldRef:
		return ev.field(n)
	case *negation:
		return ev.strict(func() Value { return MakeNumber(-ev.atom(n.operand).Number()) })
	case *binary:
		return ev.binary(n)
	case *call:
		return ev.call(n)
	case *filter:
		return ev.filter(n)
	case *path:
		return ev.path(n)
	}
	return Value{}
}

func (ev *evaluator) field(n *fieldRef) Value {
	for _, f := range ev.fields {
		if f.name == n.name {
			return f.value
		}
	}
	if ev.Field == nil {
		return ev.fail("xpath.unknown_field", n.span, "Name", n.name)
	}
	nodes, ok := ev.Field(n.name, ev.Current)
	if !ok {
		return ev.fail("xpath.unknown_field", n.span, "Name", n.name)
	}
	v := Value{kind: KindNodes, nodes: nodes, answer: true}
	ev.fields = append(ev.fields, resolved{name: n.name, value: v})
	return v
}

// atom evaluates s for its single value. In three-valued mode a blank answer is noted
// as missing, which makes the strict operation around it unknown.
func (ev *evaluator) atom(s syntax) Value {
	v := ev.eval(s)
	ev.need(s, v)
	return v
}

func (ev *evaluator) need(s syntax, v Value) {
	if !ev.ThreeValued {
		return
	}
	switch {
	case v.kind == KindUnknown:
		ev.missing = append(ev.missing, v.rare.blanks...)
	case ev.lacking(v):
		ev.missing = append(ev.missing, ev.blankName(s, v))
	}
}

// lacking reports whether v is an answer that is asked for and not there.
func (ev *evaluator) lacking(v Value) bool {
	return ev.ThreeValued && v.kind == KindNodes && v.IsBlank() && (len(v.nodes) == 0 || v.nodes[0].applies())
}

// blankName is what a person would call the blank that s read.
func (ev *evaluator) blankName(s syntax, v Value) string {
	switch n := s.(type) {
	case *fieldRef:
		return n.name
	case *path:
		for i := len(n.steps) - 1; i >= 0; i-- {
			if n.steps[i].test == testName && n.steps[i].name != "*" {
				return n.steps[i].name
			}
		}
	}
	if len(v.nodes) > 0 && v.nodes[0].Name != "" {
		return v.nodes[0].Name
	}
	return ev.expr.text(s.at())
}

// strict evaluates an operation that is unknown as soon as one operand is.
func (ev *evaluator) strict(do func() Value) Value {
	if !ev.ThreeValued {
		return do()
	}
	outer := ev.missing
	ev.missing = nil
	v := do()
	if len(ev.missing) > 0 {
		v = makeUnknown(ev.missing)
	}
	ev.missing = outer
	return v
}

func (ev *evaluator) binary(n *binary) Value {
	switch n.op {
	case "and", "or":
		return ev.logic(n)
	case "|":
		return ev.union(n)
	case "=", "!=", "<", "<=", ">", ">=":
		return ev.comparison(n)
	}
	if !ev.ThreeValued {
		return MakeNumber(arithmetic(n.op, ev.atom(n.left).Number(), ev.atom(n.right).Number()))
	}
	return ev.strict(func() Value {
		return MakeNumber(arithmetic(n.op, ev.atom(n.left).Number(), ev.atom(n.right).Number()))
	})
}

func arithmetic(op string, a, b float64) float64 {
	switch op {
	case "+":
		return a + b
	case "-":
		return a - b
	case "*":
		return a * b
	case "div":
		return a / b
	}
	return math.Mod(a, b)
}

// logic is "and" and "or": lazy, and in three-valued mode unknown only when the known
// side does not decide.
func (ev *evaluator) logic(n *binary) Value {
	decisive := n.op == "or"
	left := ev.truth(n.left)
	if ev.err != nil {
		return Value{}
	}
	if left.kind != KindUnknown && left.Bool() == decisive {
		return left
	}
	right := ev.truth(n.right)
	switch {
	case right.kind != KindUnknown && right.Bool() == decisive:
		return right
	case left.kind == KindUnknown && right.kind == KindUnknown:
		return makeUnknown(append(append([]string(nil), left.rare.blanks...), right.rare.blanks...))
	case left.kind == KindUnknown:
		return left
	}
	return right
}

// truth is s as true, false or, in three-valued mode, unknown.
func (ev *evaluator) truth(s syntax) Value {
	v := ev.eval(s)
	if v.kind == KindUnknown {
		return v
	}
	if ev.lacking(v) {
		return makeUnknown([]string{ev.blankName(s, v)})
	}
	return MakeTruth(v.Bool())
}
