package laptop

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// A copy brings the photos too: of a saved visit and of one in hand, on another laptop and
// after everything here was lost.
func TestPhotosComeBackWithACopy(t *testing.T) {
	s := newStore(t, 61)
	who := person(t, s, child("林小溪", zhudao))
	saved, inHand := begun2(t, s, who), begun2(t, s, who)
	a := must(s.Attach(t.Context(), saved, photoOf(t, 1)))
	seen, file := kept(t, s, who, a)
	try(t, s.SaveAndClose(t.Context(), saved, seen, file))
	b := must(s.Attach(t.Context(), inHand, photoOf(t, 2)))
	one, two := must(s.OpenAttachment(t.Context(), a.ID)), must(s.OpenAttachment(t.Context(), b.ID))
	c := must(s.Backup(t.Context(), t.TempDir()))
	try(t, s.Rekey(t.Context(), secret, nil))
	try(t, s.Close())
	gone := filepath.Join(t.TempDir(), "gone")
	for _, place := range []string{filepath.Join(t.TempDir(), "new"), s.dir, gone} {
		try(t, os.RemoveAll(gone))
		n := must(Restore(t.Context(), place, c.Folder, secret, s.o))
		for range 2 {
			x, y := must(n.OpenAttachment(t.Context(), a.ID)), must(n.OpenAttachment(t.Context(), b.ID))
			if !bytes.Equal(x, one) || !bytes.Equal(y, two) || len(filesIn(t, n)) != 2 || n.Status().Damaged != 0 {
				t.Fatalf("%d and %d bytes, %d files, %+v", len(x), len(y), len(filesIn(t, n)), n.Status())
			}
			n = again(t, n)
		}
		try(t, n.Close())
	}
}

// A photo that was thrown away after the copy and chosen anew lies here under another key.
// Both open after the copy came back.
func TestAPhotoThatWasChosenAnewDoesNotHideTheOneInTheCopy(t *testing.T) {
	s := newStore(t, 62)
	who := person(t, s, child("林小溪", zhudao))
	first := begun2(t, s, who)
	a := must(s.Attach(t.Context(), first, photoOf(t, 1)))
	c := must(s.Backup(t.Context(), t.TempDir()))
	try(t, s.DropDraft(t.Context(), first, "不在家"))
	if n := len(filesIn(t, s)); n != 0 {
		t.Fatalf("%d files", n)
	}
	second := begun2(t, s, who)
	b := must(s.Attach(t.Context(), second, photoOf(t, 1)))
	try(t, s.Close())
	try(t, os.RemoveAll(filepath.Join(s.dir, outboxFolder))) // the stick with it was lost
	n := must(Restore(t.Context(), s.dir, c.Folder, secret, s.o))
	defer n.Close()
	if _, err := n.OpenAttachment(t.Context(), a.ID); err != nil {
		t.Errorf("the copy's photo: %v", err)
	}
	if _, ok := n.Attachment(b.ID); ok {
		t.Error("who told of the other one?")
	}
	if st := n.Status(); st.Damaged != 0 {
		t.Errorf("%+v", st)
	}
}

// A photo that is broken here is the copy's again.
func TestACopyHealsAPhoto(t *testing.T) {
	s := newStore(t, 63)
	who := person(t, s, child("林小溪", zhudao))
	a := must(s.Attach(t.Context(), begun2(t, s, who), photoOf(t, 1)))
	c := must(s.Backup(t.Context(), t.TempDir()))
	file := filesIn(t, s)[0]
	sealed := must(os.ReadFile(file))
	sealed[len(sealed)/2] ^= 1
	try(t, os.WriteFile(file, sealed, 0o600))
	wants(t, second(s.OpenAttachment(t.Context(), a.ID)), "laptop.attachment_damaged")
	try(t, s.Close())
	n := must(Restore(t.Context(), s.dir, c.Folder, secret, s.o))
	defer n.Close()
	if _, err := n.OpenAttachment(t.Context(), a.ID); err != nil {
		t.Error(err)
	}
}

// A photo that did not arrive whole makes no copy that says it is good.
func TestACopyIsProvedWithItsPhotos(t *testing.T) {
	s := newStore(t, 64)
	who := person(t, s, child("林小溪", zhudao))
	must(s.Attach(t.Context(), begun2(t, s, who), photoOf(t, 1)))
	c := must(s.Backup(t.Context(), t.TempDir()))
	copied := filepath.Join(c.Folder, attachmentsFolder, filepath.Base(filesIn(t, s)[0]))
	b := must(os.ReadFile(copied))
	b[len(b)-1] ^= 1
	try(t, os.WriteFile(copied, b, 0o600))
	if err := s.proveFiles(t.Context(), c.Folder); err == nil {
		t.Error("a copy whose photo does not open was good")
	}
}

// A copy made by the program of before, which knew of no photos, is a copy all the same.
func TestACopyOfAnOlderProgramComesBack(t *testing.T) {
	s := newStore(t, 65)
	who := person(t, s, child("林小溪", zhudao))
	c := must(s.Backup(t.Context(), t.TempDir()))
	try(t, s.Close())
	db := must(openDatabase(t.Context(), c.Folder, "FULL", ""))
	for _, q := range []string{"DROP TABLE attachments", "DELETE FROM goose_db_version WHERE version_id > 1"} {
		must(db.ExecContext(t.Context(), q))
	}
	try(t, db.Close())
	n := must(Restore(t.Context(), filepath.Join(t.TempDir(), "new"), c.Folder, secret, s.o))
	defer n.Close()
	if _, ok := n.Person(who); !ok || n.Status().Damaged != 0 {
		t.Fatalf("%+v", n.Status())
	}
}
