package sheet

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/lang"
)

// read reads a form given as tables and expects it to be accepted.
func read(t testing.TB, md string, files map[string]*Grid) *form.Definition {
	t.Helper()
	d, fs := ReadForm(bookOf(md), files)
	if d == nil {
		t.Fatalf("refused:\n%s", fs)
	}
	return d
}

func one(t testing.TB, fs Findings, code casework.Code) Finding {
	t.Helper()
	for _, f := range fs {
		if f.Code == code {
			return f
		}
	}
	t.Fatalf("no %s among:\n%s", code, fs)
	return Finding{}
}

func TestAFormBecomesADefinition(t *testing.T) {
	d := read(t, `
| survey |
| | type | name | label::中文 (zh) | label::English (en) | relevant | constraint | required | calculation | choice_filter | default | score | fresh | unknown | depth | sensitivity |
| | begin group | g | 家里 | Home | | | | | | | | | | | 1 |
| | integer | age | 几岁？ | Age | | . < 120 | yes | | | 7 | | | | 2 | |
| | select one mood or_other | mood | 心情 | Mood | ${age} > 3 | | | | | | | yes | 是 | 1 | |
| | end group | | | | | | | | | | | | | | |
| | begin_repeat | kid | 孩子 | Child | | | | | | | | | | | |
| | select_multiple town | towns | 去过 | Been to | | | | | p = ${age} | | | | | | |
| | end_repeat | | | | | | | | | | | | | | |
| | calculate | twice | | | | | | ${age} * 2 | | | | | | | |
| choices |
| | list_name | name | label::中文 (zh) | label::English (en) | score | hard_trigger | p |
| | mood | ok | 好 | Fine | | | |
| | mood | low | 低 | Low | 3 | HT-S | |
| | town | t1 | 羊亭 | Yangting | | | 7 |
| settings |
| | form_title::中文 (zh) | form_id | version | default_language | subject |
| | 试试 | try | 1 | 中文 (zh) | child |
| grading |
| | kind | from | grade | when | reason::中文 (zh) |
| | band | 3 | 1 | | |
| | band | 0 | 2 | | |
| | floor | | 1 | ${age} < 6 | 小 |
| | trigger | | 1 | | |
`, nil)
	age, mood := d.Find("age"), d.Find("mood")
	if age.Path != "/data/g/age" || age.Required != "true()" || age.Constraint != ". < 120" || age.Default != "7" || age.Depth != 2 || d.Sensitivity(age) != 1 || age.Row != 3 {
		t.Errorf("%+v", age)
	}
	if mood.Type != form.TypeSelectOne || !mood.Fresh || !mood.Unknown || !mood.OrOther || d.Find("mood_other").Relevant != "selected(${mood}, 'other')" {
		t.Errorf("%+v", mood)
	}
	low := d.List("mood").Choice("low")
	if *low.Score != 3 || low.HardTrigger != "HT-S" || low.Label["en"] != "Low" || d.List("mood").Choice("other") == nil || d.List("town").Choice("t1").Columns["p"] != "7" {
		t.Errorf("%+v", low)
	}
	if d.Grading.Of(2) != 2 || d.Grading.Of(3) != 1 || d.Grading.Floors[0].Reason["zh"] != "小" || d.Grading.TriggerGrade != 1 {
		t.Errorf("%+v", d.Grading)
	}
	if d.Say(d.Title, "en") != "试试" || d.DefaultLanguage != "zh" || d.At("/data/kid/towns").ChoiceFilter != "p = ${age}" {
		t.Error("title, language, filter")
	}
	again, err := form.Load(d.Encode())
	if err != nil || again.Hash() != d.Hash() || len(d.Hash()) != 64 {
		t.Errorf("%v", err)
	}
}

func TestFindingsPointAtTheCharacter(t *testing.T) {
	_, fs := ReadForm(bookOf(`
| survey |
| | type | name | label | relevant |
| | text | 姓名 | 姓名 | |
| | text | b | B | ${姓名} = '甲' and ${Name_b} = 1 |
| | text | c | C | ${姓名} ＝ '乙' |
| | text | d | D | ${姓名} = |
| | text | name_B | E | |
`), nil)
	f := one(t, fs, "xlsform.unknown_field")
	if f.Place() != "survey!D3:17" || f.Fix != "${姓名} = '甲' and ${name_B} = 1" || f.Severity != Refusal {
		t.Errorf("%s, fix %q", f.Place(), f.Fix)
	}
	f = one(t, fs, "xlsform.wide_sign")
	if f.Place() != "survey!D4:7" || f.Fix != "${姓名} = '乙'" || f.Severity != Warning {
		t.Errorf("%s, fix %q", f.Place(), f.Fix)
	}
	f = one(t, fs, "xlsform.bad_formula")
	if f.Row != 5 || f.Offset < 0 || !strings.HasPrefix(string(f.Because), "xpath.") {
		t.Errorf("%s because %s", f.Place(), f.Because)
	}
}

func TestTheLinterSeesWhatAuthorsOverlook(t *testing.T) {
	_, fs := ReadForm(bookOf(`
| survey |
| | type | name | label::中文 (zh) | label::English (en) | relevant | required | calculation | 备忘 |
| | select_one yn | a | 甲 | A | | | | |
| | text | b | 乙 | | ${a} = 'maybe' | | | |
| | text | c | 丙 | C | false() | yes | | |
| | calculate | d | | | | | ${e} + 1 | |
| | calculate | e | | | | | ${d} + 1 | |
| | audit | f | | | | | | |
| | text | A | 丁 | D | | | | |
| | geotrace | g | 路 | Track | | | | |
| choices |
| | list_name | name | label::中文 (zh) | label::English (en) |
| | yn | yes | 是 | Yes |
| | yn | no | 否 | |
`), nil)
	for code, place := range map[casework.Code]string{
		"xlsform.unknown_choice":       "survey!E3",
		"xlsform.no_translation":       "survey!D3",
		"xlsform.required_never_shown": "survey!4:4",
		"xlsform.circle":               "survey!G6",
		"xlsform.ignored_type":         "survey!A7",
		"xlsform.name_nearly_twice":    "survey!B8",
		"xlsform.unsupported_type":     "survey!A9",
		"xlsform.unknown_column":       "survey!H1",
	} {
		if f := one(t, fs, code); f.Place() != place {
			t.Errorf("%s at %s, want %s", code, f.Place(), place)
		}
	}
}

