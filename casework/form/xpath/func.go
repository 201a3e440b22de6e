package xpath

import "strings"

// function is one entry of the language's vocabulary.
type function struct {
	min, max int  // number of arguments; max < 0 means any
	even     bool // the number of arguments must be even
	self     bool // without an argument it reads the context node
	lenient  bool // decides about unknown arguments itself (three-valued)
	do       func(ev *evaluator, c *call) Value
}

// functions is the vocabulary. What ODK has and this program does not is in unsupported.
var functions map[string]*function

// The table is filled at start, because its functions evaluate calls, which name the table.
func init() {
	functions = make(map[string]*function, 128)
	for _, group := range []map[string]*function{
		logicFunctions, textFunctions, numberFunctions, nodeFunctions, choiceFunctions, dateFunctions,
	} {
		for name, f := range group {
			functions[name] = f
		}
	}
	// Community Health Toolkit forms write these with or without their prefix.
	for _, name := range [...]string{
		"difference-in-days", "difference-in-weeks", "difference-in-months", "difference-in-years", "add-date",
	} {
		functions["cht:"+name] = functions[name]
	}
}

// arity refuses a wrong number of arguments.
func (f *function) arity(c *call) error {
	n := len(c.args)
	if n < f.min || f.max >= 0 && n > f.max || f.even && n%2 != 0 {
		return problemAt("xpath.arguments", c.start, "Name", c.name, "Given", n, "Wanted", f.wanted())
	}
	return nil
}

// wanted writes the allowed numbers of arguments: "2", "1-3", "2+".
func (f *function) wanted() string {
	switch {
	case f.max < 0:
		return formatNumber(float64(f.min)) + "+"
	case f.min == f.max:
		return formatNumber(float64(f.min))
	}
	return formatNumber(float64(f.min)) + "-" + formatNumber(float64(f.max))
}

func (ev *evaluator) call(c *call) Value {
	if !ev.spend(1, c.span) {
		return Value{}
	}
	if c.fn == nil {
		return ev.fail("xpath.unknown_function", c.span, "Name", c.name)
	}
	if err := c.fn.arity(c); err != nil {
		ev.err = err
		return Value{}
	}
	if c.fn.lenient || !ev.ThreeValued {
		return c.fn.do(ev, c)
	}
	return ev.strict(func() Value { return c.fn.do(ev, c) })
}

// text is the argument's string; the context node's when there are no arguments.
func (ev *evaluator) text(c *call, i int) string {
	if i >= len(c.args) {
		return ev.focus.node.Text()
	}
	var s string
	switch n := c.args[i].(type) {
	case *stringLit:
		return n.value
	case *path:
		s = ev.cell(n)
	case *fieldRef:
		s = ev.answer(n)
	default:
		s = ev.atom(c.args[i]).String()
	}
	ev.spend(len(s)/16, c.span)
	return s
}

// cell is the text that a path leads to; for the column of a row it takes the short way.
func (ev *evaluator) cell(n *path) string {
	if name, ok := column(n); ok && !ev.ThreeValued {
		if !ev.spend(len(ev.focus.node.Children), n.span) {
			return ""
		}
		switch m := ev.focus.node.Child(name); {
		case m == nil:
			return ""
		case ev.rows && len(m.Children) == 0:
			return m.Value
		default:
			return m.Text()
		}
	}
	return ev.atom(n).String()
}

// answer is the text of ${name}; over the rows of a table it is looked up once.
func (ev *evaluator) answer(n *fieldRef) string {
	if !ev.rows {
		return ev.atom(n).String()
	}
	for i := range ev.fields {
		if f := &ev.fields[i]; f.name == n.name {
			if !f.said {
				f.text, f.said = f.value.String(), true
			}
			return f.text
		}
	}
	return ev.field(n).String()
}

func (ev *evaluator) number(c *call, i int) float64 {
	if i >= len(c.args) {
		return textNumber(ev.focus.node.Text())
	}
	return ev.atom(c.args[i]).Number()
}

// nodes is an argument that must be a node-set.
func (ev *evaluator) nodes(c *call, i int) []*Node {
	v := ev.eval(c.args[i])
	if v.kind == KindUnknown {
		ev.missing = append(ev.missing, v.rare.blanks...)
		return nil
	}
	if v.kind != KindNodes {
		ev.fail("xpath.not_nodes", c.args[i].at())
		return nil
	}
	return v.nodes
}

// each evaluates the arguments from the i-th on, node-sets spread into their nodes.
func (ev *evaluator) each(c *call, i int, visit func(Value)) {
	for ; i < len(c.args) && ev.err == nil; i++ {
		v := ev.eval(c.args[i])
		if v.kind != KindNodes {
			ev.need(c.args[i], v)
			visit(v)
			continue
		}
		for _, n := range v.nodes {
			item := MakeText(n.Text())
			if ev.ThreeValued && item.text == "" && n.applies() {
				ev.missing = append(ev.missing, ev.blankName(c.args[i], v))
			}
			visit(item)
		}
	}
}

// made returns a text that an expression built, within bounds.
func (ev *evaluator) made(c *call, s string) Value {
	if len(s) > maxText {
		return ev.fail("xpath.too_costly", c.span)
	}
	ev.spend(len(s)/16, c.span)
	return MakeText(strings.ToValidUTF8(s, "�"))
}
