package laptop

import (
	"testing"
	"time"
)

// quick is a store whose quiet minute is over at once.
func quick(o *Options) { o.quiet = time.Nanosecond }

func TestOnceAWeekEveryRowIsOpened(t *testing.T) {
	s := newStoreWith(t, 1, quick)
	s.looking.Wait()
	hands := monday()
	s.o.Now = hands.now
	lin := person(t, s, child("林小溪", zhudao))
	d := enrolled(t, s)
	v := visit(t, s, lin, "2026-11-20")
	d.now = d.now.AddDate(0, 0, 12) // the lease goes on
	talk(t, s, d)
	morning := func() *Store {
		s = again(t, s)
		s.looking.Wait()
		return s
	}
	hands.set(hands.now().Add(8 * 24 * time.Hour))
	morning()
	first := s.Status().Checked
	if first.At.IsZero() || first.Rows < 8 || first.Found != 0 {
		t.Fatalf("%+v", first)
	}
	morning()
	if c := s.Status().Checked; !c.At.Equal(first.At) {
		t.Fatalf("checked again the same day: %+v", c)
	}
	hands.set(hands.now().Add(8 * 24 * time.Hour))
	morning()
	if c := s.Status().Checked; !c.At.After(first.At) || c.Found != 0 || s.Status().Damaged != 0 {
		t.Fatalf("%+v", c)
	}

	// A row that went bad while she works, and a summary that was shown wrong.
	hands.set(hands.now().Add(8 * 24 * time.Hour))
	flip(t, s, "UPDATE bodies SET sealed = ? WHERE id = ?", "SELECT sealed FROM bodies WHERE id = ?", v.ID[:])
	s.view.Lock()
	wrong := *s.caseload.items[lin]
	p := *wrong.person
	p.Name = "别人"
	wrong.person = &p
	s.caseload.put(lin, &wrong)
	s.view.Unlock()
	s.lookLater()
	st := s.Status()
	if st.Checked.Found != 2 || st.Damaged == 0 {
		t.Fatalf("%+v", st)
	}
	if p, _ := s.Person(lin); p.Name != "林小溪" {
		t.Fatal("still shown wrong")
	}
	if !exists(s.dir + "/" + suspectFile) {
		t.Fatal("the next start would not look")
	}
	morning() // the row is known to be damaged now; the district says it again
	talk(t, s, d)
	talk(t, s, d)
	if st := s.Status(); st.Damaged != 0 {
		t.Fatalf("%+v", st)
	}
	morning()
	if exists(s.dir + "/" + suspectFile) {
		t.Fatal("suspected for ever")
	}
	if _, err := s.Record(t.Context(), v); err != nil {
		t.Fatal(err)
	}
}

func TestAClockThatRanAheadDoesNotPutTheCheckOff(t *testing.T) {
	s := newStore(t, 2)
	s.checked.At = s.o.Now().AddDate(20, 0, 0)
	if !s.checkDue() {
		t.Fatal("not for twenty years")
	}
}

// A large database in which SQLite itself finds something is made anew at the next start.
func TestDamageFoundWhileSheWorksIsRepairedTheNextMorning(t *testing.T) {
	s := newStoreWith(t, 3, quick)
	lin := person(t, s, child("林小溪", zhudao))
	talk(t, s, enrolled(t, s))
	_, err := s.db.Exec("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_bodies_1') WHERE name = 'sqlite_autoindex_heads_1'")
	try(t, err)
	s.o.unhurried = 1
	s = again(t, s)
	s.looking.Wait()
	if s.Status().Damaged == 0 {
		t.Fatal("nobody was told")
	}
	s = again(t, s)
	if p, ok := s.Person(lin); !ok || p.Name != "林小溪" || s.Status().Rebuilt == nil {
		t.Fatalf("%+v", s.Status())
	}
	s.looking.Wait()
	s = again(t, s)
	if st := s.Status(); st.Damaged != 0 {
		t.Fatalf("%+v", st)
	}
}
