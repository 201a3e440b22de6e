package form

import (
	"doorstep/casework/form/xpath"
)

// field finds the answers of ${name} for the expression being computed: in the same
// instance of every repeat the two share, and in all instances of the others.
func (in *Instance) field(name string, from *xpath.Node) ([]*xpath.Node, bool) {
	c := in.prog.byName[name]
	if c == nil {
		return nil, false
	}
	places := in.at[c]
	if len(c.repeats) == 0 && c.item.Kind != Repeat {
		return places[0].self, true
	}
	if n := len(c.repeats); n > 0 && from != nil {
		if mine := in.here.instanceOf(c.repeats[n-1]); mine != nil { // the common case: in its own row
			places, from = []*place{mine.within[c]}, nil
			if p := places[0]; !p.series && present(p) {
				return p.self, true
			}
		}
	}
	var out []*xpath.Node
	for _, p := range places {
		if from != nil && !in.shares(p, c) {
			continue
		}
		if !p.series {
			if present(p) {
				out = append(out, &p.node)
			}
			continue
		}
		for _, k := range p.kids {
			if present(k) {
				out = append(out, &k.node)
			}
		}
	}
	return out, true
}

// shares reports whether p lies in the same instances as the expression's place, as far
// as both lie in the same repeats.
func (in *Instance) shares(p *place, c *code) bool {
	for _, r := range c.repeats {
		mine := in.here.instanceOf(r)
		if mine == nil {
			return true
		}
		if p.instanceOf(r) != mine {
			return false
		}
	}
	return true
}

// present reports whether p and all instances around it are there.
func present(p *place) bool {
	for ; p != nil; p = p.parent {
		if p.gone() {
			return false
		}
	}
	return true
}

func (in *Instance) table(id string) (*xpath.Node, bool) {
	t, ok := in.prog.tables[id]
	if !ok {
		return nil, false
	}
	return t.open().top, true
}

// choiceName is the label of a choice in the language of the visit.
func (in *Instance) choiceName(question, choice string) (string, bool) {
	c := in.prog.byName[question]
	if c == nil {
		return "", false
	}
	found := in.def.List(c.item.List).Choice(choice)
	if found == nil {
		return "", false
	}
	label := in.def.Say(found.Label, in.opts.Lang)
	return label, label != ""
}
