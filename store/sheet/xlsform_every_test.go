package sheet

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"doorstep/casework"
)

// mistake is a small questionnaire with one thing wrong, and where that is told.
type mistake struct {
	code     casework.Code
	place    string
	severity Severity
	md       string
}

const yn = "| choices |\n| | list_name | name | label |\n| | yn | yes | 是 |\n| | yn | no | 否 |\n"

// mistakes are one case for each finding that no story of its own tells about.
var mistakes = []mistake{
	{"ambiguous_field", "survey!D8:1", Refusal, "| survey |\n| | type | name | label | relevant |\n| | begin group | g | 甲 | |\n| | text | a | 一 | |\n| | end group | | | |\n| | begin group | h | 乙 | |\n| | text | a | 一 | |\n| | end group | | | |\n| | text | b | 二 | ${a} = 'x' |\n"},
	{"photo_required", "survey!D2", Warning, "| survey |\n| | type | name | label | required |\n| | image | a | 一 | yes |\n"},
	{"bad_name", "survey!B2", Refusal, "| survey |\n| | type | name | label |\n| | text | 1 a | 一 |\n"},
	{"bad_parameter", "survey!D2", Refusal, "| survey |\n| | type | name | label | parameters |\n| | range | a | 一 | start=一 |\n"},
	{"bad_trigger", "survey!D3", Refusal, "| survey |\n| | type | name | label | trigger |\n| | text | a | 一 | |\n| | text | b | 二 | a |\n"},
	{"bad_trigger_code", "survey!D2", Refusal, "| survey |\n| | type | name | label | hard_trigger |\n| | text | a | 一 | HT-99 |\n"},
	{"bad_trigger_code", "choices!D2", Refusal, "| survey |\n| | type | name | label |\n| | select_one l | a | 一 |\n| choices |\n| | list_name | name | label | hard_trigger |\n| | l | x | 甲 | 急 |\n"},
	{"bands_out_of_order", "grading!A3", Refusal, "| survey |\n| | type | name | label |\n| | text | a | 一 |\n| grading |\n| | kind | from | grade |\n| | band | 10 | 3 |\n| | band | 20 | 2 |\n"},
	{"floor_without_when", "grading!B2", Refusal, "| survey |\n| | type | name | label |\n| | text | a | 一 |\n| grading |\n| | kind | when | grade |\n| | floor | | 3 |\n"},
	{"unknown_grading", "grading!A2", Refusal, "| survey |\n| | type | name | label |\n| | text | a | 一 |\n| grading |\n| | kind | from | grade |\n| | stairs | 10 | 3 |\n"},
	{"not_a_number", "grading!B2", Refusal, "| survey |\n| | type | name | label |\n| | text | a | 一 |\n| grading |\n| | kind | from | grade |\n| | band | 十 | 3 |\n"},
	{"not_a_number", "choices!D2", Refusal, "| survey |\n| | type | name | label |\n| | select_one l | a | 一 |\n| choices |\n| | list_name | name | label | score |\n| | l | x | 甲 | 三 |\n"},
	{"blank_in_choice", "choices!A2", Refusal, "| survey |\n| | type | name | label |\n| | select_multiple l | a | 一 |\n| choices |\n| | list_name | name | label |\n| | l | x y | 甲 |\n"},
	{"filtered_without_label", "choices!A2", Refusal, "| survey |\n| | type | name | label | choice_filter |\n| | select_one l | a | 一 | p = 1 |\n| choices |\n| | list_name | name | label | p |\n| | l | x | | 1 |\n"},
	{"choice_without_label", "choices!B2", Warning, "| survey |\n| | type | name | label |\n| | select_one l | a | 一 |\n| choices |\n| | list_name | name | label |\n| | l | x | |\n| | l | y | 乙 |\n"},
	{"choice_without_list", "choices!A3", Warning, "| survey |\n| | type | name | label |\n| | select_one l | a | 一 |\n| choices |\n| | list_name | name | label |\n| | l | x | 甲 |\n| | | y | 乙 |\n"},
	{"choice_without_name", "choices!B2", Refusal, "| survey |\n| | type | name | label |\n| | select_one l | a | 一 |\n| choices |\n| | list_name | name | label |\n| | l | | 甲 |\n"},
	{"calculate_without_calculation", "survey!3:3", Refusal, "| survey |\n| | type | name | label |\n| | text | a | 一 |\n| | calculate | b | |\n"},
	{"column_twice", "survey!D1", Refusal, "| survey |\n| | type | name | label | Label |\n| | text | a | 一 | 一 |\n"},
	{"empty_group", "survey!2:2", Refusal, "| survey |\n| | type | name | label |\n| | begin group | g | 一 |\n| | end group | | |\n| | text | a | 一 |\n"},
	{"end_without_begin", "survey!A3", Refusal, "| survey |\n| | type | name | label |\n| | text | a | 一 |\n| | end repeat | | |\n"},
	{"file_not_csv", "survey!A2", Refusal, "| survey |\n| | type | name | label |\n| | select_one_from_file v.xlsx | a | 一 |\n"},
	{"list_and_file", "survey!A3", Refusal, "| survey |\n| | type | name | label |\n| | select_one yn | b | 二 |\n| | select_one_from_file yn.csv | a | 一 |\n" + yn},
	{"never_shown", "survey!3:3", Warning, "| survey |\n| | type | name | label | relevant |\n| | select_one yn | b | 二 | |\n| | text | a | 一 | 1 = 2 |\n" + yn},
	{"no_label", "survey!2:2", Refusal, "| survey |\n| | type | name | label |\n| | text | a | |\n"},
	{"no_name", "survey!B2", Refusal, "| survey |\n| | type | name | label |\n| | text | | 一 |\n"},
	{"no_questions", "survey", Refusal, "| survey |\n| | type | name | label |\n| | | | 只有备注 |\n"},
	{"not_a_level", "survey!D2", Refusal, "| survey |\n| | type | name | label | sensitivity |\n| | text | a | 一 | 9 |\n"},
	{"not_yes_or_no", "survey!D2", Refusal, "| survey |\n| | type | name | label | fresh |\n| | text | a | 一 | 也许 |\n"},
	{"reserved_name", "survey!B2", Refusal, "| survey |\n| | type | name | label |\n| | text | meta | 一 |\n"},
	{"row_without_type", "survey!A3", Refusal, "| survey |\n| | type | name | label |\n| | text | a | 一 |\n| | | b | 二 |\n"},
	{"trigger_never_typed", "survey!E3", Refusal, "| survey |\n| | type | name | label | calculation | trigger |\n| | calculate | a | | 1 | |\n| | text | b | 二 | | ${a} |\n"},
	{"unknown_subject", "settings!A2", Refusal, "| survey |\n| | type | name | label |\n| | text | a | 一 |\n| settings |\n| | subject |\n| | dog |\n"},
	{"unknown_field", "survey!C2:3", Refusal, "| survey |\n| | type | name | label |\n| | text | a | 你好${b} |\n"},
	{"no_survey", "", Refusal, "| questions |\n| | type | name |\n| | text | a |\n"},
	{"missing_column", "survey!1:1", Refusal, "| survey |\n| | type | label |\n| | text | 一 |\n"},
	{"unknown_type", "survey!A2", Refusal, "| survey |\n| | type | name | label |\n| | txet | a | 一 |\n"},
	{"begin_without_end", "survey!2:2", Refusal, "| survey |\n| | type | name | label |\n| | begin group | g | 组 |\n| | text | a | 一 |\n"},
	{"wide_sign", "survey!D3:9", Warning, "| survey |\n| | type | name | label | relevant |\n| | select_one yn | b | 二 | |\n| | text | a | 一 | ${b}  = “yes” |\n" + yn},
}

