package laptop

import "testing"

func TestAVisitIsThereAtOnceAndTheNextMorning(t *testing.T) {
	s := newStore(t, 1)
	who := person(t, s, child("林小溪", zhudao))
	v := visit(t, s, who, "2026-11-23")
	for range 2 {
		if p, ok := s.Person(who); !ok || p.Name != "林小溪" {
			t.Fatalf("person: %+v %v", p, ok)
		}
		if got := s.Visits(who); len(got) != 1 || got[0].ID != v || !got[0].Seen || got[0].Date.String() != "2026-11-23" {
			t.Fatalf("visits: %+v", got)
		}
		if st := s.Status(); st.PendingOps != 2 || st.PendingVisits != 1 || st.Enrolled {
			t.Fatalf("status: %+v", st)
		}
		s = again(t, s)
	}
}

func TestEverythingGoesToTheDistrictAndStays(t *testing.T) {
	s := newStore(t, 2)
	who := person(t, s, child("林小溪", zhudao)) // before enrolment
	d := enrolled(t, s)
	v := visit(t, s, who, "2026-11-23")
	talk(t, s, d)
	for range 2 {
		if st := s.Status(); st.PendingOps != 0 || !st.LastReceived.Equal(d.now) || st.District != "环翠区" {
			t.Fatalf("status: %+v", st)
		}
		if st := s.Where(v); st.Stage != Received || !st.Held {
			t.Fatalf("where: %+v", st)
		}
		if got := s.Visits(who); len(got) != 1 || got[0].Received == 0 {
			t.Fatalf("visits: %+v", got)
		}
		up, err := s.Unsent(t.Context(), 0, 0)
		if err != nil || len(up.Ops) != 0 || up.From.Seq != 2 {
			t.Fatalf("unsent: %+v %v", up, err)
		}
		r, err := s.Record(t.Context(), v)
		if err != nil || len(r.Value("answers")) == 0 || len(r.Value("answers_restricted")) != 0 {
			t.Fatalf("record: %+v %v", r, err)
		}
		s = again(t, s)
	}
}
