package file

import (
	"slices"
	"strings"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/cell"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget/people"
)

// Draw implements stage.Screen.
func (s *Screen) Draw(env *stage.Env, size stage.Size) stage.Frame {
	if !s.loaded {
		text := env.Say("file.loading")
		if s.failed != nil {
			text = env.Error(s.failed)
		}
		return stage.Frame{Body: inset(cell.Wrap(text, size.W-2))}
	}
	p := page{env: env, w: size.W, s: s}
	p.write()
	s.spot, s.long, s.rows = p.spot, len(p.lines), size.H
	if s.long > size.H {
		s.rows-- // the last line says what is not on the screen
	}
	s.at = max(0, min(s.at, len(s.spot)-1))
	if s.follow && s.at < len(s.spot) {
		s.top = max(min(s.top, s.spot[s.at]-1), s.spot[s.at]-s.rows+1)
		s.follow = false
	}
	s.top = max(0, min(s.top, s.long-s.rows))
	last := min(s.long, s.top+s.rows)
	f := stage.Frame{Body: slices.Clone(p.lines[s.top:last])}
	if s.long > size.H {
		f.Body = append(f.Body, env.Paint(theme.Dim, " "+env.Say("file.more", "From", s.top+1, "To", last, "All", s.long)))
	}
	if s.at < len(s.spot) {
		if y := s.spot[s.at] - s.top; y >= 0 && y < s.rows {
			f.Cursor = &stage.Cursor{X: 1, Y: y}
		}
	}
	return f
}

// page is the file as lines, before it is scrolled.
type page struct {
	env   *stage.Env
	s     *Screen
	w     int
	lines []string
	spot  []int // lines of the targets
}

func (p *page) line(text string) { p.lines = append(p.lines, cell.Fit(text, p.w)) }
func (p *page) rule()            { p.line(p.env.Paint(theme.Rule, cell.Rule(p.w))) }

func (p *page) write() {
	f := p.s.file
	p.standing(f)
	p.rule()
	p.facts(f)
	p.promises(f)
	p.visits(f)
	p.forms(f)
	p.foot(f)
}

// standing is the first line: how urgent, which rule, who confirmed it.
func (p *page) standing(f book.File) {
	parts := []string{people.When(p.env, f.Line), people.Say(p.env, f.Line.Rule), people.Say(p.env, f.Standing)}
	var words []string
	for _, w := range parts {
		if w = strings.TrimSpace(w); w != "" {
			words = append(words, w)
		}
	}
	text := " " + strings.Join(words, "   ")
	p.line(cell.Between(text, "F9 "+p.env.Say("file.cmd.why")+" ", p.w))
	for _, u := range f.Urgent {
		p.target(p.env.Paint(theme.Danger, " ! "+people.Say(p.env, u.Words)+"  "+p.env.Say("file.urgent")))
	}
	for _, d := range f.Drafts {
		p.line(" " + p.env.Say("file.draft", "Time", d.Saved.In(casework.Shanghai).Format("01-02 15:04")))
	}
}

// facts stand in two columns when they fit.
func (p *page) facts(f book.File) {
	half := (p.w - 3) / 2
	var waiting string
	flush := func() {
		if waiting != "" {
			p.line(" " + waiting)
			waiting = ""
		}
	}
	for _, fact := range f.Facts {
		text := p.fact(fact)
		switch {
		case cell.Width(text) > half:
			flush()
			for _, l := range cell.Wrap(text, p.w-2) {
				p.line(" " + l)
			}
		case waiting == "":
			waiting = text
		default:
			p.line(" " + cell.Fit(waiting, half) + " " + text)
			waiting = ""
		}
	}
	flush()
	if f.Caution != "" {
		for i, l := range cell.Wrap(cell.CleanText(f.Caution, 400), p.w-8) {
			head := "      "
			if i == 0 {
				head = cell.Fit(p.env.Say("file.caution"), 6)
			}
			p.line(" " + p.env.Paint(theme.Warn, head+l))
		}
	}
}

