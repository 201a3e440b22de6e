package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"doorstep/casework"
)

// openXLSX opens a workbook. What it would unpack to is added up first, from the directory of
// the zip, whose promises Go's reader then enforces; nothing is ever unpacked to a file.
func openXLSX(raw []byte) (b *Book, err error) {
	const op = "sheet.openXLSX"
	defer func() { // a hostile file may find a hole in the library; it is then a broken file
		if p := recover(); p != nil {
			b, err = nil, casework.Problem(op, "sheet.broken").Because(fmt.Errorf("panic: %v", p))
		}
	}()
	if err := checkZip(raw); err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: MaxUnzipBytes, UnzipXMLSizeLimit: MaxUnzipBytes,
	})
	switch {
	case errors.Is(err, excelize.ErrWorkbookFileFormat):
		return nil, casework.Problem(op, "sheet.not_table").Because(err)
	case err != nil:
		return nil, casework.Problem(op, "sheet.broken").Because(err)
	}
	defer f.Close() //nolint:errcheck // opened from memory: there is nothing to close that could fail
	props, err := f.GetWorkbookProps()
	if err != nil {
		return nil, casework.Problem(op, "sheet.broken").Because(err)
	}
	r := &xlsxReader{f: f, dated: map[int]bool{}, date1904: props.Date1904 != nil && *props.Date1904}
	b = &Book{}
	for _, name := range f.GetSheetList() {
		if len(b.Sheets) == MaxSheets {
			return nil, casework.Problem(op, "sheet.too_many_sheets", "Max", MaxSheets)
		}
		g, err := r.sheet(name)
		if err != nil {
			return nil, err
		}
		if g != nil {
			b.Sheets = append(b.Sheets, g)
		}
	}
	if len(b.Sheets) == 0 {
		return nil, casework.Problem(op, "sheet.empty")
	}
	return b, nil
}

func checkZip(raw []byte) error {
	const op = "sheet.openXLSX"
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return casework.Problem(op, "sheet.broken").Because(err)
	}
	if len(z.File) > MaxParts {
		return casework.Problem(op, "sheet.too_big", "MB", MaxUnzipBytes>>20)
	}
	if !slices.ContainsFunc(z.File, func(p *zip.File) bool { return strings.HasPrefix(strings.ToLower(p.Name), "xl/") }) {
		return casework.Problem(op, "sheet.not_table") // a text document, an OpenDocument file, pictures …
	}
	left := uint64(MaxUnzipBytes)
	for _, p := range z.File {
		if p.UncompressedSize64 > left {
			return casework.Problem(op, "sheet.too_big", "MB", MaxUnzipBytes>>20)
		}
		left -= p.UncompressedSize64
	}
	for _, p := range z.File {
		if err := checkPart(p); err != nil {
			return casework.Problem(op, "sheet.broken").Because(err)
		}
	}
	return nil
}

// checkPart unpacks a part once, to nowhere: the library would take a damaged part for a short
// one, and people would be missing without a word. A sheet must also end as a sheet ends.
func checkPart(p *zip.File) error {
	r, err := p.Open()
	if err != nil {
		return err
	}
	var end tail
	if _, err := io.Copy(&end, r); err != nil {
		return err
	}
	name := strings.ToLower(p.Name)
	if strings.HasPrefix(name, "xl/worksheets/sheet") && strings.HasSuffix(name, ".xml") && !bytes.HasSuffix(bytes.TrimSpace(end), []byte("worksheet>")) {
		return io.ErrUnexpectedEOF
	}
	return r.Close()
}

// tail keeps the last bytes written to it.
type tail []byte

func (t *tail) Write(b []byte) (int, error) {
	const keep = 64
	*t = append(*t, b[max(0, len(b)-keep):]...)
	if n := len(*t); n > keep {
		*t = append((*t)[:0], (*t)[n-keep:]...)
	}
	return len(b), nil
}

type xlsxReader struct {
	f        *excelize.File
	date1904 bool
	dated    map[int]bool // style index → shows dates
	cells    int
}

// sheet reads one sheet; nil for a chart sheet, which has no cells.
func (r *xlsxReader) sheet(name string) (*Grid, error) {
	const op = "sheet.openXLSX"
	broken := func(err error) error {
		return casework.Problem(op, "sheet.broken").Because(err)
	}
	rows, err := r.f.Rows(name)
	if err != nil {
		if errors.As(err, new(excelize.ErrSheetNotExist)) {
			return nil, nil
		}
		return nil, broken(err)
	}
	defer rows.Close() //nolint:errcheck // in memory
	g := &Grid{Name: name, Date1904: r.date1904, hiddenRows: map[int]bool{}, hiddenCols: map[int]bool{}}
	for row := 1; rows.Next(); row++ {
		values, err := rows.Columns()
		if err != nil {
			return nil, broken(err)
		}
		for i, s := range values {
			if s == "" {
				continue
			}
			if r.cells++; r.cells > MaxCells {
				return nil, casework.Problem(op, "sheet.too_many_cells", "Max", MaxCells)
			}
			if err := checkPlace(op, name, row, i+1, s); err != nil {
				return nil, err
			}
			g.put(row, i+1, Cell{Kind: TextIn, Text: s})
		}
	}
	if err := rows.Error(); err != nil {
		return nil, broken(err)
	}
	if visible, err := r.f.GetSheetVisible(name); err == nil {
		g.Hidden = !visible
	}
	if g.Rows == 0 {
		return g, nil
	}
	if err := r.layout(g); err != nil {
		return nil, err
	}
	if len(g.merges)*r.cells > maxMergeWork {
		return nil, casework.Problem(op, "sheet.too_many_merges", "Sheet", casework.CleanLine(name, 40))
	}
	if err := r.kinds(g); err != nil {
		return nil, broken(err)
	}
	return g, r.computed(g)
}

