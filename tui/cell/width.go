package cell

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/mattn/go-runewidth"
)

// Cluster is one character as a reader sees it, with the cells it takes (0, 1 or 2).
type Cluster struct {
	Text  string
	Width int
}

// Width is the number of cells s takes on one line. Colour sequences count nothing.
func Width(s string) int {
	n := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= 0x20 && c < 0x7f {
			// A combining mark may follow; it adds nothing of its own.
			n++
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if !plainHan(r) {
			return ansi.StringWidth(s)
		}
		n += 2
		i += size
	}
	return n
}

// plainHan says that r is a character which is two cells wide in every version of every
// table and never joins its neighbours: the unified ideographs and the full-width forms
// and punctuation of Chinese text.
func plainHan(r rune) bool {
	switch {
	case r >= 0x4e00 && r <= 0x9fa5, r >= 0x3400 && r <= 0x4db5:
		return true
	case r >= 0x3000 && r <= 0x3020, r >= 0xff01 && r <= 0xff5e:
		return true
	case r >= 0x20000 && r <= 0x2a6d6:
		return true
	}
	return false
}

// Clusters splits s into characters as a reader sees them. Escape sequences are left out.
func Clusters(s string) []Cluster {
	out := make([]Cluster, 0, len(s)/2+1)
	walk(s, func(text string, width int, sequence bool) bool {
		if !sequence {
			out = append(out, Cluster{Text: text, Width: width})
		}
		return true
	})
	return out
}

// walk calls visit for each character and each escape sequence of s, in order, until
// visit returns false.
func walk(s string, visit func(text string, width int, sequence bool) bool) {
	for i := 0; i < len(s); {
		if s[i] == 0x1b {
			n := sequenceLen(s[i:])
			if !visit(s[i:i+n], 0, true) {
				return
			}
			i += n
			continue
		}
		text, width := first(s[i:])
		if !visit(text, width, false) {
			return
		}
		i += len(text)
	}
}

// first is the first character of s and its width. s is not empty.
func first(s string) (string, int) {
	c := s[0]
	if c < 0x80 && (len(s) == 1 || s[1] < 0x80) {
		if c < 0x20 || c == 0x7f {
			return s[:1], 0
		}
		return s[:1], 1
	}
	text, width := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	if text == "" {
		return s[:1], 0
	}
	if width > 2 {
		width = 2
	}
	return text, width
}

// sequenceLen is the length in bytes of the escape sequence that s begins with; at least 1.
func sequenceLen(s string) int {
	if len(s) < 2 {
		return len(s)
	}
	switch s[1] {
	case '[':
		for i := 2; i < len(s); i++ {
			if s[i] >= 0x40 && s[i] <= 0x7e {
				return i + 1
			}
			if s[i] < 0x20 || s[i] > 0x7e {
				return i
			}
		}
		return len(s)
	case ']', 'P', '_', '^', 'X':
		for i := 2; i < len(s); i++ {
			if s[i] == 0x07 {
				return i + 1
			}
			if s[i] == 0x1b {
				if i+1 < len(s) && s[i+1] == '\\' {
					return i + 2
				}
				return i
			}
		}
		return len(s)
	}
	if s[1] >= 0x20 && s[1] < 0x7f {
		return 2
	}
	return 1
}

// Plain removes colour and other escape sequences: what is left is what a reader reads.
func Plain(s string) string {
	if !strings.ContainsRune(s, 0x1b) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	walk(s, func(text string, _ int, sequence bool) bool {
		if !sequence {
			b.WriteString(text)
		}
		return true
	})
	return b.String()
}

// Ambiguous says that terminals disagree about r: one cell in most, two in consoles with
// an East Asian code page (Unicode TR11, class A, and private use).
func Ambiguous(r rune) bool {
	return r >= 0x80 && !plainHan(r) && runewidth.IsAmbiguousWidth(r)
}
