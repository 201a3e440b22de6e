package outing

import (
	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/form/xpath"
)

// reader tells which questions can come up at all when nothing is known but a profile.
// Answers are unknown; facts of the file other than the profile's are taken for blank, so
// that no condition can carry them to the paper.
type reader struct {
	in    *form.Instance
	def   *form.Definition
	facts map[string]string
	nodes map[string]*xpath.Node // by question; nil while it is being made
	ctx   xpath.Context
}

func newReader(in *form.Instance, p profile) *reader {
	r := &reader{in: in, def: in.Definition(), facts: p.facts(), nodes: map[string]*xpath.Node{}}
	r.ctx = xpath.Context{
		ThreeValued: true, Now: p.day.Time(), Zone: casework.Shanghai, Field: func(name string, _ *xpath.Node) ([]*xpath.Node, bool) {
			it := r.def.Find(name)
			if it == nil {
				return nil, false
			}
			return []*xpath.Node{r.node(it)}, true
		},
	}
	return r
}

// node is an answer as conditions see it: known, known to be blank, or unknown.
func (r *reader) node(it *form.Item) *xpath.Node {
	if n, ok := r.nodes[it.Name]; ok {
		if n == nil { // computed from itself
			return &xpath.Node{Name: it.Name}
		}
		return n
	}
	r.nodes[it.Name] = nil
	n := &xpath.Node{Name: it.Name}
	switch {
	case it.Type == form.TypeHidden:
		n.Value = r.facts[it.Name]
		n.Blank = n.Value == ""
	case it.Type == form.TypeCalculate && r.known(it.Calculation):
		v, _ := r.in.View(it.Path)
		n.Value, n.Blank = v.Value, v.Value == ""
	case it.Type.Shown():
		n.Blank = !r.possible(it)
	}
	r.nodes[it.Name] = n
	return n
}

// known reports whether a formula reads nothing but what is known.
func (r *reader) known(src string) bool {
	e, err := xpath.Compile(src)
	if err != nil {
		return false
	}
	d := e.Deps()
	if d.Anything || d.Self || len(d.Names) > 0 {
		return false
	}
	for _, name := range d.Fields {
		it := r.def.Find(name)
		if it == nil {
			return false
		}
		if n := r.node(it); n.Value == "" && !n.Blank {
			return false
		}
	}
	return true
}

// possible reports whether a question can come up: neither its own condition nor that of a
// group around it is surely false.
func (r *reader) possible(it *form.Item) bool {
	for ; it != nil; it = r.def.Parent(it) {
		if !r.may(it.Relevant) {
			return false
		}
	}
	return true
}

// may reports whether a condition is not surely false. What cannot be computed without the
// answers may hold.
func (r *reader) may(src string) bool {
	if src == "" {
		return true
	}
	e, err := xpath.Compile(src)
	if err != nil {
		return true
	}
	if d := e.Deps(); d.Anything || len(d.Names) > 0 {
		return true
	}
	v, err := e.Eval(r.ctx)
	if err != nil {
		return true
	}
	if _, unknown := v.Unknown(); unknown {
		return true
	}
	return v.Bool()
}

// when says which answers to a question above bring this one up. It is zero when the
// condition reads none of them, several, or any answer will do.
func (r *reader) when(it *form.Item, printed map[string]Question) When {
	e, err := xpath.Compile(it.Relevant)
	if it.Relevant == "" || err != nil {
		return When{}
	}
	var above *form.Item
	for _, name := range e.Deps().Fields {
		if _, ok := printed[name]; ok {
			if above != nil {
				return When{}
			}
			above = r.def.Find(name)
		}
	}
	if above == nil || above.Type != form.TypeSelectOne {
		return When{}
	}
	q := printed[above.Name]
	node := r.node(above)
	defer func() { node.Value = "" }()
	var keys []string
	for i, c := range r.in.Choices(above.Path) {
		node.Value = c.Name
		if i < len(q.Options) && r.may(it.Relevant) {
			keys = append(keys, q.Options[i].Keys)
		}
	}
	if len(keys) == 0 || len(keys) == len(r.in.Choices(above.Path)) {
		return When{}
	}
	return When{q.Code, keys}
}
