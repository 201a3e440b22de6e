package laptop

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/store/laptop/crashdisk"
)

// crowded is a store whose disk the test fills and empties.
func crowded(t *testing.T) (*Store, *crashdisk.Disk) {
	t.Helper()
	d := crashdisk.New(t, nil)
	o := options(1)
	o.vfs = d.VFS()
	dir := ram(t)
	d.Mirror(dir)
	s, err := Init(t.Context(), dir, secret, o)
	try(t, err)
	t.Cleanup(func() { s.Close() })
	return s, d
}

func hasReserve(s *Store) bool { return exists(filepath.Join(s.dir, reserveFile)) }

func TestOnAFullDiskTheVisitInHandIsSavedFromTheReserve(t *testing.T) {
	s, d := crowded(t)
	who := person(t, s, child("林小溪", zhudao))
	try(t, s.BeginDraft(t.Context(), Draft{ID: casework.ID{1}, Person: who, Form: "child-visit"}))
	if !hasReserve(s) || s.Status().Tight {
		t.Fatal("no reserve on the first day")
	}
	d.Fail(crashdisk.Fault{Step: d.Steps() + 1, Full: true}) // full until something goes
	try(t, s.AppendDraft(t.Context(), casework.ID{1}, []byte("第一题")))
	if hasReserve(s) || !s.Status().Tight {
		t.Fatal("the reserve was not given, or she is not told that the disk is full")
	}
	if d.Heal() != 1 {
		t.Fatal("the disk was not full")
	}
	s.o.free = func(string) (uint64, error) { return 3 * 4 << 10, nil }
	visit(t, s, who, "2026-11-22")
	if hasReserve(s) || !s.Status().Tight {
		t.Fatal("a reserve was laid down that fills the disk again")
	}
	d.Fail(crashdisk.Fault{Step: d.Steps() + 1, Full: true, Last: 1000}) // and nothing is left to give
	wants(t, s.AppendDraft(t.Context(), casework.ID{1}, []byte("第二题")), "laptop.disk_full")
	wants(t, s.Save(t.Context(), visitOp(t, s, who, "2026-11-23")), "laptop.disk_full")
	d.Heal()
	s.o.free = options(1).free // she deleted some films
	s.room.looked = time.Time{}
	try(t, s.AppendDraft(t.Context(), casework.ID{1}, []byte("第二题")))
	if !hasReserve(s) || s.Status().Tight {
		t.Fatal("the reserve was not laid down again")
	}
	s = again(t, s)
	if got, err := s.ReadDraft(t.Context(), casework.ID{1}); err != nil || len(got) != 2 || len(s.Visits(who)) != 1 {
		t.Fatal(len(got), err)
	}
}

func TestALittleRoomIsToldEarly(t *testing.T) {
	o := options(1)
	free := uint64(TightBelow)
	hands := monday()
	o.Now, o.free = hands.now, func(string) (uint64, error) { return free, nil }
	s, err := Init(t.Context(), t.TempDir(), secret, o)
	try(t, err)
	defer s.Close()
	if s.Status().Tight {
		t.Error("told too early")
	}
	free--
	hands.set(hands.now().Add(2 * lookEvery))
	person(t, s, child("林小溪", zhudao))
	if !s.Status().Tight || !hasReserve(s) {
		t.Error("not told, or the reserve is gone while there is room")
	}
	free = 1 << 40
	hands.set(hands.now().Add(-48 * time.Hour)) // a clock that was set back does not stop the looking
	person(t, s, child("赵铁柱", zhudao))
	if s.Status().Tight {
		t.Error("still told")
	}
}

func TestTheReserveIsRoomForTheLog(t *testing.T) {
	if reserveSize < logRoom {
		t.Error("the log cannot grow into it")
	}
	if n, err := FreeSpace(t.TempDir()); err != nil || n == 0 {
		t.Error(n, err)
	}
	for _, err := range []error{&os.PathError{Op: "write", Err: noSpace}, fmt.Errorf("outbox: %w", noSpace)} {
		if !full(err) {
			t.Errorf("%v is not a full disk", err)
		}
		wants(t, trouble("x", err), "laptop.disk_full")
	}
	if full(errors.New("something else")) || full(nil) {
		t.Error("everything is a full disk")
	}
}
