package sheet

import (
	"bytes"
	"maps"
	"slices"

	"github.com/xuri/excelize/v2"

	"doorstep/casework"
)

// FormColumns are the headings that a sheet of a questionnaire knows, sorted: of "survey",
// "choices", "settings" or "grading". Those of other programs are left out.
func FormColumns(sheet string) []string {
	known := map[string]map[string]bool{"survey": surveyColumns, "choices": choiceColumns, "settings": settingsColumns, "grading": gradingColumns}[sheet]
	return slices.Sorted(maps.Keys(known))
}

// Page is a sheet to be written: its first row is a heading and stays in sight.
type Page struct {
	Name   string
	Rows   [][]string
	Widths []float64 // of the columns, in digits; missing ones are the program's own
}

// WriteBook makes a workbook of text. Every cell is text for Excel, too: what is typed over
// "01" or "2026-11" later stays as typed. Error: sheet.cannot_write.
func WriteBook(pages []Page) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // in memory
	failed := func(err error) error { return casework.Problem("sheet.WriteBook", "sheet.cannot_write").Because(err) }
	top := excelize.Alignment{Vertical: "top", WrapText: true}
	body, err := f.NewStyle(&excelize.Style{NumFmt: 49, Alignment: &top})
	if err != nil {
		return nil, failed(err)
	}
	head, err := f.NewStyle(&excelize.Style{
		NumFmt: 49, Alignment: &top, Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDEBF7"}},
	})
	if err != nil {
		return nil, failed(err)
	}
	for i, p := range pages {
		if i == 0 {
			err = f.SetSheetName("Sheet1", p.Name)
		} else {
			_, err = f.NewSheet(p.Name)
		}
		if err != nil {
			return nil, failed(err)
		}
		if err := writePage(f, p, head, body); err != nil {
			return nil, failed(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, failed(err)
	}
	return out.Bytes(), nil
}

// spareRows under the last one are text, too, for what the author adds.
const spareRows = 200

func writePage(f *excelize.File, p Page, head, body int) error {
	cols := 1
	for r, row := range p.Rows {
		cols = max(cols, len(row))
		for c, text := range row {
			if text == "" {
				continue
			}
			if err := f.SetCellStr(p.Name, CellName(r+1, c+1), text); err != nil {
				return err
			}
		}
	}
	if err := f.SetCellStyle(p.Name, CellName(2, 1), CellName(len(p.Rows)+spareRows, cols), body); err != nil {
		return err
	}
	if err := f.SetCellStyle(p.Name, CellName(1, 1), CellName(1, cols), head); err != nil {
		return err
	}
	for c, w := range p.Widths {
		letter, err := excelize.ColumnNumberToName(c + 1)
		if err == nil {
			err = f.SetColWidth(p.Name, letter, letter, w)
		}
		if err != nil {
			return err
		}
	}
	return f.SetPanes(p.Name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}
