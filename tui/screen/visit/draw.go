package visit

import (
	"strconv"
	"strings"

	"doorstep/casework/form"
	"doorstep/tui/cell"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget/people"
)

// outlineW is how wide the list of sections is; on narrow screens it is left out.
const outlineW = 18

// Draw implements stage.Screen.
func (s *Screen) Draw(env *stage.Env, size stage.Size) stage.Frame {
	if s.session == nil {
		text := env.Say("visit.opening")
		if s.failed != nil {
			text = env.Error(s.failed)
		}
		var f stage.Frame
		for _, l := range cell.Wrap(text, size.W-4) {
			f.Body = append(f.Body, "  "+l)
		}
		return f
	}
	if s.closing {
		return stage.Frame{Body: []string{"", "  " + s.saving(env)}}
	}
	left := outlineW
	if size.W < 76 {
		left = 0
	}
	p := &sheet{env: env, s: s, w: size.W - left - 1, paths: map[int]string{}}
	p.opening()
	p.crumb()
	for _, q := range s.questions() {
		p.question(q)
	}
	s.scroll(p, size.H)
	s.mouse = spots{questions: map[int]string{}, sections: map[int]int{}, spread: left, peek: s.mouse.peek}
	var f stage.Frame
	outline := s.outline(env, size.H)
	for y := range size.H {
		line := ""
		if left > 0 {
			line = cell.Fit("", left)
			if y < len(outline) {
				line = cell.Fit(outline[y], left)
			}
		}
		if i := s.top + y; i < len(p.lines) {
			line += " " + p.lines[i]
			if path := p.paths[i]; path != "" {
				s.mouse.questions[y] = path
			}
		}
		f.Body = append(f.Body, line)
	}
	for _, h := range p.hits {
		h.y, h.from, h.to = h.y-s.top, h.from+left+1, h.to+left+1
		s.mouse.hits = append(s.mouse.hits, h)
	}
	if p.cursor != nil {
		if y := p.cursor.Y - s.top; y >= 0 && y < size.H {
			f.Cursor = &stage.Cursor{X: left + 1 + p.cursor.X, Y: y}
		}
	}
	return f
}

func (s *Screen) scroll(p *sheet, h int) {
	if s.mouse.peek {
		s.top = max(0, min(s.top, len(p.lines)-h))
		return
	}
	if p.to > s.top+h {
		s.top = p.to - h
	}
	if p.from < s.top {
		s.top = p.from
	}
	s.top = max(0, min(s.top, len(p.lines)-h))
}

// outline is the list of sections with a word for how far each one is.
func (s *Screen) outline(env *stage.Env, h int) []string {
	var out []string
	var of []int
	at := 0
	for i, sec := range s.sections() {
		if sec.State == form.Nothing && sec.Label == "" {
			continue
		}
		word := env.Say("visit.state." + strconv.Itoa(int(sec.State)))
		label := sec.Label
		if label == "" {
			label = env.Say("visit.section.unnamed")
		}
		line := " " + word + " " + cell.Fit(label, outlineW-5)
		switch {
		case i == s.section:
			at = len(out)
			line = env.Paint(theme.Chosen, cell.Fit(line, outlineW))
		case sec.State == form.Nothing:
			line = env.Paint(theme.Dim, line)
		}
		out, of = append(out, line), append(of, i)
	}
	from := 0
	if len(out) > h {
		from = max(0, min(at-h/2, len(out)-h))
	}
	out = out[from:min(len(out), from+h)]
	for y := range out {
		s.mouse.sections[y] = of[from+y]
	}
	return out
}

// sheet is the questions of a section as lines.
type sheet struct {
	env      *stage.Env
	s        *Screen
	w        int
	lines    []string
	paths    map[int]string // question a line belongs to
	group    *form.Item     // whose heading stands above
	from, to int
	cursor   *stage.Cursor
	hits     []hit
}

func (p *sheet) line(text string) { p.lines = append(p.lines, text) }

