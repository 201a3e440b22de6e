package widget

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
)

// Scroll shows a part of lines that are more than the screen holds.
type Scroll struct {
	top, h, n int
}

// Update takes up, down, paging, Home, End and the wheel.
func (s *Scroll) Update(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case stage.Wheel:
		s.by(msg.Lines)
		return true
	case tea.KeyPressMsg:
		switch keymap.Press(msg) {
		case "up":
			s.by(-1)
		case "down":
			s.by(1)
		case "pgup":
			s.by(-max(s.h-1, 1))
		case "pgdown":
			s.by(max(s.h-1, 1))
		case "home":
			s.top = 0
		case "end":
			s.by(s.n)
		default:
			return false
		}
		return true
	}
	return false
}

func (s *Scroll) by(n int) { s.top = max(0, min(s.top+n, s.n-s.h)) }

// Show scrolls so that line i is visible.
func (s *Scroll) Show(i int) { s.top = max(min(s.top, i), i-max(s.h, 1)+1, 0) }

// Top is the first line that is shown.
func (s *Scroll) Top() int { return s.top }

// Draw is the visible part of lines in h rows.
func (s *Scroll) Draw(lines []string, h int) []string {
	s.h, s.n = h, len(lines)
	s.by(0)
	return lines[s.top:min(s.top+max(h, 0), len(lines))]
}

// Where says which lines of how many are shown, or "" when all are.
func (s *Scroll) Where(env *stage.Env) string {
	if s.n <= s.h {
		return ""
	}
	return env.Say("tui.list.page", "From", s.top+1, "To", min(s.top+s.h, s.n), "All", s.n)
}

// Rule is a dashed line in the body.
func Rule(env *stage.Env, w int) string { return env.Paint(theme.Rule, cell.Rule(w)) }

// Paragraph is text in lines of w cells, each with indent cells before it.
func Paragraph(text string, indent, w int) []string {
	lines := cell.Wrap(text, max(w-indent, 2))
	for i := range lines {
		lines[i] = cell.Indent(indent) + lines[i]
	}
	return lines
}

// Problem is a sentence about what is wrong, in the look of a warning.
func Problem(env *stage.Env, text string, indent, w int) []string {
	lines := Paragraph(text, indent, w)
	for i := range lines {
		lines[i] = env.Paint(theme.Warn, lines[i])
	}
	return lines
}

// Tabs is one line of names, the one that is open in brackets: " [资料]  家庭  走访 ".
type Tabs struct {
	Names []string
	At    int
}

// Update takes Ctrl+left, Ctrl+right, Ctrl+pgup and Ctrl+pgdown, and clicks on the line.
func (t *Tabs) Update(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case stage.Click:
		x := 0
		for i, name := range t.Names {
			x += cell.Width(name) + 4
			if msg.X < x {
				t.At = i
				return true
			}
		}
	case tea.KeyPressMsg:
		switch keymap.Press(msg) {
		case "ctrl+left", "ctrl+pgup":
			t.At = max(t.At-1, 0)
		case "ctrl+right", "ctrl+pgdown":
			t.At = min(t.At+1, len(t.Names)-1)
		default:
			return false
		}
		return true
	}
	return false
}

// Draw is the line of names.
func (t *Tabs) Draw(env *stage.Env, w int) string {
	var b strings.Builder
	for i, name := range t.Names {
		if i == t.At {
			b.WriteString(" " + env.Paint(theme.Strong, "["+name+"]") + " ")
		} else {
			b.WriteString("  " + name + "  ")
		}
	}
	return cell.Cut(b.String(), w)
}
