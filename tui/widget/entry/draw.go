package entry

import (
	"slices"
	"strconv"
	"strings"

	"doorstep/tui/cell"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
)

// Draw is the page, scrolled so that the line with the focus is seen.
func (p *Page) Draw(env *stage.Env, size stage.Size) ([]string, *stage.Cursor) {
	labelW := 8
	for _, l := range p.Lines {
		labelW = min(max(labelW, cell.Width(l.label())), 24)
	}
	var rows []string
	var cursor *stage.Cursor
	from, to := 0, 0
	for i, l := range p.Lines {
		if i == p.at {
			from = len(rows)
		}
		if l.Kind == Heading {
			rows = append(rows, " "+env.Paint(theme.Strong, l.Label))
			continue
		}
		head := "  " + cell.Fit(l.label(), labelW) + "  "
		x := cell.Width(head)
		body, caret := l.draw(env, size.W-x-2, i == p.at)
		if i == p.at {
			cursor = &stage.Cursor{X: x + caret, Y: len(rows)}
			head = env.Paint(theme.Chosen, head)
		}
		for k, b := range body {
			if k > 0 {
				head = cell.Indent(x)
			}
			rows = append(rows, head+b)
		}
		for _, note := range l.notes(env, i == p.at) {
			for _, w := range cell.Wrap(note, size.W-x-2) {
				rows = append(rows, cell.Indent(x)+env.Paint(theme.Warn, w))
			}
		}
		if i == p.at {
			to = len(rows)
		}
	}
	if from < p.top {
		p.top = from
	}
	if to > p.top+size.H {
		p.top = to - size.H
	}
	p.top = max(0, min(p.top, len(rows)-size.H))
	if cursor != nil {
		cursor.Y -= p.top
	}
	return rows[p.top:min(len(rows), p.top+size.H)], cursor
}

// where says which of how many lines has the focus, on a page that does not fit.
func (p *Page) where(env *stage.Env) string {
	const around = 6 // header, rules, bar
	if len(p.Lines) <= env.Size.H-around {
		return ""
	}
	return " " + env.Say("entry.where", "At", p.at+1, "All", len(p.Lines))
}

// label marks what must be filled in.
func (l *Line) label() string {
	if l.Must {
		return l.Label + " *"
	}
	return l.Label
}

func (l *Line) notes(env *stage.Env, focused bool) []string {
	var out []string
	for _, n := range []string{l.problem, l.Warn} {
		if n != "" {
			out = append(out, n)
		}
	}
	if focused {
		if n := l.field.Problem(env); n != "" {
			out = append(out, n)
		}
		hint := l.Hint
		if l.Kind == Day {
			if read := l.day.Read(env); read != "" { // what was understood
				hint = read
			}
		}
		if hint != "" && len(out) == 0 {
			out = append(out, hint)
		}
	}
	return out
}

// draw is what stands behind the label, and the column of the caret in its first line.
func (l *Line) draw(env *stage.Env, w int, focused bool) ([]string, int) {
	switch l.Kind {
	case Text, Digits:
		line, caret := l.field.Draw(env, max(3, min(w, 50)), focused)
		return []string{line}, caret
	case Day:
		line, caret := l.day.Draw(env, max(3, min(w, 24)), focused)
		return []string{line}, caret
	}
	if !focused || l.Kind == Person || len(l.Options) > 9 {
		var names []string
		for _, o := range l.Options {
			if slices.Contains(l.chosen, o.Value) {
				names = append(names, o.Label)
			}
		}
		text := strings.Join(names, "、")
		switch {
		case text != "":
		case l.Kind == Person:
			text = env.Paint(theme.Dim, env.Say("entry.person"))
		case focused:
			text = env.Paint(theme.Dim, env.Say("entry.choose"))
		}
		return cell.Wrap(text, w), 0
	}
	var words []string
	width := w
	for i, o := range l.Options {
		if cell.Width(o.Label) > 20 { // long ones stand each in a line of its own
			width = 0
		}
		word := " " + strconv.Itoa(i+1) + " " + o.Label
		if slices.Contains(l.chosen, o.Value) {
			word = "(" + strconv.Itoa(i+1) + ")" + o.Label
		}
		words = append(words, word)
	}
	return flow(words, width), 0
}

// flow lays words out in lines of w cells.
func flow(words []string, w int) []string {
	var out []string
	line := ""
	for _, word := range words {
		switch {
		case line == "":
			line = word
		case cell.Width(line)+2+cell.Width(word) <= w:
			line += "  " + word
		default:
			out = append(out, line)
			line = word
		}
	}
	return append(out, line)
}
