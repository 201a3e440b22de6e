package sheet

import (
	"math"
	"strings"

	"doorstep/casework/outing"
	"doorstep/casework/rule"
)

// outingRow is one row of the worksheet.
type outingRow struct {
	height float64 // points
	cells  []outingCell
}

// outingCell is one cell; from and to are columns from 1, merged when they differ.
type outingCell struct {
	from, to int
	text     string
	look     outingLook
}

// outingHeight is what a page has for one person: A4 between its margins, less the line on
// top, in points.
const outingHeight = 750

// The widths of all columns, and of those right of the first, in points.
const (
	outingAll  = 500
	outingText = 450
)

// outingRows are the rows of one person, in the largest type with which they fit on a page.
func outingRows(s outing.Sheet, speaker rule.Speaker) []outingRow {
	var rows []outingRow
	for _, size := range outing.Sizes {
		rows = outingRowsIn(s, speaker, size)
		sum := 0.0
		for _, r := range rows {
			sum += r.height
		}
		if sum <= outingHeight {
			break
		}
	}
	return rows
}

func outingRowsIn(s outing.Sheet, speaker rule.Speaker, size float64) []outingRow {
	line := size * outing.LineHeight
	plain := outingLook{size: size, wrap: true}
	strong := outingLook{size: size, bold: true, wrap: true}
	small := outingLook{size: size * 0.75}
	var out []outingRow
	add := func(height float64, cells ...outingCell) { out = append(out, outingRow{height, cells}) }
	high := func(text string, points float64) float64 {
		return line * max(1, math.Ceil((outing.Width(text)+0.5)*size/points))
	}
	head := func(text string) {
		add(line*1.3, outingCell{1, 4, text, outingLook{size: size, bold: true, under: true}})
	}

	add(size*2.6, outingCell{1, 2, s.Name, outingLook{size: nameSize(s.Name, size), bold: true}},
		outingCell{3, 3, speaker.Say("outing.code"), outingLook{size: size, right: true}},
		outingCell{4, 4, s.Code, outingLook{size: size * 2, bold: true, center: true, box: true}})
	add(line*1.1, outingCell{1, 2, s.About(speaker), plain}, outingCell{3, 4, speaker.Say("outing.number") + " " + s.Number, outingLook{size: size, right: true}})
	add(line*1.5, outingCell{1, 4, speaker.Say("outing.date"), plain})
	if len(s.Promises) > 0 {
		head(speaker.Say("outing.promises"))
		for _, p := range s.Promises {
			text := "□ " + p.Say(speaker)
			add(high(text, outingAll), outingCell{1, 4, text, plain})
		}
	}
	head(s.Title + "  " + speaker.Say("outing.how"))
	for _, q := range s.Questions {
		text := q.Ask(speaker)
		if only := q.Only(speaker); only != "" {
			text += " " + only
		}
		switch q.Blank {
		case outing.Figure:
			text += " __________"
		case outing.Words:
			text += " ________________________"
		case outing.Date:
			text += " " + speaker.Say("outing.day")
		}
		add(high(text, outingText), outingCell{1, 1, q.Code, outingLook{size: min(size, 48/outing.Width(q.Code))}}, outingCell{2, 4, text, strong})
		if lines := q.Flow(outingText/size - 0.5); len(lines) > 0 {
			add(line*float64(len(lines))+3, outingCell{2, 4, optionLines(lines), plain})
		}
	}
	head(speaker.Say("outing.new"))
	box := outingLook{size: size * 0.85, box: true}
	add(line*1.2, outingCell{1, 2, speaker.Say("outing.new.what"), box}, outingCell{3, 3, speaker.Say("outing.new.who"), box},
		outingCell{4, 4, speaker.Say("outing.new.until"), box})
	for range outing.NewLines {
		add(line*1.4, outingCell{1, 2, "", box}, outingCell{3, 3, "", box}, outingCell{4, 4, "", box})
	}
	add(line*1.8, outingCell{1, 4, speaker.Say("outing.sign") + " ____________  □" + speaker.Say("outing.sign.refused") + "  □" + speaker.Say("outing.sign.unable"), plain})
	add(line*1.6, outingCell{1, 4, speaker.Say("outing.worker") + " ____________", plain})
	add(line, outingCell{1, 4, speaker.Say("outing.rest"), small})
	return out
}

// nameSize keeps a long name on its line.
func nameSize(name string, size float64) float64 {
	return max(size, min(size*1.8, 290/max(1, outing.Width(name))))
}

func optionLines(lines [][]outing.Option) string {
	var out []string
	for _, l := range lines {
		var words []string
		for _, o := range l {
			words = append(words, "□"+o.Keys+" "+o.Label)
		}
		out = append(out, strings.Join(words, "   "))
	}
	return strings.Join(out, "\n")
}
