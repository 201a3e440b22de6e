// Package entry is a page of labelled lines to fill in: a new person, facts to change, a
// reason. Text is typed where it stands, a choice is made by its digit, a day is written in any
// of the ways people write one.
package entry

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/widget"
)

// Page is the lines with the one that has the focus.
type Page struct {
	Lines []*Line
	at    int
	top   int
}

// Find is the line of an id; nil when there is none.
func (p *Page) Find(id string) *Line {
	for _, l := range p.Lines {
		if l.ID == id {
			return l
		}
	}
	return nil
}

// Focus puts the cursor on a line.
func (p *Page) Focus(id string) {
	for i, l := range p.Lines {
		if l.ID == id {
			p.at = i
		}
	}
}

// Start puts the cursor on the first line that can be filled in.
func (p *Page) Start() {
	p.at = -1
	p.step(1)
}

// At is the line with the focus.
func (p *Page) At() *Line {
	if p.at < 0 || p.at >= len(p.Lines) {
		return nil
	}
	return p.Lines[p.at]
}

// Typing says whether text is being typed, so that digits are text.
func (p *Page) Typing() bool {
	l := p.At()
	return l != nil && (l.Kind == Text || l.Kind == Digits || l.Kind == Day || l.Kind == Person)
}

const panelID = "entry"

// Update takes what a page understands. done says that Enter was pressed on the last line.
// The action opens the list of a line with many options.
func (p *Page) Update(env *stage.Env, msg tea.Msg) (mine, done bool, action stage.Action) {
	l := p.At()
	if l == nil {
		return false, false, stage.None()
	}
	if back, ok := msg.(stage.Returned); ok {
		if picked, ok := back.Value.(widget.Picked); ok && picked.ID == panelID {
			if i, ok := picked.Value.(int); ok && i < len(l.Options) {
				p.choose(l, i)
			}
			return true, false, stage.None()
		}
		return false, false, stage.None()
	}
	if key, ok := msg.(tea.KeyPressMsg); ok {
		press := keymap.Press(key)
		if l.Kind == Day && (press == "enter" || press == "tab" || press == "shift+tab") {
			l.day.Leave(env) // written out, so that what was understood can be read
		}
		switch {
		case press == "enter":
			if l.Kind == One && len(l.chosen) == 0 && len(l.Options) > 9 || l.Kind == Many && len(l.Options) > 9 {
				return true, false, p.open(l)
			}
			if !p.step(1) {
				return true, true, stage.None()
			}
			return true, false, stage.None()
		case press == "tab" || press == "down" && l.Kind != Day:
			p.step(1)
			return true, false, stage.None()
		case press == "shift+tab" || press == "up" && l.Kind != Day:
			p.step(-1)
			return true, false, stage.None()
		case (l.Kind == One || l.Kind == Many) && len(press) == 1 && press[0] >= '1' && press[0] <= '9':
			if i := int(press[0] - '1'); i < len(l.Options) && len(l.Options) <= 9 {
				p.choose(l, i)
			} else if len(l.Options) > 9 {
				return true, false, p.open(l)
			}
			return true, false, stage.None()
		case (l.Kind == One || l.Kind == Many) && (press == "backspace" || press == "delete"):
			l.chosen, l.problem = nil, ""
			return true, false, stage.None()
		}
	}
	l.problem = ""
	switch l.Kind {
	case Text, Digits:
		return l.field.Update(msg), false, stage.None()
	case Day:
		return l.day.Update(env, msg), false, stage.None()
	}
	return false, false, stage.None()
}

func (p *Page) choose(l *Line, i int) {
	v := l.Options[i].Value
	l.problem = ""
	switch {
	case l.Kind == One:
		l.chosen = []string{v}
		p.step(1)
	case slices.Contains(l.chosen, v):
		l.chosen = slices.DeleteFunc(slices.Clone(l.chosen), func(c string) bool { return c == v })
	default:
		l.chosen = append(l.chosen, v)
	}
}

func (p *Page) open(l *Line) stage.Action {
	options := make([]widget.Option, len(l.Options))
	for i, o := range l.Options {
		mark := ""
		if slices.Contains(l.chosen, o.Value) {
			mark = "  [x]"
		}
		options[i] = widget.Option{Value: i, Label: o.Label + mark}
	}
	return stage.Push(widget.NewChoice(panelID, l.Label, options))
}

// step goes to the next line that can be filled in; false when there is none.
func (p *Page) step(by int) bool {
	for i := p.at + by; i >= 0 && i < len(p.Lines); i += by {
		if p.Lines[i].Kind != Heading {
			p.at = i
			return true
		}
	}
	return false
}

// Check marks every line that must be filled in and is not, goes to the first, and says
// whether all is well. missing is the sentence for them.
func (p *Page) Check(env *stage.Env, missing string) bool {
	first := -1
	for i, l := range p.Lines {
		l.problem = ""
		switch {
		case l.Kind == Day:
			if d, problem := l.Day(env); problem != "" {
				l.problem = problem
			} else if l.Must && d == 0 {
				l.problem = missing
			}
		case l.Must && l.Value() == "":
			l.problem = missing
		}
		if l.problem != "" && first < 0 {
			first = i
		}
	}
	if first >= 0 {
		p.at = first
	}
	return first < 0
}
