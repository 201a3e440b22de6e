package widget

import (
	"strings"

	"doorstep/tui/cell"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
)

// Step is one line of an Outline.
type Step struct {
	Label string
	Level int  // 0 is a section, 1 a question in it
	Done  bool // answered: x
	Wrong bool // something is wrong with it: !
}

// Outline is a list of sections and questions at the side of a form: what is done, what
// is left, where one is.
type Outline struct {
	Steps []Step
	At    int
	top   int
}

// Draw gives h lines of w cells; the step at At is always among them.
func (o *Outline) Draw(env *stage.Env, w, h int) []string {
	o.top = max(min(o.top, o.At), o.At-h+1, 0)
	lines := make([]string, 0, h)
	for i := o.top; i < min(o.top+h, len(o.Steps)); i++ {
		s := o.Steps[i]
		mark, token := " ", theme.Plain
		switch {
		case s.Wrong:
			mark, token = "!", theme.Warn
		case s.Done:
			mark, token = "x", theme.Dim
		}
		line := cell.Fit(mark+" "+strings.Repeat("  ", s.Level)+s.Label, w)
		if i == o.At {
			token = theme.Chosen
		}
		lines = append(lines, env.Paint(token, line))
	}
	for len(lines) < h {
		lines = append(lines, cell.Indent(w))
	}
	return lines
}

// Beside puts two blocks of lines next to each other: left in w cells, then a gap.
func Beside(left, right []string, w, gap int) []string {
	out := make([]string, max(len(left), len(right)))
	for i := range out {
		var l, r string
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		out[i] = cell.Cut(l, w) + cell.Indent(gap) + r
	}
	return out
}
