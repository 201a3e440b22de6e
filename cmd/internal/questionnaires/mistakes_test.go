package questionnaires

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/store/sheet"
)

// set writes text into the example's cell under a heading, in the row of a name.
func set(rows [][]string, name, heading, text string) {
	col := slices.Index(rows[0], heading)
	for i, row := range rows {
		if len(row) > 1 && row[1] == name {
			for len(rows[i]) <= col {
				rows[i] = append(rows[i], "")
			}
			rows[i][col] = text
			return
		}
	}
	panic("no row " + name)
}

// mistaken is the template after an author's work on it.
func mistaken(t testing.TB, spoil func(survey, choices [][]string) (s, c [][]string)) string {
	t.Helper()
	choices := make([][]string, len(exampleChoices))
	for i, row := range exampleChoices {
		choices[i] = slices.Clone(row)
	}
	survey, choices := spoil(exampleSurvey(), choices)
	raw, err := sheet.WriteBook([]sheet.Page{
		{Name: "survey", Rows: survey},
		{Name: "choices", Rows: choices},
		{Name: "settings", Rows: exampleSettings},
		{Name: "grading", Rows: exampleGrading},
	})
	if err != nil {
		t.Fatal(err)
	}
	return save(t, "问卷.xlsx", raw)
}

func report(t testing.TB, path string) Report {
	t.Helper()
	c, err := Check(path)
	sp := speaker(t, "zh")
	if err != nil {
		return ReportOfError("问卷.xlsx", err, sp)
	}
	return ReportOf(c, sp)
}

func TestAnOfficeWorkersMistakesAreExplainedWithTheirCell(t *testing.T) {
	type rows = [][]string
	for _, k := range []struct {
		name     string
		spoil    func(s, c rows) (rows, rows)
		code     casework.Code
		cell     string
		severity string
		says     []string
	}{
		{"a missing list", func(s, c rows) (rows, rows) {
			set(s, "agree", "type", "select_one 是否")
			return s, c
		}, "xlsform.no_list", "survey!A4", "error", []string{"survey!A4", "choices 表里没有选项表“是否”", "加上这些选项"}},
		{"full-width signs", func(s, c rows) (rows, rows) {
			set(s, "told", "relevant", "selected（${heat}，‘coal’）")
			return s, c
		}, "xlsform.wide_sign", "survey!G11:9", "warning", []string{"全角的“（”已按半角“(”来读", "selected(${heat},'coal')"}},
		{"a circle", func(s, c rows) (rows, rows) {
			set(s, "people", "calculation", "${again_days} + 1")
			set(s, "again_days", "calculation", "${people} + 1")
			return s, c
		}, "xlsform.circle", "survey!J29", "error", []string{"“again_days”要等“people”", "算不出来", "改掉其中一个公式"}},
		{"names that differ by case", func(s, c rows) (rows, rows) {
			set(s, "rooms", "name", "Heat")
			return s, c
		}, "xlsform.name_nearly_twice", "survey!B8", "warning", []string{"“Heat”和第 7 行只差大小写"}},
		{"a name twice", func(s, c rows) (rows, rows) {
			set(s, "rooms", "name", "heat")
			return s, c
		}, "xlsform.name_twice", "survey!B8", "error", []string{"“heat”已经用过了"}},
		{"a choice twice", func(s, c rows) (rows, rows) {
			c[5][1] = "coal"
			return s, c
		}, "xlsform.choice_twice", "choices!B6", "error", []string{"“heat”里“coal”出现了两次"}},
		{"a bracket too few", func(s, c rows) (rows, rows) {
			set(s, "rooms", "constraint", "(. >= 0 and . <= 20")
			return s, c
		}, "xpath.missing", "survey!H8:20", "error", []string{"survey!H8:20", "公式到第 20 个字就完了", "左右括号"}},
		{"a question that is not there", func(s, c rows) (rows, rows) {
			set(s, "again_days", "calculation", "if(selected(${Risks}, 'none'), 30, 7)")
			return s, c
		}, "xlsform.unknown_field", "survey!J29:13", "error", []string{"没有叫“Risks”的题", "${risks}"}},
		{"a mood that may be copied", func(s, c rows) (rows, rows) {
			set(s, "mood", "fresh", "")
			return s, c
		}, "xlsform.judgement_not_guarded", "survey!S25", "error", []string{"必须在 fresh 列写 yes", "没条件问"}},
		{"a group without end", func(s, c rows) (rows, rows) { return s[:len(s)-1], c }, "xlsform.begin_without_end", "survey!28:28", "error", []string{"“finish”有开头，没有结尾"}},
		{"ten thousand brackets", func(s, c rows) (rows, rows) {
			set(s, "told", "relevant", strings.Repeat("(", 10_000)+"1"+strings.Repeat(")", 10_000))
			return s, c
		}, "xpath.too_deep", "survey!G11", "error", []string{"套得太多"}},
	} {
		r := report(t, mistaken(t, k.spoil))
		i := slices.IndexFunc(r.Findings, func(f Finding) bool { return f.Code == k.code })
		if i < 0 {
			t.Errorf("%s: %+v", k.name, r.Findings)
			continue
		}
		f := r.Findings[i]
		place := f.Sheet + "!" + f.Cell
		if f.Character > 0 {
			place += ":" + itoa(f.Character)
		}
		if !strings.HasPrefix(place, k.cell) || f.Severity != k.severity {
			t.Errorf("%s: %s at %s, want %s at %s", k.name, f.Severity, place, k.severity, k.cell)
		}
		if (r.Errors > 0) != (k.severity == "error") {
			t.Errorf("%s: %d errors", k.name, r.Errors)
		}
		text := strings.Join(r.Lines(speaker(t, "zh")), "\n")
		for _, want := range k.says {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not in\n%s", k.name, want, text)
			}
		}
	}
}

