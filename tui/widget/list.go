package widget

import (
	tea "charm.land/bubbletea/v2"

	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
)

// Row is one line of a List. A heading cannot be chosen.
type Row struct {
	Text    string
	Heading bool
}

// List is rows with a cursor. The rows of one page that can be chosen carry the digits 1
// to Last; the others are reached with the arrows. The zero List is empty.
type List struct {
	Last int // the last digit given out; 0 means 9. Screens keep some for commands of their own.

	rows  []Row
	text  func(i int) string // gives the text of row i when it is drawn; nil is rows[i].Text
	at    int                // the row with the cursor, never a heading unless there is nothing else
	pages []span
	h     int
}

// Set replaces the rows. The cursor stays on its row number, or goes to the next row that can be
// chosen.
func (l *List) Set(rows []Row) {
	l.rows = rows
	l.pages = nil
	l.To(l.at)
}

// Len is the number of rows, headings too.
func (l *List) Len() int { return len(l.rows) }

// At is the row with the cursor, or -1 when there is none that can be chosen.
func (l *List) At() int {
	if l.at < len(l.rows) && !l.rows[l.at].Heading {
		return l.at
	}
	return -1
}

// To puts the cursor on row i, or on the nearest one behind or before it that can be chosen.
func (l *List) To(i int) {
	i = max(0, min(i, len(l.rows)-1))
	for j := i; j < len(l.rows); j++ {
		if !l.rows[j].Heading {
			l.at = j
			return
		}
	}
	for j := min(i, len(l.rows)-1); j >= 0; j-- {
		if !l.rows[j].Heading {
			l.at = j
			return
		}
	}
	l.at = 0
}

// Update takes arrows, paging, Home, End, the wheel and clicks (Y from the list's first
// line). chosen says that a click was on the row that had the cursor already.
func (l *List) Update(msg tea.Msg) (mine, chosen bool) {
	switch msg := msg.(type) {
	case stage.Wheel:
		l.step(sign(msg.Lines))
		return true, false
	case stage.Click:
		p := l.page()
		if i := p.from + msg.Y; msg.Y >= 0 && i < p.to && !l.rows[i].Heading {
			chosen = l.at == i
			l.at = i
			return true, chosen
		}
		return false, false
	case tea.KeyPressMsg:
		switch keymap.Press(msg) {
		case "up":
			l.step(-1)
		case "down":
			l.step(1)
		case "pgup":
			l.turn(-1)
		case "pgdown":
			l.turn(1)
		case "home":
			l.To(0)
		case "end":
			l.at = len(l.rows) - 1
			l.stepBack()
		default:
			return false, false
		}
		return true, false
	}
	return false, false
}

// Pick puts the cursor on the row of this page that carries a digit ("1" to "9"). It says
// whether there is one.
func (l *List) Pick(digit string) bool {
	if len(digit) != 1 {
		return false
	}
	n := int(digit[0]) - '0'
	p := l.page()
	for i, seen := p.from, 0; i < p.to; i++ {
		if l.rows[i].Heading {
			continue
		}
		if seen++; seen == n && n <= l.last() {
			l.at = i
			return true
		}
	}
	return false
}

func (l *List) last() int {
	if l.Last > 0 {
		return min(l.Last, 9)
	}
	return 9
}

func (l *List) step(by int) {
	for i := l.at + by; i >= 0 && i < len(l.rows); i += by {
		if !l.rows[i].Heading {
			l.at = i
			return
		}
	}
}

func (l *List) stepBack() {
	for l.at > 0 && l.rows[l.at].Heading {
		l.at--
	}
	l.at = max(l.at, 0)
}

func (l *List) turn(by int) {
	i := l.pageIndex() + by
	if i < 0 {
		l.To(0)
	} else if i >= len(l.pages) {
		l.at = max(len(l.rows)-1, 0)
		l.stepBack()
	} else {
		l.To(l.pages[i].from)
	}
}

func (l *List) pageIndex() int {
	if l.pages == nil {
		h := l.h
		if h <= 0 { // not drawn yet
			h = max(len(l.rows), 1)
		}
		for from := 0; from < len(l.rows); {
			to := min(from+h, len(l.rows))
			// A heading goes to the page of what it is about.
			for to < len(l.rows) && to > from+1 && l.rows[to-1].Heading {
				to--
			}
			l.pages = append(l.pages, span{from, to})
			from = to
		}
	}
	for i, p := range l.pages {
		if l.at < p.to {
			return i
		}
	}
	return max(len(l.pages)-1, 0)
}

func (l *List) page() span {
	i := l.pageIndex()
	if len(l.pages) == 0 {
		return span{}
	}
	return l.pages[i]
}

// Draw gives the page with the cursor, at most size.H lines, and where the cursor is in
// them (nil when nothing can be chosen). Every row begins with its digit: " 1  ".
func (l *List) Draw(env *stage.Env, size stage.Size) ([]string, *stage.Cursor) {
	if l.h != size.H {
		l.h, l.pages = size.H, nil
	}
	if len(l.rows) == 0 {
		return []string{"    " + env.Paint(theme.Dim, env.Say("tui.list.empty"))}, nil
	}
	var cursor *stage.Cursor
	var lines []string
	p, digit := l.page(), 0
	for i := p.from; i < p.to; i++ {
		r := l.rows[i]
		if r.Heading {
			lines = append(lines, "    "+env.Paint(theme.Dim, r.Text))
			continue
		}
		mark := "    "
		if digit++; digit <= l.last() {
			mark = " " + string(rune('0'+digit)) + "  "
		}
		text := r.Text
		if l.text != nil {
			text = l.text(i)
		}
		line := mark + text
		if i == l.at {
			line = env.Paint(theme.Chosen, cell.Cut(line, size.W))
			cursor = &stage.Cursor{X: 1, Y: i - p.from}
		}
		lines = append(lines, line)
	}
	return lines, cursor
}

// Where says which rows of how many are shown, for a status line; "" when all are.
func (l *List) Where(env *stage.Env) string {
	p := l.page()
	if p.to-p.from >= len(l.rows) {
		return ""
	}
	return env.Say("tui.list.page", "From", p.from+1, "To", p.to, "All", len(l.rows))
}

func sign(n int) int {
	if n < 0 {
		return -1
	}
	return 1
}
