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

// term is a code's label in the worker's language.
func (d *Desk) term(list, code string) string {
	l, _ := casework.List(list)
	if t, ok := l.Of(code); ok {
		return t.Label(d.opt.Speaker.Tag())
	}
	return code
}
