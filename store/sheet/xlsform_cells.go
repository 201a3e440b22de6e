package sheet

import (
	"strconv"

	"doorstep/casework"
)

// formSheets are the sheets a questionnaire is read from.
var formSheets = map[string]bool{"survey": true, "choices": true, "external_choices": true, "settings": true, "grading": true}

// covered says whether the place lies in a merged area and is not its first cell.
func (g *Grid) covered(row, col int) bool {
	if len(g.merges) > 0 {
		for _, m := range g.merges {
			if row >= m.Row && row <= m.EndRow && col >= m.Col && col <= m.EndCol {
				return row != m.Row || col != m.Col
			}
		}
	}
	return false
}

// lintCells tells what the workbook does to its cells that an author does not see: formulas,
// results that are errors, dates that are numbers, merged and hidden cells.
func (r *formReader) lintCells() {
	for _, name := range []string{"survey", "choices", "external_choices", "settings", "grading"} {
		g := r.book.Sheet(name)
		if g == nil || g.Rows == 0 {
			continue
		}
		t := (&formReader{}).readTable(g, surveyColumns) // quietly: only where its headings are
		if g.Hidden {
			r.warn("hidden_sheet", at{sheet: g.Name})
		}
		r.lintHidden(t)
		r.lintMerges(t)
		r.lintFormulas(t)
		r.lintKinds(t)
	}
}

func (r *formReader) lintHidden(t *table) {
	for row := 1; row <= t.g.Rows; row++ {
		last := row
		for last <= t.g.Rows && t.g.RowHidden(last) {
			last++
		}
		filled := false
		for i := row; i < last; i++ {
			filled = filled || !t.g.RowBlank(i)
		}
		if filled {
			r.warn("hidden_rows", at{t.g.Name, row, 0}, "To", last-1)
		}
		row = max(row, last-1)
	}
	for _, c := range t.cols {
		if t.g.ColHidden(c.col) && !pageless[c.base] {
			r.warn("hidden_column", at{t.g.Name, t.header, c.col}, "Heading", c.heading)
		}
	}
}

// lintMerges: a merge across rows takes what its lower rows should have said; others do no harm.
func (r *formReader) lintMerges(t *table) {
	read := map[int]bool{}
	for _, c := range t.cols {
		read[c.col] = !pageless[c.base]
	}
	for _, m := range t.g.merges {
		p, to := at{t.g.Name, m.Row, m.Col}, CellName(m.EndRow, m.EndCol)
		switch {
		case m.EndRow < t.header || t.g.At(m.Row, m.Col).Kind == Blank:
		case m.EndRow > m.Row && read[m.Col] && m.EndRow > t.header && m.Row <= t.g.Rows:
			r.refuse("merged_rows", p, "To", to)
		default:
			r.warn("merged_cell", p, "To", to)
		}
	}
}

// lintFormulas tells of formulas column by column: a column that is computed is one finding.
func (r *formReader) lintFormulas(t *table) {
	for _, c := range t.cols {
		if pageless[c.base] {
			continue
		}
		var with []int // rows
		for _, f := range t.g.formulas {
			switch p := (at{t.g.Name, f[0], f[1]}); {
			case f[1] != c.col || t.g.At(f[0], f[1]).Kind == Broken: // told by lintKinds
			case t.g.At(f[0], f[1]).Kind == Blank:
				r.warn("formula_blank", p)
			default:
				with = append(with, f[0])
			}
		}
		switch n := len(with); n {
		case 0:
		case 1:
			r.warn("formula_cell", at{t.g.Name, with[0], c.col}, "Text", casework.CleanLine(t.g.At(with[0], c.col).Text, 40))
		default:
			r.warn("formula_column", at{t.g.Name, with[0], c.col}, "Cells", n, "To", with[n-1])
		}
	}
}

// lintKinds: "#REF!" is nobody's answer, and a date was typed as words.
func (r *formReader) lintKinds(t *table) {
	for row := range t.rows {
		for _, c := range t.cols {
			if pageless[c.base] {
				continue
			}
			x, p := t.g.At(row, c.col), at{t.g.Name, row, c.col}
			switch {
			case x.Kind == Broken:
				r.refuse("error_cell", p, "Text", x.Text)
			case x.Kind == Number && x.Dated:
				f := r.find(Warning, "date_cell", p, "Text", x.Text)
				if n, err := strconv.ParseFloat(x.Text, 64); err == nil {
					if day, err := casework.SerialDay(n, t.g.Date1904); err == nil {
						f.Fix = day.String()
					}
				}
			}
		}
	}
}