func TestEachMistakeIsToldAtItsCell(t *testing.T) {
	for _, m := range mistakes {
		d, fs := ReadForm(bookOf(m.md), nil)
		f := one(t, fs, "xlsform."+m.code)
		if f.Place() != m.place || f.Severity != m.severity || (d == nil) != (m.severity == Refusal) {
			t.Errorf("%s at %q (%d), want %q (%d)\n%s", m.code, f.Place(), f.Severity, m.place, m.severity, fs)
		}
	}
}

// No finding is without a case: one here, or a story that names its code.
func TestEveryFindingHasItsCase(t *testing.T) {
	told := map[string]bool{"cannot_compile": true} // for what the reader lets through by mistake: nothing known does
	for _, m := range mistakes {
		told[string(m.code)] = true
	}
	tests, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`xlsform\.([a-z_]+)`)
	for _, file := range append(tests, filepath.Join("..", "..", "cmd", "internal", "questionnaires", "mistakes_test.go")) {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range named.FindAllStringSubmatch(string(raw), -1) {
			told[m[1]] = true
		}
	}
	said := regexp.MustCompile(`r\.(?:refuse|warn)\("([a-z_]+)"|r\.find\((?:Refusal|Warning), "([a-z_]+)"|"(file_[a-z_]+)":`)
	files, err := filepath.Glob("xlsform*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range said.FindAllStringSubmatch(string(raw), -1) {
			if code := m[1] + m[2] + m[3]; !told[code] && !strings.HasSuffix(file, "_test.go") {
				t.Errorf("no test makes the mistake %s", code)
			}
		}
	}
}
