package xpath

import (
	"math"
	"slices"
	"time"
)

// Kind is what a Value holds.
type Kind uint8

// The kinds of value. Day is a whole civil day, Moment an instant; Unknown occurs only
// in three-valued evaluation and names the blanks it comes from.
const (
	KindText Kind = iota
	KindNumber
	KindTruth
	KindNodes
	KindDay
	KindMoment
	KindUnknown
)

// Value is the result of an expression. The zero Value is a blank text.
type Value struct {
	kind   Kind
	answer bool // nodes that came from ${…}: true when answered, not when merely present
	number float64
	text   string
	nodes  []*Node
	rare   *rare
}

// rare is what few values carry, kept apart because values are copied all the time.
type rare struct {
	moment time.Time
	blanks []string
}

// MakeText, MakeNumber, MakeTruth and MakeDay build values; a day counts from 1970-01-01.
func MakeText(s string) Value { return Value{text: s} }

// MakeNumber builds a number.
func MakeNumber(f float64) Value { return Value{kind: KindNumber, number: f} }

// MakeTruth builds true or false.
func MakeTruth(b bool) Value {
	v := Value{kind: KindTruth}
	if b {
		v.number = 1
	}
	return v
}

// MakeDay builds a civil day, counted from 1970-01-01. A day outside the years
// 1 to 9999 is blank.
func MakeDay(day int) Value {
	if day < minDay || day > maxDay {
		return Value{}
	}
	return Value{kind: KindDay, number: float64(day)}
}

func makeMoment(t time.Time) Value {
	if d := dayOf(t); d < minDay || d > maxDay {
		return Value{}
	}
	return Value{kind: KindMoment, rare: &rare{moment: t}}
}

func makeUnknown(blanks []string) Value {
	slices.Sort(blanks)
	return Value{kind: KindUnknown, rare: &rare{blanks: slices.Compact(blanks)}}
}

// Kind tells what v holds.
func (v Value) Kind() Kind { return v.kind }

// Nodes is the node-set, or nil when v is none.
func (v Value) Nodes() []*Node { return v.nodes }

// Unknown gives the names of the blank questions that made v unknown, and whether it is.
func (v Value) Unknown() ([]string, bool) {
	if v.kind != KindUnknown {
		return nil, false
	}
	return v.rare.blanks, true
}

// Day is the civil day v stands for, counted from 1970-01-01.
func (v Value) Day() (int, bool) {
	switch v.kind {
	case KindDay:
		return int(v.number), true
	case KindMoment:
		return dayOf(v.rare.moment), true
	case KindText, KindNodes:
		s, ok := parseStamp(v.String())
		return s.day, ok
	}
	return 0, false
}

// IsBlank reports whether v has no text; a number that is not one is blank, too.
func (v Value) IsBlank() bool {
	switch v.kind {
	case KindText:
		return v.text == ""
	case KindNumber:
		return math.IsNaN(v.number)
	case KindNodes:
		return v.String() == ""
	case KindUnknown:
		return true
	}
	return false
}

// Bool is XPath's boolean(): a text is true when not empty, a number when neither zero
// nor NaN, a node-set when not empty, ${…} when answered. Unknown is false.
func (v Value) Bool() bool {
	switch v.kind {
	case KindText:
		return v.text != ""
	case KindNumber, KindTruth:
		return v.number != 0 && !math.IsNaN(v.number)
	case KindNodes:
		if v.answer {
			return v.String() != ""
		}
		return len(v.nodes) > 0
	case KindDay, KindMoment:
		return true
	}
	return false
}

// Number is XPath's number(), where a text or answer that is a date counts as its civil day.
func (v Value) Number() float64 {
	switch v.kind {
	case KindNumber, KindTruth, KindDay:
		return v.number
	case KindMoment:
		return float64(dayOf(v.rare.moment))
	case KindText:
		return textNumber(v.text)
	case KindNodes:
		return textNumber(v.String())
	}
	return math.NaN()
}

// String is XPath's string(): of a node-set, the text of its first node.
func (v Value) String() string {
	switch v.kind {
	case KindText:
		return v.text
	case KindNumber:
		return formatNumber(v.number)
	case KindTruth:
		if v.number != 0 {
			return "true"
		}
		return "false"
	case KindNodes:
		if len(v.nodes) == 0 {
			return ""
		}
		return v.nodes[0].Text()
	case KindDay:
		return FormatDay(int(v.number))
	case KindMoment:
		return formatMoment(v.rare.moment)
	}
	return ""
}
