package xpath

// Warning is one character that was read as its ASCII twin, because the author typed
// with the input method on. At counts runes from 0.
type Warning struct {
	At       int
	From, To string
}

// fold gives the ASCII twin of a character that Chinese input methods produce in its
// place; any other rune is returned as it is. It never changes a letter or a Han character.
func fold(r rune) rune {
	switch {
	case r < 0x80:
		return r
	case r >= '０' && r <= '９':
		return r - '０' + '0'
	}
	switch r {
	case '（':
		return '('
	case '）':
		return ')'
	case '，':
		return ','
	case '＝':
		return '='
	case '＞':
		return '>'
	case '＜':
		return '<'
	case '＋':
		return '+'
	case '－':
		return '-'
	case '＊':
		return '*'
	case '／':
		return '/'
	case '！':
		return '!'
	case '［', '【':
		return '['
	case '］', '】':
		return ']'
	case '．':
		return '.'
	case '：':
		return ':'
	case '＠':
		return '@'
	case '｜':
		return '|'
	case '＿':
		return '_'
	case '“', '”', '＂':
		return '"'
	case '‘', '’', '＇':
		return '\''
	case '｛':
		return '{'
	case '｝':
		return '}'
	case '＄', '￥':
		return '$'
	case '\u3000', '\u00a0':
		return ' '
	}
	return r
}

// wideOperators are the one-character comparisons of mathematics.
var wideOperators = map[rune]string{'≠': "!=", '≤': "<=", '≥': ">=", '≦': "<=", '≧': ">="}

func isQuote(r rune) bool { return r == '"' || r == '\'' }

// repaired rewrites src with the ASCII twins of its warnings, so that the same formula
// runs in other programs.
func repaired(src string, warnings []Warning) string {
	if len(warnings) == 0 {
		return src
	}
	to := make(map[int]string, len(warnings))
	for _, w := range warnings {
		to[w.At] = w.To
	}
	var out []rune
	for i, r := range []rune(src) {
		if s, ok := to[i]; ok {
			out = append(out, []rune(s)...)
		} else {
			out = append(out, r)
		}
	}
	return string(out)
}
