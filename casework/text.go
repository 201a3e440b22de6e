package casework

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lengths in characters (runes) beyond which text from outside is cut or refused.
const (
	MaxLine  = 200   // one line: a name of a place, a school
	MaxBlock = 20000 // a note of several lines
	MaxName  = 50    // a person's name; the longest registered names are near 40
)

// Narrow turns the full-width forms an input method leaves behind (０-９ Ａ-ｚ ，．（ and
// U+3000) into their ASCII forms. Use it on numbers, codes and dates, not on prose,
// whose full-width punctuation is right.
func Narrow(s string) string {
	return strings.Map(narrow, s)
}

func narrow(r rune) rune {
	switch {
	case r >= 0xFF01 && r <= 0xFF5E:
		return r - 0xFF01 + '!'
	case r == 0x3000 || r == 0x00A0:
		return ' '
	case r == 0xFFE5:
		return 0x00A5
	}
	return r
}

// CleanLine makes text from outside safe to keep and to draw on one line: invalid bytes,
// control, bidirectional and invisible characters are dropped, line breaks and runs of
// spaces become one space, ends are trimmed (U+3000 too), letters are composed (Compose),
// and at most limit characters are kept; limit ≤ 0 means MaxLine.
func CleanLine(s string, limit int) string {
	if limit <= 0 {
		limit = MaxLine
	}
	return clean(s, limit, false)
}

// CleanBlock is CleanLine for text of several lines: "\n" is kept, runs of spaces inside
// a line too. limit ≤ 0 means MaxBlock.
func CleanBlock(s string, limit int) string {
	if limit <= 0 {
		limit = MaxBlock
	}
	return clean(s, limit, true)
}

func clean(s string, limit int, block bool) string {
	if len(s) > 64*limit+64 { // a hostile cell need not be walked to its end
		s = s[:64*limit+64]
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	var b strings.Builder
	space := true // swallow leading space
	for _, r := range s {
		switch {
		case r == utf8.RuneError, invisible(r):
			continue
		case block && (r == '\n' || r == '\r'):
			b.WriteByte('\n')
			space = false
			continue
		case unicode.IsSpace(r) || r == 0x2028 || r == 0x2029:
			if block {
				b.WriteByte(' ')
			} else if !space {
				b.WriteByte(' ')
				space = true
			}
			continue
		case unicode.IsControl(r):
			continue
		}
		space = false
		b.WriteRune(r)
	}
	return cut(strings.TrimSpace(Compose(b.String())), limit)
}

// cut keeps the first limit characters and never parts a letter from its marks.
func cut(s string, limit int) string {
	n := 0
	for i, r := range s {
		if n >= limit && !unicode.Is(unicode.M, r) {
			return strings.TrimSpace(s[:i])
		}
		if n >= 2*limit { // nothing but marks: cut anyway
			return strings.TrimSpace(s[:i])
		}
		n++
	}
	return s
}

// invisible reports characters that have no place in kept text: they turn its direction
// round, hide inside it, or drive a terminal.
func invisible(r rune) bool {
	switch {
	case r == '\n' || r == '\t' || r == '\r':
		return false
	case r < 0x20 || r >= 0x7F && r < 0xA0 && r != 0x85:
		return true
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F:
		return true
	case r == 0x00AD, r == 0x034F, r == 0x061C, r == 0x180E, r == 0xFEFF, r >= 0xFFF9 && r <= 0xFFFB:
		return true
	case r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0000 && r <= 0xE0FFF:
		return true
	case r == 0xFFFE, r == 0xFFFF:
		return true
	}
	return false
}

// Compose brings text to the composed form (NFC) for the scripts ledgers are written in:
// Latin letters with marks (pinyin, European names) become one character, and
// compatibility ideographs become the unified ones, so that the same name typed on two
// machines is the same text.
func Compose(s string) string {
	plain := true
	for _, r := range s {
		if r >= 0x0300 && r <= 0x036F || r >= 0xF900 && r <= 0xFAD9 || r >= 0x2F800 && r <= 0x2FA1D {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	out := make([]rune, 0, len(s))
	starter := -1 // index of the letter a mark would join
	for _, r := range s {
		if u, ok := unified[r]; ok {
			r = u
		}
		if starter >= 0 && starter == len(out)-1 {
			if c, ok := composed[[2]rune{out[starter], r}]; ok {
				out[starter] = c
				continue
			}
		}
		out = append(out, r)
		if !unicode.Is(unicode.Mn, r) {
			starter = len(out) - 1
		}
	}
	return string(out)
}

// MiddleDot is the one dot kept inside names such as 买买提·吐尔逊.
const MiddleDot = '·'

// CleanName reads a person's name. Spaces inside Han names (张 三) are dropped, the many
// dots people type for · become U+00B7, Latin names keep single spaces.
// Errors: name.empty, name.long (limit MaxName), name.digits, name.chars, name.private
// (a character only the old computer could show).
func CleanName(s string) (string, error) {
	const op = "casework.CleanName"
	s = CleanLine(s, 4*MaxName)
	runes := []rune(s)
	out := make([]rune, 0, len(runes))
	for i, r := range runes {
		switch r {
		case '•', '・', '‧', '∙', '⋅', '●', '･', '.', '．', '。', '᛫', 'ㆍ':
			if i > 0 && i < len(runes)-1 && (unicode.Is(unicode.Han, runes[i-1]) || unicode.Is(unicode.Han, runes[i+1])) {
				r = MiddleDot
			}
		}
		if r >= 0xFF01 && r <= 0xFF5E {
			r = narrow(r)
		}
		if r == ' ' && (i == 0 || i == len(runes)-1 || !latin(runes[i-1]) || !latin(runes[i+1])) {
			continue
		}
		out = append(out, r)
	}
	switch {
	case len(out) == 0:
		return "", Problem(op, "name.empty")
	case len(out) > MaxName:
		return "", Problem(op, "name.long", "Limit", MaxName)
	}
	letters := 0
	for i, r := range out {
		switch {
		case r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000:
			return "", Problem(op, "name.private", "Place", i+1)
		case unicode.Is(unicode.Nd, r):
			return "", Problem(op, "name.digits")
		case unicode.IsLetter(r) || unicode.Is(unicode.Han, r):
			letters++
		case unicode.Is(unicode.M, r), r == MiddleDot, r == ' ', r == '\'', r == '’', r == '-', r == '.':
		default:
			return "", Problem(op, "name.chars", "Place", i+1)
		}
	}
	if letters == 0 {
		return "", Problem(op, "name.chars", "Place", 1)
	}
	return string(out), nil
}

func latin(r rune) bool { return unicode.Is(unicode.Latin, r) || r == '.' || r == '\'' }
