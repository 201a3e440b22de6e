package sheet

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"doorstep/casework"
)

// xlsxOf writes a real .xlsx with what fill puts in.
func xlsxOf(t testing.TB, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func open(t testing.TB, raw []byte) *Book {
	t.Helper()
	b, err := OpenBook("名册.xlsx", raw)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestCellsKeepWhatWasTyped(t *testing.T) {
	g := open(t, xlsxOf(t, func(f *excelize.File) {
		for at, v := range map[string]any{
			"A1": "０１３ ", "B1": "007", "C1": 13800138000, "D1": 110108201503171024.0, "E1": true, "F1": " 𠮷㐂·买买提 ", "G1": 3.25, "C3": "到底",
		} {
			if err := f.SetCellValue("Sheet1", at, v); err != nil {
				t.Fatal(err)
			}
		}
	})).Sheets[0]
	for at, want := range map[[2]int]Cell{
		{1, 1}: {TextIn, false, "０１３ "}, {1, 2}: {TextIn, false, "007"}, {1, 3}: {Number, false, "13800138000"},
		{1, 5}: {Boolean, false, "TRUE"}, {1, 6}: {TextIn, false, " 𠮷㐂·买买提 "}, {1, 7}: {Number, false, "3.25"},
		{2, 1}: {}, {3, 3}: {TextIn, false, "到底"}, {99, 99}: {}, {0, 0}: {},
	} {
		if got := g.At(at[0], at[1]); got != want {
			t.Errorf("%s: %+v, want %+v", CellName(at[0], at[1]), got, want)
		}
	}
	// An identity number typed as a number has lost its digits for ever; it must stay recognisable.
	if id := g.At(1, 4); id.Kind != Number || !strings.Contains(strings.ToUpper(id.Text), "E+17") && id.Text == "110108201503171024" {
		t.Errorf("an identity number that was a number looks whole: %+v", id)
	}
	if g.Rows != 3 || g.Cols != 7 {
		t.Errorf("%d rows, %d columns", g.Rows, g.Cols)
	}
}

func TestDatesMergesAndWhatIsHidden(t *testing.T) {
	g := open(t, xlsxOf(t, func(f *excelize.File) {
		chinese := `yyyy"年"m"月"d"日"`
		days, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
		own, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &chinese})
		money := `#,##0.00"元"`
		yuan, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &money})
		f.SetCellValue("Sheet1", "A2", 45000)
		f.SetCellStyle("Sheet1", "A2", "A2", days)
		f.SetCellValue("Sheet1", "B2", 45000)
		f.SetCellStyle("Sheet1", "B2", "B2", own)
		f.SetCellValue("Sheet1", "C2", 45000)
		f.SetCellStyle("Sheet1", "C2", "C2", yuan)
		f.SetCellValue("Sheet1", "A4", "竹岛村")
		f.MergeCell("Sheet1", "A4", "B6")
		f.SetCellValue("Sheet1", "D6", "x")
		f.SetRowVisible("Sheet1", 2, false)
		f.SetColVisible("Sheet1", "B", false)
	})).Sheets[0]
	if !g.At(2, 1).Dated || !g.At(2, 2).Dated || g.At(2, 3).Dated {
		t.Error("a date is known by its format, and money is no date")
	}
	if g.At(6, 2).Kind != Blank || g.Over(6, 2).Text != "竹岛村" || g.Over(7, 2).Kind != Blank || g.Over(4, 1).Text != "竹岛村" {
		t.Error("a merged area shows its first cell everywhere")
	}
	if !g.RowHidden(2) || g.RowHidden(4) || !g.ColHidden(2) || g.ColHidden(1) {
		t.Error("hidden rows and columns are told")
	}
	if !g.RowBlank(3) || g.RowBlank(4) || !g.RowBlank(400) {
		t.Error("blank rows")
	}
}

func TestAMacintoshFileSaysSo(t *testing.T) {
	yes := true
	g := open(t, xlsxOf(t, func(f *excelize.File) {
		f.SetCellValue("Sheet1", "A1", 1)
		if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
			t.Fatal(err)
		}
	})).Sheets[0]
	if !g.Date1904 {
		t.Error("dates of 1904 are read as of 1900")
	}
}

func TestTextFilesOfEveryKind(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String("姓名,性别\n买买提·吐尔逊,男\n㐂子,女\n")
	if err != nil {
		t.Fatal(err)
	}
	for name, raw := range map[string]string{
		"utf-8":     "姓名,性别\n买买提·吐尔逊,男\n㐂子,女\n",
		"with mark": "\xEF\xBB\xBF姓名,性别\r\n买买提·吐尔逊,男\r\n㐂子,女\r\n",
		"GB18030":   gb,
		"tabs":      "姓名\t性别\n买买提·吐尔逊\t男\n㐂子\t女",
		"semicolon": "姓名;性别\n\"买买提·吐尔逊\";男\n㐂子;女",
		"UTF-16":    "\xFF\xFE" + utf16("姓名\t性别\n买买提·吐尔逊\t男\n㐂子\t女\n"),
	} {
		b, err := OpenBook(`C:\表\名册.csv`, []byte(raw))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		g := b.Sheets[0]
		if g.Name != "名册" || g.At(1, 2).Text != "性别" || g.At(2, 1).Text != "买买提·吐尔逊" || g.At(3, 1).Text != "㐂子" {
			t.Errorf("%s: %q %q %q", name, g.Name, g.At(1, 2).Text, g.At(2, 1).Text)
		}
	}
}

