package file

import (
	"strings"

	"doorstep/tui/book"
	"doorstep/tui/cell"
	"doorstep/tui/theme"
	"doorstep/tui/widget/people"
)

// forms are the forms beside the visits; nothing where there is none.
func (p *page) forms(f book.File) {
	if len(f.Forms) == 0 {
		return
	}
	p.rule()
	p.line(" " + p.env.Paint(theme.Strong, p.env.Say("forms.heading")))
	cols := []cell.Column{{Min: 5, Max: 5}, {Min: 18, Max: 26}, {Min: 16, Max: 40}, {Min: 8, Max: 16}, {Min: 10, Max: 24}}
	for _, l := range f.Forms {
		result := people.Say(p.env, l.Result)
		if l.Next != 0 && !l.Removed {
			result = strings.TrimSpace(result + "  " + p.env.Say("forms.by", "Day", people.MonthDay(l.Next)))
		}
		row := "  " + cell.Row(cols, cell.Layout(cols, 1, p.w-2), []string{
			people.MonthDay(l.Date), people.Say(p.env, l.Title), result, cell.CleanTo(l.Worker, 40), people.Where(p.env, l.Where),
		}, 1)
		if l.Removed {
			row = p.env.Paint(theme.Dim, row)
		}
		p.target(row)
	}
}
