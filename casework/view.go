package casework

import (
	"encoding/json"
	"slices"
)

// Views are typed readings of records, for rules and screens. They are values: made anew
// from a record, never written back. While two places say different things a view shows
// the value that was there first and names the field in Conflicts; grade, danger and
// protection read the more severe of all alternatives (sync §2).

// text decodes a JSON string. Most have no escapes and need no decoder.
func text(v json.RawMessage) string {
	if n := len(v); n >= 2 && v[0] == '"' && v[n-1] == '"' && slices.Index(v, '\\') < 0 {
		return string(v[1 : n-1])
	}
	var s string
	_ = json.Unmarshal(v, &s)
	return s
}

// word is the text of a field, shared with the code list where it is one of its codes, so
// that 20,000 summaries hold each word once.
func word(r Record, f Field, l CodeList) string {
	s := text(held(r, f))
	if i := l.index(s); i >= 0 {
		return l.Items[i].Code
	}
	return s
}

func dayOf(v json.RawMessage) Day {
	var d Day
	if d.UnmarshalText([]byte(text(v))) != nil {
		return 0
	}
	return d
}

func idOf(v json.RawMessage) ID {
	id, err := ParseID(text(v))
	if err != nil {
		return ID{}
	}
	return id
}

func read[T any](v json.RawMessage) T {
	var out T
	if !isNull(v) {
		_ = json.Unmarshal(v, &out)
	}
	return out
}

func flag(v json.RawMessage) bool { return string(v) == "true" }

// codes is a list of codes; with alternatives open, the union of all: a category that
// protects someone counts until a person has decided that it does not.
func codes(r Record, f Field) []string {
	every := r.Every(f)
	var out []string
	for _, v := range every {
		for _, c := range read[[]string](v) {
			if !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out
}

// gradeOf reads "1" to "4"; 0 is none.
func gradeOf(v json.RawMessage) int {
	if s := text(v); len(s) == 1 && s[0] >= '1' && s[0] <= '4' {
		return int(s[0] - '0')
	}
	return 0
}

// worse is the more severe of two grades; 0 is none and never wins.
func worse(a, b int) int {
	if a == 0 || b == 0 {
		return max(a, b)
	}
	return min(a, b)
}

// residentOf reads an ID number that was good when it was written, whatever day it is now.
func residentOf(v json.RawMessage) ResidentID {
	if isNull(v) {
		return ResidentID{}
	}
	var number struct{ Number string }
	_ = json.Unmarshal(v, &number)
	on := MustDay("2026-01-01")
	if n := number.Number; len(n) == 18 {
		if d, err := NewDay(atoi(n[6:10]), 12, 31); err == nil {
			on = d
		}
	}
	id, err := ResidentOf(v, on)
	if err != nil {
		return ResidentID{}
	}
	return id
}
