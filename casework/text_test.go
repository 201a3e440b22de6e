package casework_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"doorstep/casework"
)

func TestNames(t *testing.T) {
	for _, c := range []struct {
		text, want string
		code       casework.Code
	}{
		{"张桂芬", "张桂芬", ""},
		{"　张　三 ", "张三", ""},
		{"𠮷田", "𠮷田", ""},
		{"㐂凤", "㐂凤", ""},
		{"买买提·吐尔逊", "买买提·吐尔逊", ""},
		{"买买提•吐尔逊", "买买提·吐尔逊", ""},
		{"买买提．吐尔逊", "买买提·吐尔逊", ""},
		{"买买提.吐尔逊", "买买提·吐尔逊", ""},
		{"John  Smith", "John Smith", ""},
		{"Zoe\u0301", "Zoé", ""},
		{"金\uf90a", "金金", ""}, // a compatibility ideograph
		{"张\x1b[31m三", "", "name.chars"},
		{"张\u202e三\u200b", "张三", ""},
		{"〇一", "〇一", ""},
		{"", "", "name.empty"},
		{"　", "", "name.empty"},
		{"·", "", "name.chars"},
		{"张三1", "", "name.digits"},
		{"张三(大)", "", "name.chars"},
		{"张\ue123", "", "name.private"},
		{strings.Repeat("尔", 50), strings.Repeat("尔", 50), ""},
		{strings.Repeat("尔", 51), "", "name.long"},
		{strings.Repeat("尔", 10000), "", "name.long"},
	} {
		got, err := casework.CleanName(c.text)
		if got != c.want || casework.CodeOf(err) != c.code {
			t.Errorf("%q: %q %v", c.text, got, err)
		}
	}
}

func TestCleaning(t *testing.T) {
	if got := casework.CleanLine("　竹岛村\u202e\x00 \n 3组\t12号\x1b[2J\u200d ", 0); got != "竹岛村 3组 12号[2J" {
		t.Errorf("%q", got)
	}
	if got := casework.CleanBlock("第一行\r\n第二行\x07\u2066", 0); got != "第一行\n第二行" {
		t.Errorf("%q", got)
	}
	if got := casework.CleanLine(strings.Repeat("长", 10000), 40); got != strings.Repeat("长", 40) {
		t.Error(len(got))
	}
	if got := casework.Narrow("Ａ１（，）　￥"); got != "A1(,) ¥" {
		t.Errorf("%q", got)
	}
	if got := casework.Compose("lu\u0308\u030c e\u0301"); got != "lǚ é" {
		t.Errorf("%q", got)
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"张\x1b[31m三", "买买提•吐尔逊", "e\u0301\u0301", "\xff", "\u202e", "ａ　ｂ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		line := casework.CleanLine(s, 30)
		if !utf8.ValidString(line) || strings.ContainsAny(line, "\n\r\t\x1b\u202e\u200b") || utf8.RuneCountInString(line) > 60 {
			t.Fatalf("%q → %q", s, line)
		}
		if again := casework.CleanLine(line, 30); again != line {
			t.Fatalf("%q → %q → %q", s, line, again)
		}
		name, err := casework.CleanName(s)
		if err == nil {
			if again, err := casework.CleanName(name); err != nil || again != name {
				t.Fatalf("%q → %q → %q %v", s, name, again, err)
			}
		}
	})
}
