package xpath

import (
	"errors"

	"doorstep/casework"
)

// Expr is a compiled expression. It is immutable and may be evaluated from several
// goroutines at once.
type Expr struct {
	src      []rune
	tree     syntax
	warnings []Warning
	deps     Deps
}

// Compile reads an expression and refuses whatever could not be run later: wrong
// grammar, unknown or unsupported functions, a wrong number of arguments, patterns that
// RE2 does not have. The error is a *casework.Error whose Offset is the character.
//
// Codes: xpath.empty, xpath.too_long, xpath.too_deep, xpath.bad_character,
// xpath.unclosed_string, xpath.unclosed_field, xpath.bad_field_name, xpath.last_saved,
// xpath.missing, xpath.ends_early, xpath.unexpected, xpath.unknown_axis,
// xpath.unknown_function, xpath.unsupported_function, xpath.arguments,
// xpath.bad_pattern, xpath.lookaround, xpath.namespace.
func Compile(src string) (*Expr, error) {
	e, err := compileLazily(src)
	if err != nil {
		return nil, err
	}
	if err := check(e.tree); err != nil {
		return nil, err
	}
	return e, nil
}

// compileLazily checks the grammar alone. What check would refuse is then an error of
// the evaluation, and only when that part is reached.
func compileLazily(src string) (*Expr, error) {
	tree, warnings, err := parse(src)
	if err != nil {
		return nil, err
	}
	e := &Expr{src: []rune(src), tree: tree, warnings: warnings}
	e.deps = findDeps(tree)
	return e, nil
}

// Source is the text as its author wrote it.
func (e *Expr) Source() string { return string(e.src) }

// Repaired is the text with every full-width sign outside of string literals replaced,
// so that it runs in other programs, too.
func (e *Expr) Repaired() string { return repaired(string(e.src), e.warnings) }

// Warnings lists the characters that Repaired replaced, from left to right.
func (e *Expr) Warnings() []Warning { return e.warnings }

func (e *Expr) text(s span) string { return string(e.src[s.start:s.end]) }

// Offset is the place in the source that an error from this package points at, in
// runes from 0. It is false for other errors.
func Offset(err error) (int, bool) {
	var p *casework.Error
	if !errors.As(err, &p) {
		return 0, false
	}
	at, ok := p.Args["At"].(int)
	return at - 1, ok
}
