package pinyin

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Index finds names by what is typed. It is made once from a list of names and never
// changes, so that any goroutine may search it; a changed list is a new Index (about half a
// microsecond a name).
type Index struct {
	chars []char  // every distinct character of the names
	flat  []int32 // the names as numbers of chars, one after another
	start []int32 // where each name begins in flat; one more than there are names

	// Where a name, or its inside, may begin to match: keyed by a Han character, or by
	// the first letter, or the first two letters, that could be typed there.
	heads, insides map[uint32][]place
}

type char struct {
	r       rune
	spelled []string
}

// place is a character of a name.
type place struct{ name, at int32 }

// NewIndex indexes names; Find answers with their positions in the list.
func NewIndex(names []string) *Index {
	x := &Index{start: make([]int32, 1, len(names)+1), heads: map[uint32][]place{}, insides: map[uint32][]place{}}
	number := map[rune]int32{}
	for _, name := range names {
		for _, r := range letters(name) {
			n, ok := number[r]
			if !ok {
				n = int32(len(x.chars))
				number[r] = n
				x.chars = append(x.chars, char{r, typed(r)})
			}
			x.flat = append(x.flat, n)
		}
		x.start = append(x.start, int32(len(x.flat)))
	}
	var keys []uint32
	for i := range names {
		from, to := x.start[i], x.start[i+1]
		for at := from; at < to; at++ {
			keys = x.keys(keys[:0], at, to)
			m := x.insides
			if at == from {
				m = x.heads
			}
			for _, k := range keys {
				m[k] = append(m[k], place{int32(i), at})
			}
		}
	}
	return x
}

// typed are the spellings someone may type for a character: its readings, lu and lyu for
// lv, or the letter itself.
func typed(r rune) []string {
	all := readings().of(r)
	if all == nil {
		return []string{string(r)}
	}
	out := slices.Clone(all)
	for _, s := range all {
		if len(s) > 1 && s[1] == 'v' {
			for _, w := range []string{s[:1] + "u" + s[2:], s[:1] + "yu" + s[2:]} {
				if !slices.Contains(out, w) {
					out = append(out, w)
				}
			}
		}
	}
	return out
}

// keys are the ways to begin typing at a place.
func (x *Index) keys(keys []uint32, at, end int32) []uint32 {
	add := func(k uint32) {
		if !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	c := x.chars[x.flat[at]]
	add(uint32(c.r))
	for _, s := range c.spelled {
		if s[0] >= utf8.RuneSelf {
			continue
		}
		add(uint32(s[0]))
		if len(s) > 1 {
			add(pair(s[0], s[1]))
		}
		if at+1 < end {
			next := x.chars[x.flat[at+1]]
			for _, t := range next.spelled {
				if t[0] < utf8.RuneSelf {
					add(pair(s[0], t[0]))
				}
			}
		}
	}
	return keys
}

// pair keys lie above every character.
func pair(a, b byte) uint32 { return 1<<24 | uint32(a)<<8 | uint32(b) }

// Find lists at most limit names that match: those that begin so first, then those that
// contain it further on, each in the order of the list. Typed letters may spell whole
// syllables, initials, or both, the last syllable unfinished; Han and letters may mix.
// more says that the list was cut. An empty query finds nothing.
func (x *Index) Find(query string, limit int) (found []int, more bool) {
	q := letters(query)
	if len(q) == 0 || limit < 1 || len(q) > 64 {
		return nil, false
	}
	key := uint32(q[0])
	if len(q) > 1 && q[0] < utf8.RuneSelf && q[1] < utf8.RuneSelf {
		key = pair(byte(q[0]), byte(q[1]))
	}
	text := string(q)
	for _, m := range []map[uint32][]place{x.heads, x.insides} {
		inside := len(found)
		last := int32(-1)
		for _, p := range m[key] {
			if p.name == last || !x.match(text, p.at, x.start[p.name+1]) {
				continue
			}
			last = p.name
			if _, twice := slices.BinarySearch(found[:inside], int(p.name)); twice {
				continue
			}
			if len(found) == limit {
				return found, true
			}
			found = append(found, int(p.name))
		}
	}
	return found, false
}

// match reports whether the rest of what was typed fits the characters from at on.
func (x *Index) match(rest string, at, end int32) bool {
	if rest == "" {
		return true
	}
	if at == end {
		return false
	}
	c := x.chars[x.flat[at]]
	if rest[0] >= utf8.RuneSelf {
		r, n := utf8.DecodeRuneInString(rest)
		return r == c.r && x.match(rest[n:], at+1, end)
	}
	for _, s := range c.spelled {
		if s[0] != rest[0] {
			continue
		}
		if strings.HasPrefix(s, rest) || strings.HasPrefix(rest, s) && x.match(rest[len(s):], at+1, end) {
			return true
		}
		if len(s) > 2 && s[1] == 'h' && len(rest) > 1 && rest[1] == 'h' && x.match(rest[2:], at+1, end) {
			return true // zh, ch, sh typed as one initial
		}
		if x.match(rest[1:], at+1, end) {
			return true
		}
	}
	return false
}
