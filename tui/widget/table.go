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

	texts    [][]string
	headings map[int]string
	w        int
}

// SetRows replaces the rows. A row of one text in a table of several columns is a heading.
func (t *Table) SetRows(rows [][]string) {
	t.texts, t.w = rows, 0
	t.headings = map[int]string{}
	for i, r := range rows {
		if len(r) == 1 && len(t.Columns) > 1 {
			t.headings[i] = r[0]
		}
	}
	t.lay(0)
}

// lay cuts the rows into columns for a width.
func (t *Table) lay(w int) {
	widths := cell.Layout(t.Columns, t.gap(), max(w-5, 0))
	rows := make([]Row, len(t.texts))
	for i, texts := range t.texts {
		if h, ok := t.headings[i]; ok {
			rows[i] = Row{Text: h, Heading: true}
			continue
		}
		rows[i] = Row{Text: cell.Row(t.Columns, widths, texts, t.gap())}
	}
	t.Set(rows)
	t.w = w
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
	if t.w != size.W {
		t.lay(size.W)
	}
	if len(t.Titles) == 0 {
		return t.List.Draw(env, size)
	}
	widths := cell.Layout(t.Columns, t.gap(), max(size.W-5, 0))
	titles := "    " + env.Paint(theme.Dim, cell.Row(t.Columns, widths, t.Titles, t.gap()))
	lines, cursor := t.List.Draw(env, stage.Size{W: size.W, H: max(size.H-1, 0)})
	if cursor != nil {
		cursor.Y++
	}
	return append([]string{titles}, lines...), cursor
}
