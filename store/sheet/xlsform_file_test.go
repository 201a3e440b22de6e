package sheet

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"doorstep/casework"
)

const villageForm = `
| survey |
| | type | name | label | choice_filter | parameters |
| | select_one_from_file villages.csv | v | 村 | town = 'yt' | PARAMETERS |
| settings |
| | form_id | version |
| | f | 1 |
`

func beside(t testing.TB, raw string) map[string]*Grid {
	t.Helper()
	b, err := OpenBook("villages.csv", []byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	return map[string]*Grid{"villages.csv": b.Sheets[0]}
}

// Files as offices have them: written by Excel or WPS, with marks, in the national encoding,
// with tabs, quotes, blank lines above the headings.
func TestFilesOfChoicesAsOfficesWriteThem(t *testing.T) {
	const plain = "name,label,town\nzd,竹岛村,yt\nsj,\"孙家, 大㐂疃\",yt\n"
	national, err := simplifiedchinese.GB18030.NewEncoder().String(plain)
	if err != nil {
		t.Fatal(err)
	}
	for name, raw := range map[string]string{
		"plain": plain, "mark": "\ufeff" + plain, "national": national, "windows": strings.ReplaceAll(plain, "\n", "\r\n"),
		"lines above": "\n,,\n" + plain, "tabs": "name\tlabel\ttown\nzd\t竹岛村\tyt\nsj\t孙家, 大㐂疃\tyt\n", "blank line": plain + "\n,,\n",
		"quotes": "\"name\",\"label\",\"town\"\n\"zd\",\"竹岛村\",\"yt\"\n\"sj\",\"孙家, 大㐂疃\",\"yt\"\n",
	} {
		d, fs := Publish(bookOf(strings.Replace(villageForm, "PARAMETERS", "", 1)), beside(t, raw))
		if d == nil || len(fs) > 0 {
			t.Errorf("%s: %s", name, fs)
			continue
		}
		l := d.List("villages")
		if len(l.Choices) != 2 || l.Choice("sj").Label.In("zh") != "孙家, 大㐂疃" || l.Choice("zd").Columns["town"] != "yt" || len(l.Choice("zd").Columns) != 1 {
			t.Errorf("%s: %+v", name, l.Choice("sj"))
		}
	}
	d, fs := Publish(bookOf(strings.Replace(villageForm, "PARAMETERS", "value=code, label=村名", 1)), beside(t, "code,村名,name,town\n1,竹岛,x,yt\n2,孙家,x,yt\n"))
	if d == nil || d.List("villages").Choice("2").Label.In("zh") != "孙家" || d.List("villages").Choice("2").Columns["name"] != "x" {
		t.Errorf("%s", fs)
	}
}

func TestFilesOfChoicesThatCannotBeChosenFrom(t *testing.T) {
	var many strings.Builder
	many.WriteString("name,label\n")
	for i := range 90_000 {
		fmt.Fprintf(&many, "v%d,村\n", i%45_000)
	}
	for _, k := range []struct {
		name, raw string
		code      casework.Code
		row       int
		count     int
		severity  Severity
	}{
		{"no column of codes", "code,label\n1,竹岛\n", "xlsform.file_no_column", 0, 0, Refusal},
		{"no column of words", "name,村名\n1,竹岛\n", "xlsform.file_no_column", 0, 0, Refusal},
		{"headings alone", "name,label\n", "xlsform.file_empty", 0, 0, Refusal},
		{"a code twice", "name,label\n1,竹岛\n2,孙家\n1,竹岛\n1,竹岛\n", "xlsform.file_code_twice", 4, 2, Refusal},
		{"codes that are missing", "name,label\n1,竹岛\n,孙家\n", "xlsform.file_no_code", 3, 1, Refusal},
		{"words that are missing", "name,label\n1,\n2,孙家\n", "xlsform.file_no_label", 2, 1, Warning},
		{"a quote that never closes", "name,label\n1,\"竹岛\n2,孙家\n3,李家\n", "xlsform.file_broken_line", 2, 1, Refusal},
		{"tens of thousands twice", many.String(), "xlsform.file_code_twice", 45_002, 45_000, Refusal},
	} {
		began := time.Now()
		d, fs := Publish(bookOf(strings.NewReplacer("PARAMETERS", "", "town = 'yt'", "").Replace(villageForm)), beside(t, k.raw))
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%s took %v", k.name, took)
		}
		f := one(t, fs, k.code)
		if (d == nil) != (k.severity == Refusal) || f.Severity != k.severity || f.Place() != "survey!A2" {
			t.Errorf("%s: %s", k.name, fs)
		}
		if k.row > 0 && (f.Args["Row"] != k.row || f.Args["Count"] != k.count) {
			t.Errorf("%s: row %v, %v rows", k.name, f.Args["Row"], f.Args["Count"])
		}
		if len(fs) > 3 {
			t.Errorf("%s: %d findings", k.name, len(fs))
		}
	}
	several := strings.NewReplacer("PARAMETERS", "", "town = 'yt'", "", "select_one_from_file", "select_multiple_from_file").Replace(villageForm)
	if d, fs := Publish(bookOf(several), beside(t, "name,label\n1,竹岛\n2 a,孙家\n")); d != nil || one(t, fs, "xlsform.file_blank_in_code").Args["Row"] != 3 {
		t.Errorf("%s", fs)
	}
	if d, fs := Publish(bookOf(strings.Replace(villageForm, "PARAMETERS", "", 1)), nil); d != nil || one(t, fs, "xlsform.file_missing").Severity != Refusal {
		t.Errorf("published without the choices: %s", fs)
	}
}

func TestAFileTooLargeForALaptopIsTold(t *testing.T) {
	rows := [][]string{{"name", "label", "remark"}}
	for i := range 60_000 {
		rows = append(rows, []string{fmt.Sprint(i), "村", strings.Repeat("很长的备注", 20)})
	}
	d, fs := Publish(bookOf(strings.NewReplacer("PARAMETERS", "", "town = 'yt'", "").Replace(villageForm)), map[string]*Grid{"villages.csv": NewGrid("v", rows)})
	if d != nil || !fs.Has("xlsform.too_large") {
		t.Errorf("%v %s", d != nil, fs)
	}
}

// Long lists inside the workbook stand in choices, or, as older forms have them, in external_choices.
func TestChoicesInASheetOfTheirOwn(t *testing.T) {
	const md = `
| survey |
| | type | name | label | choice_filter |
| | select_one town | t | 镇 | |
| | select_one_external village | v | 村 | town = ${t} |
| choices |
| | list_name | name | label |
| | town | yt | 羊亭 |
| external_choices |
| | list_name | name | label | town |
| | village | zd | 竹岛 | yt |
`
	d := read(t, md, nil)
	if c := d.List("village").Choice("zd"); c == nil || c.Columns["town"] != "yt" {
		t.Errorf("%+v", c)
	}
	_, fs := ReadForm(bookOf(strings.Replace(md, "| | village | zd", "| | town | zd", 1)), nil)
	if f := one(t, fs, "xlsform.list_in_both"); f.Place() != "external_choices!A2" {
		t.Error(f.Place())
	}
	_, fs = ReadForm(bookOf(strings.Replace(md, "select_one_external village", "select_one village", 1)), nil)
	if f := one(t, fs, "xlsform.no_list"); f.Place() != "survey!A3" {
		t.Error(f.Place())
	}
}
