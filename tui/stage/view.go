package stage

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/theme"
)

// noticeRows is how many lines a notice may take.
const noticeRows = 5

// layout remembers where things stood in the last frame, for the mouse.
type layout struct {
	bodyTop, bodyRows int
	bar               []spot
}

// spot is a command's place in the bottom bar.
type spot struct {
	y, x0, x1 int
	command   keymap.Command
}

func (l layout) barAt(x, y int) (keymap.Command, bool) {
	for _, b := range l.bar {
		if b.y == y && x >= b.x0 && x < b.x1 {
			return b.command, true
		}
	}
	return keymap.Command{}, false
}

// View draws the whole window.
func (s *Stage) View() tea.View {
	size := s.env.Size
	var rows []string
	var cursor *Cursor
	ok := s.guard(s.top(), func() { rows, cursor = s.rows(size) })
	if !ok || validateLayout(rows, size) != nil {
		rows, cursor = s.sentence(s.env.Say("tui.crash.draw"), size), nil
	}
	v := tea.NewView(strings.Join(rows, "\n"))
	v.AltScreen = true
	v.WindowTitle = s.cfg.Title
	if s.cfg.Mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	if cursor != nil {
		v.Cursor = tea.NewCursor(cursor.X, cursor.Y)
		v.Cursor.Shape = tea.CursorBar
	}
	return v
}

// validateLayout says whether rows fill a window of the given size exactly.
func validateLayout(rows []string, size Size) error {
	if len(rows) != size.H {
		return fmt.Errorf("stage: %d rows in a window of %d", len(rows), size.H)
	}
	for i, row := range rows {
		if w := cell.Width(row); w != size.W {
			return fmt.Errorf("stage: row %d is %d cells in a window of %d", i, w, size.W)
		}
	}
	return nil
}

// rows are the lines of the window, each exactly as wide as the window.
func (s *Stage) rows(size Size) ([]string, *Cursor) {
	if size.W <= 0 || size.H <= 0 {
		return nil, nil
	}
	if s.blank {
		return s.sentence("", size), nil
	}
	if size.W < MinWidth || size.H < MinHeight {
		say := s.env.Say("tui.too_small", "Width", MinWidth, "Height", MinHeight, "W", size.W, "H", size.H)
		return s.sentence(say, size), nil
	}
	top := s.top()
	if top == nil {
		return s.sentence("", size), nil
	}
	base := top
	_, panel := top.screen.(Panel)
	panel = panel && top != s.locked // nothing shows behind the lock
	for i := len(s.stack) - 1; i >= 0; i-- {
		base = s.stack[i]
		if _, p := base.screen.(Panel); !p || base == s.locked {
			break
		}
	}

	bar, spots := s.bar(top, size.W)
	status := s.status(base)
	foot := 1 + len(bar)
	if status != "" {
		foot += 2
	}
	bodyRows := size.H - 2 - foot
	s.layout = layout{bodyTop: 2, bodyRows: bodyRows, bar: spots}
	for i := range s.layout.bar {
		s.layout.bar[i].y += size.H - len(bar)
	}

	frame := s.draw(base, Size{size.W, bodyRows})
	body := fill(frame.Body, bodyRows)
	cursor := frame.Cursor
	if panel {
		body, cursor = s.lay(top, body, size.W)
	}

	rows := make([]string, 0, size.H)
	rule := s.env.Paint(theme.Rule, cell.Rule(size.W))
	rows = append(rows, s.line(s.header(base, size.W), size.W), rule)
	for _, line := range body {
		rows = append(rows, s.line(line, size.W))
	}
	if status != "" {
		rows = append(rows, rule, s.line(status, size.W))
	}
	rows = append(rows, rule)
	for _, line := range bar {
		rows = append(rows, s.line(line, size.W))
	}
	if cursor != nil {
		x, y := cursor.X, cursor.Y
		if x < 0 || y < 0 || x >= size.W || y >= bodyRows {
			cursor = nil
		} else {
			cursor = &Cursor{X: x, Y: y + 2}
		}
	}
	s.layNotice(rows, len(rows)-len(bar)-1, cursor)
	return rows, cursor
}

