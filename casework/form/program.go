package form

import (
	"slices"

	"doorstep/casework"
	"doorstep/casework/form/xpath"
)

// program is a definition with its expressions compiled and its rules put into the order
// in which they must be computed. It is immutable and shared by all visits of a form.
type program struct {
	def    *Definition
	codes  []*code
	byItem map[*Item]*code
	byName map[string]*code // the first of that name
	named  map[string][]*code
	rules  []*rule // in order of computation
	depth  *rule   // Definition.Depth, or nil
	clocks ruleSet // rules that read today() or now()
	places ruleSet // rules that read position(…)
	tables map[string]*table
}

// code is an Item with its expressions.
type code struct {
	item   *Item
	parent *code
	kids   []*code
	class  casework.Sensitivity // of the answer, with everything it is derived from
	fresh  bool                 // its own or that of a group around it

	relevant, required, readOnly, constraint, calculation *xpath.Expr
	deflt, count, filter, score, triggerWhen              *xpath.Expr

	repeats []*code // the repeats around it, outermost first
	below   ruleSet // rules to compute again when this item or anything in it comes or goes
	reads   ruleSet // rules that read this item's answer
	own     ruleSet // this item's own rules
}

// what a rule computes, which is also the order of rules without mutual dependency.
type ruleKind uint8

const (
	ruleDepth ruleKind = iota
	ruleCount
	ruleRelevant
	ruleCalculate
	ruleDefault
	ruleReadOnly
	ruleRequired
	ruleConstraint
)

// changesTree reports whether other rules may read what this one computes.
func (k ruleKind) changesTree() bool { return k <= ruleDefault }

type rule struct {
	kind  ruleKind
	code  *code // nil for the depth
	expr  *xpath.Expr
	index int // its place in program.rules
}

// waits is for calculations that are computed only when a question of their column trigger changes.
func (r *rule) waits() bool { return r.kind == ruleCalculate && len(r.code.item.Trigger) > 0 }

// compile prepares a definition. Error: form.bad_expression, with Question, Column and the
// character At, wrapping the problem of the expression; publishing refuses such a form.
func compile(d *Definition) (*program, error) {
	p := &program{
		def: d, byItem: map[*Item]*code{}, byName: map[string]*code{}, named: map[string][]*code{},
		tables: map[string]*table{},
	}
	for it := range d.All() {
		if err := p.add(it); err != nil {
			return nil, err
		}
	}
	if d.Depth != "" {
		e, err := expression(d.Depth, d.FormID, "depth")
		if err != nil {
			return nil, err
		}
		p.depth = &rule{kind: ruleDepth, expr: e}
	}
	p.order()
	p.classify()
	for _, l := range d.Lists {
		p.tables[l.Name] = newTable(l)
	}
	return p, nil
}

func (p *program) add(it *Item) error {
	c := &code{
		item: it, parent: p.byItem[p.def.Parent(it)], fresh: it.Fresh,
		class: casework.Sensitivity(p.def.Sensitivity(it)),
	}
	for _, x := range []struct {
		column, src string
		to          **xpath.Expr
	}{
		{"relevant", it.Relevant, &c.relevant},
		{"required", it.Required, &c.required},
		{"read_only", it.ReadOnly, &c.readOnly},
		{"constraint", it.Constraint, &c.constraint},
		{"calculation", it.Calculation, &c.calculation},
		{"repeat_count", it.RepeatCount, &c.count},
		{"choice_filter", it.ChoiceFilter, &c.filter},
		{"score", it.Score, &c.score},
		{"trigger", it.HardTriggerWhen, &c.triggerWhen},
	} {
		if x.src == "" {
			continue
		}
		e, err := expression(x.src, it.Name, x.column)
		if err != nil {
			return err
		}
		*x.to = e
	}
	if it.Default != "" && it.DefaultIsExpression() {
		e, err := expression(it.Default, it.Name, "default")
		if err != nil {
			return err
		}
		c.deflt = e
	}
	if c.parent != nil {
		c.parent.kids = append(c.parent.kids, c)
		c.fresh = c.fresh || c.parent.fresh
		c.repeats = c.parent.repeats
		if c.parent.item.Kind == Repeat {
			c.repeats = append(slices.Clone(c.repeats), c.parent)
		}
	}
	p.codes = append(p.codes, c)
	p.byItem[it] = c
	if p.byName[it.Name] == nil {
		p.byName[it.Name] = c
	}
	p.named[it.Name] = append(p.named[it.Name], c)
	return nil
}

func expression(src, question, column string) (*xpath.Expr, error) {
	e, err := xpath.Compile(src)
	if err != nil {
		at, _ := xpath.Offset(err)
		return nil, casework.Problem("form.Start", "form.bad_expression",
			"Question", question, "Column", column, "At", at+1).Because(err)
	}
	return e, nil
}

// classify gives each answer the highest class of what it is computed from or shown for
// (people.md §1.4): a calculation over restricted answers is restricted.
func (p *program) classify() {
	for changed := true; changed; { // classes only rise, so this ends
		changed = false
		for _, r := range p.rules {
			if r.code == nil || r.kind != ruleCalculate && r.kind != ruleRelevant {
				continue
			}
			for _, from := range p.sources(r) {
				if from.class > r.code.class {
					r.code.class, changed = from.class, true
				}
			}
		}
		for _, c := range p.codes {
			if c.parent != nil && c.parent.class > c.class {
				c.class, changed = c.parent.class, true
			}
		}
	}
}

var alwaysTrue = func() *xpath.Expr {
	e, err := xpath.Compile("true()")
	if err != nil {
		panic(err)
	}
	return e
}()
