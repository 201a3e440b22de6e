package form

import (
	"slices"

	"doorstep/casework"
)

// Trigger is a hard trigger an answer fired: something must be done at once.
type Trigger struct {
	Code   string // "HT-M"
	Path   string // the question
	Choice string // the choice that fired it, or "" when a rule of the question did
	// Quiet triggers show only a small neutral mark, because the one to fear may be reading
	// (people.md §1.1). The others may fill the screen.
	Quiet bool
	Class casework.Sensitivity
}

// loud are the only triggers that may fill the screen: nobody answers, medical danger,
// gas, cold or heat (people.md §1.1, domain §12). Any other code is quiet.
var loud = []string{"HT-N", "HT-H", "HT-G", "HT-C"}

// Triggers lists what the answers fire now, in the order of the form.
func (in *Instance) Triggers() []Trigger {
	var out []Trigger
	in.root.under(func(p *place) {
		if !p.question() && (p.code == nil || p.series || p.code.item.HardTrigger == "") || !p.live() {
			return
		}
		fire := func(code, choice string) {
			out = append(out, Trigger{
				Code: code, Path: p.path, Choice: choice, Quiet: !slices.Contains(loud, code), Class: p.code.class,
			})
		}
		for _, c := range in.chosen(p) {
			if c.HardTrigger != "" {
				fire(c.HardTrigger, c.Name)
			}
		}
		if code := p.code.item.HardTrigger; code != "" && in.fires(p) {
			fire(code, "")
		}
	})
	return out
}

// fires decides about a question's own trigger.
func (in *Instance) fires(p *place) bool {
	if p.code.triggerWhen != nil {
		v, ok := in.compute(p.code.triggerWhen, p, "trigger")
		return ok && v.Bool()
	}
	switch p.node.Value {
	case "", "0", "no", "false":
		return false
	}
	return p.unknown == ""
}
