package sheet

import (
	"errors"
	"strings"
	"unicode/utf8"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/form/xpath"
)

// checkFormula compiles an expression, reports what is wrong with it at its character, and
// gives it back with full-width signs replaced. it is nil outside the survey sheet.
func (r *formReader) checkFormula(f formula, it *row) string {
	if f.column == "type" {
		r.checkNames(f, it)
		return f.src
	}
	if r.source += utf8.RuneCountInString(f.src); r.source > maxSource {
		if !r.findings.Has("xlsform.too_much_formula") {
			r.refuse("too_much_formula", f.at, "Max", maxSource)
		}
		return f.src
	}
	e, err := xpath.Compile(f.src)
	if err != nil {
		r.formulaFault(f, err)
		return f.src
	}
	fixed := e.Repaired()
	for _, w := range e.Warnings() {
		g := r.find(Warning, "wide_sign", f.at, "From", w.From, "To", w.To)
		g.Offset, g.Fix = w.At, fixed
		g.Args["Place"] = g.Place()
	}
	f.src = fixed
	if r.checkNames(f, it) {
		r.checkChoicesNamed(f)
	}
	for _, name := range e.Deps().Instances {
		if r.lists[name] == nil {
			r.fileList(name+".csv", fileUse{}, f.at)
		}
	}
	return fixed
}

// formulaFault passes on what the expression language says, with its own sentence inside.
func (r *formReader) formulaFault(f formula, err error) {
	var p *casework.Error
	if !errors.As(err, &p) {
		r.refuse("bad_formula", f.at, "Column", f.column)
		return
	}
	g := r.find(Refusal, "bad_formula", f.at, "Column", f.column)
	g.Because = p.Code
	for k, v := range p.Args {
		g.Args[k] = v
	}
	if off, ok := xpath.Offset(err); ok {
		g.Offset = off
	}
	g.Args["Place"] = g.Place()
}

// checkNames reports every ${name} that no row has, or that several rows have.
func (r *formReader) checkNames(f formula, it *row) (good bool) {
	good = true
	for _, m := range references.FindAllStringSubmatchIndex(f.src, -1) {
		name := f.src[m[2]:m[3]]
		targets := r.named[name]
		var g *Finding
		switch {
		case len(targets) == 0:
			g = r.find(Refusal, "unknown_field", f.at, "Name", name, "Column", f.column)
			g.Fix = r.nearest(f.src, name)
		case len(targets) > 1 && !sameContext(targets, it):
			g = r.find(Refusal, "ambiguous_field", f.at, "Name", name, "Column", f.column)
		default:
			continue
		}
		g.Offset = utf8.RuneCountInString(f.src[:m[0]])
		g.Args["Place"] = g.Place()
		good = false
	}
	return good
}

// sameContext says whether one of several rows of a name stands in it's own group or repeat,
// so that the name is clear.
func sameContext(targets []*row, it *row) bool {
	if it == nil {
		return false
	}
	n := 0
	for _, t := range targets {
		for up := it.parent; up != nil; up = up.parent {
			if up.Kind == form.Repeat && t.parent == up {
				n++
				break
			}
		}
	}
	return n == 1
}

// nearest proposes the only name that differs in letter case or by a blank or dash.
func (r *formReader) nearest(src, name string) string {
	plain := func(s string) string {
		return strings.NewReplacer("_", "", "-", "", " ", "").Replace(outline(s))
	}
	found := ""
	for known := range r.named {
		if plain(known) == plain(name) {
			if found != "" {
				return ""
			}
			found = known
		}
	}
	if found == "" {
		return ""
	}
	return strings.ReplaceAll(src, "${"+name+"}", "${"+found+"}")
}
