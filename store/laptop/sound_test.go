package laptop

import (
	"os"
	"path/filepath"
	"testing"

	"doorstep/casework"
)

// torn changes a closed store's tables behind its back, as a disk does that kept some of
// yesterday's pages: every page is whole, but they do not belong together.
func torn(t *testing.T, s *Store, change string, args ...any) *Store {
	t.Helper()
	_, err := s.db.Exec(change, args...)
	try(t, err)
	return again(t, s)
}

func TestYesterdaysPageAmongTodaysIsToldAndHealed(t *testing.T) {
	for name, change := range map[string]string{
		"a person is missing":        "DELETE FROM heads WHERE id = ?",
		"an answer is missing":       "DELETE FROM bodies WHERE id <> ?",
		"a receipt is missing":       "DELETE FROM receipts WHERE op <> ?",
		"an operation is open again": "UPDATE ops SET settled = 0 WHERE id <> ?",
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore(t, 1)
			who := person(t, s, child("林小溪", zhudao))
			d := enrolled(t, s)
			visit(t, s, who, "2026-11-20")
			talk(t, s, d)
			s = again(t, s)
			if n := s.Status().Damaged; n != 0 {
				t.Fatalf("%d rows damaged in a sound store", n)
			}
			s = torn(t, s, change, who.ID[:])
			if n := s.Status().Damaged; n == 0 {
				t.Fatal("nobody was told")
			}
			s = again(t, s)
			if n := s.Status().Damaged; n == 0 {
				t.Fatal("the next morning it was forgotten")
			}
			for key, c := range hello(t, s).Cursors {
				if c != 0 {
					t.Fatalf("%s is heard from %d only", key, c)
				}
			}
			talk(t, s, d)
			for range 2 {
				if n := s.Status().Damaged; n != 0 {
					t.Fatalf("%d rows damaged after the district said everything again", n)
				}
				if p, ok := s.Person(who); !ok || p.Name != "林小溪" || len(s.Visits(who)) != 1 {
					t.Fatalf("%+v %+v", p, s.Visits(who))
				}
				s = again(t, s)
			}
		})
	}
}

func TestAnAnswerMissingFromADraftIsTold(t *testing.T) {
	s := newStoreWith(t, 2, withoutOutbox)
	who := person(t, s, child("林小溪", zhudao))
	d := Draft{ID: casework.ID{1}, Person: who, Started: monday().t}
	try(t, s.BeginDraft(t.Context(), d))
	for _, answer := range []string{"1", "2", "3"} {
		try(t, s.AppendDraft(t.Context(), d.ID, []byte(answer)))
	}
	s = again(t, s)
	if n := s.Status().Damaged; n != 0 {
		t.Fatalf("%d rows damaged in a sound store", n)
	}
	s = torn(t, s, "DELETE FROM draft_changes WHERE n = 2")
	if s.Status().Damaged != 1 {
		t.Fatalf("%+v", s.Status())
	}
}

// A store that has its keys is never given new tables in the old file: they would hide
// that its own are gone. What is left is copied into a new one, and she is told.
func TestTablesThatAreGoneAreNotMadeAnew(t *testing.T) {
	s := newStoreWith(t, 3, withoutOutbox)
	who := person(t, s, child("林小溪", zhudao))
	_, err := s.db.Exec("DROP TABLE goose_db_version")
	try(t, err)
	try(t, s.Close())
	before, err := os.ReadFile(filepath.Join(s.dir, databaseFile))
	try(t, err)
	n, err := Open(t.Context(), s.dir, secret, s.o)
	try(t, err)
	defer n.Close()
	r := n.Status().Rebuilt
	if _, ok := n.Person(who); !ok || r == nil || r.Ops != 1 || r.FromOutbox || r.WaitingForDistrict {
		t.Fatalf("%v %+v", ok, r)
	}
	after, err := os.ReadFile(filepath.Join(s.dir, r.Aside))
	if err != nil || sum(before) != sum(after) {
		t.Fatal("the file was changed")
	}
}

// An index that lost an entry finds nobody under an id that is on the list.
func TestABrokenIndexIsNoticed(t *testing.T) {
	s := newStoreWith(t, 4, withoutOutbox)
	who := person(t, s, child("林小溪", zhudao))
	talk(t, s, enrolled(t, s))
	_, err := s.db.Exec("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_bodies_1') WHERE name = 'sqlite_autoindex_heads_1'")
	try(t, err)
	try(t, s.Close())

	// A large store opens at once and is looked through while she works.
	s.o.unhurried = 1
	s, err = Open(t.Context(), s.dir, secret, s.o)
	try(t, err)
	s.looking.Wait()
	if n := s.Status().Damaged; n == 0 {
		t.Fatal("nobody was told")
	}
	try(t, s.Close())

	s.o.unhurried = 0
	s, err = Open(t.Context(), s.dir, secret, s.o)
	try(t, err)
	defer s.Close()
	if _, ok := s.Person(who); !ok || s.Status().Rebuilt == nil {
		t.Fatalf("%v %+v", ok, s.Status())
	}
	try(t, sound(s))
}
