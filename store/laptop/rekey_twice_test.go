package laptop

import (
	"sync"
	"testing"
)

// The program goes on with a change of keys while somebody asks for one.
func TestTwoWhoChangeKeysDoItOnce(t *testing.T) {
	s := newStoreWith(t, 131, func(o *Options) { o.resealStep = 1 })
	who := person(t, s, child("林小溪", zhudao))
	for range 5 {
		visit(t, s, who, "2026-11-23")
	}
	try(t, s.renewKeys("laptop.Rekey", secret))
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			try(t, s.FinishRekey(t.Context(), nil))
		})
	}
	both.Wait()
	if s.Rekeying() || len(s.Visits(who)) != 5 || s.of(t, s.keys.Gen) == 0 {
		t.Fatal("not done")
	}
}
