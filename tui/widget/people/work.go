package people

import (
	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/stage"
)

// Where says what became of a piece of work.
func Where(env *stage.Env, w book.Whereabouts) string {
	if w.State == "" {
		return ""
	}
	if w.Reason == "" {
		return env.Say("where." + w.State)
	}
	return env.Say("where."+w.State, "Reason", env.Say("reason."+string(w.Reason)))
}

// Mode is the word for how a visit was made, of a code of the list "visit_mode".
func Mode(env *stage.Env, code string) string {
	list, _ := casework.List("visit_mode")
	if t, ok := list.Of(code); ok {
		return t.Label(env.Say("people.lang"))
	}
	return code
}
