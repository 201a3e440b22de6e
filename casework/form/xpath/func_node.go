package xpath

import (
	"math"
	"slices"
	"strings"
)

var nodeFunctions = map[string]*function{
	"last": {do: func(ev *evaluator, _ *call) Value { return MakeNumber(float64(ev.focus.size)) }},
	"position": {max: 1, do: func(ev *evaluator, c *call) Value {
		if len(c.args) == 0 {
			return MakeNumber(float64(ev.focus.pos))
		}
		nodes := ev.nodes(c, 0)
		if len(nodes) == 0 {
			return MakeNumber(math.NaN())
		}
		return MakeNumber(float64(placeAmongTwins(nodes[0])))
	}},
	"count": {min: 1, max: 1, do: func(ev *evaluator, c *call) Value {
		return MakeNumber(float64(len(ev.nodes(c, 0))))
	}},
	"count-non-empty": {min: 1, max: 1, do: func(ev *evaluator, c *call) Value {
		count := 0
		for _, n := range ev.nodes(c, 0) {
			if n.Text() != "" {
				count++
			}
		}
		return MakeNumber(float64(count))
	}},
	"name": {max: 1, self: true, do: func(ev *evaluator, c *call) Value { return MakeText(ev.nameOf(c)) }},
	"local-name": {max: 1, self: true, do: func(ev *evaluator, c *call) Value {
		name := ev.nameOf(c)
		return MakeText(name[strings.LastIndexByte(name, ':')+1:])
	}},
	"current": {do: func(ev *evaluator, _ *call) Value {
		return Value{kind: KindNodes, nodes: []*Node{ev.Current}}
	}},
	"instance":       {min: 1, max: 1, do: doInstance},
	"pulldata":       {min: 4, max: 4, do: doPulldata},
	"indexed-repeat": {min: 3, max: 7, do: doIndexedRepeat},
}

// placeAmongTwins counts from 1 among the siblings of the same name.
func placeAmongTwins(n *Node) int {
	if n.Parent == nil {
		return 1
	}
	place := 0
	for _, m := range n.Parent.Children {
		if m.Name == n.Name && m.Kind == n.Kind && !m.Absent {
			place++
		}
		if m == n {
			break
		}
	}
	return place
}

func (ev *evaluator) nameOf(c *call) string {
	n := ev.focus.node
	if len(c.args) > 0 {
		nodes := ev.nodes(c, 0)
		if len(nodes) == 0 {
			return ""
		}
		n = nodes[0]
	}
	switch n.Kind {
	case Element, Attribute, ProcInst:
		return n.Name
	}
	return ""
}

func doInstance(ev *evaluator, c *call) Value {
	id := ev.text(c, 0)
	if ev.Instance != nil {
		if n, ok := ev.Instance(id); ok {
			return Value{kind: KindNodes, nodes: []*Node{n}}
		}
	}
	return ev.fail("xpath.unknown_table", c.span, "Name", id)
}

// doPulldata looks one cell up: pulldata('table', 'wanted column', 'key column', key).
func doPulldata(ev *evaluator, c *call) Value {
	table, want, keyColumn, key := ev.text(c, 0), ev.text(c, 1), ev.text(c, 2), ev.text(c, 3)
	if ev.err != nil {
		return Value{}
	}
	if ev.Instance == nil {
		return ev.fail("xpath.unknown_table", c.span, "Name", table)
	}
	n, ok := ev.Instance(table)
	if !ok {
		return ev.fail("xpath.unknown_table", c.span, "Name", table)
	}
	for _, root := range n.Children {
		for _, item := range root.Children {
			if !ev.spend(1, c.span) {
				return Value{}
			}
			if k := item.Child(keyColumn); k != nil && k.Text() == key {
				if cell := item.Child(want); cell != nil {
					return MakeText(cell.Text())
				}
				return Value{}
			}
		}
	}
	return Value{}
}

// doIndexedRepeat picks the instances of up to three nested repeats by number and gives
// the target inside them: indexed-repeat(target, repeat, n, inner repeat, m).
func doIndexedRepeat(ev *evaluator, c *call) Value {
	if len(c.args)%2 == 0 {
		return ev.fail("xpath.arguments", c.span, "Name", c.name, "Given", len(c.args), "Wanted", "3, 5, 7")
	}
	var chosen *Node
	for i := 1; i+1 < len(c.args); i += 2 {
		place := ev.eval(c.args[i+1])
		if place.kind == KindUnknown {
			return place
		}
		groups := slices.Clone(ev.all(c, i))
		if ev.err != nil {
			return Value{}
		}
		groups = ev.nearest(groups, chosen)
		f := place.Number()
		if k := int(f); float64(k) == f && k >= 1 && k <= len(groups) {
			chosen = groups[k-1]
			continue
		}
		return Value{kind: KindNodes, answer: true}
	}
	var out []*Node
	for _, n := range ev.all(c, 0) {
		if n.within(chosen) {
			out = append(out, n)
		}
	}
	return Value{kind: KindNodes, nodes: out, answer: true}
}

// all is an argument's node-set; of ${name}, the answers of all repeat instances.
func (ev *evaluator) all(c *call, i int) []*Node {
	ref, ok := c.args[i].(*fieldRef)
	if !ok {
		return ev.nodes(c, i)
	}
	if ev.Field != nil {
		if nodes, ok := ev.Field(ref.name, nil); ok {
			return nodes
		}
	}
	ev.fail("xpath.unknown_field", ref.span, "Name", ref.name)
	return nil
}

// nearest keeps the repeat instances of one series: those inside the instance chosen
// already, or, for the outermost index, those that share most with the current place.
func (ev *evaluator) nearest(groups []*Node, chosen *Node) []*Node {
	if len(groups) == 0 {
		return nil
	}
	series := groups[0].Parent
	if chosen == nil {
		for p := ev.Current; p != nil; p = p.Parent {
			if i := slices.IndexFunc(groups, func(g *Node) bool { return g.Parent == p }); i >= 0 {
				series = p
				break
			}
		}
	}
	return slices.DeleteFunc(groups, func(g *Node) bool {
		if chosen != nil {
			return g == chosen || !g.within(chosen)
		}
		return g.Parent != series
	})
}
