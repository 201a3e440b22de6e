package form

import (
	"math"
	"strings"

	"doorstep/casework"
	"doorstep/casework/form/xpath"
)

// recompute runs the dirty rules in their order, which makes one pass enough; only a form
// with a circle, which publishing refuses, needs more, and then it is cut.
func (in *Instance) recompute() {
	in.spent = 0
	for range 4 {
		any := false
		for i := in.dirty.next(0); i >= 0; i = in.dirty.next(i + 1) {
			in.dirty.clear(i)
			in.run(in.prog.rules[i])
			any = true
		}
		if !any {
			return
		}
	}
	clear(in.dirty)
}

func (in *Instance) run(r *rule) {
	if r.kind == ruleDepth {
		in.runDepth(r)
		return
	}
	// Counting may add places to this very list.
	for k := 0; k < len(in.at[r.code]); k++ {
		in.runAt(r, in.at[r.code][k])
	}
}

func (in *Instance) runDepth(r *rule) {
	depth := in.opts.Depth
	if v, ok := in.compute(r.expr, in.root, "depth"); ok {
		if f := v.Number(); f >= 1 && f <= 3 {
			depth = int(f)
		}
	}
	if depth == in.depth {
		return
	}
	in.depth = depth
	for _, q := range in.prog.rules {
		if q.kind == ruleRelevant && q.code.item.Depth > 0 {
			in.dirty.set(q.index)
		}
	}
}

func (in *Instance) runAt(r *rule, p *place) {
	c := r.code
	switch r.kind {
	case ruleRelevant:
		yes := true
		if c.relevant != nil {
			if v, ok := in.compute(c.relevant, p, "relevant"); ok {
				yes = v.Bool()
			}
		}
		shallow := yes && c.item.Depth > in.depth
		if yes = yes && !shallow; yes != p.relevant {
			p.setRelevant(yes)
			in.dirty.add(c.below)
		}
		p.shallow = shallow
	case ruleCount:
		if v, ok := in.compute(r.expr, p, "repeat_count"); ok && p.series {
			in.count(p, v.Number())
		}
	case ruleCalculate:
		if p.touched && !c.item.Type.Shown() {
			return // a fact from the case file goes before the formula
		}
		if v, ok := in.compute(r.expr, p, "calculation"); ok && p.question() {
			in.hold(p, written(c.item.Type, v))
		}
	case ruleDefault:
		in.applyDefault(p)
	case ruleReadOnly:
		v, ok := in.compute(r.expr, p, "read_only")
		p.readOnly = ok && v.Bool()
	case ruleRequired:
		v, ok := in.compute(r.expr, p, "required")
		p.required = ok && (v.Bool() && v.String() != "no" && v.String() != "false")
	case ruleConstraint:
		v, ok := in.compute(r.expr, p, "constraint")
		p.violated = ok && !v.Bool()
	}
}

// applyDefault fills a question when it first appears, unless someone was there before.
func (in *Instance) applyDefault(p *place) {
	if p.touched || p.defaulted || !p.question() || p.node.Value != "" || !p.live() {
		return
	}
	p.defaulted = true
	if p.code.deflt == nil {
		in.hold(p, p.code.item.Default)
		return
	}
	if v, ok := in.compute(p.code.deflt, p, "default"); ok {
		in.hold(p, written(p.code.item.Type, v))
	}
}

// hold changes an answer and marks what reads it.
func (in *Instance) hold(p *place, value string) {
	if p.node.Value == value {
		return
	}
	p.node.Value = value
	in.dirty.add(p.code.reads)
}

// written is a value as it is stored: what is not a number is blank, and a number of days
// in a question for a date is that date.
func written(t Type, v xpath.Value) string {
	if v.Kind() == xpath.KindNumber {
		f := v.Number()
		switch {
		case math.IsNaN(f) || math.IsInf(f, 0):
			return ""
		case t == TypeDate && math.Abs(f) < 1e7:
			return xpath.MakeDay(int(math.Floor(f))).String()
		}
	}
	return v.String()
}

// count brings a repeat to n instances. Those above are hidden, never deleted.
func (in *Instance) count(series *place, n float64) {
	if math.IsNaN(n) || n < 0 {
		n = 0
	}
	want := int(min(n, maxInstances))
	changed := false
	for len(series.kids) < want {
		in.born(in.addInstance(series))
		changed = true
	}
	for i, k := range series.kids {
		if beyond := i >= want; k.beyond != beyond {
			k.beyond, k.node.Absent, changed = beyond, beyond, true
		}
	}
	if changed {
		in.shifted(series)
	}
}

// maxInstances bounds a repeat, whatever a formula says.
const maxInstances = 1000

// born prepares the rules of a new instance.
func (in *Instance) born(p *place) {
	p.under(func(q *place) {
		in.preload(q)
		in.dirty.add(q.code.own)
		in.dirty.add(q.code.below)
	})
}

// shifted marks what depends on which instances a repeat has.
func (in *Instance) shifted(series *place) {
	in.dirty.add(series.code.below)
	in.dirty.add(in.prog.places)
}

// compute evaluates an expression at a place. A formula that fails is noted as a fault,
// and the caller goes on as if it were not there: a form never stops a visit.
func (in *Instance) compute(e *xpath.Expr, p *place, column string) (xpath.Value, bool) {
	c := in.contextAt(p)
	var v xpath.Value
	err := error(tooCostly)
	if in.spent <= maxSpend {
		if v, err = e.Eval(c); err == nil {
			return v, true
		}
	}
	name := in.def.FormID
	if p.code != nil {
		name = p.code.item.Name
	}
	in.faults[name+"\x00"+column] = err
	return v, false
}

// maxSpend bounds what all formulas together may cost for one answer, in nodes and characters
// touched: some seconds. The largest questionnaires met in the field take a thousandth of it.
const maxSpend = 16 << 20

var tooCostly = casework.Problem("form.compute", "xpath.too_costly", "At", 1)

func cutFault(key string) (question, column string) {
	question, column, _ = strings.Cut(key, "\x00")
	return question, column
}

// contextAt is the Context of an expression standing at p. A repeat stands where its
// instances hang.
func (in *Instance) contextAt(p *place) xpath.Context {
	in.here = p
	c := in.ctx
	if p.series {
		p = p.parentNode()
	}
	c.Node, c.Current = &p.node, &p.node
	return c
}
