package sheet_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"doorstep/casework"
	"doorstep/casework/lang"
	"doorstep/casework/outing"
	"doorstep/casework/packs"
	"doorstep/store/sheet"
)

func outingSheets(t testing.TB, sp *lang.Speaker, names ...string) []outing.Sheet {
	t.Helper()
	def, err := packs.Default().Form(packs.ElderVisit)
	if err != nil {
		t.Fatal(err)
	}
	day, err := casework.NewDay(2026, 11, 23)
	if err != nil {
		t.Fatal(err)
	}
	var out []outing.Sheet
	for i, name := range names {
		p := casework.Person{ID: casework.RecordID{ID: casework.ID{byte(i + 1)}}, Name: name, Sex: "2", Grid: "3组"}
		s, err := outing.New(outing.Subject{
			Person: p, Form: def,
			Tasks: []casework.Task{{Kind: "need", Title: "=1+1 冬衣", Step: "open", Due: day.AddDays(7)}},
		}, outing.NewCodes([]*casework.Person{&p}).Of(p.ID), day, sp)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	return out
}

func TestTheWorkbookOfAnOutingHoldsWhatTheSheetsSay(t *testing.T) {
	for _, tag := range []string{"zh", "en"} {
		sp, err := lang.New(tag)
		if err != nil {
			t.Fatal(err)
		}
		sheets := outingSheets(t, sp, "王秀英", "买买提·吐尔逊𠮷", "=cmd|'/c calc'!A1")
		var b bytes.Buffer
		if err := sheet.WriteOuting(&b, sheets, sp); err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenReader(&b)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if tabs := f.GetSheetList(); len(tabs) != 1 || tabs[0] != sp.Say("outing.sheet_name") {
			t.Fatal(tabs)
		}
		tab := f.GetSheetList()[0]
		rows, err := f.GetRows(tab)
		if err != nil {
			t.Fatal(err)
		}
		var cells []string
		for y, r := range rows {
			for x, text := range r {
				if text != "" {
					cells = append(cells, text)
				}
				name, _ := excelize.CoordinatesToCellName(x+1, y+1)
				if formula, _ := f.GetCellFormula(tab, name); formula != "" {
					t.Errorf("%s holds a formula", name)
				}
			}
		}
		all := "\n" + strings.Join(cells, "\n") + "\n"
		at := 0
		for _, s := range sheets { // each sheet's words, in their order, each person after the one before
			want := []string{s.Name, s.Code, s.About(sp), s.Number}
			for _, p := range s.Promises {
				want = append(want, p.Say(sp))
			}
			for _, q := range s.Questions {
				want = append(want, q.Code, q.Label)
				for _, o := range q.Options {
					want = append(want, "□"+o.Keys+" "+o.Label)
				}
			}
			want = append(want, sp.Say("outing.new.until"), sp.Say("outing.sign"), sp.Say("outing.worker"), sp.Say("outing.rest"))
			for _, w := range want {
				i := strings.Index(all[at:], w)
				if i < 0 {
					t.Fatalf("%s: %q is not on the sheet of %s, or stands too early", tag, w, s.Name)
				}
				at += i + len(w)
			}
		}
		if !strings.Contains(cells[0], sp.Say("outing.keep")) {
			t.Error("the first line does not say to keep it safe")
		}
		paper(t, f, tab, len(sheets), len(rows))
	}
}

// paper checks what makes the workbook come out of a printer as sheets of A4.
func paper(t *testing.T, f *excelize.File, tab string, people, rows int) {
	t.Helper()
	layout, err := f.GetPageLayout(tab)
	if err != nil || layout.Size == nil || *layout.Size != 9 || *layout.Orientation != "portrait" || !*layout.BlackAndWhite {
		t.Error("not A4 upright in black", err)
	}
	names := map[string]string{}
	for _, n := range f.GetDefinedName() {
		names[n.Name] = n.RefersTo
	}
	if !strings.HasSuffix(names["_xlnm.Print_Titles"], "$1:$1") || !strings.Contains(names["_xlnm.Print_Area"], "$A$1:$D$") {
		t.Error("what is printed, and the line on every page", names)
	}
	props, err := f.GetDocProps()
	if err != nil || props.Creator != "doorstep" || props.Created != "2026-11-22T16:00:00Z" {
		t.Error("who made it and when", props, err)
	}
	var raw bytes.Buffer
	if err := f.Write(&raw); err != nil {
		t.Fatal(err)
	}
	part, ok := f.Pkg.Load("xl/worksheets/sheet1.xml")
	if body, _ := part.([]byte); !ok || strings.Count(string(body), "<brk ") != people-1 {
		t.Errorf("a page for each of %d people", people)
	}
	// No page is higher than the paper: 277 mm between the margins.
	height, widest := 0.0, 0.0
	for y := 1; y <= rows; y++ {
		if style, _ := f.GetCellStyle(tab, "D"+itoa(y)); style > 0 && y > 1 {
			if s, err := f.GetStyle(style); err == nil && s.Font != nil && s.Font.Size >= 22 && height > 0 {
				widest, height = max(widest, height), 0
			}
		}
		h, _ := f.GetRowHeight(tab, y)
		height += h
	}
	if widest = max(widest, height); widest > 785 || widest < 300 {
		t.Errorf("the highest page has %.0f points of 785", widest)
	}
}

func itoa(n int) string {
	name, _ := excelize.CoordinatesToCellName(1, n)
	return name[1:]
}

func TestAFullDiskIsTold(t *testing.T) {
	sp, err := lang.New("zh")
	if err != nil {
		t.Fatal(err)
	}
	full := errors.New("disk full")
	err = sheet.WriteOuting(failing{full}, outingSheets(t, sp, "王秀英"), sp)
	if casework.CodeOf(err) != "outing.write" || !errors.Is(err, full) {
		t.Error(err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
