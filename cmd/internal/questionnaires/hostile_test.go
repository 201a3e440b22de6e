package questionnaires

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doorstep/casework"
)

// The file of choices is there and is no good: it is told at the cell that names it, with why.
func TestFilesOfChoicesThatAreNoGoodAreExplained(t *testing.T) {
	rows := func(n int) []byte { return []byte("name,label\n" + strings.Repeat("1,竹岛村\n", n)) }
	for _, k := range []struct {
		name string
		raw  []byte
		code casework.Code
		says []string
	}{
		{"two hundred thousand rows", rows(200_000), "sheet.too_many_rows", []string{"文件“villages.csv”用不了", "100000 行"}},
		{"a wrong encoding", []byte("name,label\n1,\xff\xfe\x81\x00\xff\n"), "sheet.not_table", []string{"文件“villages.csv”用不了"}},
		{"a wrong encoding of words", []byte("name,label\n1,\xff\xff\xff\xff竹\n"), "sheet.encoding", []string{"文件“villages.csv”用不了"}},
		{"nothing", nil, "sheet.empty", []string{"文件“villages.csv”用不了"}},
		{"an old workbook", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "sheet.old_xls", []string{"文件“villages.csv”用不了"}},
		{"a long cell", []byte("name,label\n1," + strings.Repeat("长", 4<<20) + "\n"), "sheet.cell_too_long", []string{"一格里的字太多"}},
		{"codes twice", rows(3), "xlsform.file_code_twice", []string{"第 3 行的代码前面已经用过了", "重复的有 2 行"}},
		{"another heading", []byte("代码,村名\n1,竹岛村\n"), "xlsform.file_no_column", []string{"没有“name”这一列"}},
	} {
		path := mistaken(t, func(s, c [][]string) ([][]string, [][]string) {
			set(s, "village", "type", "select_one_from_file villages.csv")
			return s, c
		})
		if err := os.WriteFile(filepath.Join(filepath.Dir(path), "villages.csv"), k.raw, 0o600); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		r := report(t, path)
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%s took %v", k.name, took)
		}
		text := strings.Join(r.Lines(speaker(t, "zh")), "\n")
		if r.Errors != 1 || r.Findings[0].Code != k.code || r.Findings[0].Cell != "A16" {
			t.Errorf("%s: %+v", k.name, r.Findings)
		}
		for _, want := range k.says {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not in\n%s", k.name, want, text)
			}
		}
		if strings.Contains(text, "no value") || strings.Contains(text, "error.") {
			t.Errorf("%s: %s", k.name, text)
		}
	}
}

// Formulas that each cost the most a formula may, hundreds of them: told soon, not computed for ever.
func TestFormulasThatCostTooMuchAreToldSoon(t *testing.T) {
	path := mistaken(t, func(s, c [][]string) ([][]string, [][]string) {
		for i := range 300 {
			s = append(s, []string{"text", "q" + itoa(i), "题"})
		}
		for i := range 200 {
			row := []string{"calculate", "c" + itoa(i)}
			for len(row) < len(s[0]) {
				row = append(row, "")
			}
			s = append(s, row)
			set(s, "c"+itoa(i), "calculation", "count(//*[count(//*[count(//*) > 1]) > 1])")
		}
		return s, c
	})
	began := time.Now()
	r := report(t, path)
	if took := time.Since(began); took > 60*time.Second {
		t.Errorf("took %v", took)
	}
	text := strings.Join(r.Lines(speaker(t, "zh")), "\n")
	if r.Errors == 0 || r.Findings[len(r.Findings)-1].Code != "xpath.too_costly" || !strings.Contains(text, "算不出来") || strings.Contains(text, "no value") {
		t.Errorf("%d errors\n%s", r.Errors, text)
	}
}
