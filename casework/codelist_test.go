package casework_test

import (
	"fmt"
	"testing"

	"doorstep/casework"
)

func TestEveryWordFindsItsOwnTerm(t *testing.T) {
	keys := map[string]bool{}
	for _, l := range casework.Lists() {
		if keys[l.Key] || l.Key == "" || l.Zh == "" || l.En == "" {
			t.Errorf("list %q is there twice or has no name", l.Key)
		}
		keys[l.Key] = true
		if got, ok := casework.List(l.Key); !ok || got.Key != l.Key {
			t.Errorf("%s cannot be found", l.Key)
		}
		codes := map[string]bool{}
		for _, term := range l.Items {
			if codes[term.Code] {
				t.Errorf("%s: code %s twice", l.Key, term.Code)
			}
			codes[term.Code] = true
			for _, w := range append([]string{term.Code, term.Zh, term.En, " " + term.Zh + "　", term.Zh + "\n"}, term.Aliases...) {
				if got, ok := l.Find(w); !ok || got.Code != term.Code {
					t.Errorf("%s: %q means %s, not %s", l.Key, w, got.Code, term.Code)
				}
			}
		}
		if _, ok := l.Find(""); ok {
			t.Errorf("%s: an empty cell means nothing", l.Key)
		}
	}
}

func TestLedgerWords(t *testing.T) {
	for _, c := range []struct{ list, text, want string }{
		{"relation", "爷爷", "61"},
		{"relation", "奶奶", "62"},
		{"relation", "姥爷", "63"},
		{"relation", "外婆", "64"},
		{"relation", "爸", "51"},
		{"relation", "老公", "11"},
		{"relation", "儿媳", "38"},
		{"relation", "女婿", "28"},
		{"relation", "62", "62"},
		{"ethnic", "汉族", "01"},
		{"ethnic", "毛难", "36"},
		{"ethnic", "崩龙族", "46"},
		{"ethnic", "达翰尔", "31"},
		{"ethnic", "僳僳", "20"},
		{"sex", "女", "2"},
		{"sex", "男性", "1"},
		{"disability_grade", "２级", "2"},
		{"elder_category", "独居老人", "EL1"},
		{"child_category", "事实无人抚养", "de_facto_unattended"},
		{"low_income_layer", "五保户", "TEKUN"},
		{"care_level", "半失能", "PARTIAL"},
		{"ability_level", "中度失能", "2"},
		{"visit_mode", "上门", "door"},
		{"no_id_reason", "未落户", "unregistered"},
	} {
		l, _ := casework.List(c.list)
		if got, ok := l.Find(c.text); !ok || got.Code != c.want {
			t.Errorf("%s %q: %v", c.list, c.text, got)
		}
	}
	found, unknown := casework.ElderCategories.FindAll("高龄、独居;失能/半失能，火星人")
	if fmt.Sprint(codesOf(found), unknown) != "[EL1 EL4 EL7] [火星人]" {
		t.Error(codesOf(found), unknown)
	}
}

func codesOf(terms []casework.Term) (out []string) {
	for _, t := range terms {
		out = append(out, t.Code)
	}
	return out
}
