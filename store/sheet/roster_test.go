package sheet

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"doorstep/casework"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// Every ugly roster has a plan beside it, written as a person would read it.
func TestUglyRosters(t *testing.T) {
	files := map[string]func() []byte{}
	for name, build := range ugly {
		files[name] = func() []byte { return workbook(build) }
	}
	files["elders-gb18030.csv"] = func() []byte {
		text := strings.NewReplacer("%WANG%", wangXiu, "%SUN%", sunYulan).Replace(eldersCSV)
		b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
		must(err)
		return b
	}
	for name, build := range files {
		t.Run(name, func(t *testing.T) {
			raw := rosterFile(t, name, build)
			got := describe(t, readBytes(t, name, raw, district))
			golden := filepath.Join(rosterDir, name+".plan.txt")
			if *writeRosters {
				must(os.WriteFile(golden, []byte(got), 0o644))
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("the plan changed:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

// describe is a roster and its plan against an empty district.
func describe(t *testing.T, r *Roster) string {
	t.Helper()
	var b strings.Builder
	for _, s := range r.Sheets {
		fmt.Fprintf(&b, "sheet %s title %q headings %d-%d\n", s.Name, s.Title, s.HeadFrom, s.HeadTo)
		for _, c := range s.Columns {
			fmt.Fprintf(&b, "  column %d %s: %s %d\n", c.Col, c.Heading, c.Field, c.Use)
		}
		for _, k := range s.Skipped {
			fmt.Fprintf(&b, "  row %d skipped: %s\n", k.Row, k.Why)
		}
	}
	p := planOf(t, r, nil)
	for _, l := range p.Lines {
		fmt.Fprintf(&b, "%s!%d%v %s %s %s %s\n", l.Row.Sheet, l.Row.Row, l.Row.More, l.Kind, l.Row.Name, l.Row.Resident, l.Row.Area)
		for _, c := range l.Changes {
			fmt.Fprintf(&b, "    %s = %s\n", c.Field, hideNumber(string(c.Now)))
		}
		for _, why := range l.Reasons {
			fmt.Fprintf(&b, "    %s %s %v\n", why.Place(), why.Code(), [...]string{"note", "doubt", "refuse"}[why.Weight])
		}
	}
	return b.String()
}

// hideNumber keeps whole ID numbers out of golden files.
func hideNumber(s string) string {
	if i := strings.Index(s, `{"number":"`); i >= 0 && len(s) > i+20 {
		return s[:i+17] + "…" + s[len(s)-6:]
	}
	return s
}

func readBytes(t *testing.T, name string, raw []byte, o RosterOptions) *Roster {
	t.Helper()
	b, err := OpenBook(name, raw)
	if err != nil {
		t.Fatal(err)
	}
	r, err := ReadRoster(b, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func readGrid(t *testing.T, o RosterOptions, rows ...[]string) *Roster {
	t.Helper()
	r, err := ReadRoster(&Book{Sheets: []*Grid{NewGrid("名单", rows)}}, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func planOf(t *testing.T, r *Roster, known []casework.Record) *Plan {
	t.Helper()
	p, err := PlanRoster(context.Background(), r, NewRecords(known))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestOldFilesAreRefusedWithWhatToDo(t *testing.T) {
	for name, raw := range map[string]string{
		"老表.xls":  "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600),
		"改名.xlsx": "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600),
	} {
		if _, err := OpenBook(name, []byte(raw)); casework.CodeOf(err) != "sheet.old_xls" {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := ReadRoster(&Book{Sheets: []*Grid{NewGrid("a", [][]string{{"你好"}, {"世界"}})}}, district)
	if casework.CodeOf(err) != "roster.no_heading" {
		t.Error(err)
	}
}

func TestANumberThatLostItsDigitsNamesItsCell(t *testing.T) {
	raw := workbook(func(f *excelize.File) {
		put(f, "Sheet1", 1, "姓名", "身份证号", "村")
		put(f, "Sheet1", 2, "林小溪", 371002201703121020.0, "竹岛村")
		put(f, "Sheet1", 3, "赵铁柱", "3.71002E+17", "竹岛村")
		put(f, "Sheet1", 4, "李静静", 370303131102003.0, "竹岛村") // fifteen old digits survive as a number
	})
	p := planOf(t, readBytes(t, "a.xlsx", raw, district), nil)
	for i, place := range []string{"Sheet1!B2", "Sheet1!B3"} {
		l := p.Lines[i]
		if l.Kind != LineRefused || l.Reasons[0].Place() != place || l.Reasons[0].Code() != "resident.scientific" {
			t.Errorf("%v %v", l.Kind, l.Reasons)
		}
	}
	if l := p.Lines[2]; l.Kind != LineNew || l.Row.Birth.String() != "1913-11-02" {
		t.Errorf("%v %v", l.Kind, l.Reasons)
	}
}

func TestVillages(t *testing.T) {
	mine := RosterOptions{Today: rosterDay, Area: "371002001203", Villages: villages}
	for _, c := range []struct {
		o       RosterOptions
		town    string
		village string
		want    casework.Area
		code    casework.Code
	}{
		{district, "", "竹岛村", "371002001203", ""},
		{district, "", "竹岛村民委员会", "371002001203", ""},
		{district, "", "花园社区居委会", "371002001001", ""},
		{district, "", "371002001204", "371002001204", ""},
		{district, "桥头镇", "前进村", "371002101201", ""},
		{district, "温泉", "前进", "371002102201", ""},
		{district, "", "前进村", "", "roster.village_twice"},
		{district, "", "火星村", "", "roster.village_unknown"},
		{district, "", "", "", "roster.village_missing"},
		{district, "", "110108001001", "", "roster.village_elsewhere"},
		{mine, "", "", "371002001203", ""},
		{mine, "", "望海村", "", "roster.village_elsewhere"},
	} {
		r := readGrid(t, c.o, []string{"姓名", "镇", "村", "性别"}, []string{"林小溪", c.town, c.village, "女"})
		row := r.Rows[0]
		code := casework.Code("")
		if len(row.Problems) > 0 {
			code = row.Problems[0].Code()
		}
		if row.Area != c.want || code != c.code {
			t.Errorf("%q %q: %s %s", c.town, c.village, row.Area, code)
		}
	}
}

func TestHiddenRowsWaitForADecision(t *testing.T) {
	raw := workbook(func(f *excelize.File) {
		put(f, "Sheet1", 1, "姓名", "身份证号", "村")
		put(f, "Sheet1", 2, "林小溪", linXiaoxi, "竹岛村")
		must(f.SetRowVisible("Sheet1", 2, false))
	})
	p := planOf(t, readBytes(t, "a.xlsx", raw, district), nil)
	if p.Lines[0].Kind != LineDoubtful || p.Lines[0].Reasons[0].Code() != "roster.hidden_row" {
		t.Fatal(p.Lines[0].Kind, p.Lines[0].Reasons)
	}
	must(p.Decide(0, TakeAsNew, casework.RecordID{}))
	if ops, err := p.Operations(author(1)); err != nil || len(ops) != 1 {
		t.Error(len(ops), err)
	}
}

// A name with an escape sequence or ten thousand characters is refused with its cell, and
// nothing of it is in the error.
func TestHostileNames(t *testing.T) {
	r := readGrid(t, district, []string{"姓名", "村"},
		[]string{"张\x1b]0;三\x07", "竹岛村"}, []string{strings.Repeat("长", 10000), "竹岛村"}, []string{"=HYPERLINK(\"x\")", "竹岛村"})
	for _, row := range r.Rows {
		if !row.Refused() || row.Problems[0].Col != 1 || strings.ContainsAny(row.Problems[0].Err.Error(), "张长") {
			t.Errorf("%v", row.Problems)
		}
	}
	if len(r.Rows) != 3 {
		t.Error(len(r.Rows))
	}
}

func TestRosterOfFiftyColumnsAndThousandsOfRowsIsQuick(t *testing.T) {
	head := []string{"姓名", "性别", "身份证号", "村", "监护人", "关系", "联系电话", "备注"}
	rows := [][]string{head}
	for i := range 3000 {
		rows = append(rows, []string{"林小溪", "女", idOf(fmt.Sprintf("371002201703%02d%03d", i%28+1, i/28*2)), "竹岛村", "王秀英", "奶奶", "13912342231", ""})
	}
	r := readGrid(t, district, rows...)
	p := planOf(t, r, nil)
	if n := p.Counts()[LineNew]; n != 3000 {
		t.Error(p.Counts(), p.Lines[0].Reasons)
	}
}
