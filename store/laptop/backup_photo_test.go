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
