package form

import (
	"cmp"
	"slices"

	"doorstep/casework/form/xpath"
)

// sources are the items a rule reads.
func (p *program) sources(r *rule) []*code {
	deps := r.expr.Deps()
	var out []*code
	for _, list := range [][]string{deps.Fields, deps.Names} {
		for _, name := range list {
			out = append(out, p.named[name]...)
		}
	}
	if deps.Self && r.code != nil {
		out = append(out, r.code)
	}
	if deps.Anything {
		out = append(out, p.codes...)
	}
	return out
}

// order sorts the rules so that each comes after what it reads, and records who reads what.
func (p *program) order() {
	producers := map[*code][]*rule{} // rules that decide what an item reads as
	var all []*rule
	propose := func(kind ruleKind, c *code, e *xpath.Expr) {
		if e == nil && (kind != ruleRelevant || c.item.Depth == 0) && (kind != ruleDefault || c.item.Default == "") {
			return
		}
		if e == nil {
			e = alwaysTrue
		}
		r := &rule{kind: kind, code: c, expr: e}
		all = append(all, r)
		if kind.changesTree() {
			producers[c] = append(producers[c], r)
		}
	}
	if p.depth != nil {
		all = append(all, p.depth)
	}
	for _, c := range p.codes {
		propose(ruleCount, c, c.count)
		propose(ruleRelevant, c, c.relevant)
		propose(ruleCalculate, c, c.calculation)
		propose(ruleDefault, c, c.deflt)
		propose(ruleReadOnly, c, c.readOnly)
		propose(ruleRequired, c, c.required)
		propose(ruleConstraint, c, c.constraint)
	}
	const white, grey, black = 0, 1, 2
	colour := map[*rule]int{}
	var visit func(r *rule)
	visit = func(r *rule) {
		if colour[r] != white {
			return // a circle, which publishing refuses, is cut where it closes
		}
		colour[r] = grey
		if r.kind == ruleRelevant && r.code.item.Depth > 0 && p.depth != nil {
			visit(p.depth)
		}
		for _, from := range p.sources(r) {
			for c := from; c != nil; c = c.parent {
				for _, q := range producers[c] {
					if q.code != r.code {
						visit(q)
					}
				}
			}
		}
		if r.kind == ruleDefault || r.kind == ruleCalculate {
			for c := r.code; c != nil; c = c.parent {
				for _, q := range producers[c] {
					if q.kind < r.kind {
						visit(q)
					}
				}
			}
		}
		colour[r] = black
		r.index = len(p.rules)
		p.rules = append(p.rules, r)
	}
	slices.SortStableFunc(all, func(a, b *rule) int {
		return cmp.Compare(b2i(!a.kind.changesTree()), b2i(!b.kind.changesTree()))
	})
	for _, r := range all {
		visit(r)
	}
	p.connect()
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// connect records, for every item, the rules to compute again when it changes.
func (p *program) connect() {
	n := len(p.rules)
	p.clocks, p.places = newRuleSet(n), newRuleSet(n)
	for _, c := range p.codes {
		c.reads, c.own, c.below = newRuleSet(n), newRuleSet(n), newRuleSet(n)
	}
	for _, r := range p.rules {
		deps := r.expr.Deps()
		if r.waits() {
			continue // computed for its triggers only
		}
		if deps.Clock && r.kind != ruleDefault {
			p.clocks.set(r.index)
		}
		if deps.Place {
			p.places.set(r.index)
		}
		if r.code != nil {
			r.code.own.set(r.index)
		}
		if r.kind == ruleDefault {
			continue // computed once
		}
		for _, from := range p.sources(r) {
			if from == r.code && r.kind.changesTree() {
				continue
			}
			from.reads.set(r.index)
		}
	}
	for _, r := range p.rules {
		if r.waits() {
			for _, name := range r.code.item.Trigger {
				for _, from := range p.named[name] {
					from.reads.set(r.index)
				}
			}
		}
	}
	defaults := map[*code]*rule{}
	for _, r := range p.rules {
		if r.kind == ruleDefault {
			defaults[r.code] = r
		}
	}
	// Children stand behind their parents, so going backwards finishes them first.
	for _, c := range slices.Backward(p.codes) {
		c.below.add(c.reads)
		if r := defaults[c]; r != nil {
			c.below.set(r.index)
		}
		if c.parent != nil {
			c.parent.below.add(c.below)
		}
	}
}
