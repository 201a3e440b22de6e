package visit

import (
	"slices"
	"strings"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/form/xpath"
)

// withChoice is a multiple choice after one more: choices that the form does not let stand
// together with the new one go, as 没有 goes when something is found, and everything goes
// when 没有 is chosen.
func (s *Screen) withChoice(v form.View, had []string, more string) []string {
	next := slices.DeleteFunc(slices.Clone(had), func(c string) bool {
		return c == "none" || more == "none" || s.clash(v, c, more)
	})
	return append(next, more)
}

// clash reports that a rule of the form allows each of two choices but not both.
func (s *Screen) clash(v form.View, a, b string) bool {
	if v.Item.Constraint == "" {
		return false
	}
	e, err := xpath.Compile(v.Item.Constraint)
	if err != nil {
		return false
	}
	return !s.allows(e, v, a+" "+b) && s.allows(e, v, a) && s.allows(e, v, b)
}

// allows computes a rule for an answer that is not given.
func (s *Screen) allows(e *xpath.Expr, v form.View, value string) bool {
	in := s.session.Form
	prefix := ""
	if i := strings.LastIndexByte(v.Path, ']'); i >= 0 {
		prefix = v.Path[:i+1] + "/"
	}
	year, month, day := in.Day().Date()
	ok, err := e.Eval(xpath.Context{
		Node: &xpath.Node{Name: v.Item.Name, Value: value},
		Field: func(name string, _ *xpath.Node) ([]*xpath.Node, bool) {
			path, found := in.Path(name)
			if near := prefix + name; prefix != "" && in.Applies(near) {
				path, found = near, true
			}
			other, _ := in.View(path)
			if !in.Applies(path) {
				other.Value = ""
			}
			return []*xpath.Node{{Name: name, Value: other.Value}}, found
		},
		Now: time.Date(year, time.Month(month), day, 12, 0, 0, 0, casework.Shanghai),
	})
	return err != nil || ok.Bool()
}
