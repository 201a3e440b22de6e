package sheet

import (
	"slices"
	"strings"
	"testing"

	"doorstep/casework"
)

// Questions nobody ever sees, and why: the condition is plainly false, asks one question for
// two answers, waits for a choice that is not there, or for an answer to such a question.
func TestQuestionsNobodyEverSees(t *testing.T) {
	for relevant, shown := range map[string]bool{
		"${a} = 'yes'": true, "${a} = 'yes' or ${a} = 'no'": true, "selected(${m}, 'x') and selected(${m}, 'y')": true,
		"${a} != 'maybe'": true, "${n} = 3": true, "${a} = ''": true, "not(${a} = 'maybe')": true, "${t} = 'a' and ${t} = 'b'": true,
		"false()": false, "${a} = 'yes' and ${a} = 'no'": false, "${a} = 'maybe'": false, "'maybe' = ${a}": false,
		"selected(${a}, 'maybe') and ${n} > 3": false, "${gone} = 'x'": false, "selected(${m}, 'z')": false, "${a} = 'no'": false,
	} {
		group := ""
		if relevant == "${a} = 'no'" {
			group = "${a} = 'yes'" // the group around it asks for the other answer
		}
		_, fs := ReadForm(bookOf(strings.NewReplacer("RELEVANT", relevant, "GROUP", group).Replace(unreachable)), nil)
		said := false
		for _, f := range fs {
			said = said || f.Code == "xlsform.required_never_shown" && f.Place() == "survey!8:8"
		}
		if said == shown {
			t.Errorf("%s: shown %v, told %v\n%s", relevant, shown, said, fs)
		}
	}
}

const unreachable = `
| survey |
| | type | name | label | relevant | required |
| | select_one yn | a | 甲 | | |
| | select_multiple xy | m | 乙 | | |
| | integer | n | 丙 | | |
| | text | t | 丁 | | |
| | text | gone | 戊 | 1 = 2 | |
| | begin group | g | 组 | GROUP | |
| | text | q | 己 | RELEVANT | yes |
| | end group | | | | |
| choices |
| | list_name | name | label |
| | yn | yes | 是 |
| | yn | no | 否 |
| | xy | x | 一 |
| | xy | y | 二 |
`

func TestACircleIsDrawn(t *testing.T) {
	_, fs := ReadForm(bookOf(`
| survey |
| | type | name | label | calculation | relevant | repeat_count |
| | calculate | a | | ${b} + 1 | | |
| | calculate | b | | ${c} + 1 | | |
| | calculate | c | | ${a} + 1 | | |
| | text | d | 丁 | | ${e} = 1 | |
| | text | e | 戊 | | ${d} = 1 | |
| | text | f | 己 | | ${f} = 1 | |
| | begin repeat | r | 庚 | | | ${n} |
| | integer | n | 辛 | | | |
| | end repeat | | | | | |
`), nil)
	got := map[string]string{}
	for _, f := range fs {
		if f.Code == "xlsform.circle" {
			got[f.Place()] = f.Args["Circle"].(string)
		}
	}
	for place, want := range map[string]string{"survey!D4": "a > b > c > a", "survey!E6": "d > e > d", "survey!E7": "f > f", "survey!F8": "n > n"} {
		if got[place] != want {
			t.Errorf("at %s %q, want %q", place, got[place], want)
		}
	}
	var rows strings.Builder
	for i := range 20 {
		rows.WriteString("| | calculate | q" + string(rune('a'+i)) + " | | ${q" + string(rune('a'+(i+1)%20)) + "} |\n")
	}
	_, fs = ReadForm(bookOf("| survey |\n| | type | name | label | calculation |\n"+rows.String()), nil)
	if f := one(t, fs, "xlsform.circle"); f.Args["Circle"] != "qa > qb > qc > qd > qe > … > qt > qa" {
		t.Error(f.Args["Circle"])
	}
}

