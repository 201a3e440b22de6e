package form

// State of a section.
type State uint8

// The states, in the words of the outline.
const (
	Open    State = iota // 未: something is still to be answered
	Done                 // 完
	Faulty               // 错: an answer is wrong
	Nothing              // nothing to ask here now
)

// Section is one entry of the outline: a group at the top of the form. Questions outside
// of any group form sections with an empty Path.
type Section struct {
	Path     string
	Label    string
	State    State
	Answered int // of Visible
	Visible  int // questions shown now
	first    int // its places among the root's
	last     int
}

// Sections is the outline, in the order of the form. Sections with nothing to show now
// have the State Nothing.
func (in *Instance) Sections() []Section {
	var out []Section
	for i, k := range in.root.kids {
		if k.code.item.Kind == Group {
			out = append(out, Section{Path: k.path, Label: in.say(k, k.code.item.Label), first: i, last: i + 1})
			continue
		}
		if n := len(out); n == 0 || out[n-1].Path != "" {
			out = append(out, Section{first: i})
		}
		out[len(out)-1].last = i + 1
	}
	for i := range out {
		in.measure(&out[i])
	}
	return out
}

// measure counts a section. It is done when nothing in it hinders and something in it,
// if it can be answered at all, has been.
func (in *Instance) measure(s *Section) {
	faulty, lacking, any := false, false, false
	for _, k := range in.root.kids[s.first:s.last] {
		in.shown(k, func(p *place) {
			any = true
			if p.series || p.code.item.Type == TypeNote {
				return
			}
			s.Visible++
			answered := p.node.Value != "" || p.unknown != ""
			if answered {
				s.Answered++
			}
			if len(in.hindrances(p)) > 0 {
				faulty = faulty || answered
				lacking = lacking || !answered
			}
		})
	}
	switch {
	case !any:
		s.State = Nothing
	case faulty:
		s.State = Faulty
	case lacking || s.Visible > 0 && s.Answered == 0:
		s.State = Open
	default:
		s.State = Done
	}
}

// shown visits every place a person sees below p, in order: questions, notes and repeats,
// which themselves come before what is in them.
func (in *Instance) shown(p *place, visit func(*place)) {
	if p.gone() || !p.relevant {
		return
	}
	switch {
	case p.question():
		if p.code.item.Type.Shown() {
			visit(p)
		}
		return
	case p.series:
		visit(p)
	}
	for _, k := range p.kids {
		in.shown(k, visit)
	}
}

// Progress counts the questions shown now and those answered among them.
func (in *Instance) Progress() (answered, visible int) {
	for _, s := range in.Sections() {
		answered += s.Answered
		visible += s.Visible
	}
	return answered, visible
}
