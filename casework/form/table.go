package form

import (
	"maps"
	"slices"
	"sync"

	"doorstep/casework/form/xpath"
)

// table is a choice list as expressions see it, instance('NAME')/root/item, with an index
// for filters that compare a column with an answer.
type table struct {
	top  *xpath.Node
	rows []*xpath.Node

	mu      sync.Mutex
	columns map[string]map[string][]int // rows by the value of a column, made when first asked for
}

func newTable(l *List) *table {
	root := &xpath.Node{Name: "root"}
	for _, c := range l.Choices {
		root.Append(choiceRow(c))
	}
	return &table{
		top:  (&xpath.Node{Kind: xpath.Document, Name: l.Name}).Append(root),
		rows: root.Children, columns: map[string]map[string][]int{},
	}
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

// where are the rows whose column has a value, in order.
func (t *table) where(column, value string) []int {
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
