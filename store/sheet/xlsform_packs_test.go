package sheet

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"doorstep/casework/packs"
)

var update = flag.Bool("update", false, "write the compiled questionnaires anew from their workbooks")

const packsDir = "../../casework/packs"

// The workbook is the source: what is embedded is exactly what it compiles to.
func TestPacksHoldWhatTheirWorkbooksCompileTo(t *testing.T) {
	for _, name := range []string{"child-visit", "elder-visit"} {
		raw, err := os.ReadFile(filepath.Join(packsDir, name+".xlsx"))
		if err != nil {
			t.Fatal(err)
		}
		b, err := OpenBook(name+".xlsx", raw)
		if err != nil {
			t.Fatal(err)
		}
		d, fs := Publish(b, nil)
		if d == nil || len(fs) > 0 {
			t.Fatalf("%s cannot be published without a word:\n%s", name, fs)
		}
		compiled := d.Encode()
		file := filepath.Join(packsDir, name+".json")
		if *update {
			if err := os.WriteFile(file, compiled, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		embedded, err := packs.Default().Form(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(compiled, embedded.Encode()) {
			t.Errorf("%s.json is not what %s.xlsx compiles to: run go test ./store/sheet -run Packs -update", name, name)
		}
	}
}
