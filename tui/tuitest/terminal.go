package tuitest

import (
	"strings"

	"doorstep/tui/cell"
)

// Terminal is a grid of cells that obeys what the renderer sends. When half of a wide
// character is overwritten, the other half is gone, as on real terminals.
type Terminal struct {
	w, h, x, y int
	wrap       bool // the cursor stands behind the last column
	top        int  // the scrolling region, both rows included
	bottom     int
	saved      [2]int
	grid       [][]string
	last       string
	Unknown    []string // sequences it does not know
	Cooked     bool     // a line feed also goes to the first column, as on a terminal not in raw mode
}

// half marks the second cell of a wide character.
const half = "\x00"

// NewTerminal makes a blank terminal.
func NewTerminal(w, h int) *Terminal {
	t := &Terminal{w: w, h: h, bottom: h - 1}
	for range h {
		t.grid = append(t.grid, blankRow(w))
	}
	return t
}

func blankRow(w int) []string {
	row := make([]string, w)
	for i := range row {
		row[i] = " "
	}
	return row
}

// String is what the terminal shows, every row in full width.
func (t *Terminal) String() string {
	rows := make([]string, t.h)
	for i, row := range t.grid {
		rows[i] = strings.ReplaceAll(strings.Join(row, ""), half, "")
	}
	return strings.Join(rows, "\n")
}

// Write takes what a program sends.
func (t *Terminal) Write(p []byte) (int, error) {
	s := string(p)
	for s != "" {
		switch c := s[0]; {
		case c == 0x1b:
			n := t.escape(s)
			s = s[n:]
		case c < 0x20:
			t.control(c)
			s = s[1:]
		default:
			next := cell.Clusters(s)[0]
			t.put(next)
			s = s[len(next.Text):]
		}
	}
	return len(p), nil
}

func (t *Terminal) control(c byte) {
	switch c {
	case '\r':
		t.x, t.wrap = 0, false
	case '\n':
		t.wrap = false
		if t.Cooked {
			t.x = 0
		}
		if t.y == t.bottom {
			t.scroll(t.top, t.bottom, 1)
		} else {
			t.y = min(t.y+1, t.h-1)
		}
	case '\b':
		t.x, t.wrap = max(t.x-1, 0), false
	}
}

func (t *Terminal) put(c cell.Cluster) {
	if c.Width == 0 {
		return
	}
	if t.wrap || t.x+c.Width > t.w {
		t.x, t.wrap = 0, false
		t.control('\n')
		t.x = 0
	}
	for i := range c.Width {
		t.wipe(t.x + i)
	}
	t.grid[t.y][t.x] = c.Text
	if c.Width == 2 {
		t.grid[t.y][t.x+1] = half
	}
	t.last = c.Text
	t.x += c.Width
	if t.x >= t.w {
		t.x, t.wrap = t.w-1, true
	}
}

// wipe blanks a cell, and the other half of the character it belonged to.
func (t *Terminal) wipe(x int) {
	if x < 0 || x >= t.w {
		return
	}
	row := t.grid[t.y]
	if row[x] == half && x > 0 {
		row[x-1] = " "
	}
	if x+1 < t.w && row[x+1] == half {
		row[x+1] = " "
	}
	row[x] = " "
}