func TestChoicesFromAFileBesideTheWorkbook(t *testing.T) {
	const md = `
| survey |
| | type | name | label | calculation |
| | select_one_from_file villages.csv | v | 村 | |
| | calculate | p | | pulldata('people', 'n', 'id', 1) |
`
	d, fs := ReadForm(bookOf(md), nil)
	if d == nil || !fs.Has("xlsform.file_missing") {
		t.Errorf("a file that is not there is a warning: %s", fs)
	}
	d = read(t, md, map[string]*Grid{
		"villages.csv": NewGrid("v", [][]string{{"name", "label", "town"}, {"zd", "竹岛", "yt"}}),
		"people.csv":   NewGrid("p", [][]string{{"id", "n"}, {"1", "x"}}),
	})
	if c := d.List("villages").Choice("zd"); c == nil || c.Label.In("zh") != "竹岛" || c.Columns["town"] != "yt" {
		t.Errorf("%+v", c)
	}
	if d.List("people") == nil {
		t.Error("pulldata's table is not in the definition")
	}
}

// People §1.3: a form on children whose questions of judgement can be copied or left at "no" is
// not published.
func TestPublishingGuardsJudgements(t *testing.T) {
	const md = `
| survey |
| | type | name | label | fresh | unknown |
| | text | n | 姓名 | | |
| | select_one yn | hurt | 孩子身上有伤痕吗？ | FRESH | UNKNOWN |
| | select_one yn | c5_1 | 最近 | yes | yes |
| choices |
| | list_name | name | label |
| | yn | yes | 是 |
| | yn | no | 否 |
| settings |
| | form_id | version | subject |
| | f | 1 | SUBJECT |
`
	for _, c := range []struct {
		subject, fresh, unknown, place string
	}{
		{"child", "", "yes", "survey!D3"},
		{"child", "yes", "", "survey!E3"},
		{"elder", "no", "yes", "survey!D3"},
		{"child", "yes", "yes", ""},
		{"", "", "", ""},
	} {
		d, fs := Publish(bookOf(strings.NewReplacer("FRESH", c.fresh, "UNKNOWN", c.unknown, "SUBJECT", c.subject).Replace(md)), nil)
		if (d == nil) != (c.place != "") {
			t.Errorf("%+v: published %v\n%s", c, d != nil, fs)
		}
		if c.place != "" {
			if f := one(t, fs, "xlsform.judgement_not_guarded"); f.Place() != c.place || f.Fix != "yes" {
				t.Errorf("%+v: %s", c, f.Place())
			}
		}
	}
	if _, fs := Publish(bookOf("| survey |\n| | type | name | label |\n| | text | a | A |\n"), nil); !fs.Has("xlsform.no_form_id") || !fs.Has("xlsform.no_version") {
		t.Errorf("a form without id and version was published: %s", fs)
	}
}

// Every code the reader can utter has its sentence and its hint in both languages.
func TestEveryFindingHasItsSentence(t *testing.T) {
	said := regexp.MustCompile(`r\.(?:refuse|warn)\("([a-z_]+)"|r\.find\((?:Refusal|Warning), "([a-z_]+)"`)
	files, err := filepath.Glob("xlsform*.go")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, tag := range []string{"zh", "en"} {
		sp, err := lang.New(tag)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range said.FindAllStringSubmatch(string(raw), -1) {
				n++
				f := Finding{Code: casework.Code("xlsform." + m[1] + m[2])}
				for _, key := range []string{f.Key(), f.Hint()} {
					if s := sp.Say(key, "Place", "survey!A1", "Name", "a"); s == "" || strings.Contains(s, key) {
						t.Errorf("%s has no sentence in %s", key, tag)
					}
				}
			}
		}
	}
	if n < 100 {
		t.Errorf("only %d findings looked at", n)
	}
}

func FuzzReadForm(f *testing.F) {
	f.Add("| survey |\n| | type | name | label | relevant |\n| | select_one a or_other | b | C | ${b} = 1 |\n| choices |\n| | list_name | name |\n| | a | 1 |\n")
	f.Add("| survey |\n| | begin group | g |\n| | end repeat | |\n")
	f.Add("| survey |\n| | type | name |\n| | seleCt \x98 | \u0130 |\n")
	f.Fuzz(func(t *testing.T, md string) {
		d, fs := ReadForm(bookOf(md), nil)
		if (d == nil) != fs.Refused() {
			t.Errorf("refused without a reason, or accepted with one:\n%s", fs)
		}
		if d != nil {
			if _, err := form.Load(d.Encode()); err != nil {
				t.Error(err)
			}
		}
	})
}

func BenchmarkReadTheChildVisit(b *testing.B) {
	raw, err := os.ReadFile(filepath.Join(packsDir, "child-visit.xlsx"))
	if err != nil {
		b.Fatal(err)
	}
	for range b.N {
		book, err := OpenBook("x.xlsx", raw)
		if err != nil {
			b.Fatal(err)
		}
		if d, _ := Publish(book, nil); d == nil {
			b.Fatal("refused")
		}
	}
}
