package xpath

var logicFunctions = map[string]*function{
	"true":  {do: func(*evaluator, *call) Value { return MakeTruth(true) }},
	"false": {do: func(*evaluator, *call) Value { return MakeTruth(false) }},
	"not": {min: 1, max: 1, lenient: true, do: func(ev *evaluator, c *call) Value {
		v := ev.truth(c.args[0])
		if v.kind == KindUnknown {
			return v
		}
		return MakeTruth(!v.Bool())
	}},
	"boolean": {min: 1, max: 1, lenient: true, do: func(ev *evaluator, c *call) Value {
		return ev.truth(c.args[0])
	}},
	"boolean-from-string": {min: 1, max: 1, do: func(ev *evaluator, c *call) Value {
		s := ev.text(c, 0)
		return MakeTruth(s == "1" || s == "true")
	}},
	"if":       {min: 3, max: 3, lenient: true, do: doIf},
	"coalesce": {min: 1, max: -1, lenient: true, do: doCoalesce},
	"once":     {min: 1, max: 1, lenient: true, do: doOnce},
	"checklist": {min: 2, max: -1, do: func(ev *evaluator, c *call) Value {
		sum := 0.0
		ev.eachTruth(c, 2, func(b bool) {
			if b {
				sum++
			}
		})
		return MakeTruth(ev.between(c, sum))
	}},
	"weighted-checklist": {min: 2, max: -1, even: true, do: doWeightedChecklist},
}

// doIf evaluates only the branch that is taken.
func doIf(ev *evaluator, c *call) Value {
	cond := ev.truth(c.args[0])
	switch {
	case ev.err != nil || cond.kind == KindUnknown:
		return cond
	case cond.Bool():
		return ev.eval(c.args[1])
	}
	return ev.eval(c.args[2])
}

// doCoalesce gives the first argument that is not blank, and evaluates none behind it.
func doCoalesce(ev *evaluator, c *call) Value {
	var blanks []string
	for _, a := range c.args {
		v := ev.eval(a)
		if ev.err != nil {
			return Value{}
		}
		switch {
		case v.kind == KindUnknown:
			blanks = append(blanks, v.rare.blanks...)
		case !v.IsBlank():
			return v
		case ev.lacking(v):
			blanks = append(blanks, ev.blankName(a, v))
		}
	}
	if len(blanks) > 0 {
		return makeUnknown(blanks)
	}
	return Value{}
}

// doOnce keeps the answer that is there and computes only a blank one.
func doOnce(ev *evaluator, c *call) Value {
	if s := ev.focus.node.Text(); s != "" {
		return MakeText(s)
	}
	return ev.eval(c.args[0])
}

// between compares a count with the limits in the first two arguments; -1 means no limit.
func (ev *evaluator) between(c *call, n float64) bool {
	low, high := ev.number(c, 0), ev.number(c, 1)
	return (low < 0 || n >= low) && (high < 0 || n <= high)
}

// eachTruth visits arguments as true or false; every node of a node-set counts on its
// own, true when answered.
func (ev *evaluator) eachTruth(c *call, from int, visit func(bool)) {
	for i := from; i < len(c.args) && ev.err == nil; i++ {
		v := ev.eval(c.args[i])
		ev.need(c.args[i], v)
		if v.kind != KindNodes {
			visit(v.Bool())
			continue
		}
		for _, n := range v.nodes {
			visit(n.Text() != "")
		}
	}
}

// doWeightedChecklist takes pairs of a condition and its weight. Two node-sets pair up
// node by node.
func doWeightedChecklist(ev *evaluator, c *call) Value {
	sum := 0.0
	for i := 2; i+1 < len(c.args) && ev.err == nil; i += 2 {
		flags, weights := ev.eval(c.args[i]), ev.eval(c.args[i+1])
		ev.need(c.args[i], flags)
		ev.need(c.args[i+1], weights)
		if flags.kind == KindNodes && weights.kind == KindNodes {
			for k := range min(len(flags.nodes), len(weights.nodes)) {
				if flags.nodes[k].Text() != "" {
					sum += textNumber(weights.nodes[k].Text())
				}
			}
			continue
		}
		yes := flags.Bool()
		if flags.kind == KindNodes {
			yes = flags.String() != ""
		}
		if yes {
			sum += weights.Number()
		}
	}
	return MakeTruth(ev.between(c, sum))
}
