package form

import (
	"strconv"

	"doorstep/casework/form/xpath"
)

// place is one spot of the answer tree: a question, a group, a repeat (which holds its
// instances) or one instance of a repeat. Every spot but a repeat itself has a node,
// which is what expressions see.
type place struct {
	node   xpath.Node
	self   []*xpath.Node // just the node, ready to be handed to expressions
	code   *code         // nil at the root
	parent *place
	kids   []*place
	path   string // "/data/benefit[2]/amount"; instances are numbered as made, for ever
	key    string // how the answer is called when closed: "amount", "benefit[2]/amount"

	series bool             // a repeat; its kids are instances
	number int              // of an instance, from 1
	within map[*code]*place // of an instance: what lies in it, but not in an instance deeper inside
	binned bool             // an instance someone deleted; kept and can be restored
	beyond bool             // an instance above the repeat count; kept

	relevant  bool // by its own rule and the depth; see live for the groups around it
	shallow   bool // hidden only because the visit is less deep than the question
	unknown   string
	touched   bool // someone answered it, so no default comes any more
	defaulted bool
	door      bool // the answer was given behind the same door, in another visit
	required  bool
	readOnly  bool
	violated  bool // its constraint is false
}

// live reports whether the place applies now: itself and everything around it.
func (p *place) live() bool {
	for ; p != nil; p = p.parent {
		if !p.relevant || p.binned || p.beyond {
			return false
		}
	}
	return true
}

// gone is for instances that are not there.
func (p *place) gone() bool { return p.binned || p.beyond }

func (p *place) setRelevant(yes bool) {
	p.relevant = yes
	if p.series {
		for _, k := range p.kids {
			k.node.Blank = !yes
		}
		return
	}
	p.node.Blank = !yes
}

// instanceOf is the instance of repeat r that p lies in, or nil.
func (p *place) instanceOf(r *code) *place {
	for ; p != nil; p = p.parent {
		if p.code == r && !p.series {
			return p
		}
	}
	return nil
}

// question reports whether the place holds an answer.
func (p *place) question() bool { return p.code != nil && p.code.item.Kind == Question }

// grow makes the place of c below parent with everything in it, repeats empty.
func (in *Instance) grow(c *code, parent *place) *place {
	p := &place{code: c, parent: parent, relevant: true, series: c.item.Kind == Repeat}
	p.path, p.key = parent.path+"/"+c.item.Name, in.keyBelow(parent, c.item.Name)
	if !p.series {
		in.fill(p)
	}
	parent.kids = append(parent.kids, p)
	for q := parent; q != nil; q = q.parent {
		if q.number > 0 {
			if q.within == nil {
				q.within = map[*code]*place{}
			}
			q.within[c] = p
			break
		}
	}
	in.at[c] = append(in.at[c], p)
	in.byPath[p.path] = p
	return p
}

func (in *Instance) keyBelow(parent *place, name string) string {
	for ; parent != nil; parent = parent.parent {
		if parent.number > 0 {
			return parent.key + "/" + name
		}
	}
	return name
}

// fill gives p its node and its children.
func (in *Instance) fill(p *place) {
	p.node = xpath.Node{Name: p.code.item.Name, Parent: &p.parentNode().node}
	p.self = []*xpath.Node{&p.node}
	for _, k := range p.code.kids {
		in.grow(k, p)
	}
	p.hang()
}

// parentNode is the nearest place above that has a node.
func (p *place) parentNode() *place {
	for q := p.parent; ; q = q.parent {
		if !q.series {
			return q
		}
	}
}

// hang puts the nodes below p into document order.
func (p *place) hang() {
	p.node.Children = p.node.Children[:0]
	for _, k := range p.kids {
		if !k.series {
			p.node.Children = append(p.node.Children, &k.node)
			continue
		}
		for _, i := range k.kids {
			p.node.Children = append(p.node.Children, &i.node)
		}
	}
}

// addInstance appends an instance to a repeat.
func (in *Instance) addInstance(series *place) *place {
	n := len(series.kids) + 1
	p := &place{code: series.code, parent: series, relevant: true, number: n}
	p.path = series.path + "[" + strconv.Itoa(n) + "]"
	p.key = series.key + "[" + strconv.Itoa(n) + "]"
	in.byPath[p.path] = p
	in.fill(p)
	p.node.Blank = !series.relevant
	series.kids = append(series.kids, p)
	series.parentNode().hang()
	return p
}

// present are the instances of a repeat that are there.
func (p *place) present() []*place {
	out := make([]*place, 0, len(p.kids))
	for _, k := range p.kids {
		if !k.gone() {
			out = append(out, k)
		}
	}
	return out
}

// under visits p and every place below it that is there, in document order.
func (p *place) under(visit func(*place)) {
	if p.gone() {
		return
	}
	visit(p)
	for _, k := range p.kids {
		k.under(visit)
	}
}
