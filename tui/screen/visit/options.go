package visit

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/pinyin"
	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget"
)

// chosen is what the search in a list leaves behind.
type chosen struct{ option int }

// search opens the search in a list that is too long for digits alone.
func (s *Screen) search(env *stage.Env, v form.View, msg tea.Msg) stage.Action {
	key, ok := msg.(tea.KeyPressMsg)
	if !ok || v.ReadOnly || strings.TrimSpace(keymap.Text(key)) == "" {
		return stage.None()
	}
	if opts := s.options(env, v); len(opts) > perPage {
		return stage.Push(newSearch(title(v), opts, keymap.Text(key)))
	}
	return stage.None()
}

// search finds options of a long list by Han, pinyin or initials.
type search struct {
	title string
	opts  []option
	index *pinyin.Index
	field widget.Field
	found []int
	at    int
	rows  int
	leave func(i int) any // what option i leaves behind
}

// most is how many options a search lists at most.
const most = 200

func newSearch(title string, opts []option, text string) *search {
	names := make([]string, len(opts))
	for i, o := range opts {
		names[i] = o.label
	}
	p := &search{
		title: title, opts: opts, index: pinyin.NewIndex(names), field: widget.Field{Max: 30},
		leave: func(i int) any { return chosen{i} },
	}
	p.field.Set(text)
	p.find()
	return p
}

func (p *search) find() {
	p.at, p.found = 0, nil
	query := strings.ToUpper(strings.TrimSpace(casework.Narrow(p.field.Value())))
	for i, o := range p.opts {
		if query == "" || strings.Contains(strings.ToUpper(o.label), query) || o.value != "" && strings.ToUpper(o.value) == query {
			p.found = append(p.found, i)
		}
	}
	if query == "" {
		return
	}
	more, _ := p.index.Find(query, most)
	for _, i := range more {
		if !slices.Contains(p.found, i) {
			p.found = append(p.found, i)
		}
	}
}

func (p *search) Place() keymap.Place            { return OptionsPlace }
func (p *search) Header(*stage.Env) stage.Header { return stage.Header{Left: p.title} }
func (p *search) Typing() bool                   { return true }

func (p *search) Update(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	switch msg := msg.(type) {
	case stage.Do:
		if p.at < len(p.found) {
			return stage.PopWith(p.leave(p.found[p.at])), nil
		}
		return stage.None(), nil
	case stage.Wheel:
		p.move(msg.Lines)
		return stage.None(), nil
	case tea.KeyPressMsg:
		switch keymap.Press(msg) {
		case "up", "shift+tab":
			p.move(-1)
			return stage.None(), nil
		case "down", "tab":
			p.move(1)
			return stage.None(), nil
		case "pgup":
			p.move(-p.rows)
			return stage.None(), nil
		case "pgdown":
			p.move(p.rows)
			return stage.None(), nil
		}
	}
	if p.field.Update(msg) {
		p.find()
	}
	return stage.None(), nil
}

func (p *search) move(by int) { p.at = max(0, min(p.at+by, len(p.found)-1)) }

func (p *search) Draw(env *stage.Env, size stage.Size) stage.Frame {
	line, caret := p.field.Draw(env, min(40, size.W-4), true)
	f := stage.Frame{Body: []string{"  " + line, ""}, Cursor: &stage.Cursor{X: 2 + caret, Y: 0}}
	if len(p.found) == 0 {
		f.Body = append(f.Body, "  "+env.Say("visit.options.none"))
	}
	p.rows = max(1, size.H-len(f.Body))
	first := p.at / p.rows * p.rows
	for i := first; i < min(len(p.found), first+p.rows); i++ {
		o := p.opts[p.found[i]]
		mark := "    "
		if o.on {
			mark = "(x) "
		}
		row := "  " + mark + o.label
		if i == p.at {
			row = env.Paint(theme.Chosen, cell.Fit(row, size.W))
		}
		f.Body = append(f.Body, row)
	}
	return f
}

// code is what a question is called on paper: c5_3 is C5.3.
func code(v form.View) string { return strings.ToUpper(strings.ReplaceAll(v.Item.Name, "_", ".")) }

// newCodes lists the questions asked now by code and words, to go to one of them. "53" finds C5.3.
func newCodes(env *stage.Env, s *Screen) *search {
	var opts []option
	var paths []string
	was := s.section
	for i := range s.sections() {
		s.section = i
		for _, q := range s.questions() {
			if !answerable(q) {
				continue
			}
			digits := strings.Map(func(r rune) rune {
				if r >= '0' && r <= '9' {
					return r
				}
				return -1
			}, q.Item.Name)
			opts = append(opts, option{value: digits, label: code(q) + "  " + title(q), on: q.Answered()})
			paths = append(paths, q.Path)
		}
	}
	s.section = was
	p := newSearch(env.Say("visit.cmd.code"), opts, "")
	p.leave = func(i int) any { return jump{paths[i]} }
	return p
}
