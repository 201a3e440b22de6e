package lang

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template"

	"doorstep/casework"
)

func TestBothLanguagesSayTheSame(t *testing.T) {
	all, err := both()
	if err != nil {
		t.Fatal(err)
	}
	zh, en := all["zh"], all["en"]
	for _, key := range slices.Sorted(maps.Keys(zh)) {
		if _, ok := en[key]; !ok {
			t.Errorf("%s has no English sentence", key)
			continue
		}
		if a, b := placeholders(zh[key]), placeholders(en[key]); !slices.Equal(a, b) {
			t.Errorf("%s: Chinese names %v, English %v", key, a, b)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(en)) {
		if _, ok := zh[key]; !ok {
			t.Errorf("%s has no Chinese sentence", key)
		}
		if strings.HasPrefix(key, "error.") && !strings.HasSuffix(key, ".hint") && key != "error.unnamed" {
			if _, ok := en[key+".hint"]; !ok {
				t.Errorf("%s does not say what to do next", key)
			}
		}
	}
}

var field = regexp.MustCompile(`\.[A-Za-z]\w*`)

// placeholders are the names a sentence fills in, sorted, each once. Count may be spelled
// out ("one visit") in a singular.
func placeholders(f forms) []string {
	names := map[string]bool{}
	for _, action := range regexp.MustCompile(`\{\{[^}]*\}\}`).FindAllString(f.Other, -1) {
		for _, n := range field.FindAllString(action, -1) {
			names[n] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// Words people.md §2.11 keeps off her screens.
func TestNoMachineWordsInChinese(t *testing.T) {
	all, err := both()
	if err != nil {
		t.Fatal(err)
	}
	for key, f := range all["zh"] {
		for _, word := range []string{"哈希", "合并", "同步", "冲突", "数据库", "寄存器", "TODO"} {
			if strings.Contains(f.Other, word) {
				t.Errorf("%s says %s: %s", key, word, f.Other)
			}
		}
	}
}

func TestSay(t *testing.T) {
	s := speaker(t, "en_GB.UTF-8")
	if s.Tag() != "en" || s.Say("no.such.sentence") != "[no.such.sentence]" || s.Has("no.such.sentence") {
		t.Error("a missing sentence must be seen")
	}
	if got := s.Say("lang.visits", "Count", 1); got != "one visit" {
		t.Error(got)
	}
	if got := s.Say("lang.visits", "Count", 3); got != "3 visits" {
		t.Error(got)
	}
	if got := speaker(t, "zh").Say("lang.visits", "Count", 1); got != "1 次走访" {
		t.Error(got)
	}
	if _, err := New("tlh"); casework.CodeOf(err) != "lang.unknown" {
		t.Error(err)
	}
}

func TestErrorsEndWithWhatToDo(t *testing.T) {
	s := speaker(t, "zh")
	err := fmt.Errorf("reading: %w", casework.Problem("casework.ParseDate", "day.range", "Year", 1024))
	if got := s.Error(err); !strings.Contains(got, "1024") || !strings.HasSuffix(got, s.Say("error.day.range.hint")) {
		t.Error(got)
	}
	secret := errors.New("row 张三 13912342231")
	if got := s.Error(secret); strings.Contains(got, "张三") || got != s.Say("error.foreign")+s.Say("error.foreign.hint") {
		t.Error(got)
	}
	if en := speaker(t, "en"); en.Error(secret) != en.Say("error.foreign")+" "+en.Say("error.foreign.hint") {
		t.Error(en.Error(secret))
	}
	borrowed := casework.Problem("x.Y", "day.range", "Year", 1)
	borrowed.Hint = "resident.check"
	if got := s.Error(borrowed); !strings.HasSuffix(got, s.Say("error.resident.check.hint")) {
		t.Error(got)
	}
	if got := s.Error(casework.Problem("x.Y", "x.nowhere")); !strings.Contains(got, "x.nowhere") || strings.Contains(got, "[") {
		t.Error(got)
	}
	if s.Error(nil) != "" {
		t.Error("nothing happened")
	}
}

// both are the sentences of both languages; every file belongs to one of them.
func both() (map[string]map[string]forms, error) {
	names, err := files.ReadDir("catalogue")
	if err != nil {
		return nil, err
	}
	for _, n := range names {
		if !strings.HasSuffix(n.Name(), ".zh.json") && !strings.HasSuffix(n.Name(), ".en.json") {
			return nil, fmt.Errorf("%s is of no language", n.Name())
		}
	}
	zh, err := load("zh")
	if err != nil {
		return nil, err
	}
	en, err := load("en")
	return map[string]map[string]forms{"zh": zh, "en": en}, err
}

// parse reports whether a sentence can be said at all: its templates parse.
func (f forms) parse(key string) error {
	for _, text := range []string{f.One, f.Other} {
		if _, err := template.New(key).Parse(text); err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
	}
	return nil
}

func TestEverySentenceCanBeSaid(t *testing.T) {
	all, err := both()
	if err != nil {
		t.Fatal(err)
	}
	for lang, sentences := range all {
		for key, f := range sentences {
			if err := f.parse(key); err != nil {
				t.Errorf("%s: %v", lang, err)
			}
		}
	}
	if (forms{One: "x", Other: "{{.A"}).parse("k") == nil {
		t.Error("an open placeholder passed")
	}
}

func TestBrokenFilesAreNamed(t *testing.T) {
	for name, text := range map[string]string{
		"cut": `{"a":`, "empty": `{"k": ""}`, "twice": `{"twice": "x"}`, "a number": `{"k": 3}`,
	} {
		if err := read(map[string]forms{"twice": {}}, []byte(text)); err == nil {
			t.Errorf("%s passed", name)
		}
	}
}

func speaker(t testing.TB, tag string) *Speaker {
	t.Helper()
	s, err := New(tag)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		speaker(b, "zh")
	}
}

func BenchmarkSay(b *testing.B) {
	s := speaker(b, "zh")
	for b.Loop() {
		s.Say("error.day.range", "Year", 1024)
	}
}
