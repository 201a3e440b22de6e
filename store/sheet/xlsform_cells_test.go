package sheet

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"doorstep/casework"
)

// formBook is a real file with one sheet per name, and what fill does to it.
func formBook(t testing.TB, sheets map[string][][]string, fill func(f *excelize.File)) *Book {
	t.Helper()
	raw := xlsxOf(t, func(f *excelize.File) {
		for name, rows := range sheets {
			if _, err := f.NewSheet(name); err != nil {
				t.Fatal(err)
			}
			for i, row := range rows {
				if err := f.SetSheetRow(name, "A"+strconv.Itoa(i+1), &row); err != nil {
					t.Fatal(err)
				}
			}
		}
		if fill != nil {
			fill(f)
		}
	})
	b, err := OpenBook("问卷.xlsx", raw)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func small() map[string][][]string {
	return map[string][][]string{
		"survey": {
			{"type", "name", "label", "default", "relevant"},
			{"select_one yn", "a", "甲", "", ""},
			{"text", "b", "乙", "", ""},
			{"date", "c", "丙", "", ""},
			{"integer", "d", "丁"},
		},
		"choices": {{"list_name", "name", "label"}, {"yn", "1", "是"}, {"yn", "0", "否"}},
	}
}

func TestWhatExcelDoesToCellsIsToldWithItsCell(t *testing.T) {
	b := formBook(t, small(), func(f *excelize.File) {
		f.SetCellValue("survey", "D5", 7)
		f.SetCellFormula("survey", "D5", "=3+4")
		f.SetCellFormula("survey", "E5", "=F5")
		for _, place := range []string{"C2", "C3", "C5"} {
			f.SetCellValue("survey", place, 1)
			f.SetCellFormula("survey", place, "=1")
		}
		date, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
		f.SetCellValue("survey", "D4", 46349)
		f.SetCellStyle("survey", "D4", "D4", date)
		f.SetRowVisible("survey", 4, false)
		f.SetRowVisible("survey", 5, false)
		f.SetColVisible("choices", "C", false)
		f.SetSheetVisible("choices", false)
		f.MergeCell("survey", "C2", "D2")
	})
	d, fs := ReadForm(b, nil)
	if d == nil {
		t.Fatalf("refused:\n%s", fs)
	}
	for code, place := range map[casework.Code]string{
		"xlsform.formula_cell": "survey!D5", "xlsform.formula_blank": "survey!E5", "xlsform.date_cell": "survey!D4",
		"xlsform.formula_column": "survey!C2", "xlsform.hidden_rows": "survey!4:4", "xlsform.hidden_column": "choices!C1", "xlsform.hidden_sheet": "choices",
		"xlsform.merged_cell": "survey!C2",
	} {
		if f := one(t, fs, code); f.Place() != place || f.Severity != Warning {
			t.Errorf("%s at %s, want %s", code, f.Place(), place)
		}
	}
	if f := one(t, fs, "xlsform.date_cell"); f.Fix != "2026-11-23" {
		t.Errorf("fix %q", f.Fix)
	}
	if f := one(t, fs, "xlsform.formula_column"); f.Args["Cells"] != 3 || f.Args["To"] != 5 {
		t.Errorf("%v", f.Args)
	}
	if f := one(t, fs, "xlsform.hidden_rows"); f.Args["To"] != 5 {
		t.Errorf("%v", f.Args)
	}
}

func TestMergedRowsAndErrorsStopAQuestionnaire(t *testing.T) {
	b := formBook(t, small(), func(f *excelize.File) {
		f.MergeCell("choices", "A2", "A3")
		f.SetCellValue("survey", "C3", "#REF!")
		f.SetCellFormula("survey", "D3", "Sheet9!A1")
	})
	d, fs := ReadForm(b, nil)
	if d != nil {
		t.Error("a list that lost its name to a merge was accepted")
	}
	if f := one(t, fs, "xlsform.merged_rows"); f.Place() != "choices!A2" || f.Args["To"] != "A3" {
		t.Errorf("%s %v", f.Place(), f.Args)
	}
}

// Sizes that no author reaches by hand are answered within moments; the limit leaves room for a
// busy machine.
func TestHostileQuestionnairesAreAnsweredSoon(t *testing.T) {
	survey := func(n int, row func(i int) []string) *Grid {
		rows := [][]string{{"type", "name", "label", "relevant", "calculation"}}
		for i := range n {
			rows = append(rows, row(i))
		}
		return NewGrid("survey", rows)
	}
	q := func(i int) string { return "q" + strconv.Itoa(i) }
	choices := [][]string{{"list_name", "name", "label"}}
	for i := range 60_000 {
		choices = append(choices, []string{"village", q(i), "村"})
	}
	languages := [][]string{{"type", "name"}}
	for i := range 480 {
		languages[0] = append(languages[0], "label::语言"+strconv.Itoa(i))
	}
	for i := range 500 {
		languages = append(languages, []string{"text", q(i), "题"})
	}
	for _, c := range []struct {
		name  string
		book  []*Grid
		code  casework.Code
		clean bool
	}{
		{"hundreds of languages without words", []*Grid{NewGrid("survey", languages)}, "xlsform.and_more", true},
		{"a name without end", []*Grid{NewGrid("survey", [][]string{{"type", "name", "label"}, {"text", strings.Repeat("a", 30_000), strings.Repeat("长", 30_000)}})}, "", true},
		{"many rows", []*Grid{survey(90_000, func(i int) []string { return []string{"text", q(i), "题"} })}, "xlsform.too_many_questions", false},
		{"nested groups", []*Grid{survey(3_000, func(i int) []string { return []string{"begin group", q(i), "组", "${q0} = 1"} })}, "xlsform.too_deep", false},
		{"a nested formula", []*Grid{survey(1, func(int) []string {
			return []string{"text", "a", "题", strings.Repeat("(", 10_000) + "1" + strings.Repeat(")", 10_000)}
		})}, "xlsform.bad_formula", false},
		{"endless formulas", []*Grid{survey(3_000, func(i int) []string {
			return []string{"text", q(i), "题", strings.Repeat("${q0} + ", 1_000) + "1"}
		})}, "xlsform.too_much_formula", false},
		{"a circle of thousands", []*Grid{survey(5_000, func(i int) []string {
			return []string{"calculate", q(i), "", "", "${" + q((i+1)%5_000) + "} + 1"}
		})}, "xlsform.circle", false},
		{"a long list", []*Grid{survey(300, func(i int) []string { return []string{"select_one village", q(i), "题"} }), NewGrid("choices", choices)}, "", true},
	} {
		began := time.Now()
		d, fs := ReadForm(&Book{Sheets: c.book}, nil)
		if took := time.Since(began); took > 30*time.Second {
			t.Errorf("%s took %v", c.name, took)
		}
		if (d != nil) != c.clean || c.code != "" && !fs.Has(c.code) {
			t.Errorf("%s: %d findings, accepted %v", c.name, len(fs), d != nil)
		}
		if len(fs) > 20_000 {
			t.Errorf("%s: %d findings", c.name, len(fs))
		}
	}
}
