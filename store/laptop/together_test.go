package laptop

import (
	"sync"
	"testing"

	"doorstep/casework"
)

// The screens read, the worker saves and the background talks to the district, all at
// once; nobody waits for ever and nothing is lost.
func TestScreensSavesAndAnswersTogether(t *testing.T) {
	s := newStoreIn(t, ram(t), 1)
	who := person(t, s, child("林小溪", zhudao))
	d := enrolled(t, s)
	stop := make(chan struct{})
	var screens, work sync.WaitGroup
	for range 2 {
		screens.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				for _, p := range s.People() {
					s.Visits(p.ID)
					if r, err := s.Record(t.Context(), p.ID); err != nil || r.Text("name") != p.Name {
						t.Errorf("%q on the list, %q opened: %v", p.Name, r.Text("name"), err)
						return
					}
				}
				s.Find("lxx")
				s.Tasks(casework.RecordID{})
				s.Status()
				s.Where(who)
			}
		})
	}
	const visits = 40
	work.Go(func() {
		for range visits {
			visit(t, s, who, "2026-11-23")
		}
	})
	work.Go(func() {
		for range 10 {
			talk(t, s, d)
		}
	})
	work.Wait()
	close(stop)
	screens.Wait()
	talk(t, s, d)
	if n := len(s.Visits(who)); n != visits || s.Status().PendingOps != 0 {
		t.Fatalf("%d visits, %+v", n, s.Status())
	}
	s = again(t, s)
	if n := len(s.Visits(who)); n != visits {
		t.Fatalf("%d visits the next morning", n)
	}
}
