package sheet

import (
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Book is a file that was opened: its sheets in the file's order.
type Book struct {
	Sheets []*Grid
}

// Sheet is the sheet of that name, case and surrounding blanks ignored, or nil.
func (b *Book) Sheet(name string) *Grid {
	for _, g := range b.Sheets {
		if strings.EqualFold(strings.TrimSpace(g.Name), name) {
			return g
		}
	}
	return nil
}

// Grid is one sheet. Rows and columns count from 1, as Excel shows them.
type Grid struct {
	Name       string
	Hidden     bool // the whole sheet
	Date1904   bool // serial dates count from 1904 (old Macintosh files): see casework.SerialDay
	Rows, Cols int  // the last row and column that hold anything

	cells      [][]Cell // cells[row-1][col-1]; rows may be short
	merges     []Merge
	hiddenRows map[int]bool
	hiddenCols map[int]bool
	formulas   [][2]int // row and column; of a questionnaire's sheets alone, the first maxFormulas
}

// CellKind says what the file holds in a cell, whatever it looks like on screen.
type CellKind uint8

// The kinds of cell.
const (
	Blank   CellKind = iota
	TextIn           // typed or stored as text: "007" stays "007"
	Number           // a number; Text is its shortest exact decimal form
	Boolean          // Text is "TRUE" or "FALSE"
	Broken           // an error value: Text is "#REF!", "#N/A" …
)

// Cell is one cell. Text is exactly what was typed, blanks and full-width letters included,
// or for a number its digits. Dated says that the file shows the number as a date or time.
type Cell struct {
	Kind  CellKind
	Dated bool
	Text  string
}

// Merge is a merged area, corners included.
type Merge struct {
	Row, Col, EndRow, EndCol int
}

// NewGrid makes a grid of text from rows, first row first. An empty string is a blank cell.
func NewGrid(name string, rows [][]string) *Grid {
	g := &Grid{Name: name}
	for r, row := range rows {
		for c, s := range row {
			if s != "" {
				g.put(r+1, c+1, Cell{Kind: TextIn, Text: s})
			}
		}
	}
	return g
}

func (g *Grid) put(row, col int, c Cell) {
	for len(g.cells) < row {
		g.cells = append(g.cells, nil)
	}
	for len(g.cells[row-1]) < col {
		g.cells[row-1] = append(g.cells[row-1], Cell{})
	}
	g.cells[row-1][col-1] = c
	g.Rows, g.Cols = max(g.Rows, row), max(g.Cols, col)
}

// At is the cell itself; blank outside the sheet and in all but the first cell of a merged area.
func (g *Grid) At(row, col int) Cell {
	if row < 1 || row > len(g.cells) || col < 1 || col > len(g.cells[row-1]) {
		return Cell{}
	}
	return g.cells[row-1][col-1]
}

// Over is what a reader sees over that place: the merged area's cell where there is one.
func (g *Grid) Over(row, col int) Cell {
	if c := g.At(row, col); c.Kind != Blank {
		return c
	}
	for _, m := range g.merges {
		if row >= m.Row && row <= m.EndRow && col >= m.Col && col <= m.EndCol {
			return g.At(m.Row, m.Col)
		}
	}
	return Cell{}
}

// Merges are the merged areas in the file's order.
func (g *Grid) Merges() []Merge { return g.merges }

// RowHidden says whether somebody hid the row, by hand or with a filter.
func (g *Grid) RowHidden(row int) bool { return g.hiddenRows[row] }

// ColHidden says whether somebody hid the column.
func (g *Grid) ColHidden(col int) bool { return g.hiddenCols[col] }

// RowBlank says whether the row holds nothing but blanks.
func (g *Grid) RowBlank(row int) bool {
	if row < 1 || row > len(g.cells) {
		return true
	}
	for _, c := range g.cells[row-1] {
		if strings.TrimSpace(c.Text) != "" {
			return false
		}
	}
	return true
}

// CellName is "G17" for row 17, column 7; "17:17" when col is 0 (the whole row).
func CellName(row, col int) string {
	if col < 1 {
		r := strconv.Itoa(row)
		return r + ":" + r
	}
	s, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		return strconv.Itoa(row) + "," + strconv.Itoa(col)
	}
	return s
}