// opening says whom the visit is to, so that the wrong person is noticed before the first answer.
func (p *sheet) opening() {
	if len(p.s.session.Form.Journal()) > 1 || p.s.section != p.s.start || p.s.place() {
		return
	}
	l := p.s.session.Person
	words := []string{people.Name(p.env, l), cell.CleanTo(l.Village+l.Group, 40), people.Beside(p.env, l)}
	for _, text := range cell.Wrap(p.env.Say("visit.opening.who", "Who", strings.Join(words, "  ")), p.w-4) {
		p.line("   " + p.env.Paint(theme.Notice, text))
	}
	p.line("")
}

// heading is the words of a group inside the section, above its first question.
func (p *sheet) heading(v form.View) {
	d := p.s.session.Form.Definition()
	g := d.Parent(v.Item)
	if g == p.group {
		return
	}
	p.group = g
	if g == nil || g.Kind != form.Group || d.Parent(g) == nil {
		return
	}
	for _, l := range cell.Wrap(d.Say(g.Label, p.env.Say("people.lang")), p.w-4) {
		p.line("   " + p.env.Paint(theme.Strong, l))
	}
}

// crumb says which row of which table is open.
func (p *sheet) crumb() {
	var parts []string
	for _, row := range p.s.inside {
		table, _ := p.s.session.Form.View(tableOf(row))
		number := 0
		for i, r := range table.Instances {
			if r.Path == row {
				number = i + 1
			}
		}
		parts = append(parts, p.env.Say("visit.row", "Table", title(table), "Number", number))
	}
	if len(parts) == 0 {
		return
	}
	for _, l := range cell.Wrap(strings.Join(parts, " > ")+"   "+p.env.Say("visit.row.back"), p.w-4) {
		p.line("   " + p.env.Paint(theme.Notice, l))
	}
	p.line("")
}

func (p *sheet) question(v form.View) {
	p.heading(v)
	focused := v.Path == p.s.at
	first := len(p.lines)
	if focused {
		p.from = first
	}
	stands := p.s.answerable(v)
	label := title(v)
	if p.s.covered(v) && v.Item.Type == form.TypeNote {
		label = p.env.Say("visit.covered.note")
	}
	if p.s.session.Paper && v.Item.Kind == form.Question && stands {
		label = named(v)
	}
	if v.Required {
		label += " *"
	}
	if v.Item.Kind == form.Repeat {
		label += "  " + p.env.Say("visit.instances", "Count", len(v.Instances))
	}
	for i, l := range cell.Wrap(label, p.w-4) {
		head := "   "
		if i == 0 && focused {
			head = " > "
		}
		switch {
		case focused:
			l = p.env.Paint(theme.Strong, l)
		case !stands:
			l = p.env.Paint(theme.Notice, l)
		}
		p.line(head + l)
	}
	switch {
	case !stands:
	case focused:
		p.open(v)
	default:
		p.closed(v)
	}
	if stands {
		for i := first; i < len(p.lines); i++ {
			p.paths[i] = v.Path
		}
	}
	if focused {
		p.to = len(p.lines) + 1
	}
	p.line("")
}

// closed is a question with its answer in one line, and a word when the answer cannot stand.
func (p *sheet) closed(v form.View) {
	if v.Item.Kind == form.Repeat {
		p.table(v, false)
		return
	}
	if text := p.shown(v); text != "" {
		if v.Door {
			text += "  " + p.env.Say("visit.door")
		}
		p.line("     " + cell.Fit(p.env.Paint(theme.Dim, text), p.w-6))
	}
	if v.Answered() {
		p.hindrances(v)
	}
}

func (p *sheet) hindrances(v form.View) {
	for _, h := range v.Hindrances {
		for _, l := range cell.Wrap(hindrance(p.env, p.s.session.Form, h), p.w-6) {
			p.line("     " + p.env.Paint(theme.Warn, l))
		}
	}
}
