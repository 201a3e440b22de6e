package laptop

import (
	"strconv"
	"testing"
)

// What the guard costs a page that goes through everyone and all their visits: with a
// lease against without one.
func BenchmarkEveryonesVisits(b *testing.B) {
	for _, lease := range []bool{false, true} {
		b.Run("lease="+strconv.FormatBool(lease), func(b *testing.B) {
			s := newStoreIn(b, b.TempDir(), 90)
			for i := range 200 {
				person(b, s, child("林小溪"+strconv.Itoa(i), zhudao))
			}
			if lease {
				enrolled(b, s)
			}
			b.ResetTimer()
			for b.Loop() {
				for _, p := range s.People() {
					s.Visits(p.ID)
				}
			}
		})
	}
}
