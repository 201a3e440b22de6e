package desk_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"doorstep/casework"
	"doorstep/casework/outing"
)

// 张桂芬 prints the sheets of the day, and what she asked for is all there is on the disk.
func TestSheetsToTakeAlongAreWrittenWhereSheSaysAndNowhereElse(t *testing.T) {
	w := newTown(t)
	d := w.zhang(t.TempDir())
	defer closing(t, d)
	dir := t.TempDir()
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	day, _ := d.Today()
	s := w.invented.Scene
	page := filepath.Join(dir, "出门单.html")
	n, err := d.PrintFor(t.Context(), day, []casework.RecordID{s.Lin, s.Wang, s.Lin}, page)
	if err != nil || n != 2 {
		t.Fatal(n, err)
	}
	if _, err := d.PrintFor(t.Context(), day, []casework.RecordID{s.Lin}, filepath.Join(dir, "单.XLSX")); err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries(t, dir) {
		info, err := entry.Info()
		if err != nil || info.Mode().Perm() != 0o600 && runtime.GOOS != "windows" {
			t.Error(entry.Name(), info.Mode(), err)
		}
	}
	if got := entries(t, temp); len(got) != 0 {
		t.Error("names lie in the folder for temporary files", got)
	}
	body, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []casework.RecordID{s.Lin, s.Wang} {
		p, _ := d.Store().Person(id)
		if !strings.Contains(string(body), p.Name) || !strings.Contains(string(body), p.Grid) {
			t.Error("a name or group is missing")
		}
		for _, never := range append([]string{p.Resident.Reveal(), p.Guardian.Phone, p.Supporter.Phone, p.ID.String(), string(p.Area())}, p.Phones...) {
			if never != "" && strings.Contains(string(body), never) {
				t.Error("a number is on paper")
			}
		}
	}
}

func TestAFileThatIsThereIsLeftAsItIs(t *testing.T) {
	w := newTown(t)
	d := w.zhang(t.TempDir())
	defer closing(t, d)
	dir := t.TempDir()
	day, _ := d.Today()
	lin := []casework.RecordID{w.invented.Scene.Lin}
	old := filepath.Join(dir, "出门单.xlsx")
	if err := os.WriteFile(old, []byte("hers"), 0o600); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]casework.Code{
		old: "outing.exists", filepath.Join(dir, "出门单.docx"): "outing.kind", filepath.Join(dir, "没有", "单.xlsx"): "outing.folder", "": "outing.kind",
	} {
		if _, err := d.PrintFor(t.Context(), day, lin, file); casework.CodeOf(err) != want {
			t.Error(file, err)
		}
	}
	if _, err := d.PrintFor(t.Context(), day, nil, filepath.Join(dir, "a.xlsx")); casework.CodeOf(err) != "outing.nobody" {
		t.Error(err)
	}
	if body, _ := os.ReadFile(old); string(body) != "hers" || len(entries(t, dir)) != 1 {
		t.Error("something was written")
	}
}

func entries(t *testing.T, dir string) []os.DirEntry {
	t.Helper()
	out, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// In the evening she types what stands on the sheet, and it is that person's.
func TestASheetIsFoundByItsCode(t *testing.T) {
	w := newTown(t)
	d := w.zhang(t.TempDir())
	defer closing(t, d)
	day, _ := d.Today()
	codes := outing.NewCodes(d.Store().People())
	for _, p := range d.Store().People() {
		code := codes.Of(p.ID)
		hits := d.Find(code, 5)
		if len(hits) == 0 || hits[0].Person != p.ID || hits[0].Code != code || hits[0].Printed != 0 {
			t.Fatalf("%s finds %v", code, hits)
		}
		for _, h := range hits[1:] {
			if h.Person == p.ID {
				t.Error("she stands there twice")
			}
		}
		if hits := d.Find(outing.Number(day.AddDays(-2), code), 5); len(hits) != 1 || hits[0].Person != p.ID || hits[0].Printed != day.AddDays(-2) {
			t.Fatal("the whole number finds nobody", hits)
		}
	}
	if hits := d.Find("林小溪", 5); len(hits) != 1 || hits[0].Code != "" {
		t.Error("by name she is no sheet of paper", hits)
	}
}

// The file that is proposed is new, lies on her desktop, and is not made by proposing it.
func TestAFileOnTheDesktopIsProposed(t *testing.T) {
	w := newTown(t)
	d := w.zhang(t.TempDir())
	defer closing(t, d)
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	day, _ := d.Today()
	if got := d.PrintTo(day); filepath.Dir(got) != home {
		t.Error("without a desktop", got)
	}
	desktop := filepath.Join(home, "Desktop")
	if err := os.Mkdir(desktop, 0o700); err != nil {
		t.Fatal(err)
	}
	lin := []casework.RecordID{w.invented.Scene.Lin}
	for _, want := range []string{"出门单-11-23.xlsx", "出门单-11-23-2.xlsx", "出门单-11-23-3.xlsx"} {
		file := d.PrintTo(day)
		if file != filepath.Join(desktop, want) {
			t.Fatal(file)
		}
		if err := d.Print(t.Context(), lin, file); err != nil {
			t.Fatal(err)
		}
	}
	if got := len(entries(t, desktop)); got != 3 {
		t.Error(got, "files")
	}
}
