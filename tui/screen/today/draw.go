package today

import (
	"strconv"
	"strings"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/cell"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget"
	"doorstep/tui/widget/people"
)

// choices is how many people digits choose.
const choices = 7

// Header implements stage.Screen.
func (s *Screen) Header(env *stage.Env) stage.Header {
	w := s.book.Worker()
	left := env.Say("today.title")
	if s.day != 0 {
		left += "  " + Date(env, s.day)
	}
	for _, word := range []string{w.Name, w.Village} {
		if word != "" {
			left += "  " + word
		}
	}
	return stage.Header{Left: left}
}

// Date is "11月23日 周一".
func Date(env *stage.Env, d casework.Day) string {
	_, m, n := d.Date()
	return env.Say("today.date", "Month", m, "Day", n) + " " + env.Say("today.weekday."+strconv.Itoa(int(d.Weekday())))
}

// Draw implements stage.Screen.
func (s *Screen) Draw(env *stage.Env, size stage.Size) stage.Frame {
	if !s.loaded {
		text := env.Say("today.loading")
		if s.failed != nil {
			text = env.Error(s.failed)
		}
		return stage.Frame{Body: indented(cell.Wrap(text, size.W-2))}
	}
	head := s.head(env, size.W)
	tail := s.tail(env, size.W)
	s.rows = max(1, size.H-len(head)-len(tail))
	body := head
	lines, cursor := s.people(env, size.W, len(head))
	body = append(body, lines...)
	for len(body) < size.H-len(tail) {
		body = append(body, "")
	}
	return stage.Frame{Body: append(body, tail...), Cursor: cursor}
}

// head is what is urgent or unfinished, and how much there is to do.
func (s *Screen) head(env *stage.Env, w int) []string {
	var out []string
	if n := len(s.agenda.Urgent); n > 0 {
		words := people.Say(env, s.agenda.Urgent[0].Words)
		out = append(out, env.Paint(theme.Danger, cell.Fit(" 0  "+env.Say("today.urgent", "Count", n, "Words", words), w)))
	}
	if len(s.agenda.Drafts) > 0 {
		d, n := s.agenda.Drafts[0], 0
		for _, b := range s.agenda.Drafts {
			if !b.Old { // the one that goes on counts
				n++
			}
		}
		out = append(out, " 9  "+env.Say("today.drafts", "Count", n, "Name", cell.CleanTo(d.Name, 20), "Number", d.Number, "Time", people.Moment(d.Saved, env.Now())))
	}
	if len(out) > 0 {
		out = append(out, env.Paint(theme.Rule, cell.Rule(w)))
	}
	c := s.agenda.Counts
	return append(out, " "+env.Say("today.counts",
		"Overdue", c[book.Overdue], "Today", c[book.DueToday], "OnTheWay", c[book.OnTheWay], "Week", c[book.ThisWeek]))
}

// tail is the weather and whatever else the day brings.
func (s *Screen) tail(env *stage.Env, w int) []string {
	var out []string
	for _, n := range s.agenda.Notices {
		out = append(out, env.Paint(theme.Notice, cell.Fit(" 8  "+people.Say(env, n), w)))
	}
	return out
}

// people draws the lines under the headings of their groups, scrolled so that the cursor is seen.
func (s *Screen) people(env *stage.Env, w, above int) ([]string, *stage.Cursor) {
	if len(s.agenda.Lines) == 0 {
		words := "today.nobody"
		if s.book.Worker().Name == "" {
			words = "today.unknown"
		}
		return append([]string{""}, widget.Paragraph(env.Say(words), 1, w-1)...), nil
	}
	if s.at < s.top {
		s.top = s.at
	}
	for s.top < s.at && s.height(s.top, s.at) > s.rows {
		s.top++
	}
	s.spot = map[int]int{}
	var out []string
	var cursor *stage.Cursor
	group := ""
	shown := 0
	for i := s.top; i < len(s.agenda.Lines); i++ {
		l := s.agenda.Lines[i]
		if g := heading(l); g != group {
			group = g
			if g != "" {
				if len(out)+2 > s.rows {
					break
				}
				out = append(out, "    "+env.Paint(theme.Dim, cell.CleanTo(g, 40)))
			}
		}
		if len(out) >= s.rows {
			break
		}
		key := ""
		if shown < choices {
			key = strconv.Itoa(shown + 1)
		}
		shown++
		y := above + len(out)
		s.spot[y] = i
		if i == s.at {
			cursor = &stage.Cursor{X: 1, Y: y}
		}
		out = append(out, people.Row(env, l, key, i == s.at, w))
	}
	return out, cursor
}

// height is how many lines the people from a to b take, headings included.
func (s *Screen) height(a, b int) int {
	n, group := 0, ""
	for i := a; i <= b; i++ {
		if g := heading(s.agenda.Lines[i]); g != group {
			group = g
			if g != "" {
				n++
			}
		}
		n++
	}
	return n
}

func heading(l book.Line) string {
	return strings.TrimSpace(strings.TrimSpace(l.Village) + " " + strings.TrimSpace(l.Group))
}

// Status implements stage.Reporter: the month at the foot of the page.
func (s *Screen) Status(env *stage.Env) string {
	if !s.loaded {
		return ""
	}
	m := s.agenda.Month
	text := " " + env.Say("today.month", "Due", m.Due, "Visited", m.Visited, "NotSeen", m.NotSeen, "Received", m.Received)
	if cell.Width(text) > env.Size.W {
		text = strings.ReplaceAll(text, "   ", " ")
	}
	return text
}

func indented(lines []string) []string {
	for i := range lines {
		lines[i] = " " + lines[i]
	}
	return lines
}
