package form

import "strings"

// say is a sentence of the form in the language of the visit, ${…} replaced by answers;
// of a select, by the label of its choice.
func (in *Instance) say(p *place, t Text) string {
	s := in.def.Say(t, in.opts.Lang)
	if !strings.Contains(s, "${") {
		return s
	}
	in.here = p
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(s, "${")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, closed := strings.Cut(rest, "}")
		nodes, ok := in.field(strings.TrimSpace(name), &p.node)
		if !closed || !ok {
			b.WriteString("${" + rest)
			return b.String()
		}
		if len(nodes) > 0 {
			answer := nodes[0].Text()
			if label, ok := in.choiceName(strings.TrimSpace(name), answer); ok {
				answer = label
			}
			b.WriteString(answer)
		}
		s = after
	}
}
