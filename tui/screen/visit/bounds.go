package visit

import (
	"regexp"
	"strconv"
	"strings"

	"doorstep/casework/form"
	"doorstep/tui/stage"
)

// bound is one end of what a number may be: . >= 0
var bound = regexp.MustCompile(`^\.\s*(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)$`)

// bounds says what a number may be, where the form's rule says it plainly; "" elsewhere.
func bounds(env *stage.Env, it *form.Item) string {
	low, high := "", ""
	if it.Type == form.TypeRange {
		low, high = it.Parameters["start"], it.Parameters["end"]
		if step := it.Parameters["step"]; step != "" && step != "1" && low != "" && high != "" {
			return env.Say("visit.range.step", "Low", low, "High", high, "Step", step)
		}
	} else if !strings.Contains(it.Constraint, " or ") {
		for _, part := range strings.Split(it.Constraint, " and ") {
			m := bound.FindStringSubmatch(strings.TrimSpace(part))
			if m == nil {
				continue
			}
			limit := m[2]
			if strict := len(m[1]) == 1; strict { // beyond 0 is from 1 on
				n, err := strconv.Atoi(limit)
				if err != nil || it.Type != form.TypeInteger {
					continue
				}
				limit = strconv.Itoa(n + map[string]int{">": 1, "<": -1}[m[1]])
			}
			if m[1][0] == '>' {
				low = limit
			} else {
				high = limit
			}
		}
	}
	switch {
	case low != "" && high != "":
		return env.Say("visit.range", "Low", low, "High", high)
	case low != "":
		return env.Say("visit.range.low", "Low", low)
	case high != "":
		return env.Say("visit.range.high", "High", high)
	case it.Type == form.TypeInteger:
		return env.Say("visit.range.whole")
	case it.Type == form.TypeDecimal:
		return env.Say("visit.range.number")
	}
	return ""
}
