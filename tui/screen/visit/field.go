package visit

import (
	"strings"

	"doorstep/casework/form"
	"doorstep/tui/cell"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
)

// field is where an answer is typed, with what helps to type it.
func (p *sheet) field(v form.View) {
	if big(v) {
		p.block(v)
		return
	}
	dating := v.Item.Type == form.TypeDate
	var line string
	var caret, width int
	switch {
	case dating:
		width = 24
		line, caret = p.s.day.Draw(p.env, width, true)
	default:
		width = min(p.w-8, map[form.Type]int{
			form.TypeInteger: 22, form.TypeDecimal: 22, form.TypeRange: 22, form.TypeTime: 22, form.TypeDateTime: 30,
			form.TypeGeopoint: 40, form.TypeBarcode: 40, form.TypeText: 50,
		}[v.Item.Type])
		line, caret = p.s.field.Draw(p.env, width, true)
	}
	p.cursor = &stage.Cursor{X: 5 + caret, Y: len(p.lines)}
	p.hits = append(p.hits, hit{y: len(p.lines), from: 5, to: 5 + width, caret: true})
	p.line("     " + line)
	if problem := p.s.field.Problem(p.env); problem != "" && !dating {
		p.tell(theme.Warn, problem)
	}
	if hint := p.help(v); hint != "" {
		p.dim(hint)
	}
	if v.Item.Unknown {
		text := p.env.Say("visit.unknown.hint")
		switch v.Unknown {
		case form.UnknownNotAsked:
			text = "(x) " + p.env.Say("visit.not_asked")
		case form.UnknownNotSeen:
			text = "(x) " + p.env.Say("visit.not_seen")
		}
		p.dim(text)
	}
}

// block is an answer of several lines, which is changed in the large editor.
func (p *sheet) block(v form.View) {
	lines := cell.Wrap(cell.CleanText(v.Value, lineMax*4), p.w-8)
	for i, l := range lines[:min(len(lines), 6)] {
		if i == 0 {
			p.cursor = &stage.Cursor{X: 5, Y: len(p.lines)}
		}
		p.line("     " + l)
	}
	if len(lines) > 6 {
		p.dim(p.env.Say("visit.large.more", "Count", len(lines)-6))
	}
	p.dim(p.env.Say("visit.large.hint"))
}

// help says how to type what is asked for, and what was typed is understood as: a day with
// its weekday and its day in the old calendar.
func (p *sheet) help(v form.View) string {
	switch v.Item.Type {
	case form.TypeDate:
		if read := p.s.day.Read(p.env); read != "" {
			return read
		}
		return p.env.Say("visit.day.how")
	case form.TypeText:
		if strings.Contains(v.Item.Appearance, "numbers") { // a telephone number
			return ""
		}
		return p.env.Say("visit.text.hint")
	case form.TypeTime, form.TypeDateTime, form.TypeGeopoint:
		if p.s.edited && !p.s.field.Empty() {
			if read := p.s.understood(p.env, v); read != p.s.field.Value() {
				v.Value = read
				return p.env.Say("visit.understood", "Answer", typedAs(v))
			}
		}
		return p.env.Say("visit.how." + string(v.Item.Type))
	case form.TypeBarcode:
		return p.env.Say("visit.how.barcode")
	case form.TypeInteger, form.TypeDecimal, form.TypeRange:
		return bounds(p.env, v.Item)
	}
	return ""
}
