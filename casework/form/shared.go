package form

import "doorstep/casework"

// Door is what was answered behind one door to questions that are asked once (column
// shared), by the question's name. It never holds restricted answers, marks, or answers of
// a roster.
type Door map[string]DoorAnswer

// DoorAnswer is one shared answer as the form knew it that it was given in.
type DoorAnswer struct {
	Value string
	Class casework.Sensitivity
}

// shareable reports whether the question is asked once behind a door. Publishing refuses
// shared on a restricted question; should one exist all the same, or become restricted by
// what it depends on, it is not shared.
func (c *code) shareable() bool {
	return c.item.Shared && c.item.Kind == Question && c.class < casework.Restricted &&
		len(c.repeats) == 0 && c.item.Type.Shown() && !c.item.Type.Attaches() && c.item.Type != TypeNote
}

// Door gives the shared answers of this visit, open or about to be closed.
func (in *Instance) Door() Door {
	out := Door{}
	for _, p := range in.document() {
		if p.code.shareable() && p.live() && p.node.Value != "" && len(in.hindrances(p)) == 0 {
			out[p.code.item.Name] = DoorAnswer{p.node.Value, p.code.class}
		}
	}
	return out
}

// DoorOf picks the shared answers from a closed visit: answers by Answer.Key as its record
// keeps them, def the form it was made with. A form that cannot be computed shares nothing.
func DoorOf(def *Definition, answers map[string]string) Door {
	out := Door{}
	prog, err := def.ix().program(def)
	if err != nil {
		return out
	}
	for key, value := range answers {
		if c := prog.byName[key]; c != nil && c.shareable() && value != "" {
			out[key] = DoorAnswer{value, c.class}
		}
	}
	return out
}

// Add takes in the answers of a further visit behind the door; where both know a question,
// those of more go before.
func (d Door) Add(more Door) {
	for name, a := range more {
		d[name] = a
	}
}

// For gives the answers that fit another visit, for StartOptions.Shared: to questions of
// the same name that are shared there, too, take such an answer (type, choices that exist)
// and are kept at least as secret.
func (d Door) For(def *Definition) map[string]string {
	prog, err := def.ix().program(def)
	if err != nil {
		return nil
	}
	out := map[string]string{}
	for name, a := range d {
		if c := prog.byName[name]; c != nil && c.shareable() && c.class >= a.Class && fits(def, c.item, a.Value) {
			out[name] = a.Value
		}
	}
	return out
}

// TakeDoor fills an open visit with answers given meanwhile behind the same door: into
// questions nobody answered here. Its changes are journaled as any others, and View.Door
// marks the answers until someone changes them.
func (in *Instance) TakeDoor(d Door) ([]Change, error) {
	given := d.For(in.def)
	var out []Change
	for _, p := range in.document() {
		value, ok := given[p.code.item.Name]
		if !ok || in.prog.byName[p.code.item.Name] != p.code || p.touched || p.node.Value == value || p.code.calculation != nil || p.readOnly {
			continue
		}
		c, err := in.apply(Change{Path: p.path, Value: value, Door: true, At: in.clock()})
		if err != nil {
			return out, err
		}
		out = append(out, c)
	}
	return out, nil
}
