package form

import (
	"slices"
	"strings"

	"doorstep/casework"
)

// report compares the two drafts.
func (m *mover) report(p *Plan) {
	seen := map[*place]*place{} // places of the new draft and theirs in the old one
	for _, q := range m.from.document() {
		if t := m.target(q); t != nil {
			seen[t] = q
		}
	}
	for i := range m.jobs {
		if j := &m.jobs[i]; j.act == ActAnswer && j.p.node.Value+j.p.unknown != "" {
			m.settle(p, j)
		}
	}
	order := map[string]int{}
	for i, q := range m.from.document() {
		order[q.path] = i
	}
	slices.SortFunc(p.Kept, func(a, b Carried) int { return order[a.Path] - order[b.Path] })
	slices.SortFunc(p.Dropped, func(a, b Lost) int { return order[a.Path] - order[b.Path] })
	for _, t := range m.to.document() {
		it := t.code.item
		if !it.Type.Shown() || it.Type == TypeNote || t.readOnly || t.code.calculation != nil || !t.live() || t.node.Value+t.unknown != "" {
			continue
		}
		q := seen[t]
		if q == nil || !q.live() || t.required && (!q.required || q.node.Value+q.unknown != "") {
			p.Asked = append(p.Asked, Asked{Path: t.path, Label: m.to.say(t, it.Label), Required: t.required})
		}
	}
}

// settle says of one answer of the old draft what became of it.
func (m *mover) settle(p *Plan, j *job) {
	t := m.target(j.p)
	old := m.from.answerAt(j.p)
	lose := func(value string, why casework.Code) {
		l := Lost{Answer: old, Label: m.from.say(j.p, j.p.code.item.Label), Why: why}
		l.Value = value
		l.Shown = m.from.words(j.p.code.item, value)
		p.Dropped = append(p.Dropped, l)
	}
	if j.why != "" {
		lose(j.lost, j.why)
	}
	switch {
	case j.why != "" && j.kept == "":
		return
	case t == nil:
		lose(j.kept, LostRow)
		return
	case t.node.Value != j.kept || t.unknown != j.mark():
		lose(j.kept, LostComputed)
		return
	}
	k := Carried{
		Answer: old, To: t.path, Label: m.to.say(t, t.code.item.Label), Shown: m.to.words(t.code.item, j.kept),
		Class: t.code.class, Idle: !t.live(),
		Reworded: m.said(m.from, j.p.code.item.Label) != m.said(m.to, t.code.item.Label) ||
			m.from.words(j.p.code.item, j.kept) != m.to.words(t.code.item, j.kept),
	}
	k.Value = j.kept
	p.Kept = append(p.Kept, k)
}

// said is a sentence of a form before answers are filled in.
func (m *mover) said(in *Instance, t Text) string { return in.def.Say(t, in.opts.Lang) }

// words is an answer as a person reads it: of a select, the labels of its choices.
func (in *Instance) words(it *Item, value string) string {
	if !it.Type.Selects() || it.ListFrom != "" {
		return value
	}
	names := []string{value}
	if it.Type != TypeSelectOne {
		names = strings.Fields(value)
	}
	for i, name := range names {
		if c := in.def.List(it.List).Choice(name); c != nil {
			if label := in.def.Say(c.Label, in.opts.Lang); label != "" {
				names[i] = label
			}
		}
	}
	return strings.Join(names, "、")
}
