package sheet

import (
	"slices"
	"strings"

	"doorstep/casework/form"
)

// needs is what a row's own formulas, or those of the groups around it, read.
type needs struct {
	rows    []*row // each once
	on      bool   // reads other instances, or its own former value, on purpose
	outside *needs // of the groups around it
}

// lintCircles looks for answers that need themselves: a calculation or a condition that, over
// whatever detour, reads its own result.
func (r *formReader) lintCircles() {
	around := map[*row]*needs{nil: nil}
	var inherited func(it *row) *needs
	inherited = func(it *row) *needs {
		n, known := around[it]
		if !known {
			n = r.reads(it.Relevant+" "+it.RepeatCount, inherited(it.parent))
			around[it] = n
		}
		return n
	}
	all := map[*row]*needs{}
	for _, it := range r.rows {
		if n := r.reads(it.Calculation+" "+it.Relevant, inherited(it.parent)); !n.on {
			all[it] = n
		}
	}
	const white, grey, black = 0, 1, 2
	colour := map[*row]int{}
	var way []*row // from the first row visited to the one at hand
	var visit func(it *row)
	visit = func(it *row) {
		colour[it] = grey
		way = append(way, it)
		defer func() { way = way[:len(way)-1] }()
		for n := all[it]; n != nil; n = n.outside {
			for _, next := range n.rows {
				switch colour[next] {
				case white:
					visit(next)
				case grey:
					r.circle(it, next, way)
				}
			}
		}
		colour[it] = black
	}
	for _, it := range r.rows {
		if colour[it] == white {
			visit(it)
		}
	}
}

func (r *formReader) reads(src string, outside *needs) *needs {
	n := &needs{outside: outside, on: outside != nil && outside.on}
	for _, word := range []string{"indexed-repeat", "position(", "once("} {
		n.on = n.on || strings.Contains(src, word)
	}
	seen := map[*row]bool{}
	for _, m := range references.FindAllStringSubmatch(src, -1) {
		if t := r.named[m[1]]; len(t) == 1 && t[0].Kind == form.Question && !seen[t[0]] {
			seen[t[0]] = true
			n.rows = append(n.rows, t[0])
		}
	}
	return n
}

// circle reports that a row closes a circle by reading another, at the formula that does.
func (r *formReader) circle(it, next *row, way []*row) {
	p := at{r.survey.g.Name, it.line, 0}
	for up := it; up != nil && p.col == 0; up = up.parent {
		for _, f := range up.expects {
			if (f.column == "calculation" || f.column == "relevant" || f.column == "repeat_count") && reading(f.src, next.Name) {
				p = f.at
				break
			}
		}
	}
	severity := Refusal
	if inRepeat(it) {
		severity = Warning
	}
	r.find(severity, "circle", p, "Name", it.Name, "Other", next.Name, "Circle", drawn(way[slices.Index(way, next):]))
}

// drawn is a circle as a line: "a > b > a"; of a long one the beginning and the end.
func drawn(circle []*row) string {
	const most = 6
	var names []string
	for i, it := range circle {
		if i == most-1 && len(circle) > most {
			names = append(names, "…")
		}
		if i < most-1 || i == len(circle)-1 {
			names = append(names, it.Name)
		}
	}
	return strings.Join(append(names, circle[0].Name), " > ")
}

func reading(src, name string) bool {
	for _, m := range references.FindAllStringSubmatch(src, -1) {
		if m[1] == name {
			return true
		}
	}
	return false
}
