package districtapp

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"doorstep/cmd/internal/questionnaires"
	"doorstep/store/sheet"
)

// template writes the example into the console's folder.
func (c *console) template() string {
	c.Helper()
	path := filepath.Join(c.dir, "问卷.xlsx")
	if out := c.does("form", "template", path); !strings.Contains(out, "模板写好了：") {
		c.Error(out)
	}
	return path
}

// rewrite changes cells of a workbook: "survey!H8" to a text.
func (c *console) rewrite(path string, cells map[string]string) string {
	c.Helper()
	raw, err := os.ReadFile(path)
	must(c, err)
	b, err := sheet.OpenBook(path, raw)
	must(c, err)
	var pages []sheet.Page
	for _, g := range b.Sheets {
		p := sheet.Page{Name: g.Name}
		for r := 1; r <= g.Rows; r++ {
			row := make([]string, g.Cols)
			for i := range row {
				row[i] = g.At(r, i+1).Text
				if text, ok := cells[g.Name+"!"+sheet.CellName(r, i+1)]; ok {
					row[i] = text
				}
			}
			p.Rows = append(p.Rows, row)
		}
		pages = append(pages, p)
	}
	raw, err = sheet.WriteBook(pages)
	must(c, err)
	out := filepath.Join(c.T.TempDir(), "改过的.xlsx")
	must(c, os.WriteFile(out, raw, 0o600))
	return out
}

func TestTheTemplateIsCheckedAndPublished(t *testing.T) {
	c := newConsole(t, "")
	c.found()
	path := c.template()
	if out := c.does("form", "check", path); out != "《冬季取暖安全问询（示例）》2026-1 版没有问题，可以发布：15 道题。\n" {
		t.Error(out)
	}
	if code, _, told := c.run("form", "template", path); code != ExitProblem || !strings.Contains(told, "已经有了，没有覆盖它") {
		t.Error(code, told)
	}
	if out := c.does("publish", path); !strings.Contains(out, "2026-1 版发布了") || !strings.Contains(out, "先只存着") {
		t.Error(out)
	}
	if out := c.does("publish", path); !strings.Contains(out, "没有变化") {
		t.Error(out)
	}
	newer := c.rewrite(path, map[string]string{"settings!C2": "2026-2", "survey!C3": "换一句话。"})
	if out := c.does("publish", newer); !strings.Contains(out, "2026-2 版发布了，代替 2026-1 版") {
		t.Error(out)
	}
	same := c.rewrite(path, map[string]string{"survey!C3": "版本没有换。"})
	if code, _, told := c.run("publish", same); code != ExitProblem || !strings.Contains(told, "“winter-check”的 2026-1 版已经发布过") {
		t.Error(code, told)
	}
	c.does("verify")
}

func TestAQuestionnaireWithErrorsIsExplainedAndNotPublished(t *testing.T) {
	c := newConsole(t, "")
	c.found()
	path := c.rewrite(c.template(), map[string]string{"survey!A4": "select_one 是否", "survey!G11": "selected（${heat}, 'coal')"})
	code, out, told := c.run("form", "check", path)
	if code != ExitProblem || !strings.Contains(out, "[错误] survey!A4：choices 表里没有选项表“是否”。") || !strings.Contains(out, "改成：selected(${heat}, 'coal')") {
		t.Error(code, out)
	}
	if told != "改过的.xlsx 还不能发布：1 处错误，1 处提醒。请按上面说的改好，再检查一次。\n" {
		t.Error(told)
	}
	if code, out, told := c.run("publish", path); code != ExitProblem || !strings.Contains(out, "survey!A4") || !strings.Contains(told, "没有发布") {
		t.Error(code, out, told)
	}
	if code, out, _ := c.run("form", "check", "--json", path); code != ExitProblem || !strings.Contains(out, `"sheet":"survey","cell":"A4","character":0,"severity":"error","code":"xlsform.no_list"`) || strings.Count(out, "\n") != 1 {
		t.Error(code, out)
	}
	old := c.file("问卷.et", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	if code, out, told := c.run("form", "check", "--json", old); code != ExitProblem || !strings.Contains(out, `"code":"sheet.old_xls"`) || !strings.Contains(told, "另存为 .xlsx") {
		t.Error(code, out, told)
	}
	for _, args := range [][]string{{"form", "check"}, {"form", "check", "a", "b"}, {"publish"}, {"form", "template", "a", "b"}, {"form", "secrets"}} {
		if code, out, told := c.run(args...); code != ExitUsage || out != "" || told == "" {
			t.Error(args, code, out, told)
		}
	}
}

func TestPublishingIsOneDocumentForMachines(t *testing.T) {
	c := newConsole(t, "")
	c.found()
	path := c.template()
	first := reads[publishedDocument](c, "publish", path)
	again := reads[publishedDocument](c, "publish", path)
	if !first.Published || again.Published || first.Hash != again.Hash || len(first.Hash) != 64 || first.Visits {
		t.Errorf("%+v %+v", first, again)
	}
	if r := reads[questionnaires.Report](c, "form", "check", path); r.Hash != first.Hash || r.Questions != 15 {
		t.Errorf("%+v", r)
	}
}

func TestOnlyAQuestionnaireWithoutErrorsIsTriedOut(t *testing.T) {
	c := newConsole(t, "")
	path := c.template()
	if code, out, told := c.run("form", "preview", path); code != ExitProblem || out != "" || told == "" {
		t.Error("a page was opened where there is no terminal:", code, out, told)
	}
	wrong := c.rewrite(path, map[string]string{"survey!A4": "select_one 是否"})
	if code, out, told := c.run("form", "preview", wrong); code != ExitProblem || !strings.Contains(out, "survey!A4") || !strings.Contains(told, "不能试填") {
		t.Error(code, out, told)
	}
}