// kinds asks the file about every cell that is not certainly text.
func (r *xlsxReader) kinds(g *Grid) error {
	for ri, row := range g.cells {
		for ci := range row {
			c := &row[ci]
			if c.Kind == Blank || !maybeNumber(c.Text) {
				continue
			}
			at := CellName(ri+1, ci+1)
			t, err := r.f.GetCellType(g.Name, at)
			if err != nil {
				return err
			}
			switch t {
			case excelize.CellTypeBool:
				c.Kind, c.Text = Boolean, map[bool]string{true: "TRUE", false: "FALSE"}[c.Text == "1" || c.Text == "TRUE"]
			case excelize.CellTypeError:
				c.Kind = Broken
			case excelize.CellTypeUnset, excelize.CellTypeNumber:
				if _, err := strconv.ParseFloat(c.Text, 64); err != nil {
					continue
				}
				c.Kind, c.Text = Number, plainNumber(c.Text)
				if c.Dated, err = r.isDated(g.Name, at); err != nil {
					return err
				}
			case excelize.CellTypeDate: // ISO 8601 text
				c.Dated = true
			}
		}
	}
	return nil
}

// maxMergeWork bounds merged areas times cells: the library looks through all of the former for
// each of the latter.
const maxMergeWork = 1 << 31

// maxFormulas is how many formulas of a sheet are noted.
const maxFormulas = 200

// computed notes where a sheet of a questionnaire holds formulas instead of what they give.
func (r *xlsxReader) computed(g *Grid) error {
	if !formSheets[strings.ToLower(strings.TrimSpace(g.Name))] {
		return nil
	}
	rows, cols := min(g.Rows, maxQuestions), min(g.Cols, 100)
	if len(g.merges)*rows*cols > maxMergeWork {
		return casework.Problem("sheet.openXLSX", "sheet.too_many_merges", "Sheet", casework.CleanLine(g.Name, 40))
	}
	for row := 1; row <= rows; row++ {
		if g.RowBlank(row) {
			continue
		}
		for col := 1; col <= cols && len(g.formulas) < maxFormulas; col++ {
			if g.covered(row, col) {
				continue
			}
			f, err := r.f.GetCellFormula(g.Name, CellName(row, col))
			if err != nil {
				return casework.Problem("sheet.openXLSX", "sheet.broken").Because(err)
			}
			if f != "" {
				g.formulas = append(g.formulas, [2]int{row, col})
			}
		}
	}
	return nil
}

func maybeNumber(s string) bool {
	return s[0] == '#' || s[0] >= '0' && s[0] <= '9' || s[0] == '-' || s[0] == '+' || s[0] == '.' || s == "TRUE" || s == "FALSE"
}

// plainNumber writes a whole number below 10^15 without an exponent; other numbers stay as
// the file has them, so that an identity number that lost its digits can be recognised.
func plainNumber(s string) string {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f != math.Trunc(f) || math.Abs(f) >= 1e15 {
		return s
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

func (r *xlsxReader) isDated(sheet, at string) (bool, error) {
	id, err := r.f.GetCellStyle(sheet, at)
	if err != nil {
		return false, err
	}
	if d, known := r.dated[id]; known {
		return d, nil
	}
	style, err := r.f.GetStyle(id)
	if err != nil { // a file may name a style it does not have, or have none at all: it shows plain numbers
		r.dated[id] = false
		return false, nil
	}
	d := dateFormat(style.NumFmt, style.CustomNumFmt)
	r.dated[id] = d
	return d, nil
}

// dateFormat says whether a number format shows a date or time: the built-in ones (those of
// the Chinese edition included), or one with y, d, h or 年月日 outside quotes and brackets.
func dateFormat(id int, custom *string) bool {
	if custom == nil {
		return id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58
	}
	quoted, bracketed := false, false
	for i, c := range *custom {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted && !strings.ContainsRune("年月日时分秒", c):
		case c == '[':
			bracketed = true
		case c == ']':
			bracketed = false
		case bracketed:
		case i > 0 && (*custom)[i-1] == '\\':
		case strings.ContainsRune("yYdDhH年月日时", c):
			return true
		}
	}
	return false
}

func (r *xlsxReader) layout(g *Grid) error {
	merges, err := r.f.GetMergeCells(g.Name, true)
	if err != nil {
		return casework.Problem("sheet.openXLSX", "sheet.broken").Because(err)
	}
	for _, m := range merges {
		c1, r1, err1 := excelize.CellNameToCoordinates(m.GetStartAxis())
		c2, r2, err2 := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err1 == nil && err2 == nil {
			g.merges = append(g.merges, Merge{r1, c1, r2, c2})
		}
	}
	for row := 1; row <= g.Rows; row++ {
		if visible, err := r.f.GetRowVisible(g.Name, row); err == nil && !visible {
			g.hiddenRows[row] = true
		}
	}
	for col := 1; col <= g.Cols; col++ {
		letter, _ := excelize.ColumnNumberToName(col)
		if visible, err := r.f.GetColVisible(g.Name, letter); err == nil && !visible {
			g.hiddenCols[col] = true
		}
	}
	return nil
}
