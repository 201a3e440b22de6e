package visit

import (
	"regexp"
	"strconv"
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
	return s.look(env, v, keymap.Text(key))
}

// look opens the search of a question with something typed already.
func (s *Screen) look(env *stage.Env, v form.View, text string) stage.Action {
	opts := s.options(env, v)
	if opts.len() <= perPage {
		return stage.None()
	}
	p := &search{title: title(v), field: widget.Field{Max: 30}, leave: func(i int) any { return chosen{i} }}
	if s.finders == nil {
		s.finders = map[string]*finder{}
	}
	p.in = s.finders[v.Path]
	if p.in == nil || !p.in.fits(opts) {
		p.in = newFinder(opts)
		s.finders[v.Path] = p.in
	}
	p.on = func(i int) bool { return opts.at(i).on }
	p.field.Set(text)
	p.find()
	return stage.Push(p)
}

// finder finds options by Han, pinyin, initials or the beginning of their code. The index of
// a long list is made beside; until it is there, by Han and code alone.
type finder struct {
	first  *form.Choice // of the list it was made for
	labels []string
	lower  []string // what is compared with
	codes  []string
	index  *pinyin.Index
}

func newFinder(opts options) *finder {
	n := opts.len()
	f := &finder{labels: make([]string, n), lower: make([]string, n), codes: make([]string, n)}
	if len(opts.choices) > 0 {
		f.first = opts.choices[0]
	}
	for i := range n {
		o := opts.at(i)
		f.labels[i], f.lower[i], f.codes[i] = o.label, fold(o.label), fold(o.value)
	}
	if n <= fewEnough {
		f.index = pinyin.NewIndex(f.labels)
	}
	return f
}

// fewEnough is how many labels are indexed at once, in well under a frame.
const fewEnough = 3000

func (f *finder) fits(opts options) bool {
	return len(f.labels) == opts.len() && (len(opts.choices) == 0 || opts.choices[0] == f.first)
}

func fold(s string) string { return strings.ToLower(strings.TrimSpace(casework.Narrow(s))) }

// find gives at most limit options: first those whose words or code begin so, then the others.
func (f *finder) find(query string, limit int) []int {
	query = fold(query)
	if query == "" {
		out := make([]int, min(limit, len(f.labels)))
		for i := range out {
			out[i] = i
		}
		return out
	}
	var begin, inside []int
	seen := map[int]bool{}
	for i, l := range f.lower {
		switch {
		case strings.HasPrefix(l, query), strings.HasPrefix(f.codes[i], query):
			begin = append(begin, i)
		case strings.Contains(l, query):
			inside = append(inside, i)
		default:
			continue
		}
		seen[i] = true
		if len(begin) >= limit {
			return begin
		}
	}
	out := append(begin, inside...)
	if f.index != nil && len(out) < limit {
		more, _ := f.index.Find(query, limit)
		for _, i := range more {
			if !seen[i] {
				out = append(out, i)
			}
		}
	}
	return out[:min(len(out), limit)]
}

// search is the page of a list with a field to type in.
type search struct {
	title string
	in    *finder
	on    func(i int) bool
	field widget.Field
	found []int
	at    int
	top   int
	rows  int
	ready stage.Latest
	leave func(i int) any // what option i leaves behind
}

// most is how many options a search lists at most.
const most = 200

func (p *search) find() { p.at, p.top, p.found = 0, 0, p.in.find(p.field.Value(), most) }

func (p *search) Place() keymap.Place            { return OptionsPlace }
func (p *search) Header(*stage.Env) stage.Header { return stage.Header{Left: p.title} }
func (p *search) Typing() bool                   { return true }

// Start implements stage.Starter: the index of a long list is made while she types.
func (p *search) Start(*stage.Env) tea.Cmd {
	if p.in.index != nil {
		return nil
	}
	labels := p.in.labels
	return p.ready.Ask(func() any { return pinyin.NewIndex(labels) })
}

// Status implements stage.Reporter.
func (p *search) Status(env *stage.Env) string {
	count := strconv.Itoa(len(p.found))
	if len(p.found) >= most {
		count += "+"
	}
	return " " + env.Say("visit.options.found", "Found", count, "All", len(p.in.labels))
}

func (p *search) Update(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if v, fresh, mine := p.ready.Take(msg); mine {
		if index, ok := v.(*pinyin.Index); ok && fresh {
			at := p.at
			p.in.index = index
			p.find()
			p.at = min(at, max(0, len(p.found)-1))
		}
		return stage.None(), nil
	}
	switch msg := msg.(type) {
	case stage.Do:
		if p.at < len(p.found) {
			return stage.PopWith(p.leave(p.found[p.at])), nil
		}
		return stage.None(), nil
	case stage.Wheel:
		p.move(msg.Lines)
		return stage.None(), nil
	case stage.Click:
		if i := p.top + msg.Y - 2; msg.Y >= 2 && i < len(p.found) {
			return stage.PopWith(p.leave(p.found[i])), nil
		}
		return stage.None(), nil
	case tea.KeyPressMsg:
		by, ok := map[string]int{"up": -1, "shift+tab": -1, "down": 1, "tab": 1, "pgup": -p.rows, "pgdown": p.rows}[keymap.Press(msg)]
		if ok {
			p.move(by)
			return stage.None(), nil
		}
	}
	if was := p.field.Value(); p.field.Update(msg) && p.field.Value() != was {
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
	p.top = p.at / p.rows * p.rows
	for i := p.top; i < min(len(p.found), p.top+p.rows); i++ {
		mark := "    "
		if p.on(p.found[i]) {
			mark = "(x) "
		}
		row := "  " + mark + cell.CleanTo(p.in.labels[p.found[i]], 200)
		if i == p.at {
			row = env.Paint(theme.Chosen, cell.Fit(row, size.W))
		}
		f.Body = append(f.Body, row)
	}
	return f
}

// coded is the code at the beginning of a question's name.
var coded = regexp.MustCompile(`^[a-z]{1,2}[0-9]+(?:_[0-9]+)*`)

// code is what a question is called on paper: c5_3 is C5.3, c8_3_worker stands with it under
// C8.3; "" where its name is no code.
func code(v form.View) string {
	return strings.ToUpper(strings.ReplaceAll(coded.FindString(v.Item.Name), "_", "."))
}

// named is a question's words with its code before them.
func named(v form.View) string { return strings.TrimSpace(code(v) + "  " + title(v)) }

// newCodes lists the questions asked now by code and words, to go to one of them. "53" finds C5.3.
func newCodes(env *stage.Env, s *Screen) *search {
	f := &finder{}
	var paths []string
	var answered []bool
	section, inside := s.section, s.inside
	s.inside = nil
	for i := range s.sections() {
		s.section = i
		for _, q := range s.questions() {
			if !s.answerable(q) {
				continue
			}
			key := strings.Map(func(r rune) rune {
				if r >= '0' && r <= '9' {
					return r
				}
				return -1
			}, q.Item.Name)
			label := named(q)
			if code(q) == "" {
				key = fold(q.Item.Name)
			}
			f.labels, f.lower, f.codes = append(f.labels, label), append(f.lower, fold(label)), append(f.codes, key)
			paths, answered = append(paths, q.Path), append(answered, q.Answered())
		}
	}
	s.section, s.inside = section, inside
	f.index = pinyin.NewIndex(f.labels)
	p := &search{title: env.Say("visit.cmd.code"), in: f, field: widget.Field{Max: 30}, leave: func(i int) any { return jump{paths[i]} }}
	p.on = func(i int) bool { return answered[i] }
	p.found = f.find("", len(f.labels))
	return p
}
