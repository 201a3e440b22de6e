package visit

import (
	"slices"
	"strings"

	"doorstep/casework/form"
	"doorstep/tui/cell"
)

// answer writes an answer out in the worker's words.
func (p *sheet) answer(v form.View) string {
	switch {
	case v.Unknown == form.UnknownNotAsked:
		return p.env.Say("visit.not_asked")
	case v.Unknown == form.UnknownNotSeen:
		return p.env.Say("visit.not_seen")
	case v.Value == "":
		return ""
	}
	return p.words(v, v.Value)
}

func (p *sheet) words(v form.View, value string) string {
	switch {
	case v.Item.Type == form.TypeAcknowledge:
		return p.env.Say("visit.acknowledge")
	case v.Item.Type.Attaches():
		return p.s.fileWords(p.env, value)
	case !v.Item.Type.Selects():
		v.Value = value
		return cell.CleanText(typedAs(v), 300)
	}
	values := []string{value}
	if several(v) {
		values = strings.Fields(value)
	}
	out := make([]string, len(values))
	lang := p.env.Say("people.lang")
	for _, c := range p.s.session.Form.Choices(v.Path) {
		if i := slices.Index(values, c.Name); i >= 0 {
			out[i] = p.s.session.Form.Definition().Say(c.Label, lang)
		}
	}
	for i, text := range out {
		if text == "" {
			out[i] = values[i] // no longer among the choices
		}
	}
	if v.Item.Type == form.TypeRank {
		return strings.Join(out, " > ")
	}
	return strings.Join(out, p.env.Say("visit.and"))
}