// layNotice writes the notice over the rule above the bar and, when it needs more than
// one line, over what stands above that; where the cursor is, over the top instead.
func (s *Stage) layNotice(rows []string, last int, cursor *Cursor) {
	if s.notice == "" {
		return
	}
	w := s.env.Size.W
	lines := cell.Wrap(s.notice, w-2)
	if len(lines) > noticeRows {
		lines = append(lines[:noticeRows-1:noticeRows-1], cell.Fit(strings.Join(lines[noticeRows-1:], ""), w-2))
	}
	at := last - len(lines) + 1
	if cursor != nil && cursor.Y >= at && cursor.Y <= last {
		at = 1
	}
	for i, line := range lines {
		rows[at+i] = s.line(s.env.Paint(theme.Notice, cell.Cut(" "+line, w)), w)
	}
}

// lay puts a panel over the lower end of body.
func (s *Stage) lay(top *entry, body []string, w int) ([]string, *Cursor) {
	room := len(body) - 1
	frame := s.draw(top, Size{w, room})
	n := min(len(frame.Body), room)
	at := len(body) - n
	body[at-1] = s.panelRule(top, w)
	copy(body[at:], frame.Body[:n])
	s.layout.bodyTop, s.layout.bodyRows = 2+at, n
	if frame.Cursor == nil {
		return body, nil
	}
	return body, &Cursor{X: frame.Cursor.X, Y: frame.Cursor.Y + at}
}

// panelRule is the dashed line above a panel, with the panel's own header in it.
func (s *Stage) panelRule(top *entry, w int) string {
	var h Header
	s.guard(top, func() { h = top.screen.Header(&s.env) })
	if h.Left == "" {
		return s.env.Paint(theme.Rule, cell.Rule(w))
	}
	title := cell.Fit(h.Left, min(cell.Width(h.Left), w-6))
	rest := w - 4 - cell.Width(title)
	return s.env.Paint(theme.Rule, "-- ") + s.env.Paint(theme.Strong, title) + " " + s.env.Paint(theme.Rule, cell.Rule(rest))
}

func (s *Stage) header(base *entry, w int) string {
	var h Header
	s.guard(base, func() { h = base.screen.Header(&s.env) })
	if h.Right == "" {
		h.Right = s.env.Ribbon
	}
	return s.env.Paint(theme.Title, " "+cell.Between(h.Left, h.Right, w-2)+" ")
}

func (s *Stage) status(base *entry) (line string) {
	if r, ok := base.screen.(Reporter); ok {
		s.guard(base, func() { line = r.Status(&s.env) })
	}
	return line
}

// draw lets a screen draw; when it crashes, a sentence without data takes its place.
func (s *Stage) draw(e *entry, size Size) (f Frame) {
	if !s.guard(e, func() { f = e.screen.Draw(&s.env, size) }) {
		f = Frame{}
		for _, line := range cell.Wrap(s.env.Say("tui.crash.draw"), size.W-2) {
			f.Body = append(f.Body, " "+line)
		}
	}
	return f
}

// line makes one row of the window; see cell.Line.
func (s *Stage) line(text string, w int) string { return cell.Line(text, w, s.wide) }

// sentence is a window with nothing but one sentence at its top.
func (s *Stage) sentence(text string, size Size) []string {
	lines := fill(cell.Wrap(text, size.W), size.H)
	for i := range lines {
		lines[i] = s.line(lines[i], size.W)
	}
	return lines
}

// fill makes lines exactly n, with blank ones or by leaving out the last.
func fill(lines []string, n int) []string {
	out := make([]string, max(n, 0))
	copy(out, lines)
	return out
}
