package form

import (
	"strings"

	"doorstep/casework"
)

// View is what the screen shows of one place: a question, a note, or a repeat with its
// instances. It is a copy; Item and the texts in it belong to the form.
type View struct {
	Path        string
	Item        *Item
	Label       string // with ${…} filled in, in the language of the visit
	Hint        string
	Value       string
	Unknown     string // UnknownNotAsked, UnknownNotSeen or ""
	Required    bool
	ReadOnly    bool
	Class       casework.Sensitivity
	Previous    string // the last visit's answer; always "" where the question is fresh
	Door        bool   // the answer was given today behind the same door, in another visit, and nobody changed it here
	Hindrances  []Hindrance
	Instances   []Row // of a repeat
	InstanceBin []Row // of a repeat: those that can be restored
}

// Row is one instance of a repeat.
type Row struct {
	Path  string
	Views []View
}

// Answered reports whether there is an answer or an unknown mark.
func (v View) Answered() bool { return v.Value != "" || v.Unknown != "" }

// Questions are the places shown in a section now, in order; groups inside are laid flat.
func (in *Instance) Questions(s Section) []View {
	var out []View
	for _, k := range in.root.kids[s.first:s.last] {
		out = in.views(k, out)
	}
	return out
}

func (in *Instance) views(p *place, out []View) []View {
	if p.gone() || !p.relevant {
		return out
	}
	switch {
	case p.question():
		if p.code.item.Type.Shown() {
			out = append(out, in.view(p))
		}
		return out
	case p.series:
		return append(out, in.view(p))
	}
	for _, k := range p.kids {
		out = in.views(k, out)
	}
	return out
}

// View is one place by its path; false when the form has none there. A place that does
// not apply now is given, too: ask Applies.
func (in *Instance) View(path string) (View, bool) {
	p := in.byPath[path]
	if p == nil || p.code == nil || p.number > 0 || p.code.item.Kind == Group {
		return View{}, false
	}
	return in.view(p), true
}

// Applies reports whether the place at path exists and is to be asked now.
func (in *Instance) Applies(path string) bool {
	p := in.byPath[path]
	return p != nil && p.live()
}

func (in *Instance) view(p *place) View {
	it := p.code.item
	v := View{Path: p.path, Item: it, Label: in.say(p, it.Label), Hint: in.say(p, it.Hint), Class: p.code.class}
	if p.series {
		for _, k := range p.kids {
			row := Row{Path: k.path}
			for _, q := range k.kids {
				row.Views = in.views(q, row.Views)
			}
			switch {
			case k.binned:
				v.InstanceBin = append(v.InstanceBin, row)
			case !k.beyond:
				v.Instances = append(v.Instances, row)
			}
		}
		return v
	}
	v.Value, v.Unknown, v.Required, v.ReadOnly, v.Door = p.node.Value, p.unknown, p.required, p.readOnly, p.door
	v.Hindrances = in.hindrances(p)
	if !p.code.fresh && it.Type.Shown() {
		v.Previous = in.opts.Previous[p.key]
	}
	return v
}

// Path finds a place by its key, as in Answer.Key: "amount", "benefit[2]/amount". A bare
// name inside a repeat is that of its first instance. false when there is none.
func (in *Instance) Path(key string) (string, bool) {
	name := key[strings.LastIndexByte(key, '/')+1:]
	c := in.prog.byName[name]
	if c == nil {
		return "", false
	}
	first := ""
	for _, p := range in.at[c] {
		if p.key == key || p.path == key {
			return p.path, true
		}
		if first == "" && key == name && present(p) {
			first = p.path
		}
	}
	return first, first != ""
}
