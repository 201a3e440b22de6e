package widget_test

import (
	"fmt"
	"testing"

	"doorstep/tui/cell"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/tuitest"
	"doorstep/tui/widget"
)

// BenchmarkTableOf5000 is one step in a table of a whole township's people.
func BenchmarkTableOf5000(b *testing.B) {
	env := &stage.Env{Speaker: tuitest.Speaker(b, "zh"), Theme: theme.New(theme.Dark, theme.True)}
	t := &widget.Table{Columns: []cell.Column{{Min: 8, Max: 8}, {Min: 14, Max: 20}, {Min: 10}, {Min: 6, Max: 12}}}
	rows := make([][]string, 5000)
	for i := range rows {
		rows[i] = []string{"逾期2天", fmt.Sprintf("买买提·吐尔逊%d", i), "竹岛村3组，跟奶奶住", "二级"}
	}
	b.ResetTimer()
	for i := range b.N {
		t.SetRows(rows)
		t.To(i % 5000)
		t.Draw(env, stage.Size{W: 120, H: 34})
	}
}
