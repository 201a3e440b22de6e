package laptop

import (
	"os"
	"testing"

	"doorstep/casework"
)

// A stick without room is told as that, and nothing is left on it.
func TestACopyOnADiskWithoutRoom(t *testing.T) {
	o := options(95)
	s := newStoreAs(t, t.TempDir(), o)
	person(t, s, child("林小溪", zhudao))
	dir := t.TempDir()
	s.o.free = func(string) (uint64, error) { return 1 << 20, nil }
	_, err := s.Backup(t.Context(), dir)
	if casework.CodeOf(err) != "laptop.disk_full" {
		t.Fatal(err)
	}
	sentence(t, err)
	if list := must(os.ReadDir(dir)); len(list) != 0 {
		t.Fatalf("%v", list)
	}
}
