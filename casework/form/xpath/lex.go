package xpath

import (
	"strings"
	"unicode"

	"doorstep/casework"
)

type tokenKind uint8

const (
	tokEnd tokenKind = iota
	tokNumber
	tokString
	tokField // ${name}
	tokName  // a name, possibly with one prefix: jr:choice-name
	tokOp    // punctuation and operators; text holds the ASCII form
)

// token is one lexical unit; start and end are rune offsets into the source.
type token struct {
	kind       tokenKind
	text       string
	start, end int
}

type lexer struct {
	src      []rune
	pos      int
	toks     []token
	warnings []Warning
}

// lex cuts src into tokens. Outside string literals full-width characters are read as
// their ASCII twins, each with a warning.
func lex(src string) ([]token, []Warning, error) {
	l := &lexer{src: []rune(src)}
	if len(l.src) > maxSource {
		return nil, nil, problemAt("xpath.too_long", maxSource, "Limit", maxSource)
	}
	for {
		l.skipSpace()
		if l.pos >= len(l.src) {
			l.add(tokEnd, "", l.pos)
			return l.toks, l.warnings, nil
		}
		if err := l.next(); err != nil {
			return nil, nil, err
		}
	}
}

func (l *lexer) add(k tokenKind, text string, start int) {
	l.toks = append(l.toks, token{kind: k, text: text, start: start, end: l.pos})
}

// at is the folded rune k places ahead, 0 behind the end.
func (l *lexer) at(k int) rune {
	if l.pos+k >= len(l.src) {
		return 0
	}
	return fold(l.src[l.pos+k])
}

// take moves over n runes and warns about those that had to be folded.
func (l *lexer) take(n int) {
	for ; n > 0; n-- {
		l.warn(l.pos, l.src[l.pos], fold(l.src[l.pos]))
		l.pos++
	}
}

func (l *lexer) warn(at int, from, to rune) {
	if from != to {
		l.warnings = append(l.warnings, Warning{At: at, From: string(from), To: string(to)})
	}
}

func (l *lexer) skipSpace() {
	for l.pos < len(l.src) {
		r := l.src[l.pos]
		if fold(r) != ' ' && !unicode.IsSpace(r) {
			return
		}
		if r == '\u3000' {
			l.warn(l.pos, r, ' ')
		}
		l.pos++
	}
}

// operatorFollows reports whether the grammar expects an operator here, which is what
// tells the multiplication sign from a wildcard and the word "and" from a question of that name.
func (l *lexer) operatorFollows() bool {
	if len(l.toks) == 0 {
		return false
	}
	t := l.toks[len(l.toks)-1]
	if t.kind != tokOp {
		return true
	}
	switch t.text {
	case ")", "]", ".", "..", "*name":
		return true
	}
	return false
}

func (l *lexer) next() error {
	start, r := l.pos, l.at(0)
	switch {
	case isQuote(r):
		return l.lexString()
	case r >= '0' && r <= '9', r == '.' && l.at(1) >= '0' && l.at(1) <= '9':
		l.lexNumber()
		return nil
	case r == '$' && l.at(1) == '{':
		return l.lexField()
	case isNameStart(r):
		return l.lexName()
	}
	if wide, ok := wideOperators[l.src[l.pos]]; ok {
		l.warnings = append(l.warnings, Warning{At: l.pos, From: string(l.src[l.pos]), To: wide})
		l.pos++
		l.add(tokOp, wide, start)
		return nil
	}
	two := string([]rune{r, l.at(1)})
	switch two {
	case "!=", "<=", ">=", "//", "..", "::":
		l.take(2)
		l.add(tokOp, two, start)
		return nil
	}
	if strings.ContainsRune("()[],@|/+-=<>.*", r) {
		text := string(r)
		if r == '*' && !l.operatorFollows() {
			text = "*name"
		}
		l.take(1)
		l.add(tokOp, text, start)
		return nil
	}
	return problemAt("xpath.bad_character", start, "Found", string(l.src[start]))
}

