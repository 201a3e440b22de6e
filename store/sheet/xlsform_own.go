package sheet

import (
	"regexp"
	"strconv"
	"unicode/utf8"
)

// hardCode is how a hard trigger is written.
var hardCode = regexp.MustCompile(`^HT-[A-Z]$`)

// doorKey is a key that questions of several forms are shared under: a word with a letter first.
var doorKey = compiled(`^[\p{L}_][\p{L}\p{N}_.-]*$`)

// longestKey is the most characters of one.
const longestKey = 40

// readOwn reads this program's own columns (forms.md §4).
func (r *formReader) readOwn(t *table, it *row) {
	flag := func(column string) bool {
		s, p := t.get(it.line, column)
		if !yes(s) && !no(s) {
			r.refuse("not_yes_or_no", p, "Text", s, "Column", column)
		}
		return yes(s)
	}
	level := func(column string, highest int) int {
		s, p := t.get(it.line, column)
		if s == "" {
			return 0
		}
		n, err := strconv.Atoi(s)
		if err != nil || n < 0 || n > highest {
			r.refuse("not_a_level", p, "Text", s, "Column", column, "Max", highest)
		}
		return n
	}
	it.Fresh, it.Unknown = flag("fresh"), flag("unknown")
	if s, p := t.get(it.line, "shared"); !no(s) {
		it.Shared = true
		switch {
		case yes(s), s == it.Name:
		case utf8.RuneCountInString(s) <= longestKey && doorKey().MatchString(s):
			it.SharedAs = s
		default:
			r.refuse("bad_shared_key", p, "Text", s, "Name", it.Name)
		}
	}
	it.Sensitivity, it.Depth = level("sensitivity", 2), level("depth", 3)
	if s, p := t.get(it.line, "score"); s != "" {
		it.Score = s
		it.expects = append(it.expects, formula{"score", s, p})
	}
	if s, _ := t.get(it.line, "score_cap"); s != "" {
		n := level("score_cap", 1000)
		it.ScoreCap = &n
	}
	if s, p := t.get(it.line, "hard_trigger"); s != "" {
		if !hardCode.MatchString(s) {
			r.refuse("bad_trigger_code", p, "Text", s)
		}
		it.HardTrigger = s
	}
	if s, p := t.get(it.line, "hard_trigger_when"); s != "" {
		it.HardTriggerWhen = s
		it.expects = append(it.expects, formula{"hard_trigger_when", s, p})
	}
}
