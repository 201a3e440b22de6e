package xpath

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"doorstep/casework"
)

// Whatever a formula is, reading it and computing it ends soon and takes little memory. The
// limits leave room for a busy machine; an ordinary formula takes microseconds.
func TestTimeAndMemoryAreBounded(t *testing.T) {
	const (
		most  = 1 << 30 // bytes allocated, thrown-away ones included: what lives at once is a small part
		limit = 10 * time.Second
	)
	c := visit()
	for i := range 3000 {
		c.Node.Append(&Node{Name: "row", Value: fmt.Sprint(i, strings.Repeat("长", 50))})
	}
	deep := func(open, closed string, n int) string {
		return strings.Repeat(open, n) + "1" + strings.Repeat(closed, n)
	}
	cells := "//row"
	for range 9 {
		cells = "concat(" + cells + "," + cells + ")"
	}
	for name, src := range map[string]string{
		"brackets":         deep("(", ")", 10_000),
		"calls":            deep("not(", ")", 5_000),
		"predicates":       deep("//row[", "]", 4_000),
		"signs":            strings.Repeat("-", 20_000) + "1",
		"a chain":          "1" + strings.Repeat(" + 1", 8_000),
		"a chain of and":   "1" + strings.Repeat(" and 1", 5_000),
		"a path":           "." + strings.Repeat("/..", 10_000),
		"slashes":          strings.Repeat("//", 15_000) + "a",
		"every pair":       "//row = //row[. != 'x'] and //row != //row and //row < //row",
		"every triple":     "count(//row[count(//row[. = //row]) > 0])",
		"texts that grow":  cells,
		"a pattern":        "regex('" + strings.Repeat("a", 10_000) + "', '((((a{0,30}){0,30}){0,30}){0,30})$')",
		"a long pattern":   "regex(., '" + strings.Repeat("(a|b)*", 4_000) + "')",
		"many arguments":   "concat(" + strings.Repeat("//row,", 4_000) + "1)",
		"a union":          strings.Repeat("//row|", 4_000) + "//row",
		"following":        "count(//row/following::row/preceding::row)",
		"a far date":       "format-date-time(date(999999999999), '%Y') + add-date('0001-01-01', -99999999999)",
		"a large number":   "pow(99999999999999, 99999999999999) + round(0.000001, 999999999999) + string-length(substr('abc', -99999999999999999999, 99999999999999999999))",
		"quotes unclosed":  strings.Repeat("'", 30_001),
		"fields unclosed":  strings.Repeat("${", 15_000),
		"wide signs":       strings.Repeat("（", 30_000),
		"too long":         strings.Repeat("a", 1<<20),
		"joined for ever":  "join(join(join(//row, //row), //row), join(//row, //row))",
		"sums of products": strings.Repeat("sum(//row) * ", 900) + "1",
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		began := time.Now()
		e, err := Compile(src)
		if err == nil {
			for _, three := range []bool{false, true} {
				c.ThreeValued = three
				_, err = e.Eval(c)
				if err == nil {
					e.Why(c)
				}
			}
		}
		if err != nil && casework.CodeOf(err) == "" {
			t.Errorf("%s: %v", name, err)
		}
		took := time.Since(began)
		runtime.ReadMemStats(&after)
		if took > limit || after.TotalAlloc-before.TotalAlloc > most {
			t.Errorf("%s took %v and %d MB", name, took, (after.TotalAlloc-before.TotalAlloc)>>20)
		}
		t.Logf("%-18s %8v %4d MB %s", name, took.Round(time.Millisecond), (after.TotalAlloc-before.TotalAlloc)>>20, casework.CodeOf(err))
	}
}
