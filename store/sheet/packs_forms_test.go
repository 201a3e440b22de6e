package sheet

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"doorstep/casework/packs"
)

// The workbooks of the field's own forms are the source, too.
func TestFormsOfThePacksAreWhatTheirWorkbooksCompileTo(t *testing.T) {
	known := map[string]bool{}
	for _, f := range packs.Forms() {
		known[f.ID] = true
		file := filepath.Join(packsDir, "forms", f.ID)
		raw, err := os.ReadFile(file + ".xlsx")
		if err != nil {
			t.Fatal(err)
		}
		b, err := OpenBook(f.ID+".xlsx", raw)
		if err != nil {
			t.Fatal(err)
		}
		d, fs := Publish(b, nil)
		if d == nil || len(fs) > 0 {
			t.Errorf("%s cannot be published without a word:\n%s", f.ID, fs)
			continue
		}
		if d.FormID != f.ID || d.Title["zh"] != f.Zh || d.Title["en"] != f.En {
			t.Errorf("%s: the workbook is %s, %v", f.ID, d.FormID, d.Title)
		}
		compiled := d.Encode()
		if *update {
			if err := os.WriteFile(file+".json", compiled, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		embedded, err := f.Compiled()
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(bytes.TrimSpace(compiled), embedded) {
			t.Errorf("%s.json is not what its workbook compiles to: run go test ./store/sheet -run Packs -update", f.ID)
		}
	}
	files, err := filepath.Glob(filepath.Join(packsDir, "forms", "*"))
	if err != nil || len(files) != 2*len(known) {
		t.Errorf("%d forms and %d files: %v", len(known), len(files), err)
	}
}
