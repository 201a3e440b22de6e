package cell

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

const (
	// MaxClean is the longest text, in characters, that Clean lets onto one line.
	MaxClean = 1000
	// Geta stands for a character that cannot be shown: two cells wide everywhere.
	Geta = "〓"
	// maxMarks is how many combining marks one character keeps.
	maxMarks = 2
)

// Clean makes stored text fit to be drawn on one line. Escape sequences, control
// characters, bidirectional and other invisible characters disappear; tabs and line
// feeds become spaces; private-use characters and clusters about whose width terminals
// disagree become Geta; at most MaxClean characters remain. Clean never changes what is stored.
func Clean(s string) string { return CleanTo(s, MaxClean) }

// CleanTo is Clean with a limit of its own, in characters.
func CleanTo(s string, limit int) string { return clean(s, limit, false) }

// CleanText is Clean for text of many lines: line feeds are kept. At most limit
// characters remain.
func CleanText(s string, limit int) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return clean(strings.ReplaceAll(s, "\r", "\n"), limit, true)
}

func clean(s string, limit int, lines bool) string {
	if easy(s, limit) {
		return s
	}
	// Nobody reads what lies far behind the limit: stop a hostile text early.
	if most := limit*16 + 64; len(s) > most {
		s = s[:most]
	}
	s = visible(strings.ToValidUTF8(dropSequences(s), "?"), lines)
	var b strings.Builder
	n := 0
	for s != "" && n < limit {
		text, width := first(s)
		switch {
		case text == "\n":
			b.WriteByte('\n')
		case width == 0:
		case width != ansi.StringWidthWc(text), joins(text):
			b.WriteString(Geta)
		default:
			b.WriteString(text)
		}
		s = s[len(text):]
		n++
	}
	return b.String()
}

// joins says that text would melt into what stands before or behind it, so that two texts
// side by side could be narrower than their sum: a skin tone without a face, half a flag.
func joins(text string) bool {
	if r, size := utf8.DecodeRuneInString(text); size == len(text) && (r < 0x300 || plainHan(r)) {
		return false
	}
	alone := func(s, head string) bool {
		got, _ := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		return got == head
	}
	return !alone("a"+text, "a") || !alone(text+"a", text) || !alone(text+text, text)
}

// easy says that s is short and made only of printable ASCII and ordinary Han.
func easy(s string, limit int) bool {
	if len(s) > limit {
		return false
	}
	for _, r := range s {
		if (r < 0x20 || r > 0x7e) && !plainHan(r) {
			return false
		}
	}
	return true
}

// dropSequences removes escape sequences, the eight-bit kind (U+0080–U+009F) included.
func dropSequences(s string) string {
	s = strings.NewReplacer("\u009b", "\x1b[", "\u009d", "\x1b]", "\u0090", "\x1bP",
		"\u009e", "\x1b^", "\u009f", "\x1b_", "\u0098", "\x1bX").Replace(s)
	return Plain(s)
}

// visible keeps what can be seen, and line feeds when lines is set.
func visible(s string, lines bool) string {
	var b strings.Builder
	b.Grow(len(s))
	marks, base := 0, false
	for _, r := range s {
		switch {
		case r == '\n' && lines:
			b.WriteByte('\n')
			marks, base = 0, false
		case r == '\n', r == '\t', r == '\r', r == 0x2028, r == 0x2029:
			b.WriteByte(' ')
			marks, base = 0, true
		case r == utf8.RuneError:
			b.WriteByte('?')
			marks, base = 0, true
		case hidden(r):
		case unicode.Is(unicode.Co, r):
			b.WriteString(Geta)
			marks, base = 0, true
		case unicode.Is(unicode.M, r):
			if marks++; base && marks <= maxMarks {
				b.WriteRune(r)
			}
		case r != 0x3000 && unicode.Is(unicode.Zs, r):
			b.WriteByte(' ')
			marks, base = 0, true
		default:
			b.WriteRune(r)
			marks, base = 0, true
		}
	}
	return b.String()
}

// hidden says that r takes no place on the screen, or moves others about.
func hidden(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7f && r < 0xa0:
		return true
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Cs, r):
		return true
	case r >= 0xfe00 && r <= 0xfe0f, r >= 0xe0100 && r <= 0xe01ef: // variation selectors
		return true
	case r >= 0x1160 && r <= 0x11ff, r == 0x115f, r == 0x3164, r == 0xffa0: // Hangul fillers and halves
		return true
	case r == 0x034f, r == 0x180b, r == 0x180c, r == 0x180d, r == 0x17b4, r == 0x17b5:
		return true
	}
	return false
}

// Typed makes typed or pasted text fit to be stored as one line: escape sequences,
// control, bidirectional and zero-width characters disappear, line feeds and tabs become
// spaces, and at most limit characters remain. Unlike Clean it keeps rare characters as
// they are: private-use Han of older systems and ideographic variation selectors.
func Typed(s string, limit int) string { return typed(s, limit, false) }

// TypedText is Typed for text of many lines: line feeds are kept, tabs become spaces.
func TypedText(s string, limit int) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return typed(strings.ReplaceAll(s, "\r", "\n"), limit, true)
}

func typed(s string, limit int, lines bool) string {
	if easy(s, limit) {
		return s
	}
	if most := limit*16 + 64; len(s) > most {
		s = s[:most]
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' && lines:
			return r
		case r == '\n', r == '\t', r == '\r', r == 0x2028, r == 0x2029:
			return ' '
		case r == utf8.RuneError:
			return -1
		case r >= 0xe0100 && r <= 0xe01ef:
			return r
		case hidden(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(dropSequences(s), ""))
	n, at := 0, 0
	for at < len(s) && n < limit {
		text, _ := first(s[at:])
		at += len(text)
		n++
	}
	return s[:at]
}
