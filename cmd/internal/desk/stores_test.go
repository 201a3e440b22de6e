package desk_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"doorstep/casework"
	"doorstep/tui/book"
)

func TestTwoPeopleOnOneLaptopHaveKeysOfTheirOwn(t *testing.T) {
	w := newTown(t)
	home := t.TempDir()
	k := w.keeper(filepath.Join(home, "store"))
	k.Home = home
	if labels, _ := k.Stores(); len(labels) != 0 {
		t.Fatal(labels)
	}
	first, err := k.Desk(t.Context(), []byte(words))
	if err != nil {
		t.Fatal(err)
	}
	if err := k.Add("李"); casework.CodeOf(err) != "locks.label" {
		t.Error("somebody else while a store is open:", err)
	}
	id, err := first.Add(t.Context(), book.NewPerson{Name: "林小溪", Sex: "2", Area: w.invented.Villages[0].Area, Duties: []casework.Duty{casework.DutyChild}})
	if err != nil || id.IsZero() {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}

	k = w.keeper(filepath.Join(home, "store"))
	k.Home = home
	var moved string
	k.Moved = func(dir string) { moved = dir }
	for _, bad := range []string{"", "  ", "13900001111", "张3", "…"} {
		if err := k.Add(bad); casework.CodeOf(err) != "locks.label" {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if err := k.Add("李"); err != nil || !k.Fresh() || moved != k.Dir {
		t.Fatal(err, k.Dir)
	}
	if labels, at := k.Stores(); len(labels) != 1 || at != 0 {
		t.Error("listed before it is made", labels)
	}
	second, err := k.Desk(t.Context(), []byte("hai cao fang wei"))
	if err != nil {
		t.Fatal(err)
	}
	if second.Status().People != 0 {
		t.Error("she sees somebody else's people")
	}
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}

	k = w.keeper(filepath.Join(home, "store"))
	k.Home = home
	if labels, at := k.Stores(); !slices.Equal(labels, []string{"", "李"}) || at != 0 {
		t.Fatal(labels, at)
	}
	if err := k.Add("李"); casework.CodeOf(err) != "locks.label" {
		t.Error("two of the same name:", err)
	}
	if err := k.Choose(2); err == nil {
		t.Error("a third one")
	}
	if err := k.Choose(1); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Desk(t.Context(), []byte(words)); casework.CodeOf(err) != "laptop.wrong_passphrase" {
		t.Fatal("the first one's passphrase opens the second one's:", err)
	}
	if err := k.Choose(0); err != nil {
		t.Fatal(err)
	}
	d, err := k.Desk(t.Context(), []byte(words))
	if err != nil || d.Status().People != 1 {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	a, err := os.ReadFile(filepath.Join(home, "stores", "2", "label"))
	if err != nil || string(a) != "李\n" {
		t.Errorf("%q %v", a, err)
	}
	k.Home = ""
	if labels, _ := k.Stores(); labels != nil {
		t.Error("a choice where the folder was named")
	}
}
