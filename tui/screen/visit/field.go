package visit

import (
	"strconv"

	"doorstep/casework"
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
	var caret int
	if dating {
		line, caret = p.s.day.Draw(p.env, 24, true)
	} else {
		line, caret = p.s.field.Draw(p.env, min(p.w-8, 50), true)
	}
	p.cursor = &stage.Cursor{X: 5 + caret, Y: len(p.lines)}
	p.line("     " + line)
	if problem := p.s.field.Problem(p.env); problem != "" && !dating {
		p.line("     " + p.env.Paint(theme.Warn, problem))
	}
	if hint := p.help(v); hint != "" {
		p.line("     " + p.env.Paint(theme.Dim, hint))
	}
	if v.Item.Unknown {
		text := p.env.Say("visit.unknown.hint")
		switch v.Unknown {
		case form.UnknownNotAsked:
			text = "(x) " + p.env.Say("visit.not_asked")
		case form.UnknownNotSeen:
			text = "(x) " + p.env.Say("visit.not_seen")
		}
		p.line("     " + p.env.Paint(theme.Dim, text))
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
	p.line("     " + p.env.Paint(theme.Dim, p.env.Say("visit.large.hint")))
}

// help says how to type what is asked for; a day that can be read is said back with its
// weekday and its day in the old calendar.
func (p *sheet) help(v form.View) string {
	switch v.Item.Type {
	case form.TypeDate:
		text, problem := p.s.day.Day(p.env)
		if problem != "" || text == "" {
			return p.env.Say("visit.day.hint")
		}
		date, err := casework.ParseDate(text)
		day, exact := date.Exact()
		if err != nil || !exact {
			return ""
		}
		return p.env.Say("visit.day.read", "Day", text, "Weekday", p.env.Say("today.weekday."+strconv.Itoa(int(day.Weekday()))), "Lunar", casework.LunarText(day))
	case form.TypeText:
		return p.env.Say("visit.text.hint")
	case form.TypeTime:
		return p.env.Say("visit.time.hint")
	}
	return ""
}
