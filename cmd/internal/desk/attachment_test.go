package desk_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/cmd/internal/desk"
	"doorstep/tui/book"
)

const front = "/data/c2/c2_5" // 房子正面照片

// photo writes a photo as a telephone does: it tells where it was taken.
func photo(t *testing.T, dir, name string, shade uint8) string {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 80, 60))
	for i := range img.Pix {
		img.Pix[i] = shade
	}
	img.Set(3, 3, color.White)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	note := "Exif\x00\x00GPS-37.5130-122.1200"
	raw := append([]byte{0xff, 0xd8, 0xff, 0xe1, 0, byte(len(note) + 2)}, note...)
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, append(raw, b.Bytes()[2:]...), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func attach(t *testing.T, d *desk.Desk, s *book.Session, question, file string) book.Attached {
	t.Helper()
	a, err := d.Attach(t.Context(), s.Draft, question, file)
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.Form.Set(question, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Answered(t.Context(), s.Draft, c); err != nil {
		t.Fatal(err)
	}
	return a
}

func fileIn(facts []book.Fact) book.Fact {
	for _, f := range facts {
		if f.File != "" {
			return f
		}
	}
	return book.Fact{}
}

func TestAPhotoOfTheHouseGoesIntoTheCaseFileAndNotToTheDistrict(t *testing.T) {
	w := newTown(t)
	dir := t.TempDir()
	d := w.zhang(filepath.Join(dir, "laptop"))
	defer func() { closing(t, d) }()
	lin := w.invented.Scene.Lin
	s := begin(t, d, lin)
	file := photo(t, dir, "门前.jpg", 90)
	look, err := d.Look(t.Context(), s.Draft, front, file, 30, 10)
	if err != nil || look.Kind != "image" || !look.Removed || look.Telling || len(look.Cells) == 0 || look.Cells[5][5][0] < 80 || look.Cells[5][5][0] > 100 {
		t.Fatalf("%+v %v", look, err)
	}
	a := attach(t, d, s, front, file)
	closing(t, d) // the battery
	d, err = w.keeper(filepath.Join(dir, "laptop")).Desk(t.Context(), []byte(words))
	if err != nil {
		t.Fatal(err)
	}
	s = resume(t, d, s)
	if v, _ := s.Form.View(front); v.Value != a.ID {
		t.Fatalf("the draft lost its photo: %+v", v)
	}
	answer(t, d, s, map[string]string{"c0_3": "door", "c0_4": "met", "c0_5": "child"})
	done, err := d.Finish(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	page, err := d.Visit(t.Context(), done.Visit)
	if err != nil {
		t.Fatal(err)
	}
	f := fileIn(page.Facts)
	if f.File != a.ID || !strings.Contains(f.Value, "只在这台电脑里") || !strings.HasPrefix(f.Value, "照片 ") {
		t.Fatalf("%+v", f)
	}
	cells, err := d.Picture(t.Context(), f.File, 20, 10)
	if err != nil || cells[5][5][0] < 80 || cells[5][5][0] > 100 {
		t.Fatalf("%v %v", cells, err)
	}
	if st := d.Status(); st.Files != 1 {
		t.Errorf("%+v", st)
	}
	w.sync(d)
	if st := d.Status(); st.Files != 1 || st.Pending+st.PendingOther+st.Kept != 0 {
		t.Errorf("after the upload: %+v", st)
	}
	two := w.zhang(filepath.Join(dir, "two"))
	defer closing(t, two)
	page, err = two.Visit(t.Context(), done.Visit)
	if err != nil || fileIn(page.Facts).File != "" || !slices.ContainsFunc(page.Facts, func(f book.Fact) bool { return f.Value == "有一个文件，不在这台电脑里" }) {
		t.Fatalf("another laptop says: %+v %v", page.Facts, err)
	}
	if _, err := two.Picture(t.Context(), a.ID, 10, 10); casework.CodeOf(err) != "laptop.attachment_elsewhere" {
		t.Error(err)
	}

	// The next visit does not offer the photo as the last answer, and nobody has to take one.
	s = begin(t, d, lin)
	if v, _ := s.Form.View(front); v.Previous != "" || v.Value != "" || v.Required {
		t.Errorf("%+v", v)
	}
}

// It was the wrong house: the photo moves with the visit, and when the visit is taken back
// it is gone from the laptop.
func TestAPhotoFollowsItsVisit(t *testing.T) {
	w := newTown(t)
	dir := t.TempDir()
	d := w.zhang(filepath.Join(dir, "laptop"))
	defer closing(t, d)
	s := begin(t, d, w.invented.Scene.Zhao)
	a := attach(t, d, s, front, photo(t, dir, "门前.jpg", 90))
	answer(t, d, s, map[string]string{"c0_3": "door", "c0_4": "met", "c0_5": "child"})
	done, err := d.Finish(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Correct(t.Context(), done.Visit, w.invented.Scene.Lin, "记错了人"); err != nil {
		t.Fatal(err)
	}
	right, _ := d.File(t.Context(), w.invented.Scene.Lin)
	page, err := d.Visit(t.Context(), right.Visits[0].ID)
	moved := fileIn(page.Facts).File
	if err != nil || moved == "" || moved == a.ID || d.Status().Files != 1 {
		t.Fatalf("%q %v %d", moved, err, d.Status().Files)
	}
	if _, err := d.Picture(t.Context(), moved, 10, 10); err != nil {
		t.Fatal(err)
	}
	w.sync(d)
	if err := d.Correct(t.Context(), right.Visits[0].ID, casework.RecordID{}, "没有去过"); err != nil {
		t.Fatal(err)
	}
	if n := d.Status().Files; n != 0 {
		t.Fatalf("%d files of a visit that was taken back", n)
	}
	w.sync(d)
	if report, err := w.district.Verify(t.Context()); err != nil || len(report.Findings) > 0 || d.Status().Kept != 0 {
		t.Error(report, err, d.Status().Kept)
	}
}

// A check of a posted list belongs to nobody's file; its photo goes with it.
func TestAPhotoOfAPostedList(t *testing.T) {
	w := newTown(t)
	dir := t.TempDir()
	d := w.staff("孙志远", casework.RoleAidClerk)
	m, err := d.Forms(t.Context(), casework.RecordID{})
	if err != nil {
		t.Fatal(err)
	}
	s := beginForm(t, d, book.FormBeginning{Form: packs.PublicityCheck, Area: m.Places[0].Area})
	fill(t, d, s, "q_date=2026-11-23", "q_scheme=child", "q_there=yes", "q_fix_by=2026-11-25")
	it := s.Form.Definition().Find("q_photo")
	attach(t, d, s, it.Path, photo(t, dir, "公示栏.jpg", 90))
	if _, err := d.Finish(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	w.sync(d)
	w.sync(d)
	if st := d.Status(); st.Files != 1 || st.Kept != 0 || st.Pending+st.PendingOther != 0 {
		t.Errorf("%+v", st)
	}
}

func TestWhatIsChosenIsKnownByItsContent(t *testing.T) {
	w := newTown(t)
	dir := t.TempDir()
	d := w.zhang(filepath.Join(dir, "laptop"))
	defer closing(t, d)
	s := begin(t, d, w.invented.Scene.Lin)
	write := func(name, content string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	for file, code := range map[string]casework.Code{
		write("a.jpg", "MZ\x90\x00"):                               "picture.kind",
		write("b.jpg", "%PDF-1.7"):                                 "desk.want_image",
		write("c.jpg", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"): "picture.save_as_jpeg",
		write("d.jpg", strings.Repeat("x", 10<<20+1)):              "laptop.attachment_large",
		filepath.Join(dir, "nothing.jpg"):                          "desk.no_file",
		dir:                                                        "desk.no_file",
	} {
		if _, err := d.Look(t.Context(), s.Draft, front, file, 10, 10); casework.CodeOf(err) != code {
			t.Errorf("look at %s: %v, want %s", file, err, code)
		}
		if _, err := d.Attach(t.Context(), s.Draft, front, file); casework.CodeOf(err) != code {
			t.Errorf("attach %s: %v, want %s", file, err, code)
		}
	}
	if err := d.MayAttach(t.Context(), s.Draft, "/data/c0/c0_3"); casework.CodeOf(err) != "desk.no_file_question" {
		t.Error(err)
	}
	if n := d.Status().Files; n != 0 {
		t.Errorf("%d files", n)
	}
}

func TestTheOriginalIsDeletedOnlyWhenItIsStillTheSame(t *testing.T) {
	w := newTown(t)
	dir := t.TempDir()
	d := w.zhang(filepath.Join(dir, "laptop"))
	defer closing(t, d)
	s := begin(t, d, w.invented.Scene.Lin)
	file, other := photo(t, dir, "门前.jpg", 90), photo(t, dir, "别的.jpg", 10)
	a := attach(t, d, s, front, file)
	if err := d.RemoveOriginal(t.Context(), other); casework.CodeOf(err) != "desk.other_file" {
		t.Error(err)
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	photo(t, dir, "门前.jpg", 200)
	if err := d.RemoveOriginal(t.Context(), file); casework.CodeOf(err) != "desk.other_file" {
		t.Error(err)
	}
	if err := os.WriteFile(file, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := d.RemoveOriginal(t.Context(), file); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("it is still there")
	}
	if _, err := d.Picture(t.Context(), a.ID, 10, 10); err != nil {
		t.Errorf("the one in the case file went with it: %v", err)
	}
}

func TestFoldersAreListedTheNewestFirst(t *testing.T) {
	w := newTown(t)
	dir := t.TempDir()
	d := w.zhang(filepath.Join(dir, "laptop"))
	defer closing(t, d)
	home := filepath.Join(dir, "home")
	for _, sub := range []string{"Desktop", "Pictures/2026", "Documents/xwechat_files", ".cache"} {
		if err := os.MkdirAll(filepath.Join(home, sub), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	photo(t, filepath.Join(home, "Pictures"), "一.jpg", 1)
	photo(t, filepath.Join(home, "Pictures"), ".hidden.jpg", 1)
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	f, err := d.Folder(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	var places []string
	for _, e := range f.Entries {
		if strings.HasPrefix(e.Path, home) {
			places = append(places, e.Place)
		}
	}
	if want := []string{"desktop", "pictures", "wechat", "home"}; !slices.Equal(places, want) {
		t.Errorf("%v", places)
	}
	f, err = d.Folder(t.Context(), filepath.Join(home, "Pictures"))
	if err != nil || len(f.Entries) != 2 || !f.Entries[0].Folder || f.Entries[1].Kind != "image" || f.Entries[1].Name != "一.jpg" {
		t.Errorf("%+v %v", f, err)
	}
	if _, err := d.Folder(t.Context(), filepath.Join(home, "gone")); casework.CodeOf(err) != "desk.folder_closed" {
		t.Error(err)
	}
}

// Nobody has to take a photo, whatever a form says; and questions about harm take none
// unless the district says so.
func TestPhotosAreNeverCompulsory(t *testing.T) {
	all := packs.Forms()
	ids := []string{packs.ChildVisit, packs.ElderVisit}
	for _, f := range all {
		ids = append(ids, f.ID)
	}
	some := 0
	for _, id := range ids {
		def, err := packs.Default().Form(id)
		if err != nil {
			f, err := packs.FormByID(id)
			if err != nil {
				t.Fatal(err)
			}
			if def, err = f.Definition(); err != nil {
				t.Fatal(err)
			}
		}
		for it := range def.All() {
			if it.Type.Attaches() {
				some++
				if it.Required != "" {
					t.Errorf("%s: %s is compulsory", id, it.Name)
				}
			}
		}
	}
	if some == 0 {
		t.Error("no form asks for a photo: this says nothing")
	}
	def, err := packs.Default().Form(packs.ChildVisit)
	if err != nil {
		t.Fatal(err)
	}
	forced, err := form.Load(bytes.Replace(def.Encode(), []byte(`"name":"c2_5",`), []byte(`"name":"c2_5","required":"true()",`), 1))
	if err != nil {
		t.Fatal(err)
	}
	if forced.Find("c2_5").Required == "" {
		t.Fatal("the question was not made compulsory: this says nothing")
	}
	clock := func() time.Time { return time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC) }
	in, err := form.Start(forced, form.StartOptions{Day: casework.DayOf(clock()), Depth: 3}, clock)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := in.Set("/data/c0/c0_3", "door"); err != nil {
		t.Fatal(err)
	}
	for _, h := range in.Hindrances() {
		if h.Path == front {
			t.Error("a visit cannot be finished without a photo")
		}
	}
}
