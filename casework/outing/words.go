package outing

import (
	"strings"

	"doorstep/casework/rule"
)

// NewLines is how many lines a sheet leaves free for what is agreed on this time.
const NewLines = 2

// About is the line below the name: 女  9岁  3组.
func (s Sheet) About(speaker rule.Speaker) string {
	age := speaker.Say("outing.age_unknown")
	if s.Age >= 0 {
		age = speaker.Say("people.age", "Age", s.Age)
	}
	var parts []string
	for _, p := range []string{s.Sex, age, s.Group} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, "  ")
}

// Say is a promise as it stands on the sheet.
func (p Promise) Say(speaker rule.Speaker) string {
	if p.Until == 0 {
		return p.Text
	}
	return speaker.Say("outing.until", "What", p.Text, "Day", p.Until.String()[5:])
}

// Ask is the question with what it needs to be answered: several may be ticked.
func (q Question) Ask(speaker rule.Speaker) string {
	if q.Many {
		return q.Label + speaker.Say("outing.many")
	}
	return q.Label
}

// Only says which answer above brings the question up; "" when it is always asked.
func (q Question) Only(speaker rule.Speaker) string {
	if q.When.Code == "" {
		return ""
	}
	return speaker.Say("outing.when", "Question", q.When.Code, "Keys", strings.Join(q.When.Keys, speaker.Say("outing.or")))
}
