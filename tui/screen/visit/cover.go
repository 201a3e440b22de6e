package visit

import (
	"strings"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/form/xpath"
)

// Some questions and notes about harm only come up because of what was answered about harm
// before them. That they come up at all, and what they offer to choose from, would tell
// whoever reads over her shoulder what was said. They stand there covered, with their
// neutral label, until she opens them with a key; when she goes on they are covered again.

// rule is what is known about a question of the form, worked out once.
type rule struct{ hushed bool }

// hushed reports a question or note of that kind. A visit entered from paper is written at
// a desk, where nobody looks on.
func (s *Screen) hushed(v form.View) bool {
	if s.session.Paper || v.Class != casework.Restricted || v.Item.Relevant == "" ||
		!v.Item.Type.Selects() && v.Item.Type != form.TypeNote {
		return false
	}
	r := s.rules[v.Item.Name]
	if r == nil {
		r = &rule{hushed: s.afterRestricted(v.Item.Relevant, map[string]bool{})}
		if s.rules == nil {
			s.rules = map[string]*rule{}
		}
		s.rules[v.Item.Name] = r
	}
	return r.hushed
}

// covered reports such a question while it is not opened.
func (s *Screen) covered(v form.View) bool { return s.hushed(v) && s.bare != v.Path }

// afterRestricted reports that a condition looks at a restricted answer, by itself or through
// what is calculated from one.
func (s *Screen) afterRestricted(condition string, seen map[string]bool) bool {
	e, err := xpath.Compile(condition)
	if err != nil {
		return false
	}
	d := e.Deps()
	def := s.session.Form.Definition()
	for _, name := range append(append([]string{}, d.Fields...), d.Names...) {
		it := def.Find(name)
		if it == nil || it.Kind != form.Question || seen[name] {
			continue
		}
		seen[name] = true
		if it.Type == form.TypeCalculate && s.afterRestricted(it.Calculation, seen) {
			return true
		}
		path, ok := s.session.Form.Path(name)
		if v, found := s.session.Form.View(path); ok && found && it.Type != form.TypeCalculate && v.Class == casework.Restricted {
			return true
		}
	}
	return false
}

// shown is how an answer may stand on the screen when its question does not have the focus:
// an answer about harm or mood does not stay to be read.
func (p *sheet) shown(v form.View) string {
	text := p.answer(v)
	if text != "" && v.Class == casework.Restricted {
		return p.env.Say("visit.answered")
	}
	return strings.ReplaceAll(text, "\n", " ")
}
