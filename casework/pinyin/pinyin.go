// Package pinyin spells Han names in letters and finds people by what a worker types:
// Han, full spelling, initials, or a mixture. A character with several readings offers
// them all (单 is shan in a surname and dan elsewhere), because the one who searches may
// know only one of them.
//
// The table readings.txt is derived from the dictionary of go-pinyin (MIT licence), from
// which a test makes it again. The dictionary itself is not linked: as Go maps it would
// cost every start of the program several milliseconds and megabytes.
package pinyin

import (
	"slices"
	"strings"
	"unicode"
)

// maxReadings bounds how many spellings one name is given.
const maxReadings = 16

// Readings are the toneless spellings of a Han character, the usual one first; ü is
// written v. Nil for anything else, and for a character no dictionary knows.
func Readings(r rune) []string { return readings().of(r) }

// Full are the spellings of a whole name, the likeliest first: 单小溪 gives shanxiaoxi and
// danxiaoxi. Surnames, of two characters too, are read as surnames. What is not Han stays,
// in lower case; dots and spaces are dropped. At most 16.
func Full(name string) []string {
	return combine(name, func(s string) string { return s })
}

// Initials are the first letters of a name's spellings: sxx, dxx. At most 16.
func Initials(name string) []string {
	return combine(name, func(s string) string { return s[:1] })
}

func combine(name string, part func(string) string) []string {
	out := []string{""}
	for _, options := range spell(name) {
		var parts []string
		for _, o := range options {
			if p := part(o); !slices.Contains(parts, p) {
				parts = append(parts, p)
			}
		}
		var next []string
		for _, p := range parts { // the usual reading of this character with all before it, then the others
			for _, head := range out {
				if len(next) < maxReadings {
					next = append(next, head+p)
				}
			}
		}
		out = next
	}
	if len(out) == 1 && out[0] == "" {
		return nil
	}
	return out
}

// spell lists each character's readings in a name, the likeliest first.
func spell(name string) [][]string {
	var out [][]string
	chars := letters(name)
	double := ""
	if len(chars) >= 2 {
		double = doubleSurnames[string(chars[:2])]
	}
	for i, r := range chars {
		options := readings().of(r)
		if options == nil {
			options = []string{string(r)}
		}
		first := ""
		switch {
		case double != "" && i < 2:
			first = strings.Fields(double)[i]
		case i == 0:
			first = surnames[r]
		}
		if first != "" {
			options = slices.Concat([]string{first}, slices.DeleteFunc(slices.Clone(options), func(s string) bool { return s == first }))
		}
		out = append(out, options)
	}
	return out
}

// letters keeps what can be spelt, in lower case and half width.
func letters(name string) []rune {
	var out []rune
	for _, r := range name {
		if r >= 0xFF01 && r <= 0xFF5E {
			r = r - 0xFF01 + '!'
		}
		r = unicode.ToLower(r)
		switch {
		case r == 'ü' || r >= 'ǖ' && r <= 'ǜ':
			out = append(out, 'v')
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Han, r):
			out = append(out, r)
		}
	}
	return out
}
