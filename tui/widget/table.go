package widget

import (
	tea "charm.land/bubbletea/v2"

	"doorstep/tui/cell"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
)

// Table is a List whose rows are cut into columns, with a line of titles above it.
type Table struct {
	List
	Columns []cell.Column
	Titles  []string // none: no line of titles
	Gap     int      // cells between columns; 0 means 2

	texts [][]string
}

// SetRows replaces the rows. A row of one text in a table of several columns is a heading.
// Rows are cut into columns when they are drawn, so that thousands cost nothing.
func (t *Table) SetRows(texts [][]string) {
	t.texts = texts
	rows := make([]Row, len(texts))
	for i, r := range texts {
		if len(r) == 1 && len(t.Columns) > 1 {
			rows[i] = Row{Text: r[0], Heading: true}
		}
	}
	t.Set(rows)
}

func (t *Table) gap() int {
	if t.Gap > 0 {
		return t.Gap
	}
	return 2
}

// Update is List.Update; the line of titles is left out of the count of clicks.
func (t *Table) Update(msg tea.Msg) (mine, chosen bool) {
	if c, ok := msg.(stage.Click); ok && len(t.Titles) > 0 {
		c.Y--
		msg = c
	}
	return t.List.Update(msg)
}

// Draw gives at most size.H lines and where the cursor is in them.
func (t *Table) Draw(env *stage.Env, size stage.Size) ([]string, *stage.Cursor) {
	widths := cell.Layout(t.Columns, t.gap(), max(size.W-5, 0))
	t.text = func(i int) string { return cell.Row(t.Columns, widths, t.texts[i], t.gap()) }
	if len(t.Titles) == 0 {
		return t.List.Draw(env, size)
	}
	titles := "    " + env.Paint(theme.Dim, cell.Row(t.Columns, widths, t.Titles, t.gap()))
	lines, cursor := t.List.Draw(env, stage.Size{W: size.W, H: max(size.H-1, 0)})
	if cursor != nil {
		cursor.Y++
	}
	return append([]string{titles}, lines...), cursor
}
