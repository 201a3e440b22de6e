package laptop

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"

	"doorstep/casework"
)

// photoOf is a photo with a camera's note beside it that tells where it was taken.
func photoOf(t testing.TB, n int) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 64, 48))
	img.Set(n%64, n/64%48, color.White)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	note := "Exif\x00\x00GPS-37.5130-122.1200 林小溪家门口"
	head := append([]byte{0xff, 0xd8, 0xff, 0xe1, 0, byte(len(note) + 2)}, note...)
	return append(head, b.Bytes()[2:]...)
}

func begun2(t tester, s *Store, who casework.RecordID) casework.ID {
	t.Helper()
	id, err := casework.NewID(s.o.Rand)
	try(t, err)
	try(t, s.BeginDraft(t.Context(), Draft{ID: id, Person: who, Form: "home-adaptation", Started: monday().t}))
	return id
}

// kept is an attachment's operation with the visit that names it.
func kept(t tester, s *Store, who casework.RecordID, a Attachment) (visit, file casework.Op) {
	t.Helper()
	visit = visitOp(t, s, who, "2026-11-23")
	file, err := s.Author().Create(a.ID, casework.KindAttachment, who, casework.Values{
		"hash": a.Hash, "media_type": string(a.Kind), "size": a.Size, "of": visit.Record,
	})
	try(t, err)
	return visit, file
}

func filesIn(t tester, s *Store) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(s.dir, attachmentsFolder, "*"))
	try(t, err)
	return list
}

func TestAPhotoIsKeptWithItsVisitAndNowhereElse(t *testing.T) {
	s := newStore(t, 1)
	who := person(t, s, child("林小溪", zhudao))
	draft := begun2(t, s, who)
	in := photoOf(t, 1)
	a, err := s.Attach(t.Context(), draft, in)
	try(t, err)
	dropped, err := s.Attach(t.Context(), draft, photoOf(t, 2)) // chosen and then replaced
	try(t, err)
	s = again(t, s)
	if got, err := s.OpenAttachment(t.Context(), dropped.ID); err != nil || len(got) == 0 {
		t.Fatalf("the draft lost a file overnight: %v", err)
	}
	visit, file := kept(t, s, who, a)
	try(t, s.SaveAndClose(t.Context(), draft, visit, file))
	for range 2 {
		got, err := s.OpenAttachment(t.Context(), a.ID)
		if err != nil || bytes.Contains(got, []byte("GPS")) || int64(len(got)) != a.Size || sum(got) != a.Hash {
			t.Fatalf("%v %q", err, got)
		}
		_, err = s.OpenAttachment(t.Context(), dropped.ID)
		wants(t, err, "laptop.attachment_elsewhere")
		if n := len(filesIn(t, s)); n != 1 || len(s.Attachments()) != 1 || s.Status().Damaged != 0 {
			t.Fatalf("%d files, %d known", n, len(s.Attachments()))
		}
		s = again(t, s)
	}
	search(t, filepath.Join(s.dir), []string{"GPS-37.5130", "林小溪家门口", "image/jpeg"})

	// The visit was to the wrong person and is taken back, with its photo.
	r, err := s.Record(t.Context(), a.ID)
	try(t, err)
	back, err := s.Author().Retract(r, "走错了门")
	try(t, err)
	try(t, s.Save(t.Context(), back))
	if n := len(filesIn(t, s)); n != 0 || len(s.Attachments()) != 0 {
		t.Fatalf("%d files of a photo that was taken back", n)
	}
}