func itoa(n int) string { b, _ := json.Marshal(n); return string(b) }

func TestWhatExcelDidToCellsIsExplained(t *testing.T) {
	survey := exampleSurvey()
	set(survey, "rooms", "default", "<f>1+1</f><v>2</v>")
	set(survey, "rooms", "parameters", "<f>NOW()</f>")
	raw := rawBook(t,
		rawSheet{name: "survey", rows: rawRows(survey, map[int]string{5: ` hidden="1"`}), after: `<mergeCells count="1"><mergeCell ref="AB2:AC2"/></mergeCells>`},
		rawSheet{name: "choices", state: ` state="hidden"`, rows: rawRows(exampleChoices, nil), after: `<mergeCells count="1"><mergeCell ref="A4:A8"/></mergeCells>`},
		rawSheet{name: "settings", rows: rawRows(exampleSettings, nil)},
	)
	r := report(t, save(t, "问卷.xlsx", raw))
	text := strings.Join(r.Lines(speaker(t, "zh")), "\n")
	if r.Errors != 1 || r.Warnings != 5 || r.Refused("not_clean") == nil {
		t.Errorf("%d errors, %d warnings", r.Errors, r.Warnings)
	}
	for _, want := range []string{
		"[错误] choices!A4：这里把好几行并成了一格（一直到 A8）", "拆成单独的格，每一行都写上内容",
		"[提醒] choices：这张工作表是隐藏的", "[提醒] survey!5:5：从这里到第 5 行是隐藏的", "[提醒] survey!L8：这一格是 Excel 的公式，只能按上次算出来的结果“2”来读",
		"[提醒] survey!P8：这一格是 Excel 的公式，文件里没有它的结果", "选择性粘贴",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

// "#REF!" in a cell is nobody's question.
func TestAnErrorOfExcelIsToldWithItsCell(t *testing.T) {
	survey := exampleSurvey()
	set(survey, "rooms", "default", "出错的格")
	rows := rawRows(survey, nil)
	broken := regexp.MustCompile(`(<c r="[A-Z]+8") t="inlineStr"><is><t[^>]*>出错的格</t></is></c>`).ReplaceAllString(rows, `$1 t="e"><v>#REF!</v></c>`)
	if broken == rows {
		t.Fatal("the cell is not where it should be")
	}
	r := report(t, save(t, "问卷.xlsx", rawBook(t,
		rawSheet{name: "survey", rows: broken}, rawSheet{name: "choices", rows: rawRows(exampleChoices, nil)}, rawSheet{name: "settings", rows: rawRows(exampleSettings, nil)})))
	i := slices.IndexFunc(r.Findings, func(f Finding) bool { return f.Code == "xlsform.error_cell" })
	if i < 0 || !strings.HasSuffix(r.Findings[i].Cell, "8") || r.Findings[i].Severity != "error" || !strings.Contains(r.Findings[i].Sentence, "#REF!") {
		t.Errorf("%+v", r.Findings)
	}
}

// Files that are no questionnaire at all, by accident or on purpose: one sentence each, soon.
func TestFilesThatAreNoQuestionnaire(t *testing.T) {
	ole := []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}
	locked := append(slices.Clone(ole), []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")...)
	var long strings.Builder
	for range 200_000 {
		long.WriteString(`<row><c t="inlineStr"><is><t>x</t></is></c></row>`)
	}
	for _, k := range []struct {
		name string
		raw  []byte
		code casework.Code
		says string
	}{
		{"问卷.xls", ole, "sheet.old_xls", "另存为 .xlsx"},
		{"问卷.et", ole, "sheet.old_xls", "WPS 的 .et"},
		{"锁着.xlsx", locked, "sheet.password", "去掉密码"},
		{"空.xlsx", nil, "sheet.empty", "空的"},
		{"照片.xlsx", []byte("\xFF\xD8\xFF\xE0\x00\x10JFIF"), "sheet.not_table", "不是表格"},
		{"文档.xlsx", zipped(t, "word/document.xml"), "sheet.not_table", "不是表格"},
		{"开放格式.xlsx", zipped(t, "content.xml"), "sheet.not_table", "不是表格"},
		{"半截.xlsx", rawBook(t, rawSheet{name: "survey"})[:400], "sheet.broken", "文件坏了"},
		{"二十万行.xlsx", rawBook(t, rawSheet{name: "survey", rows: long.String()}), "sheet.too_many_rows", "最多 100000 行"},
		{"炸弹.xlsx", rawBook(t, rawSheet{name: "survey", rows: strings.Repeat(" ", 130<<20)}), "sheet.too_big", "展开后超过 120 MB"},
		{"大格.xlsx", rawBook(t, rawSheet{name: "survey", rows: rawRows([][]string{{"type", "name"}, {"text", strings.Repeat("长", 10<<20/3)}}, nil)}), "sheet.cell_too_long", "survey”B2 一格里的字太多"},
		{"名册.csv", []byte("姓名,年龄\n张三,9\n"), "xlsform.no_survey", "没有 survey 工作表"},
		{"空表.xlsx", rawBook(t, rawSheet{name: "survey"}), "xlsform.missing_column", "缺少“type”这一列"},
	} {
		began := time.Now()
		r := report(t, save(t, k.name, k.raw))
		if took := time.Since(began); took > 30*time.Second {
			t.Errorf("%s took %v", k.name, took)
		}
		text := strings.Join(r.Lines(speaker(t, "zh")), "\n")
		if r.Errors == 0 || r.Findings[0].Code != k.code || !strings.Contains(text, k.says) {
			t.Errorf("%s: %s, want %s with %q\n%s", k.name, r.Findings[0].Code, k.code, k.says, text)
		}
		if strings.Contains(text, "[error") || strings.Contains(text, "no value") {
			t.Errorf("%s: %s", k.name, text)
		}
	}
	if _, err := Check(t.TempDir()); casework.CodeOf(err) != "questionnaires.file" {
		t.Error(err)
	}
	if _, err := Check(filepath.Join(t.TempDir(), "没有.xlsx")); casework.CodeOf(err) != "questionnaires.file" {
		t.Error(err)
	}
}

func TestSettingsHaveCellsToo(t *testing.T) {
	settings := [][]string{slices.Clone(exampleSettings[0]), slices.Clone(exampleSettings[1])}
	settings[1][2], settings[1][5] = "", "concat('取暖 ', ${agian})"
	raw, err := sheet.WriteBook([]sheet.Page{{Name: "survey", Rows: exampleSurvey()}, {Name: "choices", Rows: exampleChoices}, {Name: "settings", Rows: settings}})
	if err != nil {
		t.Fatal(err)
	}
	path := save(t, "问卷.xlsx", raw)
	if r := report(t, path); len(r.Findings) != 1 || r.Findings[0].Cell != "F2" || r.Findings[0].Character != 15 {
		t.Errorf("%+v", r.Findings)
	}
	settings[1][5] = ""
	if raw, err = sheet.WriteBook([]sheet.Page{{Name: "survey", Rows: exampleSurvey()}, {Name: "choices", Rows: exampleChoices}, {Name: "settings", Rows: settings}}); err != nil {
		t.Fatal(err)
	}
	if r := report(t, save(t, "问卷.xlsx", raw)); len(r.Findings) != 1 || r.Findings[0].Cell != "C2" || !strings.HasPrefix(r.Findings[0].Sentence, "settings!C2：问卷没有版本号") {
		t.Errorf("%+v", r.Findings)
	}
}

func TestTablesBesideTheWorkbookAreTakenAlong(t *testing.T) {
	path := mistaken(t, func(s, c [][]string) ([][]string, [][]string) {
		set(s, "village", "type", "select_one_from_file villages.csv")
		return s, c
	})
	if r := report(t, path); r.Errors != 1 || !slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Code == "xlsform.file_missing" }) {
		t.Errorf("%+v", r)
	}
	if err := os.WriteFile(filepath.Join(filepath.Dir(path), "villages.csv"), []byte("name,label,town\nzhudao,竹岛村,yangting\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Check(path)
	if err != nil || c.Form == nil || len(c.Findings) > 0 || c.Form.List("villages").Choice("zhudao") == nil {
		t.Errorf("%v %s", err, c.Findings)
	}
}

func TestAReportIsOneDocumentForMachines(t *testing.T) {
	r := report(t, mistaken(t, func(s, c [][]string) ([][]string, [][]string) {
		set(s, "told", "relevant", "selected（${heat}, 'coal')")
		return s, c
	}))
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"sheet":"survey"`, `"cell":"G11"`, `"character":9`, `"severity":"warning"`, `"sentence":"survey!G11:9：`, `"fix":"建议`, `"write":"selected(${heat}, 'coal')"`, `"errors":0`} {
		if !bytes.Contains(raw, []byte(want)) {
			t.Errorf("%s is not in %s", want, raw)
		}
	}
}

// A workbook with errors everywhere: the list on the screen stays readable, and says that it is cut.
func TestALongListIsCutWithAWord(t *testing.T) {
	r := report(t, mistaken(t, func(s, c [][]string) ([][]string, [][]string) {
		for i := range 300 {
			s = append(s, []string{"txet", "q" + itoa(i), "题"})
		}
		return s, c
	}))
	lines := r.Lines(speaker(t, "zh"))
	if r.Errors != 300 || len(lines) > 100 || !strings.Contains(strings.Join(lines, "\n"), "还有 260 处错误没有列出来") {
		t.Errorf("%d errors, %d lines, %q", r.Errors, len(lines), lines[len(lines)-1])
	}
}

// zipped is an archive with one file in it, as other programs' documents are.
func zipped(t testing.TB, name string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err == nil {
		_, err = w.Write([]byte("<x/>"))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
