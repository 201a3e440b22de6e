package form

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"doorstep/casework/form/xpath"
)

// table is a choice list as expressions see it, instance('NAME')/root/item, with indexes
// for filters over tens of thousands of rows. It is built when first looked into, and
// shared by all visits of a form.
type table struct {
	list *List
	once sync.Once
	top  *xpath.Node
	rows []*xpath.Node
	each []int // 0, 1, 2 … to the last row

	mu      sync.Mutex
	columns map[string]map[string][]int // rows by the value of a column, made when first asked for
	groups  map[string]*alike           // by the names of columns
}

// alike are the rows of a list put together that have the same in some columns.
type alike struct {
	rows [][]int
	size int
}

func newTable(l *List) *table {
	return &table{list: l, columns: map[string]map[string][]int{}, groups: map[string]*alike{}}
}

// open builds the table.
func (t *table) open() *table {
	t.once.Do(func() {
		root := &xpath.Node{Name: "root"}
		for i, c := range t.list.Choices {
			root.Append(choiceRow(c))
			t.each = append(t.each, i)
		}
		t.top, t.rows = (&xpath.Node{Kind: xpath.Document, Name: t.list.Name}).Append(root), root.Children
	})
	return t
}

func choiceRow(c *Choice) *xpath.Node {
	row := (&xpath.Node{Name: "item"}).Append(&xpath.Node{Name: "name", Value: c.Name})
	for _, lang := range slices.Sorted(maps.Keys(c.Label)) {
		name := "label"
		if lang != "" && c.Label[""] != "" {
			name = "label::" + lang
		}
		row.Append(&xpath.Node{Name: name, Value: c.Label[lang]})
	}
	for _, column := range slices.Sorted(maps.Keys(c.Columns)) {
		row.Append(&xpath.Node{Name: column, Value: c.Columns[column]})
	}
	return row
}

// all are the numbers of all rows.
func (t *table) all() []int { return t.open().each }

// nodes are some rows by their numbers.
func (t *table) nodes(rows []int) []*xpath.Node {
	if len(rows) == len(t.rows) {
		return t.rows
	}
	out := make([]*xpath.Node, len(rows))
	for i, row := range rows {
		out[i] = t.rows[row]
	}
	return out
}

// where are the rows whose column has a value, in order.
func (t *table) where(column, value string) []int {
	t.open()
	t.mu.Lock()
	defer t.mu.Unlock()
	by, ok := t.columns[column]
	if !ok {
		by = map[string][]int{}
		for i, row := range t.rows {
			// A column may stand twice (a label in two languages); each value counts.
			for _, cell := range row.Children {
				if cell.Name == column {
					if have := by[cell.Value]; len(have) == 0 || have[len(have)-1] != i {
						by[cell.Value] = append(have, i)
					}
				}
			}
		}
		t.columns[column] = by
	}
	return by[value]
}

// alike groups the rows by some columns; nil when that would save little.
func (t *table) alike(columns []string) *alike {
	t.open()
	t.mu.Lock()
	defer t.mu.Unlock()
	key := strings.Join(columns, "\x00")
	if g, ok := t.groups[key]; ok {
		return g
	}
	t.groups[key] = nil
	g, number := &alike{size: len(t.rows)}, map[string]int{}
	var cells strings.Builder
	for i, row := range t.rows {
		cells.Reset()
		for k, name := range columns {
			for _, cell := range row.Children {
				if cell.Name == name {
					cells.WriteString(strconv.Itoa(k) + ":" + strconv.Itoa(len(cell.Value)) + ":" + cell.Value)
				}
			}
		}
		n, ok := number[cells.String()]
		if !ok {
			if n = len(g.rows); n > len(t.rows)/4 {
				return nil
			}
			number[cells.String()] = n
			g.rows = append(g.rows, nil)
		}
		g.rows[n] = append(g.rows[n], i)
	}
	t.groups[key] = g
	return g
}

// merge gives the rows of some groups in the order of the list.
func (a *alike) merge(groups []int) []int {
	switch len(groups) {
	case 0:
		return nil
	case 1:
		return a.rows[groups[0]]
	}
	var out []int
	if 4*len(groups) > len(a.rows) {
		in := make([]bool, a.size)
		for _, g := range groups {
			for _, row := range a.rows[g] {
				in[row] = true
			}
		}
		for row, yes := range in {
			if yes {
				out = append(out, row)
			}
		}
		return out
	}
	for _, g := range groups {
		out = append(out, a.rows[g]...)
	}
	slices.Sort(out)
	return out
}
