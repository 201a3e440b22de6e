package form

import (
	"slices"
	"strings"

	"doorstep/casework"
)

// Door is what was answered behind one door to questions that are asked once (column
// shared), by Item.DoorKey. It never holds restricted answers, marks, or answers of a roster.
type Door map[string]DoorAnswer

// DoorAnswer is one shared answer as the form knew it that it was given in.
type DoorAnswer struct {
	Value string
	Class casework.Sensitivity

	def  *Definition // where it was given,
	item *Item       // and to what
}

// choiceNone is the code of "none of these" in a select of several choices, as workbooks
// write it: not(selected(., 'none') and count-selected(.) > 1).
const choiceNone = "none"

// DoorKey is what questions asked once behind a door know each other by, in this form and in
// others: the key that the column shared gives, else the name; "" of a question not shared.
func (it *Item) DoorKey() string {
	switch {
	case !it.Shared:
		return ""
	case it.SharedAs != "":
		return it.SharedAs
	}
	return it.Name
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
			out[p.code.item.DoorKey()] = DoorAnswer{p.node.Value, p.code.class, in.def, p.code.item}
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
			out[c.item.DoorKey()] = DoorAnswer{value, c.class, def, c.item}
		}
	}
	return out
}

// Add takes in the answers of a further visit behind the door; where both know a question,
// those of more go before.
func (d Door) Add(more Door) {
	for key, a := range more {
		d[key] = a
	}
}

// For gives the answers that fit another visit, by the names of its questions, for
// StartOptions.Shared: to questions of the same key that are shared there, too, are of the
// same type and at least as secret. Of several choices it gives those that both questions
// offer. A choice of another form is the same when code and words are; "none" is taken where
// nothing is offered that the first question did not offer.
func (d Door) For(def *Definition) map[string]string {
	prog, err := def.ix().program(def)
	if err != nil {
		return nil
	}
	out := map[string]string{}
	for _, c := range prog.codes {
		if !c.shareable() || prog.byName[c.item.Name] != c {
			continue
		}
		if a, ok := d[c.item.DoorKey()]; ok && c.class >= a.Class {
			if value := a.fitting(def, c.item); value != "" {
				out[c.item.Name] = value
			}
		}
	}
	return out
}

// fitting is what of an answer another question takes, maybe nothing.
func (a DoorAnswer) fitting(def *Definition, it *Item) string {
	switch {
	case a.item.Type != it.Type:
		return ""
	case !it.Type.Selects():
		if !fits(def, it, a.Value) {
			return ""
		}
		return a.Value
	case a.item.ListFrom != "" || it.ListFrom != "":
		return ""
	}
	same := func(name string) bool { return sameChoice(a.def, a.item, def, it, name) }
	if it.Type == TypeSelectOne {
		if !same(a.Value) {
			return ""
		}
		return a.Value
	}
	var out []string
	for _, name := range strings.Fields(a.Value) {
		if same(name) {
			out = append(out, name)
		}
	}
	if it.Type == TypeRank && len(out) < len(strings.Fields(a.Value)) {
		return ""
	}
	if len(out) == 1 && out[0] == choiceNone {
		for _, c := range def.List(it.List).Choices {
			if !same(c.Name) {
				return ""
			}
		}
	}
	return strings.Join(out, " ")
}

// sameChoice says whether two selects mean the same by a code: both have it and, in two
// different forms, with the same words.
func sameChoice(a *Definition, x *Item, b *Definition, y *Item, name string) bool {
	one, two := a.List(x.List).Choice(name), b.List(y.List).Choice(name)
	return one != nil && two != nil && (a.FormID == b.FormID || a.Say(one.Label, b.DefaultLanguage) == b.Say(two.Label, b.DefaultLanguage))
}

// ChoicesInCommon says whether any choice of x, a select of a, can go over to y, one of b.
func ChoicesInCommon(a *Definition, x *Item, b *Definition, y *Item) bool {
	l := a.List(x.List)
	return l != nil && slices.ContainsFunc(l.Choices, func(c *Choice) bool { return sameChoice(a, x, b, y, c.Name) })
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
