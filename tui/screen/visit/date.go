package visit

import (
	"regexp"

	"doorstep/tui/widget"
)

// A rule of the form that says on which side of the visit a day must lie: . > ${visit_day},
// . <= today().
var (
	notBefore = regexp.MustCompile(`^\s*\.\s*>=?\s*(today\(\)|now\(\)|\$\{visit_day\}|\$\{today\})`)
	notAfter  = regexp.MustCompile(`^\s*\.\s*<=?\s*(today\(\)|now\(\)|\$\{visit_day\}|\$\{today\})`)
)

// toward is which day "11-22" or "初五" means in a question: the next one where the form wants
// one to come, the last one where it wants one that has been, else the nearest.
func toward(constraint string) widget.Toward {
	switch {
	case notBefore.MatchString(constraint):
		return widget.Coming
	case notAfter.MatchString(constraint):
		return widget.Past
	}
	return widget.Near
}
