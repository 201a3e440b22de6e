package cell

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Line is the last gate before the terminal: s becomes exactly w cells, of printable text
// and colour sequences (SGR) only. When wideAmbiguous is set, the terminal draws
// characters of ambiguous width in two cells, or did not say: each is replaced by an
// ASCII character of one cell, so that the columns to its right stay where they are.
func Line(s string, w int, wideAmbiguous bool) string {
	if w <= 0 {
		return ""
	}
	out, plain := fill(s, w, func(text string, width int) string { return sure(text, width, wideAmbiguous) })
	if plain || ansi.StringWidth(out) == w && ansi.StringWidthWc(out) == w {
		return out
	}
	// Two harmless pieces met and joined (a mark behind a dropped control character):
	// show only what cannot join.
	out, _ = fill(s, w, func(text string, width int) string {
		if r, size := utf8.DecodeRuneInString(text); size == len(text) && (r < 0x80 || plainHan(r)) {
			return text
		}
		return strings.Repeat("?", width)
	})
	return out
}

// fill makes the line, each character as show gives it (of the same width). plain says
// that all of them were printable ASCII or ordinary Han.
func fill(s string, w int, show func(string, int) string) (line string, plain bool) {
	var b strings.Builder
	b.Grow(len(s) + w/2)
	used, full := 0, false
	plain = true
	walk(s, func(text string, width int, sequence bool) bool {
		switch {
		case sequence:
			if colour(text) {
				b.WriteString(text)
			}
		case width == 0 || full:
		case used+width > w:
			full = true
		default:
			if r, size := utf8.DecodeRuneInString(text); size < len(text) || (r >= 0x80 && !plainHan(r)) {
				plain = false
				text = show(text, width)
			}
			b.WriteString(text)
			used += width
		}
		return true
	})
	spaces(&b, w-used)
	return b.String(), plain
}

// colour says that sequence is a whole SGR sequence: it changes colour, weight,
// underline or reverse and nothing else.
func colour(sequence string) bool {
	n := len(sequence)
	if n < 3 || sequence[1] != '[' || sequence[n-1] != 'm' {
		return false
	}
	for _, c := range []byte(sequence[2 : n-1]) {
		if (c < '0' || c > '9') && c != ';' && c != ':' {
			return false
		}
	}
	return true
}

// sure is text, or something as wide about which no terminal has an opinion of its own.
func sure(text string, width int, wideAmbiguous bool) string {
	r, _ := utf8.DecodeRuneInString(text)
	if wideAmbiguous {
		if ascii, ok := narrow[r]; ok && width == 1 {
			return ascii
		}
		if strings.ContainsFunc(text, Ambiguous) {
			return strings.Repeat("?", width)
		}
	}
	if hidden(r) || strings.ContainsFunc(text, hidden) || ansi.StringWidthWc(text) != width {
		return strings.Repeat("?", width)
	}
	return text
}

// narrow gives the characters that do occur in Chinese records a readable stand-in.
var narrow = map[rune]string{
	'“': `"`, '”': `"`, '‘': "'", '’': "'", '…': ".", '—': "-", '–': "-", '―': "-", '‖': "|",
	'·': ".", '•': ".", '‥': ".", '×': "x", '÷': "/", '±': "+", '°': "o", '′': "'", '″': `"`,
	'①': "1", '②': "2", '③': "3", '④': "4", '⑤': "5", '⑥': "6", '⑦': "7", '⑧': "8", '⑨': "9",
	'℃': "C", '№': "#", '§': "S", '¤': "$", '※': "*", '★': "*", '☆': "*", '●': "*", '○': "o",
	'■': "#", '□': "o", '▲': "^", '△': "^", '▼': "v", '▽': "v", '◆': "*", '◇': "o", '◎': "o",
	'→': ">", '←': "<", '↑': "^", '↓': "v", '≤': "<", '≥': ">", '≠': "#", '≈': "~", '√': "v",
	'─': "-", '│': "|", '┌': "+", '┐': "+", '└': "+", '┘': "+", '├': "+", '┤': "+", '┼': "+",
	'ü': "u", 'á': "a", 'à': "a", 'é': "e", 'è': "e", 'ê': "e", 'í': "i", 'ì': "i", 'ó': "o", 'ò': "o",
	'ú': "u", 'ù': "u", 'ā': "a", 'ē': "e", 'ě': "e", 'ī': "i", 'ō': "o", 'ū': "u",
	'ǎ': "a", 'ǐ': "i", 'ǒ': "o", 'ǔ': "u", 'ǘ': "u", 'ǚ': "u", 'ǜ': "u",
	'Ⅰ': "1", 'Ⅱ': "2", 'Ⅲ': "3", 'Ⅳ': "4", 'Ⅴ': "5",
}
