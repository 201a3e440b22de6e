package sheet

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
)

var (
	tables    = flag.String("tables", "", "file of small forms with `converts` or `errors`, to compare with")
	workbooks = flag.String("workbooks", "", "folder of real workbooks, to open")
)

// unsupportedTables are forms about things this program refuses or leaves out on purpose
// (forms.md §3); they are counted apart.
var unsupportedTables = regexp.MustCompile(`(?m)^\s*\| *(entities|external_choices|osm)|save_to|xml-external|background-|geotrace|geoshape|\| *(audit|osm) |begin[ _]loop|search\(|select_one_external|last-saved|external_choyces|from_file \S+\.(xml|geojson)|random\(`)

// bookOf turns "| survey | … |" tables into a workbook.
func bookOf(md string) *Book {
	b := &Book{}
	var name string
	var rows [][]string
	flush := func() {
		if name != "" {
			b.Sheets = append(b.Sheets, NewGrid(name, rows))
		}
		rows = nil
	}
	for _, line := range strings.Split(md, "\n") {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "|") {
			continue
		}
		line = strings.TrimSuffix(strings.TrimPrefix(line, "|"), "|")
		var cells []string
		for _, c := range strings.Split(strings.ReplaceAll(line, `\|`, "\x00"), "|") {
			cells = append(cells, strings.TrimSpace(strings.ReplaceAll(c, "\x00", "|")))
		}
		if cells[0] != "" {
			flush()
			name = cells[0]
			continue
		}
		rows = append(rows, cells[1:])
	}
	flush()
	return b
}

func TestTables(t *testing.T) {
	if *tables == "" {
		t.Skip("needs -args -tables FILE")
	}
	raw, err := os.ReadFile(*tables)
	if err != nil {
		t.Fatal(err)
	}
	var all struct {
		Cases []struct {
			Test    string `json:"test"`
			MD      string `json:"md"`
			Name    string `json:"name"`
			Errored bool   `json:"errored"`
			Broken  any    `json:"odk_validate_error__contains"`
		} `json:"cases"`
	}
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	passed, total, apart := 0, 0, 0
	for _, c := range all.Cases {
		if unsupportedTables.MatchString(c.MD) {
			apart++
			continue
		}
		total++
		want := c.Errored || c.Broken != nil
		_, fs := ReadForm(bookOf(c.MD), nil)
		if fs.Refused() == want {
			passed++
			continue
		}
		t.Logf("%s: refused %v, expected %v\n%s%s", c.Test, fs.Refused(), want, fs, c.MD)
	}
	t.Logf("%d about things left out on purpose", apart)
	fmt.Printf("total %d/%d\n", passed, total)
	if passed*100 < total*95 {
		t.Errorf("agrees on %d of %d forms, the floor is 95%%", passed, total)
	}
}

func TestWorkbooks(t *testing.T) {
	if *workbooks == "" {
		t.Skip("needs -args -workbooks FOLDER")
	}
	files, _ := filepath.Glob(filepath.Join(*workbooks, "*.xlsx"))
	if len(files) == 0 {
		t.Fatal("no workbooks there")
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		b, err := OpenBook(filepath.Base(file), raw)
		if bytes.HasPrefix(raw, oleMagic) {
			if casework.CodeOf(err) != "sheet.old_xls" {
				t.Errorf("%s is an old .xls inside and answered %v", filepath.Base(file), err)
			}
			t.Logf("%s: refused: old .xls bytes", filepath.Base(file))
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(file), err)
			continue
		}
		d, fs := ReadForm(b, nil)
		if d != nil {
			n := 0
			for range d.All() {
				n++
			}
			now := time.Date(2026, 11, 22, 10, 0, 0, 0, casework.Shanghai)
			if _, err := form.Start(d, form.StartOptions{}, func() time.Time { return now }); err != nil {
				t.Errorf("%s opens and cannot be filled: %v", filepath.Base(file), err)
			}
			t.Logf("%s: opens, %d items, %d findings", filepath.Base(file), n, len(fs))
			continue
		}
		for _, f := range fs {
			if f.Severity == Refusal {
				t.Logf("%s: refused: %s", filepath.Base(file), f)
			}
		}
	}
}
