package visit

import (
	"strconv"

	"doorstep/casework/form"
	"doorstep/tui/cell"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
)

// dim writes a sentence below a question.
func (p *sheet) dim(text string) { p.tell(theme.Dim, text) }

func (p *sheet) tell(token theme.Token, text string) {
	for _, l := range cell.Wrap(text, p.w-6) {
		p.line("     " + p.env.Paint(token, l))
	}
}

// open is the question with the focus: what to choose from, or a field to type in.
func (p *sheet) open(v form.View) {
	p.cursor = &stage.Cursor{X: 1, Y: p.from}
	if p.s.covered(v) {
		if v.Answered() {
			p.dim(p.shown(v))
		}
		switch {
		case v.Item.Type == form.TypeNote: // its label says so
		case v.Item.Unknown:
			p.dim(p.env.Say("visit.covered.unknown"))
		default:
			p.dim(p.env.Say("visit.covered"))
		}
		return
	}
	if v.Hint != "" {
		p.dim(v.Hint)
	}
	switch {
	case v.Item.Kind == form.Repeat:
		p.table(v, true)
	case v.Item.Type == form.TypeNote:
	case v.ReadOnly:
		p.line("     " + cell.Cut(p.answer(v), p.w-6))
		p.dim(p.env.Say("visit.read_only"))
	case p.s.long(v):
		p.lookUp(v)
	case choosing(v):
		p.options(v)
	default:
		p.field(v)
	}
	if v.Door {
		p.dim(p.env.Say("visit.door.change"))
	}
	if words := p.s.previous(p.env, v); words != "" {
		p.line("     " + p.env.Paint(theme.Dim, cell.Cut(p.env.Say("visit.previous", "Answer", words), p.w-6)))
	}
	if p.s.say != "" {
		p.tell(theme.Warn, p.s.say)
	} else if v.Answered() && !p.s.edited {
		p.hindrances(v)
	}
}

// lookUp is a list in which she types what she looks for.
func (p *sheet) lookUp(v form.View) {
	if text := p.answer(v); text != "" {
		for _, l := range cell.Wrap(text, p.w-8) {
			p.line("     " + l)
		}
	}
	p.cursor = &stage.Cursor{X: 5, Y: len(p.lines)}
	p.dim(p.env.Say("visit.options.type", "Count", len(p.s.session.Form.Choices(v.Path))))
	if v.Item.Unknown {
		p.dim(p.env.Say("visit.unknown.hint"))
	}
}

func (p *sheet) options(v form.View) {
	opts := p.s.options(p.env, v)
	first := p.s.page * perPage
	if first >= opts.len() {
		first = 0
	}
	switch {
	case v.Item.Type.Attaches():
		if v.Value != "" {
			p.line("     " + cell.Cut(p.answer(v), p.w-6))
		}
	case v.Item.Type == form.TypeRank:
		p.dim(p.env.Say("visit.rank"))
	case several(v):
		p.dim(p.env.Say("visit.several"))
	}
	if opts.len() == 0 {
		p.dim(p.env.Say("visit.options.empty"))
		return
	}
	type word struct {
		text string
		hit  hit
	}
	var words []word
	width := 0
	add := func(text string, h hit) {
		if cell.Width(text) > p.w-6 {
			text = cell.Cut(text, p.w-6)
		}
		words = append(words, word{text, h})
		width = max(width, cell.Width(text))
	}
	for i := first; i < min(first+perPage, opts.len()); i++ {
		o, key := opts.at(i), strconv.Itoa(i-first+1)
		text := " " + key + "  " + o.label
		switch {
		case o.rank > 0:
			text = "[" + key + "] " + o.label + "  " + p.env.Say("visit.rank.place", "Number", o.rank)
		case o.on && several(v) && o.mark == "":
			text = "[" + key + "] " + o.label
		case o.on:
			text = "(" + key + ") " + o.label
		}
		add(text, hit{option: i})
	}
	if opts.len() > perPage {
		add(" 0  "+p.env.Say("visit.more_options", "Page", p.s.page+1, "Pages", (opts.len()+perPage-1)/perPage), hit{more: true})
	}
	columns := max(1, (p.w-6)/(width+2))
	for i := 0; i < len(words); i += columns {
		row := "    "
		for k, w := range words[i:min(i+columns, len(words))] {
			w.hit.y, w.hit.from = len(p.lines), 4+k*(width+2)
			w.hit.to = w.hit.from + width + 2
			p.hits = append(p.hits, w.hit)
			row += cell.Pad(w.text, width+2)
		}
		p.line(cell.Fit(row, p.w))
	}
}
