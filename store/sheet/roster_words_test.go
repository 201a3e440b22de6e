package sheet

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"doorstep/casework/lang"
)

// Every code and word a roster can answer with has its sentence in both languages.
func TestRosterWords(t *testing.T) {
	files, err := filepath.Glob("roster*.go")
	must(err)
	keys := map[string]bool{"roster.summary": true, "roster.place": true, "roster.place_cell": true}
	for _, name := range files {
		b, err := os.ReadFile(name)
		must(err)
		for _, m := range regexp.MustCompile(`"(roster\.[a-z_]+)"`).FindAllStringSubmatch(string(b), -1) {
			if m[1] != "roster.summary" && m[1] != "roster.place" && m[1] != "roster.place_cell" {
				keys["error."+m[1]], keys["error."+m[1]+".hint"] = true, true
			}
		}
	}
	for k := LineNew; k <= LineRefused; k++ {
		keys["roster.line."+k.String()] = true
	}
	for _, s := range []SkipReason{SkipTotal, SkipFooter, SkipHeading, SkipNumbering, SkipEmpty, SkipHiddenSheet, SkipNoHeading} {
		keys["roster.skip."+string(s)] = true
	}
	for _, tag := range []string{"zh", "en"} {
		s, err := lang.New(tag)
		must(err)
		for k := range keys {
			if !s.Has(k) {
				t.Errorf("%s: no %s", tag, k)
			}
		}
	}
	if len(keys) < 50 {
		t.Error("the search is broken:", len(keys))
	}
}