// Letters that look alike: a wrong keyboard, full width, something pasted.
func TestNamesThatLookAlike(t *testing.T) {
	_, fs := ReadForm(bookOf(`
| survey |
| | type | name | label | relevant |
| | text | age | 一 | |
| | text | аge | 二 | |
| | text | ａｇｅ | 三 | |
| | text | AGE | 四 | |
| | select_one l | x | 五 | |
| | text | y | 六 | ${х} = 'a' |
| choices |
| | list_name | name | label |
| | l | yes | 是 |
| | l | ｙes | 是的 |
| | l | YES | 对 |
`), nil)
	for code, places := range map[casework.Code][]string{
		"xlsform.name_looks_alike":   {"survey!B3", "survey!B4"},
		"xlsform.name_nearly_twice":  {"survey!B5"},
		"xlsform.choice_looks_alike": {"choices!B3", "choices!B4"},
	} {
		var got []string
		for _, f := range fs {
			if f.Code == code {
				got = append(got, f.Place())
			}
		}
		if !slices.Equal(got, places) {
			t.Errorf("%s at %v, want %v", code, got, places)
		}
	}
	if f := one(t, fs, "xlsform.unknown_field"); f.Fix != "${x} = 'a'" {
		t.Errorf("proposes %q", f.Fix)
	}
}

// People §1.4, §2.8: restricted answers stay with whom they are about.
func TestRestrictedAnswersAreNotShared(t *testing.T) {
	_, fs := ReadForm(bookOf(`
| survey |
| | type | name | label | shared | sensitivity |
| | text | a | 甲 | yes | 1 |
| | text | b | 乙 | yes | 2 |
| | begin group | g | 组 | | 2 |
| | text | c | 丙 | yes | |
| | end group | | | | |
| | begin repeat | r | 表 | | |
| | text | d | 丁 | yes | |
| | end repeat | | | | |
| | image | e | 戊 | yes | |
`), nil)
	var refused []string
	for _, f := range fs {
		if f.Code == "xlsform.shared_restricted" && f.Severity == Refusal {
			refused = append(refused, f.Place())
		}
	}
	if strings.Join(refused, " ") != "survey!D3 survey!D5" {
		t.Errorf("refused at %v", refused)
	}
	if f := one(t, fs, "xlsform.shared_without_use"); f.Place() != "survey!D8" {
		t.Error(f.Place())
	}
}

func TestTypesThatAreRefusedSayWhatToDo(t *testing.T) {
	for typ, code := range map[string]casework.Code{
		"begin loop": "xlsform.loop", "begin loop over x": "xlsform.loop", "end loop": "xlsform.loop",
		"geotrace": "xlsform.unsupported_type", "geoshape": "xlsform.unsupported_type", "xml-external": "xlsform.unsupported_type",
		"background-audio": "xlsform.unsupported_type", "osm": "xlsform.unsupported_type",
		"dance": "xlsform.unknown_type", "select_one": "xlsform.unknown_type", "text or_other": "xlsform.unknown_type",
	} {
		_, fs := ReadForm(bookOf("| survey |\n| | type | name | label |\n| | text | a | A |\n| | "+typ+" | b | B |\n"), nil)
		if f := one(t, fs, code); f.Place() != "survey!A3" || f.Severity != Refusal {
			t.Errorf("%s: %s", typ, f)
		}
	}
	for _, look := range []string{"draw", "signature", "annotate", "image-map", "ex:org.example.app(x=1)", "search('villages')"} {
		_, fs := ReadForm(bookOf("| survey |\n| | type | name | label | appearance |\n| | image | a | A | "+look+" |\n"), nil)
		if f := one(t, fs, "xlsform.unsupported_appearance"); f.Place() != "survey!D2" {
			t.Errorf("%s: %s", look, f)
		}
	}
	_, fs := ReadForm(bookOf("| survey |\n| | type | name | label |\n| | text | a | A |\n| settings |\n| | public_key |\n| | abc |\n"), nil)
	if f := one(t, fs, "xlsform.public_key"); f.Place() != "settings!A2" {
		t.Error(f.Place())
	}
}