func (p *page) fact(fact book.Fact) string {
	value := cell.CleanText(fact.Value, 300)
	if full := p.s.shown[fact.Field]; full != "" {
		value = full
	}
	label := people.Say(p.env, fact.Label)
	if fact.Conflict {
		return p.env.Paint(theme.Warn, p.env.Say("file.conflict", "Field", label))
	}
	out := cell.Pad(label, 4) + "  " + value
	if fact.Reveal && p.s.shown[fact.Field] == "" {
		out += p.env.Paint(theme.Dim, " "+p.env.Say("file.reveal", "Key", "5"))
	}
	return out
}

func (p *page) promises(f book.File) {
	if len(f.Promises) == 0 {
		return
	}
	p.rule()
	p.line(" " + p.env.Paint(theme.Strong, p.env.Say("file.promises")))
	cols := []cell.Column{{Min: 3, Max: 3}, {Min: 20, Max: 48}, {Min: 14, Max: 24}, {Min: 14, Max: 24}}
	for _, pr := range f.Promises {
		tick := "[ ]"
		if pr.Done {
			tick = "[x]"
		}
		what := people.Say(p.env, pr.Words)
		if pr.Text != "" {
			what = strings.TrimSpace(what + " " + cell.CleanTo(pr.Text, 80))
		}
		state := people.Say(p.env, pr.State)
		if state == "" && pr.Until != 0 {
			state = p.env.Say("file.until", "Day", people.MonthDay(pr.Until))
		}
		row := "  " + cell.Row(cols, cell.Layout(cols, 1, p.w-2), []string{tick, what, cell.CleanTo(pr.Who, 40), state}, 1)
		p.target(row)
	}
}

func (p *page) visits(f book.File) {
	p.rule()
	p.line(" " + p.env.Paint(theme.Strong, p.env.Say("file.visits")))
	if len(f.Visits) == 0 {
		p.line("  " + p.env.Say("file.never"))
	}
	cols := []cell.Column{{Min: 5, Max: 5}, {Min: 6, Max: 11}, {Min: 22, Max: 44}, {Min: 10, Max: 20}, {Min: 15, Max: 24}}
	for _, v := range f.Visits {
		row := "  " + cell.Row(cols, cell.Layout(cols, 1, p.w-2), []string{
			people.MonthDay(v.Date), people.Mode(p.env, v.Mode), people.Say(p.env, v.Result), cell.CleanTo(v.Worker, 40), people.Where(p.env, v.Where),
		}, 1)
		if v.Removed {
			row = p.env.Paint(theme.Dim, row)
		}
		p.target(row)
	}
}

// foot is what she may be entitled to, and who else lives here.
func (p *page) foot(f book.File) {
	if len(f.Missing) == 0 && len(f.Mates) == 0 {
		return
	}
	p.rule()
	if len(f.Missing) > 0 {
		var what []string
		for _, m := range f.Missing {
			what = append(what, people.Say(p.env, m))
		}
		p.line(" " + p.env.Say("file.missing", "What", strings.Join(what, "、")))
	}
	if len(f.Mates) > 0 {
		var names []string
		for _, m := range f.Mates {
			names = append(names, people.Name(p.env, m))
		}
		p.line(cell.Between(" "+p.env.Say("file.mates", "Names", strings.Join(names, "、")), p.env.Say("file.mates.key")+" ", p.w))
	}
}

// target is a line on which Enter does something.
func (p *page) target(row string) {
	if len(p.spot) == p.s.at {
		row = p.env.Paint(theme.Chosen, cell.Fit(row, p.w))
	}
	p.spot = append(p.spot, len(p.lines))
	p.line(row)
}

func inset(lines []string) []string {
	for i := range lines {
		lines[i] = " " + lines[i]
	}
	return lines
}
