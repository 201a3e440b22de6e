package rule

import (
	"slices"

	"doorstep/casework"
)

// Reason is one sentence of a why: a key of casework/lang with its values, and the class
// of what it was derived from. Whoever has no clearance for the class must not read it,
// nor learn that it exists (people §1.4).
type Reason struct {
	Key   string
	Args  []any // alternating names and values; see Say for the values
	Class casework.Sensitivity
}

// Speaker says sentences; *lang.Speaker is one.
type Speaker interface {
	Say(key string, pairs ...any) string
	Tag() string
}

// Say is the sentence in the speaker's language. Values that are Reasons are said first,
// code-list terms by their label, days as 2026-11-22.
func (r Reason) Say(s Speaker) string {
	args := slices.Clone(r.Args)
	for i := 1; i < len(args); i += 2 {
		switch v := args[i].(type) {
		case Reason:
			args[i] = v.Say(s)
		case casework.Term:
			args[i] = v.Label(s.Tag())
		case casework.Day:
			args[i] = v.String()
		}
	}
	return s.Say(r.Key, args...)
}

// Readable are the reasons that a clearance may read. What is left out leaves no trace.
func Readable(why []Reason, clearance casework.Sensitivity) []Reason {
	out := make([]Reason, 0, len(why))
	for _, r := range why {
		if r.Class <= clearance {
			out = append(out, r)
		}
	}
	return out
}

// ClassOf is the highest class among reasons.
func ClassOf(why []Reason) casework.Sensitivity {
	var most casework.Sensitivity
	for _, r := range why {
		most = max(most, r.Class)
	}
	return most
}

func because(class casework.Sensitivity, key string, args ...any) Reason {
	return Reason{Key: key, Args: args, Class: class}
}

// gradeTerm is the neutral name of a grade: 一级.
func gradeTerm(grade int) casework.Term {
	t, _ := casework.Grades.Of(string(rune('0' + grade)))
	return t
}
