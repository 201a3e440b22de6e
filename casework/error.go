package casework

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Code names what went wrong, for machines: "roster.xls_bytes". It is also the key of
// the sentence people read: casework/lang holds "error.<code>" (what happened) and
// "error.<code>.hint" (what to do next) in both languages.
type Code string

// Args are the facts a sentence names: a sheet, a row, a count, a limit.
// Nothing about a person belongs here: errors reach logs and support bundles.
type Args map[string]any

// Error is the one error type that crosses a package boundary towards a person.
type Error struct {
	Code Code   // for machines, and the key of the sentence
	Op   string // what was being done: "sheet.ReadRoster"
	Args Args   // what the sentence names; never about a person
	Hint Code   // key of another sentence for "what to do next"; empty means Code's own
	Err  error  // the cause, for developers; never shown on a worker's screen
}

// Problem makes an Error. Pairs are alternating names and values of Args.
func Problem(op string, code Code, pairs ...any) *Error {
	if len(pairs)%2 != 0 {
		panic("casework.Problem: pairs must come in twos")
	}
	e := &Error{Code: code, Op: op}
	for i := 0; i < len(pairs); i += 2 {
		if e.Args == nil {
			e.Args = Args{}
		}
		e.Args[pairs[i].(string)] = pairs[i+1]
	}
	return e
}

// Because returns a copy of e that wraps err.
func (e *Error) Because(err error) *Error {
	c := *e
	c.Err = err
	return &c
}

// Error is the developer's reading: operation, code, facts, cause.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Op)
	b.WriteString(": ")
	b.WriteString(string(e.Code))
	for _, k := range slices.Sorted(maps.Keys(e.Args)) {
		fmt.Fprintf(&b, " %s=%v", k, e.Args[k])
	}
	if e.Err != nil {
		b.WriteString(": ")
		b.WriteString(e.Err.Error())
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// CodeOf is the code of the first Error in err's chain, or "" when there is none.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// Is lets errors.Is compare by code: errors.Is(err, &Error{Code: "store.already_open"}).
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Op == "" && t.Code == e.Code
}
