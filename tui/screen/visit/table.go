package visit

import (
	"strconv"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/tui/cell"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
)

// mostColumns is how many questions of a row stand in the table.
const mostColumns = 5

// table is a repeat as a table of its rows: the first questions of each, as many as fit.
func (p *sheet) table(v form.View, focused bool) {
	var columns []*form.Item
	var nested []*form.Item
	var collect func(items []*form.Item)
	collect = func(items []*form.Item) {
		for _, it := range items {
			switch {
			case it.Kind == form.Group:
				collect(it.Items)
			case it.Kind == form.Repeat:
				nested = append(nested, it)
			case it.Type.Shown() && it.Type != form.TypeNote && it.Type != form.TypeAcknowledge:
				columns = append(columns, it)
			}
		}
	}
	collect(v.Item.Items)
	columns = append(columns[:min(len(columns), mostColumns)], nested...)
	lang := p.env.Say("people.lang")
	def := p.s.session.Form.Definition()
	titles := make([]string, len(columns))
	rows := make([][]string, len(v.Instances))
	widths := make([]int, len(columns))
	for k, it := range columns {
		titles[k] = cell.CleanTo(def.Say(it.Label, lang), 40)
		widths[k] = min(max(cell.Width(titles[k]), 4), 16)
	}
	for i, row := range v.Instances {
		rows[i] = make([]string, len(columns))
		for k, it := range columns {
			rows[i][k] = p.inTable(row, it)
			widths[k] = min(max(widths[k], cell.Width(rows[i][k])), 20)
		}
	}
	fit, used := 0, 0
	for fit < len(columns) && used+widths[fit]+2 <= p.w-11 {
		used += widths[fit] + 2
		fit++
	}
	line := func(head string, texts []string) string {
		for k := range fit {
			head += cell.Fit(texts[k], widths[k]) + "  "
		}
		return head
	}
	if len(rows) > 0 {
		p.line("         " + p.env.Paint(theme.Dim, line("", titles)))
	}
	for i, row := range rows {
		number := "   "
		if i < 9 && focused {
			number = " " + strconv.Itoa(i+1) + " "
		}
		text := line(number+" ", row)
		if focused && i == p.s.row {
			p.cursor = &stage.Cursor{X: 6, Y: len(p.lines)}
			text = p.env.Paint(theme.Chosen, text)
		}
		p.hits = append(p.hits, hit{y: len(p.lines), from: 4, to: p.w, row: v.Instances[i].Path})
		p.line("     " + text)
		if n := p.wrong(v.Instances[i].Views); n > 0 {
			p.line("         " + p.env.Paint(theme.Warn, p.env.Say("visit.row.wrong", "Count", n)))
		}
	}
	if !focused {
		return
	}
	hint := p.env.Say("visit.instances.add")
	if len(rows) > 0 {
		hint = p.env.Say("visit.instances.more")
		if p.s.row < len(rows) {
			hint = p.env.Say("visit.instances.edit")
		}
	}
	if p.s.row >= len(rows) {
		p.cursor = &stage.Cursor{X: 5, Y: len(p.lines)}
	}
	p.dim(hint)
	if n := len(v.InstanceBin); n > 0 {
		p.dim(p.env.Say("visit.instances.bin", "Count", n))
	}
}

// inTable is an answer of a row, or how many rows a table in it has.
func (p *sheet) inTable(row form.Row, it *form.Item) string {
	for _, v := range row.Views {
		if v.Item != it {
			continue
		}
		if it.Kind == form.Repeat {
			return p.env.Say("visit.rows", "Count", len(v.Instances))
		}
		if v.Class == casework.Restricted {
			return p.shown(v)
		}
		return cell.CleanTo(p.answer(v), 60)
	}
	return ""
}

// wrong counts what still hinders in a row.
func (p *sheet) wrong(views []form.View) int {
	n := 0
	for _, v := range views {
		n += len(v.Hindrances)
		for _, row := range v.Instances {
			n += p.wrong(row.Views)
		}
	}
	return n
}
