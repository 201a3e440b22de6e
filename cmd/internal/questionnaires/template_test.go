package questionnaires

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doorstep/casework/form"
	"doorstep/casework/lang"
	"doorstep/store/sheet"
)

func speaker(t testing.TB, tag string) *lang.Speaker {
	t.Helper()
	sp, err := lang.New(tag)
	if err != nil {
		t.Fatal(err)
	}
	return sp
}

// save puts bytes into a folder of the test and gives the file's path.
func save(t testing.TB, name string, raw []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestTheTemplatePassesWithoutAWord(t *testing.T) {
	raw, err := Template()
	if err != nil {
		t.Fatal(err)
	}
	c, err := Check(save(t, TemplateName, raw))
	if err != nil {
		t.Fatal(err)
	}
	if c.Form == nil || len(c.Findings) > 0 {
		t.Fatalf("%s", c.Findings)
	}
	sp := speaker(t, "zh")
	if lines := ReportOf(c, sp).Lines(sp); len(lines) != 1 || lines[0] != "《冬季取暖安全问询（示例）》2026-1 版没有问题，可以发布：15 道题。" {
		t.Errorf("%q", lines)
	}
}

// Every column the program reads stands in 说明, and the example uses what it can show.
func TestEveryColumnIsExplained(t *testing.T) {
	words := map[string]string{}
	for _, row := range explanation()[1:] {
		if row[2] == "" {
			t.Errorf("%v explains nothing", row)
		}
		words[row[0]] += " " + row[1] + " " + row[2]
	}
	for _, name := range []string{"survey", "choices", "settings", "grading"} {
		for _, column := range sheet.FormColumns(name) {
			if !strings.Contains(words[name], column) {
				t.Errorf("说明 does not explain %s of %s", column, name)
			}
		}
	}
	for _, kind := range form.Types {
		if kind != form.TypeDeviceID && !strings.Contains(words["题型"], string(kind)) { // that one is for other programs
			t.Errorf("说明 does not explain the type %s", kind)
		}
	}
	for _, h := range surveyHead {
		base, _, _ := strings.Cut(h, "::")
		if base != "notes" && !strings.Contains(words["survey"], base) {
			t.Errorf("the example has an unexplained column %s", h)
		}
	}
}

func TestTheExampleCanBeFilledIn(t *testing.T) {
	raw, err := Template()
	if err != nil {
		t.Fatal(err)
	}
	c, err := Check(save(t, TemplateName, raw))
	if err != nil {
		t.Fatal(err)
	}
	in, err := form.Start(c.Form, form.StartOptions{Lang: "zh"}, func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) })
	if err != nil {
		t.Fatal(err)
	}
	at := func(name string) string { return c.Form.Find(name).Path }
	for _, x := range [][2]string{{"agree", "yes"}, {"heat", "coal"}, {"rooms", "2"}, {"warm", "2"}, {"risks", "smoke gas_smell"}, {"told", "OK"}, {"alarm", "no"}, {"town", "yangting"}, {"mood", "low"}} {
		if _, err := in.Set(at(x[0]), x[1]); err != nil {
			t.Fatal(x, err)
		}
	}
	if n := len(in.Choices(at("village"))); n != 2 {
		t.Errorf("%d villages in 羊亭镇", n)
	}
	if hs := in.Hindrances(); len(hs) > 0 {
		t.Errorf("%+v", hs)
	}
	if g := in.Grade(0); g.Grade != 1 || len(in.Triggers()) != 1 || in.Triggers()[0].Code != "HT-G" {
		t.Errorf("%+v %+v", g, in.Triggers())
	}
	if v, _ := in.View(at("advice")); !strings.Contains(v.Label, "建议 7 天内") {
		t.Error(v.Label)
	}
	if v, _ := in.View(at("again")); v.Value != "2026-12-07" {
		t.Error(v.Value)
	}
}
