// Package entry is a page of labelled lines to fill in: a new person, facts to change, a
// reason. Text is typed where it stands, a choice is made by its digit, a day is written in any
// of the ways people write one.
package entry

import (
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget"
)

// Kind is how a line is filled in.
type Kind int

// The kinds.
const (
	Text   Kind = iota // typed
	Digits             // typed, digits only
	Day                // a day
	One                // one of Options
	Many               // several of Options
	Person             // somebody found by searching: the screen opens the search, and sets Options and value
	Heading
)

// Option is one thing to choose.
type Option struct{ Value, Label string }

// Line is one labelled line.
type Line struct {
	ID      string
	Label   string // a sentence in the worker's language
	Hint    string // shown beside while the line has the focus
	Kind    Kind
	Options []Option
	Must    bool
	Warn    string // beside the label: 两处改得不一样

	field   widget.Field
	day     widget.DayField
	chosen  []string
	problem string
}

// Max is the most characters of a typed line.
func (l *Line) Max(n int) *Line { l.field.Max = n; return l }

// WithX lets a line of digits end in an X, as ID numbers do.
func (l *Line) WithX() *Line { l.field.WithX = true; return l }

// Set puts a value in: text, a day as 2026-11-22, or the value of an option.
func (l *Line) Set(values ...string) *Line {
	switch l.Kind {
	case Text, Digits:
		l.field.Set(strings.Join(values, " "))
	case Day:
		l.day.Set(strings.Join(values, " "))
	default:
		l.chosen = slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "" })
	}
	return l
}

// Value is what stands there: text as typed, an option's value, "" when nothing.
func (l *Line) Value() string {
	switch l.Kind {
	case Text, Digits:
		return strings.TrimSpace(l.field.Value())
	case One, Person:
		if len(l.chosen) > 0 {
			return l.chosen[0]
		}
	case Many:
		return strings.Join(l.chosen, " ")
	}
	return ""
}

// Raw is what stands there, a day as it was typed.
func (l *Line) Raw() string {
	if l.Kind == Day {
		return strings.TrimSpace(l.day.Value())
	}
	return l.Value()
}

// Future lets a line take days that have not come yet.
func (l *Line) Future() *Line { l.day.Future = true; return l }

// Values are the values of chosen options, in the order of Options.
func (l *Line) Values() []string {
	var out []string
	for _, o := range l.Options {
		if slices.Contains(l.chosen, o.Value) {
			out = append(out, o.Value)
		}
	}
	return out
}

// Day is the day that stands there; 0 when none. problem is a sentence.
func (l *Line) Day(env *stage.Env) (day casework.Day, problem string) {
	text, problem := l.day.Day(env)
	if problem != "" || text == "" {
		return 0, problem
	}
	date, err := casework.ParseDate(text)
	if err != nil {
		return 0, env.Error(err)
	}
	d, _ := date.Exact()
	return d, ""
}

// Refuse marks a line with a sentence that says what is wrong with it.
func (l *Line) Refuse(sentence string) { l.problem = sentence }

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
		switch press := keymap.Press(key); {
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

// Draw is the page, scrolled so that the line with the focus is seen.
func (p *Page) Draw(env *stage.Env, size stage.Size) ([]string, *stage.Cursor) {
	labelW := 8
	for _, l := range p.Lines {
		labelW = min(max(labelW, cell.Width(l.Label)), 24)
	}
	var rows []string
	var cursor *stage.Cursor
	from, to := 0, 0
	for i, l := range p.Lines {
		if i == p.at {
			from = len(rows)
		}
		if l.Kind == Heading {
			rows = append(rows, " "+env.Paint(theme.Strong, l.Label))
			continue
		}
		head := "  " + cell.Fit(l.Label, labelW) + "  "
		x := cell.Width(head)
		body, caret := l.draw(env, size.W-x-2, i == p.at)
		if i == p.at {
			cursor = &stage.Cursor{X: x + caret, Y: len(rows)}
			head = env.Paint(theme.Chosen, head)
		}
		for k, b := range body {
			if k > 0 {
				head = cell.Indent(x)
			}
			rows = append(rows, head+b)
		}
		for _, note := range l.notes(env, i == p.at) {
			for _, w := range cell.Wrap(note, size.W-x-2) {
				rows = append(rows, cell.Indent(x)+env.Paint(theme.Warn, w))
			}
		}
		if i == p.at {
			to = len(rows)
		}
	}
	if from < p.top {
		p.top = from
	}
	if to > p.top+size.H {
		p.top = to - size.H
	}
	p.top = max(0, min(p.top, len(rows)-size.H))
	if cursor != nil {
		cursor.Y -= p.top
	}
	return rows[p.top:min(len(rows), p.top+size.H)], cursor
}

func (l *Line) notes(env *stage.Env, focused bool) []string {
	var out []string
	for _, n := range []string{l.problem, l.Warn} {
		if n != "" {
			out = append(out, n)
		}
	}
	if focused {
		if n := l.field.Problem(env); n != "" {
			out = append(out, n)
		}
		if l.Hint != "" {
			out = append(out, l.Hint)
		}
	}
	return out
}

// draw is what stands behind the label, and the column of the caret in its first line.
func (l *Line) draw(env *stage.Env, w int, focused bool) ([]string, int) {
	switch l.Kind {
	case Text, Digits:
		line, caret := l.field.Draw(env, max(3, min(w, 50)), focused)
		return []string{line}, caret
	case Day:
		line, caret := l.day.Draw(env, max(3, min(w, 24)), focused)
		return []string{line}, caret
	}
	if !focused || l.Kind == Person || len(l.Options) > 9 {
		var names []string
		for _, o := range l.Options {
			if slices.Contains(l.chosen, o.Value) {
				names = append(names, o.Label)
			}
		}
		text := strings.Join(names, "、")
		if text == "" {
			text = env.Paint(theme.Dim, env.Say(map[bool]string{true: "entry.person", false: "entry.choose"}[l.Kind == Person]))
		}
		return cell.Wrap(text, w), 0
	}
	var words []string
	for i, o := range l.Options {
		word := " " + strconv.Itoa(i+1) + " " + o.Label
		if slices.Contains(l.chosen, o.Value) {
			word = "(" + strconv.Itoa(i+1) + ")" + o.Label
		}
		words = append(words, word)
	}
	return flow(words, w), 0
}

// flow lays words out in lines of w cells.
func flow(words []string, w int) []string {
	var out []string
	line := ""
	for _, word := range words {
		switch {
		case line == "":
			line = word
		case cell.Width(line)+2+cell.Width(word) <= w:
			line += "  " + word
		default:
			out = append(out, line)
			line = word
		}
	}
	return append(out, line)
}
