package visit

import (
	"strconv"

	"doorstep/casework/form"
	"doorstep/tui/cell"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
)

// open is the question with the focus: what to choose from, or a field to type in.
func (p *sheet) open(v form.View) {
	p.cursor = &stage.Cursor{X: 1, Y: p.from}
	if v.Hint != "" {
		for _, l := range cell.Wrap(v.Hint, p.w-6) {
			p.line("     " + p.env.Paint(theme.Dim, l))
		}
	}
	switch {
	case v.Item.Kind == form.Repeat:
		p.line("     " + p.env.Paint(theme.Dim, p.env.Say("visit.instances.hint")))
	case choosing(v):
		p.options(v)
	default:
		p.field(v)
	}
	if words := p.s.previous(p.env, v); words != "" {
		p.line("     " + p.env.Paint(theme.Dim, cell.Cut(p.env.Say("visit.previous", "Answer", words), p.w-6)))
	}
	if p.s.say != "" {
		for _, l := range cell.Wrap(p.s.say, p.w-6) {
			p.line("     " + p.env.Paint(theme.Warn, l))
		}
	} else if v.Answered() {
		p.hindrances(v)
	}
}

func (p *sheet) options(v form.View) {
	opts := p.s.options(p.env, v)
	if len(opts) == 0 {
		if v.Value != "" {
			p.line("     " + p.words(v, v.Value))
		}
		return
	}
	first := p.s.page * perPage
	if first >= len(opts) {
		first = 0
	}
	var words []string
	for i := first; i < min(first+perPage, len(opts)); i++ {
		key := strconv.Itoa(i - first + 1)
		word := " " + key + "  " + opts[i].label
		switch {
		case opts[i].on && multiple(v) && opts[i].mark == "":
			word = "[" + key + "] " + opts[i].label
		case opts[i].on:
			word = "(" + key + ") " + opts[i].label
		}
		words = append(words, word)
	}
	if len(opts) > perPage {
		words = append(words, " 0  "+p.env.Say("visit.more_options", "Page", p.s.page+1, "Pages", (len(opts)+perPage-1)/perPage))
	}
	if multiple(v) {
		p.line("     " + p.env.Paint(theme.Dim, p.env.Say("visit.several")))
	}
	width := 0
	for _, w := range words {
		width = max(width, cell.Width(w))
	}
	columns := max(1, (p.w-6)/(width+2))
	for i := 0; i < len(words); i += columns {
		row := "    "
		for _, w := range words[i:min(i+columns, len(words))] {
			row += cell.Pad(w, width+2)
		}
		p.line(cell.Fit(row, p.w))
	}
}
