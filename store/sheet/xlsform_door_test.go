package sheet

import (
	"strings"
	"testing"

	"doorstep/casework/form"
)

// doorForm is a small form with questions shared behind a door.
func doorForm(id, rows string) (*form.Definition, Findings, *Book) {
	b := bookOf("| survey |\n| | type | name | label | shared |\n" + rows + `
| choices |
| | list_name | name | label |
| | risk | none | 没有 |
| | risk | house | 危房 |
| | other | none | 无 |
| | other | exit | 出口堵着 |
| settings |
| | form_id | version |
| | ` + id + ` | 1 |
`)
	d, fs := Publish(b, nil)
	return d, fs, b
}

func TestSharedNamesAKey(t *testing.T) {
	d, fs, _ := doorForm("a", "| | select_multiple risk | x1 | 甲 | house_danger |\n| | text | x2 | 乙 | yes |\n| | text | x3 | 丙 | 1 |\n| | text | x4 | 丁 | |\n"+
		"| | select_one other or_other | x5 | 戊 | 取暖 |\n| | text | x6 | 己 | x6 |\n")
	if d == nil {
		t.Fatal(fs)
	}
	for name, key := range map[string]string{"x1": "house_danger", "x2": "x2", "x3": "x3", "x4": "", "x5": "取暖", "x5_other": "取暖_other", "x6": "x6"} {
		if got := d.Find(name).DoorKey(); got != key {
			t.Errorf("%s is shared as %q", name, got)
		}
	}
	if strings.Contains(string(d.Encode()), `"shared_as":"x`) {
		t.Error("a key that is the name is written down")
	}
}

func TestAKeyThatCannotBeIsToldAtItsCell(t *testing.T) {
	for text, place := range map[string]string{"2": "survey!D3", "two words": "survey!D3", strings.Repeat("长", 41): "survey!D3"} {
		_, fs, _ := doorForm("a", "| | text | x1 | 甲 | yes |\n| | text | x2 | 乙 | "+text+" |\n")
		if f := one(t, fs, "xlsform.bad_shared_key"); f.Place() != place || f.Severity != Refusal {
			t.Errorf("%s: %s", text, f)
		}
	}
	_, fs, _ := doorForm("a", "| | text | x1 | 甲 | yes |\n| | text | x2 | 乙 | x1 |\n")
	if f := one(t, fs, "xlsform.shared_twice"); f.Place() != "survey!D3" || f.Severity != Refusal {
		t.Error(f)
	}
}

func TestFormsThatShareAKeyFitTogether(t *testing.T) {
	child, fs, _ := doorForm("child-visit", "| | select_multiple risk | c1 | 甲 | danger |\n| | integer | c2 | 乙 | rooms |\n")
	if child == nil {
		t.Fatal(fs)
	}
	d, fs, b := doorForm("winter", "| | select_multiple risk | w1 | 甲 | danger |\n| | integer | rooms | 乙 | yes |\n")
	if got := CheckDoor(b, d, child); len(got) > 0 {
		t.Error(got, fs)
	}
	d, _, b = doorForm("winter", "| | select_multiple other | w1 | 甲 | danger |\n| | text | rooms | 乙 | yes |\n")
	got := CheckDoor(b, d, child)
	if f := one(t, got, "xlsform.shared_other_choices"); f.Place() != "survey!D2" || f.Severity != Warning {
		t.Error(f)
	}
	if f := one(t, got, "xlsform.shared_other_type"); f.Place() != "survey!D3" || f.Severity != Refusal || f.Args["Other"] != "c2" {
		t.Error(f)
	}
	d, _, b = doorForm("child-visit", "| | text | c2 | 乙 | rooms |\n")
	if got := CheckDoor(b, d, child); len(got) > 0 {
		t.Error("a form is held against the one that it replaces:", got)
	}
}
