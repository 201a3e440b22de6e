package desk

import (
	"doorstep/casework"
	"doorstep/casework/rule"
	"doorstep/tui/book"
)

// phrase says a rule's reason in the worker's language.
func (d *Desk) phrase(r rule.Reason) book.Phrase {
	return book.Phrase{Text: r.Say(d.opt.Speaker)}
}

func (d *Desk) say(key string, pairs ...any) string { return d.opt.Speaker.Say(key, pairs...) }

// term is a code's label in the worker's language; grandparents go by the names children
// call them.
func (d *Desk) term(list, code string) string {
	l, _ := casework.List(list)
	if t, ok := l.Of(code); ok {
		if list == "relation" && code >= "61" && code <= "64" && d.opt.Speaker.Tag() == "zh" && len(t.Aliases) > 0 {
			return t.Aliases[0]
		}
		return t.Label(d.opt.Speaker.Tag())
	}
	return code
}
