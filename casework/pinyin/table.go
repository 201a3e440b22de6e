package pinyin

import (
	_ "embed"
	"slices"
	"sort"
	"strings"
	"sync"
)

// readings.txt: one line for each set of readings, "shan,dan,chan 单…", sorted.
//
//go:embed readings.txt
var readingsText string

const (
	denseFrom = 0x3400 // Extension A to the end of the unified ideographs is an array
	denseTo   = 0xA000
)

// table finds the set of readings of a character.
type table struct {
	sets  [][]string // sets[0] is "none"
	dense []uint16   // by character - denseFrom
	rare  []rune     // the other characters, sorted
	of2   []uint16   // the set of each of rare
}

var readings = sync.OnceValue(func() *table { return parseTable(readingsText) })

func parseTable(text string) *table {
	t := &table{sets: make([][]string, 1, 2048), dense: make([]uint16, denseTo-denseFrom)}
	type far struct {
		r   rune
		set uint16
	}
	var rare []far
	for line := range strings.Lines(text) {
		set, chars, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		n := uint16(len(t.sets))
		t.sets = append(t.sets, strings.Split(set, ","))
		for _, r := range chars {
			if r >= denseFrom && r < denseTo {
				t.dense[r-denseFrom] = n
			} else {
				rare = append(rare, far{r, n})
			}
		}
	}
	slices.SortFunc(rare, func(a, b far) int { return int(a.r - b.r) })
	for _, f := range rare {
		t.rare, t.of2 = append(t.rare, f.r), append(t.of2, f.set)
	}
	return t
}

func (t *table) of(r rune) []string {
	if r >= denseFrom && r < denseTo {
		return t.sets[t.dense[r-denseFrom]]
	}
	if r < 0x3000 {
		return nil
	}
	if i := sort.Search(len(t.rare), func(i int) bool { return t.rare[i] >= r }); i < len(t.rare) && t.rare[i] == r {
		return t.sets[t.of2[i]]
	}
	return nil
}
