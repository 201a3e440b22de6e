package entry

import (
	"slices"
	"strings"

	"doorstep/casework"
	"doorstep/tui/stage"
	"doorstep/tui/widget"
)

// Kind is how a line is filled in.
type Kind int

// The kinds.
const (
	Text   Kind = iota // typed
	Digits             // typed, digits only
	Day                // a day
	One                // one of Options
	Many               // several of Options
	Person             // somebody found by searching: the screen opens the search, and sets Options and value
	Heading
)

// Option is one thing to choose.
type Option struct{ Value, Label string }

// Line is one labelled line.
type Line struct {
	ID      string
	Label   string // a sentence in the worker's language
	Hint    string // shown beside while the line has the focus
	Kind    Kind
	Options []Option
	Must    bool
	Warn    string // beside the label: 两处改得不一样

	field   widget.Field
	day     widget.DayField
	chosen  []string
	problem string
}

// Max is the most characters of a typed line.
func (l *Line) Max(n int) *Line { l.field.Max = n; return l }

// WithX lets a line of digits end in an X, as ID numbers do.
func (l *Line) WithX() *Line { l.field.WithX = true; return l }

// Set puts a value in: text, a day as 2026-11-22, or the value of an option.
func (l *Line) Set(values ...string) *Line {
	switch l.Kind {
	case Text, Digits:
		l.field.Set(strings.Join(values, " "))
	case Day:
		l.day.Set(strings.Join(values, " "))
	default:
		l.chosen = slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "" })
	}
	return l
}

// Value is what stands there: text as typed, an option's value, "" when nothing.
func (l *Line) Value() string {
	switch l.Kind {
	case Text, Digits:
		return strings.TrimSpace(l.field.Value())
	case One, Person:
		if len(l.chosen) > 0 {
			return l.chosen[0]
		}
	case Many:
		return strings.Join(l.chosen, " ")
	}
	return ""
}

// Raw is what stands there, a day as it was typed.
func (l *Line) Raw() string {
	if l.Kind == Day {
		return strings.TrimSpace(l.day.Value())
	}
	return l.Value()
}

// Future lets a line take days that have not come yet.
func (l *Line) Future() *Line { l.day.Toward = widget.Coming; return l }

// Values are the values of chosen options, in the order of Options.
func (l *Line) Values() []string {
	var out []string
	for _, o := range l.Options {
		if slices.Contains(l.chosen, o.Value) {
			out = append(out, o.Value)
		}
	}
	return out
}

// Day is the day that stands there; 0 when none. problem is a sentence.
func (l *Line) Day(env *stage.Env) (day casework.Day, problem string) {
	text, problem := l.day.Day(env)
	if problem != "" || text == "" {
		return 0, problem
	}
	date, err := casework.ParseDate(text)
	if err != nil {
		return 0, env.Error(err)
	}
	d, _ := date.Exact()
	return d, ""
}

// Refuse marks a line with a sentence that says what is wrong with it.
func (l *Line) Refuse(sentence string) { l.problem = sentence }
