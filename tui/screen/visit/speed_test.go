package visit_test

import (
	"testing"

	"doorstep/casework/packs"
)

// A key in the middle of a full visit, drawn at 120×40, must cost at most 8 ms.
func BenchmarkAKeyInTheVisit(b *testing.B) {
	s := shelfOf(b, packs.ChildVisit, 3, "zh")
	for path, value := range map[string]string{"c0_3": "door", "c0_4": "met", "c0_5": "child grandparent", "c1_1": "grandparents"} {
		if _, err := s.form.Set(s.form.Definition().Find(path).Path, value); err != nil {
			b.Fatal(err)
		}
	}
	r := start(b, s, 120, 40).Keys("pgdown")
	for i := 0; b.Loop(); i++ {
		r.Keys([]string{"4", "down", "1", "up"}[i%4])
		_ = r.View()
	}
}

// A key in a list of 50,000 villages, found and drawn, must cost at most a frame.
func BenchmarkAKeyInAListOf50000(b *testing.B) {
	s := everyShelf(b, "zh")
	r := start(b, s, 120, 40).Keys("ctrl+f").Type("village").Keys("enter").Type("z")
	for i := 0; b.Loop(); i++ {
		r.Type([]string{"d", "c"}[i%2])
		_ = r.View()
		r.Keys("backspace")
		_ = r.View()
	}
}