func TestTheSamePhotoIsKeptOnceAndGoesWithTheLastWhoNamesIt(t *testing.T) {
	s := newStore(t, 2)
	who := person(t, s, child("林小溪", zhudao))
	one, two := begun2(t, s, who), begun2(t, s, who)
	a, err := s.Attach(t.Context(), one, photoOf(t, 1))
	try(t, err)
	b, err := s.Attach(t.Context(), two, photoOf(t, 1))
	try(t, err)
	if a.ID == b.ID || a.Hash != b.Hash || len(filesIn(t, s)) != 1 {
		t.Fatalf("%d files", len(filesIn(t, s)))
	}
	try(t, s.DropDraft(t.Context(), one, "不写了"))
	if got, err := s.OpenAttachment(t.Context(), b.ID); err != nil || sum(got) != b.Hash {
		t.Fatal(err)
	}
	try(t, s.DropDraft(t.Context(), two, "不写了"))
	if len(filesIn(t, s)) != 0 {
		t.Fatal("a file that nothing names")
	}
}

func TestAPhotoMovesWithItsVisit(t *testing.T) {
	s := newStore(t, 3)
	wrong, right := person(t, s, child("林小溪", zhudao)), person(t, s, child("林小河", zhudao))
	draft := begun2(t, s, wrong)
	a, err := s.Attach(t.Context(), draft, photoOf(t, 1))
	try(t, err)
	visit, file := kept(t, s, wrong, a)
	try(t, s.SaveAndClose(t.Context(), draft, visit, file))
	id, err := s.Author().NewRecord()
	try(t, err)
	moved, err := s.Author().Create(id, casework.KindAttachment, right, casework.Values{"hash": a.Hash, "media_type": string(a.Kind), "size": a.Size, "supersedes": a.ID})
	try(t, err)
	old, err := s.Record(t.Context(), a.ID)
	try(t, err)
	closed, err := s.Author().Edit(old, casework.Values{casework.FieldSupersededBy: id}, "走错了门")
	try(t, err)
	try(t, s.SaveMoved(t.Context(), map[casework.RecordID]casework.RecordID{id: a.ID}, moved, closed))
	for range 2 {
		if got, err := s.OpenAttachment(t.Context(), id); err != nil || sum(got) != a.Hash || len(s.Attachments()) != 1 {
			t.Fatalf("%v %d", err, len(s.Attachments()))
		}
		s = again(t, s)
	}
}

// The person moves to another village: what was written goes with her, and the photo with it.
func TestAPhotoGoesWhenThePersonLeavesHerCare(t *testing.T) {
	s := newStore(t, 4)
	who := person(t, s, child("林小溪", zhudao))
	d := enrolled(t, s)
	draft := begun2(t, s, who)
	a, err := s.Attach(t.Context(), draft, photoOf(t, 1))
	try(t, err)
	visit, file := kept(t, s, who, a)
	try(t, s.SaveAndClose(t.Context(), draft, visit, file))
	talk(t, s, d)
	talk(t, s, d)
	if _, err := s.OpenAttachment(t.Context(), a.ID); err != nil || s.Status().PendingOps != 0 {
		t.Fatalf("the photo went when its record reached the district: %v", err)
	}
	d.elsewhere(t, who, casework.Values{"area": beishi})
	talk(t, s, d)
	if _, ok := s.Person(who); ok {
		t.Fatal("she is still here")
	}
	if n := len(filesIn(t, s)); n != 0 {
		t.Fatalf("%d files of somebody who left", n)
	}
}

func TestPowerFailsBetweenAFileAndItsRow(t *testing.T) {
	s := newStore(t, 5)
	who := person(t, s, child("林小溪", zhudao))
	draft := begun2(t, s, who)
	a, err := s.Attach(t.Context(), draft, photoOf(t, 1))
	try(t, err)
	name := filesIn(t, s)[0]
	b, err := os.ReadFile(name)
	try(t, err)
	folder := filepath.Dir(name)
	for _, left := range []string{"00ff.sealed", "00ff.sealed.next", filepath.Base(name) + ".next"} {
		try(t, os.WriteFile(filepath.Join(folder, left), b[:len(b)/2], 0o600))
	}
	try(t, os.WriteFile(filepath.Join(folder, "a-file-of-hers.txt"), nil, 0o600))
	s = again(t, s)
	if got := filesIn(t, s); len(got) != 2 {
		t.Fatalf("left: %v", got)
	}
	if _, err := s.OpenAttachment(t.Context(), a.ID); err != nil {
		t.Fatal(err)
	}

	// A database was set aside: what it names may be among the files.
	try(t, os.WriteFile(filepath.Join(s.dir, databaseFile+".aside-1"), nil, 0o600))
	try(t, os.WriteFile(filepath.Join(folder, "00ff.sealed"), b, 0o600))
	s = again(t, s)
	if got := filesIn(t, s); len(got) != 3 {
		t.Fatalf("left: %v", got)
	}
}

