package desk_test

import (
	"path/filepath"
	"testing"

	"doorstep/casework"
	"doorstep/tui/book"
)

// A greeting says before it is saved what it does not count for, and never denies what it
// does count for.
func TestAGreetingSaysWhatItCountsFor(t *testing.T) {
	w := newTown(t)
	d := w.zhang(filepath.Join(t.TempDir(), "laptop"))
	defer closing(t, d)
	for _, of := range []struct {
		who   casework.RecordID
		depth int
		want  string
	}{
		{w.invented.Scene.Zhao, 1, "desk.short"},    // 三级 每月一次
		{w.invented.Scene.Sun, 1, "desk.short.but"}, // 独居: 两天一问, and a visit a month
		{w.invented.Scene.Sun, 3, ""},
	} {
		s, err := d.Begin(t.Context(), book.Beginning{Persons: []casework.RecordID{of.who}, Depth: of.depth})
		if err != nil {
			t.Fatal(err)
		}
		if s.Short.Key != of.want {
			t.Errorf("depth %d: %+v, want %q", of.depth, s.Short, of.want)
		}
	}
}
