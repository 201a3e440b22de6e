package pinyin

import (
	"flag"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	dictionary "github.com/mozillazg/go-pinyin"
)

var update = flag.Bool("update", false, "write readings.txt again from the dictionary")

// readings.txt says exactly what the dictionary, surnames and additions say.
func TestTheTableIsTheDictionary(t *testing.T) {
	want := makeTable()
	if *update {
		if err := os.WriteFile("readings.txt", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want != readingsText {
		t.Error("readings.txt is stale: go test ./casework/pinyin -run TestTheTable -update")
	}
}

func makeTable() string {
	sets := map[string][]rune{}
	known := map[rune][]string{}
	for code, text := range dictionary.PinyinDict {
		for _, s := range strings.Split(text, ",") {
			known[rune(code)] = append(known[rune(code)], toneless(s))
		}
	}
	for r, s := range added {
		if known[r] == nil {
			known[r] = []string{s}
		}
	}
	for r, s := range surnames {
		known[r] = append(known[r], s)
	}
	for name, both := range doubleSurnames {
		for i, r := range []rune(name) {
			known[r] = append(known[r], strings.Fields(both)[i])
		}
	}
	for r, all := range known {
		var once []string
		for _, s := range all {
			if s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == "" && !slices.Contains(once, s) {
				once = append(once, s)
			}
		}
		if len(once) > 0 {
			key := strings.Join(once, ",")
			sets[key] = append(sets[key], r)
		}
	}
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(sets)) {
		slices.Sort(sets[key])
		b.WriteString(key + " " + string(sets[key]) + "\n")
	}
	return b.String()
}

var tones = strings.NewReplacer(
	"ā", "a", "á", "a", "ǎ", "a", "à", "a", "ē", "e", "é", "e", "ě", "e", "è", "e", "ê", "e", "ế", "e", "ề", "e",
	"ī", "i", "í", "i", "ǐ", "i", "ì", "i", "ō", "o", "ó", "o", "ǒ", "o", "ò", "o", "ū", "u", "ú", "u", "ǔ", "u", "ù", "u",
	"ü", "v", "ǖ", "v", "ǘ", "v", "ǚ", "v", "ǜ", "v", "ń", "n", "ň", "n", "ǹ", "n", "ḿ", "m",
)

func toneless(s string) string {
	s = strings.Map(func(r rune) rune {
		if r >= 0x300 && r <= 0x36F {
			return -1
		}
		return r
	}, s)
	return tones.Replace(strings.TrimSpace(s))
}
