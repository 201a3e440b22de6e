package laptop

import (
	"os"
	"path/filepath"
	"testing"

	"doorstep/casework"
)

func TestTheLogHasItsRoomBeforeTheFirstSaveAndLeavesNothingBehind(t *testing.T) {
	s := newStore(t, 1)
	dir, log := s.dir, filepath.Join(s.dir, databaseFile+"-wal")
	before, err := os.Stat(log)
	if err != nil || before.Size() < foldAt {
		t.Fatal(before, err)
	}
	who, err := s.Author().NewRecord()
	if err != nil {
		t.Fatal(err)
	}
	op, err := s.Author().Create(who, casework.KindPerson, casework.RecordID{}, someone(0))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Save(t.Context(), op); err != nil {
		t.Fatal(err)
	}
	if after, err := os.Stat(log); err != nil || after.Size() != before.Size() {
		t.Errorf("a save made the log grow: %v %v", after, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(log); !os.IsNotExist(err) {
		t.Error("a log of zeros stays behind", err)
	}
	again, err := Open(t.Context(), dir, secret, options(1))
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if _, ok := again.Person(who); !ok {
		t.Error("what was saved is not there")
	}
}
