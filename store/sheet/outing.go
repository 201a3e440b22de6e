package sheet

import (
	"io"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"doorstep/casework"
	"doorstep/casework/outing"
	"doorstep/casework/rule"
)

// WriteOuting writes 出门单 as an .xlsx workbook for A4: one worksheet, a page for each
// person, black on white, in the largest type that fits. The workbook holds nothing but
// what is printed. Error: outing.write, also wrapping the writer's.
func WriteOuting(w io.Writer, sheets []outing.Sheet, speaker rule.Speaker) error {
	const op = "sheet.WriteOuting"
	p := &outingPage{file: excelize.NewFile(), tab: speaker.Say("outing.sheet_name"), styles: map[outingLook]int{}}
	defer p.file.Close()
	err := p.setUp(speaker, sheets)
	p.put(outingRow{height: 16, cells: []outingCell{{
		from: 1, to: 4, text: speaker.Say("outing.title") + "  " + speaker.Say("outing.keep"), look: outingLook{size: 11, under: true},
	}}})
	for i, s := range sheets {
		if i > 0 && p.err == nil {
			p.err = p.file.InsertPageBreak(p.tab, p.name(1))
		}
		for _, r := range outingRows(s, speaker) {
			p.put(r)
		}
	}
	if err == nil {
		err = p.err
	}
	if err == nil {
		err = p.areas()
	}
	if err == nil {
		err = p.file.Write(w)
	}
	if err != nil {
		return casework.Problem(op, "outing.write").Because(err)
	}
	return nil
}

// outingPage writes rows one below the other; the first error stays.
type outingPage struct {
	file   *excelize.File
	tab    string
	row    int // rows written
	styles map[outingLook]int
	err    error
}

// outingWidths are the widths of the four columns, in digits of the standard type. Together
// they are 179 mm, of the 186 between the margins.
var outingWidths = [4]float64{9, 44, 21, 20}

func (p *outingPage) setUp(speaker rule.Speaker, sheets []outing.Sheet) error {
	f := p.file
	a4, portrait, margin, side, foot, yes, no := 9, "portrait", 0.4, 0.47, 0.2, true, false
	day := "2000-01-01T00:00:00Z"
	if len(sheets) > 0 {
		day = sheets[0].Day.Time().UTC().Format(time.RFC3339)
	}
	steps := []func() error{
		func() error { return f.SetSheetName(f.GetSheetName(0), p.tab) },
		func() error {
			return f.SetPageLayout(p.tab, &excelize.PageLayoutOptions{Size: &a4, Orientation: &portrait, BlackAndWhite: &yes})
		},
		func() error {
			return f.SetPageMargins(p.tab, &excelize.PageLayoutMarginsOptions{
				Top: &margin, Bottom: &margin, Left: &side, Right: &side, Header: &foot, Footer: &foot, Horizontally: &yes,
			})
		},
		func() error {
			return f.SetHeaderFooter(p.tab, &excelize.HeaderFooterOptions{OddFooter: "&C&9" + speaker.Say("outing.page")})
		},
		func() error { return f.SetSheetView(p.tab, 0, &excelize.ViewOptions{ShowGridLines: &no}) },
		func() error {
			return f.SetDocProps(&excelize.DocProperties{Creator: "doorstep", LastModifiedBy: "doorstep", Created: day, Modified: day})
		},
	}
	for i, w := range outingWidths {
		column := string(rune('A' + i))
		steps = append(steps, func() error { return f.SetColWidth(p.tab, column, column, w) })
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// areas sets what is printed, and the line that stands on top of every page.
func (p *outingPage) areas() error {
	tab := "'" + strings.ReplaceAll(p.tab, "'", "''") + "'!"
	last, err := excelize.CoordinatesToCellName(4, p.row, true)
	if err != nil {
		return err
	}
	if err := p.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: tab + "$A$1:" + last, Scope: p.tab}); err != nil {
		return err
	}
	return p.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: tab + "$1:$1", Scope: p.tab})
}

// name is the cell of a column, from 1, in the row that comes next.
func (p *outingPage) name(column int) string {
	cell, err := excelize.CoordinatesToCellName(column, p.row+1)
	if err != nil && p.err == nil {
		p.err = err
	}
	return cell
}

func (p *outingPage) put(r outingRow) {
	do := func(err error) {
		if p.err == nil {
			p.err = err
		}
	}
	do(p.file.SetRowHeight(p.tab, p.row+1, r.height))
	for _, c := range r.cells {
		from, to := p.name(c.from), p.name(c.to)
		if from != to {
			do(p.file.MergeCell(p.tab, from, to))
		}
		do(p.file.SetCellStr(p.tab, from, c.text))
		style, err := p.style(c.look)
		do(err)
		do(p.file.SetCellStyle(p.tab, from, to, style))
	}
	p.row++
}

// outingLook is how a cell looks.
type outingLook struct {
	size               float64
	bold, wrap, center bool
	right              bool
	under, box         bool // a line below, or around
}

func (p *outingPage) style(l outingLook) (int, error) {
	if id, ok := p.styles[l]; ok {
		return id, nil
	}
	s := &excelize.Style{
		Font:      &excelize.Font{Family: "宋体", Size: l.size, Bold: l.bold, Color: "000000"},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: l.wrap},
	}
	switch {
	case l.center:
		s.Alignment.Horizontal = "center"
	case l.right:
		s.Alignment.Horizontal = "right"
	}
	side := func(where string) excelize.Border { return excelize.Border{Type: where, Color: "000000", Style: 1} }
	if l.under {
		s.Border = []excelize.Border{side("bottom")}
	}
	if l.box {
		s.Border = []excelize.Border{side("left"), side("right"), side("top"), side("bottom")}
	}
	id, err := p.file.NewStyle(s)
	if err == nil {
		p.styles[l] = id
	}
	return id, err
}