func (l *lexer) lexNumber() {
	start := l.pos
	var b strings.Builder
	seenDot := false
	for {
		r := l.at(0)
		if r == '.' && !seenDot {
			seenDot = true
		} else if r < '0' || r > '9' {
			break
		}
		b.WriteRune(r)
		l.take(1)
	}
	l.add(tokNumber, b.String(), start)
}

// lexString reads a literal. One opened by a typographic quote closes at any quote of
// its kind; one opened by an ASCII quote closes at the same, or, when there is none,
// at a typographic one.
func (l *lexer) lexString() error {
	start := l.pos
	open := l.src[l.pos]
	ascii := fold(open)
	end := -1
	for i := start + 1; i < len(l.src); i++ {
		if l.src[i] == open && open == ascii || open != ascii && fold(l.src[i]) == ascii {
			end = i
			break
		}
	}
	if end < 0 {
		for i := start + 1; i < len(l.src); i++ {
			if fold(l.src[i]) == ascii {
				end = i
				break
			}
		}
	}
	if end < 0 {
		return problemAt("xpath.unclosed_string", start)
	}
	l.warn(start, open, ascii)
	l.warn(end, l.src[end], ascii)
	l.pos = end + 1
	l.add(tokString, string(l.src[start+1:end]), start)
	return nil
}

func (l *lexer) lexField() error {
	start := l.pos
	l.take(2)
	from := l.pos
	for l.pos < len(l.src) && l.at(0) != '}' {
		l.pos++
	}
	if l.pos >= len(l.src) {
		return problemAt("xpath.unclosed_field", start)
	}
	name := strings.TrimSpace(string(l.src[from:l.pos]))
	l.take(1)
	switch {
	case strings.HasPrefix(name, "last-saved#"):
		return problemAt("xpath.last_saved", start)
	case !validFieldName(name):
		return problemAt("xpath.bad_field_name", start, "Name", name)
	}
	l.add(tokField, name, start)
	return nil
}

func (l *lexer) lexName() error {
	start := l.pos
	if l.operatorFollows() {
		for _, word := range [...]string{"and", "or", "mod", "div"} {
			if l.hasWord(word) {
				l.take(len(word))
				l.add(tokOp, word, start)
				return nil
			}
		}
	}
	l.takeName()
	// One prefix, but never the axis separator.
	if l.at(0) == ':' && l.at(1) != ':' {
		if isNameStart(l.at(1)) {
			l.take(1)
			l.takeName()
		} else if l.at(1) == '*' {
			l.take(2)
		}
	}
	if l.at(0) == ':' && l.at(1) != ':' {
		return problemAt("xpath.bad_character", l.pos, "Found", ":")
	}
	var b strings.Builder
	for _, r := range l.src[start:l.pos] {
		b.WriteRune(fold(r))
	}
	l.add(tokName, b.String(), start)
	return nil
}

func (l *lexer) hasWord(word string) bool {
	for i, r := range word {
		if l.at(i) != r {
			return false
		}
	}
	return true
}

func (l *lexer) takeName() {
	for isNamePart(l.at(0)) {
		l.take(1)
	}
}

func isNameStart(r rune) bool { return r == '_' || unicode.IsLetter(r) }

func isNamePart(r rune) bool {
	return isNameStart(r) || r == '-' || r == '.' || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

func validFieldName(s string) bool {
	for i, r := range s {
		if i == 0 && !isNameStart(r) || !isNamePart(r) && r != ':' {
			return false
		}
	}
	return s != ""
}

// problemAt makes an error that points at a character. offset counts runes from 0;
// people read "At", which counts from 1.
func problemAt(code casework.Code, offset int, pairs ...any) error {
	return casework.Problem("xpath.Compile", code, append(pairs, "At", offset+1)...)
}
