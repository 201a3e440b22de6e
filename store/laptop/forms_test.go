package laptop

import (
	"encoding/json"
	"testing"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// file files a form about somebody, or a check of a place.
func file(t *testing.T, s *Store, kind casework.Kind, owner casework.RecordID, v casework.Values) casework.RecordID {
	t.Helper()
	a := s.Author()
	id, err := a.NewRecord()
	try(t, err)
	op, err := a.Create(id, kind, owner, v)
	try(t, err)
	try(t, s.Save(t.Context(), op))
	return id
}

func TestAFormIsNoVisit(t *testing.T) {
	s := newStore(t, 31)
	who := person(t, s, child("林小溪", zhudao))
	d := enrolled(t, s)
	one := file(t, s, casework.KindForm, who, casework.Values{"date": "2026-11-22", "form": "notice-consent", "result": "1"})
	two := file(t, s, casework.KindForm, who, casework.Values{"date": "2026-11-23", "protected": json.RawMessage(`{"form":"mandatory-report"}`)})
	for range 2 {
		if st := s.Status(); len(s.Visits(who)) != 0 || st.PendingVisits != 0 || st.PendingOps != 3 {
			t.Fatalf("%+v", st)
		}
		got := s.Forms(who)
		if len(got) != 2 || got[0].ID != two || got[0].Form != "" || !got[0].Protected || got[1].ID != one || got[1].Result != "1" {
			t.Fatalf("%+v", got)
		}
		s = again(t, s)
	}
	talk(t, s, d)
	if st := s.Where(two); st.Stage != Received || !st.Held || len(s.Forms(who)) != 2 {
		t.Fatalf("%+v", st)
	}
	if st := s.Where(one); st.Stage != Received || st.Held {
		t.Fatalf("%+v", st)
	}
}

func TestChecksOfAPlaceGoWithThePlace(t *testing.T) {
	both := []casework.Scope{{Area: zhudao, Duties: []casework.Duty{"child"}}, {Area: beishi, Duties: []casework.Duty{"child"}}}
	s := newStore(t, 32)
	d := enrolled(t, s, both...)
	stays := file(t, s, casework.KindCheck, casework.RecordID{}, casework.Values{"area": zhudao, "duties": []string{"child"}, "date": "2026-11-22", "form": "publicity-check"})
	file(t, s, casework.KindCheck, casework.RecordID{}, casework.Values{"area": beishi, "duties": []string{"child"}, "date": "2026-11-23", "form": "publicity-check"})
	talk(t, s, d)
	if got := s.Forms(casework.RecordID{}); len(got) != 2 || got[1].ID != stays {
		t.Fatalf("%+v", got)
	}
	d.actor.Scopes = both[:1]
	a := d.say(hello(t, s), nil, 0)
	a.News.Cursors = ledger.Cursors{ledger.CursorKey(zhudao, "child"): 3}
	try(t, s.Apply(t.Context(), a))
	for range 2 {
		if got := s.Forms(casework.RecordID{}); len(got) != 1 || got[0].ID != stays {
			t.Fatalf("%+v", got)
		}
		s = again(t, s)
	}
}