func utf16(s string) string {
	var b []byte
	for _, r := range s {
		b = append(b, byte(r), byte(r>>8))
	}
	return string(b)
}

func TestWhatCannotBeOpenedSaysWhy(t *testing.T) {
	ole := append([]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}, make([]byte, 600)...)
	locked := append(bytes.Clone(ole), utf16le("EncryptedPackage")...)
	whole := xlsxOf(t, func(f *excelize.File) { f.SetCellValue("Sheet1", "A1", "x") })
	for name, c := range map[string]struct {
		raw  []byte
		want casework.Code
	}{
		"nothing":        {nil, "sheet.empty"},
		"blanks":         {[]byte(" \r\n\t "), "sheet.empty"},
		"old xls":        {ole, "sheet.old_xls"},
		"password":       {locked, "sheet.password"},
		"web page":       {[]byte("<html><table><tr><td>姓名</td></tr></table>"), "sheet.not_table"},
		"picture":        {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00"), "sheet.not_table"},
		"cut off":        {whole[:len(whole)/2], "sheet.broken"},
		"some other zip": {zipOf(t, "a.txt", []byte("hello"), 1), "sheet.not_table"},
		"neither code":   {[]byte("a,b\n\xff\xff\xff,\x80"), "sheet.encoding"},
		"wide":           {[]byte(strings.Repeat(",", MaxCols) + "x"), "sheet.too_many_columns"},
		"long cell":      {[]byte("a," + strings.Repeat("长", MaxCellRunes+1)), "sheet.cell_too_long"},
		"long table":     {[]byte(strings.Repeat("x\n", MaxRows+1)), "sheet.too_many_rows"},
		"huge file":      {bytes.Repeat([]byte("x"), MaxFileBytes+1), "sheet.too_big"},
		"zip bomb":       {zipOf(t, "xl/worksheets/sheet1.xml", make([]byte, 1<<20), 130), "sheet.too_big"},
		"many parts":     {zipOf(t, "p", nil, MaxParts+1), "sheet.too_big"},
	} {
		_, err := OpenBook("x.xlsx", c.raw)
		if casework.CodeOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// zipOf packs the same part n times under different names.
func zipOf(t testing.TB, name string, body []byte, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range n {
		part := name
		if i > 0 {
			part = CellName(i, 1) + name
		}
		w, err := z.Create(part)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(body); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A directory that lies about a part's size must not get more memory than it declared.
func TestAZipThatLiesIsBroken(t *testing.T) {
	raw := xlsxOf(t, func(f *excelize.File) {
		for i := 1; i <= 2000; i++ {
			f.SetCellValue("Sheet1", CellName(i, 1), "一样的字")
		}
	})
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range z.File {
		h := p.FileHeader
		if p.Name == "xl/worksheets/sheet1.xml" {
			h.UncompressedSize64 = 100
		}
		h.Flags &^= 8
		to, err := w.CreateRaw(&h)
		if err != nil {
			t.Fatal(err)
		}
		from, err := p.OpenRaw()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(to, from); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenBook("x.xlsx", out.Bytes()); casework.CodeOf(err) != "sheet.broken" {
		t.Errorf("%v", err)
	}
}

func FuzzOpenBook(f *testing.F) {
	f.Add([]byte("姓名,性别\n张,男"))
	f.Add([]byte("\xFF\xFEa\x00,\x00"))
	f.Add([]byte{0xD0, 0xCF, 0x11, 0xE0})
	f.Add(xlsxOf(f, func(x *excelize.File) { x.SetCellValue("Sheet1", "B2", 1) }))
	f.Fuzz(func(t *testing.T, raw []byte) {
		b, err := OpenBook("x", raw)
		if err == nil && len(b.Sheets) == 0 {
			t.Error("opened and holds nothing")
		}
		if err != nil && casework.CodeOf(err) == "" {
			t.Errorf("an error without a sentence: %v", err)
		}
	})
}

func BenchmarkOpenBook5000Rows(b *testing.B) {
	raw := xlsxOf(b, func(f *excelize.File) {
		for r := 1; r <= 5000; r++ {
			for c := 1; c <= 20; c++ {
				if c%4 == 0 {
					f.SetCellValue("Sheet1", CellName(r, c), r*c)
				} else {
					f.SetCellValue("Sheet1", CellName(r, c), "竹岛村三组")
				}
			}
		}
	})
	b.ResetTimer()
	for range b.N {
		if _, err := OpenBook("x.xlsx", raw); err != nil {
			b.Fatal(err)
		}
	}
}
