package sheet

import (
	"strings"
	"testing"

	"doorstep/casework/form"
)

// Every type of the manual, as authors spell it.
func TestTypesAsAuthorsSpellThem(t *testing.T) {
	for spelled, want := range map[string]form.Type{
		"text": "text", "string": "text", "integer": "integer", "int": "integer", "decimal": "decimal", "date": "date", "time": "time",
		"dateTime": "dateTime", "datetime": "dateTime", "Integer": "integer", " integer ": "integer",
		"select_one l": "select_one", "select one l": "select_one", "select_one  l": "select_one", "select_multiple l": "select_multiple",
		"select all that apply from l": "select_multiple", "select_one l or_other": "select_one", "select_multiple l or specify other": "select_multiple",
		"select_one_from_file f.csv": "select_one", "select_multiple_from_file f.csv": "select_multiple", "rank l": "rank",
		"note": "note", "calculate": "calculate", "hidden": "hidden", "acknowledge": "acknowledge", "range": "range",
		"start": "start", "end": "end", "today": "today", "deviceid": "deviceid", "username": "username",
		"geopoint": "geopoint", "barcode": "barcode", "phonenumber": "text", "email": "text",
		"image": "image", "photo": "image", "audio": "audio", "video": "video", "file": "file",
	} {
		calculation := map[bool]string{true: "1", false: ""}[want == "calculate"]
		d, fs := ReadForm(bookOf(`
| survey |
| | type | name | label | calculation |
| | `+spelled+` | q | 题 | `+calculation+` |
| choices |
| | list_name | name | label |
| | l | a | 甲 |
`), map[string]*Grid{"f.csv": NewGrid("f", [][]string{{"name", "label"}, {"a", "甲"}})})
		if d == nil {
			t.Errorf("%s: %s", spelled, fs)
			continue
		}
		it := d.Find("q")
		if it.Type != want || it.OrOther != strings.Contains(spelled, "other") || (d.Find("q_other") != nil) != it.OrOther {
			t.Errorf("%s: %+v", spelled, it)
		}
	}
}

func TestGroupsAndRepeatsAsAuthorsSpellThem(t *testing.T) {
	for _, word := range []string{"begin group|end group", "begin_group|end_group", "Begin Group|End Group", "begin repeat|end repeat", "begin_repeat|end_repeat", "begin lgroup|end lgroup"} {
		begin, end, _ := strings.Cut(word, "|")
		d := read(t, `
| survey |
| | type | name | label | repeat_count |
| | `+begin+` | g | 组 | |
| | begin repeat | r | 表 | 3 |
| | text | q | 题 | |
| | end repeat | | | |
| | `+end+` | | | |
`, nil)
		g, r := d.At("/data/g"), d.At("/data/g/r")
		if g == nil || r == nil || (g.Kind == form.Group) != strings.Contains(strings.ToLower(strings.ReplaceAll(word, "_", " ")), " group") || r.RepeatCount != "3" || d.At("/data/g/r/q") == nil {
			t.Errorf("%s: %+v %+v", word, g, r)
		}
	}
}

// The words behind "other" are kept as the question is: as secret, as fresh, as deep.
func TestTheWordsOfOtherAreKeptAsTheirQuestion(t *testing.T) {
	d := read(t, `
| survey |
| | type | name | label | fresh | unknown | sensitivity | depth | shared |
| | select_one l or_other | mood | 心情 | yes | yes | 2 | 3 | |
| | select_one l or_other | heat | 取暖 | | | 1 | | yes |
| choices |
| | list_name | name | label |
| | l | a | 甲 |
`, nil)
	if w := d.Find("mood_other"); !w.Fresh || w.Sensitivity != 2 || w.Depth != 3 || w.Shared || w.Relevant != "selected(${mood}, 'other')" {
		t.Errorf("%+v", w)
	}
	if w := d.Find("heat_other"); w.Fresh || w.Sensitivity != 1 || !w.Shared {
		t.Errorf("%+v", w)
	}
}