func TestAFileThatWasChangedIsToldAndKept(t *testing.T) {
	s := newStore(t, 6)
	who := person(t, s, child("林小溪", zhudao))
	draft := begun2(t, s, who)
	a, err := s.Attach(t.Context(), draft, photoOf(t, 1))
	try(t, err)
	b, err := s.Attach(t.Context(), draft, photoOf(t, 2))
	try(t, err)
	name := filepath.Join(s.dir, attachmentsFolder, s.attached[a.ID].File)
	whole, err := os.ReadFile(name)
	try(t, err)
	for what, broken := range map[string][]byte{
		"a bit":         append(bytes.Clone(whole[:fileHeader+9]), append([]byte{whole[fileHeader+9] ^ 1}, whole[fileHeader+10:]...)...),
		"the algorithm": append(append(bytes.Clone(whole[:5]), 9), whole[6:]...),
		"cut":           whole[:fileHeader],
		"nothing":       {},
	} {
		try(t, os.WriteFile(name, broken, 0o600))
		if _, err := s.OpenAttachment(t.Context(), a.ID); casework.CodeOf(err) != "laptop.attachment_damaged" {
			t.Errorf("%s: %v", what, err)
		}
	}
	other, err := os.ReadFile(filepath.Join(s.dir, attachmentsFolder, s.attached[b.ID].File))
	try(t, err)
	try(t, os.WriteFile(name, other, 0o600)) // swapped
	_, err = s.OpenAttachment(t.Context(), a.ID)
	wants(t, err, "laptop.attachment_damaged")

	try(t, os.Remove(name))
	s = again(t, s)
	if s.Status().Damaged != 1 {
		t.Fatalf("a file that is gone was not noticed: %+v", s.Status())
	}
	try(t, s.DropDraft(t.Context(), draft, "不写了"))
	if len(filesIn(t, s)) != 1 {
		t.Fatal("in a damaged store a file was removed")
	}

	// Chosen again it is whole again.
	again := begun2(t, s, who)
	c, err := s.Attach(t.Context(), again, photoOf(t, 1))
	try(t, err)
	for _, id := range []casework.RecordID{a.ID, c.ID} {
		if _, err := s.OpenAttachment(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
}

func TestChunksCannotBeSwappedDroppedOrCutOff(t *testing.T) {
	const each = chunkSize + 16
	r, key := newDice(1), make([]byte, 32)
	content := make([]byte, 5*chunkSize)
	_, _ = r.Read(content)
	var b bytes.Buffer
	try(t, sealFile(&b, r, casework.ID{1}, key, content))
	whole := b.Bytes()
	if got, err := openFile(whole, casework.ID{1}, key); err != nil || !bytes.Equal(got, content) {
		t.Fatal(err)
	}
	at := func(i int) []byte { return whole[fileHeader+i*each : fileHeader+(i+1)*each] }
	head := whole[:fileHeader]
	cases := map[string][]byte{
		"swapped":       bytes.Join([][]byte{head, at(1), at(0), at(2), at(3), at(4), at(5)}, nil),
		"dropped":       bytes.Join([][]byte{head, at(0), at(2), at(3), at(4), at(5)}, nil),
		"cut off":       whole[:fileHeader+5*each],
		"twice":         bytes.Join([][]byte{whole, at(5)}, nil),
		"another nonce": append(append(bytes.Clone(whole[:20]), whole[20]^1), whole[21:]...),
		"flags":         append(append(bytes.Clone(whole[:7]), 1), whole[8:]...),
	}
	for what, broken := range cases {
		if _, err := openFile(broken, casework.ID{1}, key); err == nil {
			t.Errorf("%s: opened", what)
		}
	}
	if _, err := openFile(whole, casework.ID{2}, key); err == nil {
		t.Error("opened in another store")
	}
	if _, err := openFile(whole, casework.ID{1}, append([]byte{1}, key[1:]...)); err == nil {
		t.Error("opened with another key")
	}
	for _, n := range []int{0, 1, chunkSize - 8, chunkSize - 7, 2 * chunkSize, MostAttachment} {
		b.Reset()
		try(t, sealFile(&b, r, casework.ID{1}, key, content[:min(n, len(content))]))
		got, err := openFile(b.Bytes(), casework.ID{1}, key)
		if err != nil || !bytes.Equal(got, content[:min(n, len(content))]) || int64(b.Len()) != sealedSize(min(n, len(content))) {
			t.Errorf("%d bytes: %v", n, err)
		}
		if over := float64(chunksFor(n)*chunkSize) / float64(max(n+8, chunkSize)); n > 16*chunkSize && over > 1.15 {
			t.Errorf("%d bytes grow by %.2f", n, over)
		}
	}
}

func TestWhatDoesNotGoIntoACaseFile(t *testing.T) {
	s := newStore(t, 7)
	draft := begun2(t, s, person(t, s, child("林小溪", zhudao)))
	for code, in := range map[casework.Code][]byte{
		"laptop.attachment_large": make([]byte, MostAttachment+1),
		"picture.save_as_jpeg":    []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"),
		"picture.kind":            []byte("MZ\x90\x00"),
	} {
		_, err := s.Attach(t.Context(), draft, in)
		wants(t, err, code)
	}
	_, err := s.Attach(t.Context(), casework.ID{9}, photoOf(t, 1))
	wants(t, err, "laptop.no_draft")
	if len(filesIn(t, s)) != 0 {
		t.Fatal("something was kept")
	}
}

func TestPhotosOutliveAChangeOfKeys(t *testing.T) {
	s := newStore(t, 8)
	who := person(t, s, child("林小溪", zhudao))
	draft := begun2(t, s, who)
	a, err := s.Attach(t.Context(), draft, photoOf(t, 1))
	try(t, err)
	try(t, s.Rekey(t.Context(), secret, nil))
	s = again(t, s)
	if got, err := s.OpenAttachment(t.Context(), a.ID); err != nil || sum(got) != a.Hash {
		t.Fatal(err)
	}
	b, err := s.Attach(t.Context(), draft, photoOf(t, 1))
	if err != nil || len(filesIn(t, s)) != 1 || b.Hash != a.Hash {
		t.Fatalf("the same photo has another name after a change of keys: %v", err)
	}
}

type counter struct{ n int }

func (c *counter) Write(p []byte) (int, error) { c.n += len(p); return len(p), nil }

// A photo of 5 MB sealed: at least 200 MB/s.
func BenchmarkSealPhoto(b *testing.B) {
	r := newDice(1)
	content, key := make([]byte, 5<<20), make([]byte, 32)
	_, _ = r.Read(content)
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		if err := sealFile(&counter{}, r, casework.ID{1}, key, content); err != nil {
			b.Fatal(err)
		}
	}
}

// The whole way of a photo of 5 MB: stripped, sealed, on the disk with its row.
func BenchmarkAttachPhoto(b *testing.B) {
	s := newStoreIn(b, b.TempDir(), 9)
	who := person(b, s, child("林小溪", zhudao))
	draft := begun2(b, s, who)
	photo := photoOf(b, 1)
	noise := make([]byte, 5<<20)
	_, _ = newDice(1).Read(noise)
	noise = bytes.ReplaceAll(noise, []byte{0xff}, []byte{0xfe})
	photo = append(photo[:len(photo)-2], append(noise, 0xff, 0xd9)...)
	b.SetBytes(int64(len(photo)))
	n := 0
	for b.Loop() {
		n++
		photo[len(photo)-10], photo[len(photo)-11] = byte(n%200), byte(n/200%200)
		if _, err := s.Attach(context.Background(), draft, photo); err != nil {
			b.Fatal(err)
		}
	}
}

// The database is rubbish one morning: the photos of the draft and of the visit are there,
// because the outbox names them, too.
func TestPhotosOutliveABrokenDatabase(t *testing.T) {
	s := newStore(t, 10)
	who := person(t, s, child("林小溪", zhudao))
	draft, other := begun2(t, s, who), begun2(t, s, who)
	a, err := s.Attach(t.Context(), draft, photoOf(t, 1))
	try(t, err)
	b, err := s.Attach(t.Context(), other, photoOf(t, 2))
	try(t, err)
	gone, err := s.Attach(t.Context(), draft, photoOf(t, 3))
	try(t, err)
	visit, file := kept(t, s, who, a)
	try(t, s.SaveAndClose(t.Context(), draft, visit, file))
	try(t, s.Close())
	try(t, os.WriteFile(filepath.Join(s.dir, databaseFile), bytes.Repeat([]byte("不是数据库"), 2000), 0o600))
	n, err := Open(t.Context(), s.dir, secret, s.o)
	try(t, err)
	defer n.Close()
	for _, id := range []casework.RecordID{a.ID, b.ID} {
		if _, err := n.OpenAttachment(t.Context(), id); err != nil {
			t.Error(err)
		}
	}
	if _, ok := n.Attachment(gone.ID); ok {
		t.Error("a photo that was given up came back")
	}
}

// Old files are closed: an old photo, too; one of the visit in hand is seen.
func TestAnOldPhotoIsClosedWithItsFile(t *testing.T) {
	s, d, c := leased(t, filepath.Join(t.TempDir(), "store"), 11)
	who := person(t, s, child("林小溪", zhudao))
	draft := begun2(t, s, who)
	a, err := s.Attach(t.Context(), draft, photoOf(t, 1))
	try(t, err)
	visit, file := kept(t, s, who, a)
	try(t, s.SaveAndClose(t.Context(), draft, visit, file))
	talk(t, s, d.office)
	c.set(onDay(20))
	if !s.Lapse().Closed {
		t.Fatal("the files are not closed: this says nothing")
	}
	_, err = s.OpenAttachment(t.Context(), a.ID)
	wants(t, err, "laptop.lapsed")
	if _, ok := s.Attachment(a.ID); ok {
		t.Error("an old photo is told of")
	}
	b, err := s.Attach(t.Context(), begun2(t, s, who), photoOf(t, 2))
	try(t, err)
	if _, err := s.OpenAttachment(t.Context(), b.ID); err != nil {
		t.Error(err)
	}
}

func TestTheWeeklyLookOpensEveryPhoto(t *testing.T) {
	s := newStore(t, 12)
	who := person(t, s, child("林小溪", zhudao))
	draft := begun2(t, s, who)
	_, err := s.Attach(t.Context(), draft, photoOf(t, 1))
	try(t, err)
	if files, wrong, err := s.checkFiles(); files != 1 || wrong != 0 || err != nil {
		t.Fatal(files, wrong, err)
	}
	name := filesIn(t, s)[0]
	b, err := os.ReadFile(name)
	try(t, err)
	b[len(b)-1] ^= 1
	try(t, os.WriteFile(name, b, 0o600))
	if found, err := s.checkAll(t.Context()); found != 1 || err != nil {
		t.Fatalf("%d found, %v", found, err)
	}
	try(t, s.Close())
	if _, _, err := s.checkFiles(); err != errClosed {
		t.Errorf("after closing: %v", err)
	}
}
