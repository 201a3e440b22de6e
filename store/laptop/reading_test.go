package laptop

import (
	"sync"
	"testing"

	"doorstep/casework"
)

// She ends the program while a page is still being read.
func TestClosingWaitsForWhoReads(t *testing.T) {
	for seed := range uint64(10) {
		s := newStore(t, 100+seed)
		d := enrolled(t, s)
		who := person(t, s, child("林小溪", zhudao))
		talk(t, s, d)
		var readers sync.WaitGroup
		begun := make(chan struct{})
		var once sync.Once
		for range 4 {
			readers.Go(func() {
				for {
					_, err := s.Record(t.Context(), who)
					once.Do(func() { close(begun) })
					if err != nil {
						if casework.CodeOf(err) != "laptop.closed" {
							t.Error(err)
						}
						return
					}
				}
			})
		}
		<-begun
		if seed%2 == 0 {
			try(t, s.Close())
		} else {
			try(t, s.Wipe("wiped"))
		}
		readers.Wait()
	}
}
