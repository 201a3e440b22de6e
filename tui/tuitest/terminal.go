package tuitest

import (
	"bytes"
	"strconv"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"

	"doorstep/tui/cell"
)

// Width is the number of cells of a line.
func Width(line string) int { return cell.Width(line) }

// Renderer is what stands between a frame and the terminal in the real program: it
// draws frames of w by h cells one after another and gives the bytes that each of them sends.
func Renderer(w, h int) func(content string) []byte {
	var out bytes.Buffer
	scr := uv.NewTerminalRenderer(&out, []string{"TERM=xterm-256color", "COLORTERM=truecolor"})
	scr.SetFullscreen(true)
	scr.SetRelativeCursor(false)
	scr.SetScrollOptim(true)
	scr.Resize(w, h)
	scr.Erase()
	buf := uv.NewScreenBuffer(w, h)
	return func(content string) []byte {
		out.Reset()
		buf.Clear()
		uv.NewStyledString(content).Draw(buf, buf.Bounds())
		scr.Render(buf.RenderBuffer)
		_ = scr.Flush()
		return bytes.Clone(out.Bytes())
	}
}

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

// escape obeys the sequence at the beginning of s and returns its length.
func (t *Terminal) escape(s string) int {
	if len(s) < 2 {
		return len(s)
	}
	if s[1] != '[' {
		t.two(s[1])
		return 2
	}
	end := 2
	for end < len(s) && (s[end] < 0x40 || s[end] > 0x7e) {
		end++
	}
	if end == len(s) {
		return len(s)
	}
	t.csi(s[2:end], s[end])
	return end + 1
}

// two obeys a sequence of two bytes.
func (t *Terminal) two(c byte) {
	switch c {
	case 'M': // reverse index
		t.wrap = false
		if t.y == t.top {
			t.scroll(t.top, t.bottom, -1)
		} else {
			t.y = max(t.y-1, 0)
		}
	case '7', '8':
		if c == '7' {
			t.saved = [2]int{t.x, t.y}
		} else {
			t.x, t.y = t.saved[0], t.saved[1]
		}
	default:
		t.Unknown = append(t.Unknown, string(c))
	}
}

func numbers(params string, fallback int) (a, b int) {
	a, b = fallback, fallback
	for i, p := range strings.SplitN(params, ";", 3) {
		if n, err := strconv.Atoi(p); err == nil {
			if i == 0 {
				a = n
			} else if i == 1 {
				b = n
			}
		}
	}
	return a, b
}

func (t *Terminal) csi(params string, final byte) {
	n, m := numbers(params, 1)
	zero, _ := numbers(params, 0)
	if final != 'm' && final != 'h' && final != 'l' {
		t.wrap = false
	}
	switch final {
	case 'm', 'h', 'l', 'q', 'u', 'p':
	case 'r':
		t.top, t.bottom = clamp(n-1, t.h), t.h-1
		if i := strings.IndexByte(params, ';'); i >= 0 {
			t.bottom = clamp(m-1, t.h)
		}
		t.x, t.y = 0, 0
	case 'H', 'f':
		t.x, t.y = clamp(m-1, t.w), clamp(n-1, t.h)
	case 'A':
		t.y = clamp(t.y-n, t.h)
	case 'B':
		t.y = clamp(t.y+n, t.h)
	case 'C':
		t.x = clamp(t.x+n, t.w)
	case 'D':
		t.x = clamp(t.x-n, t.w)
	case 'G', '`':
		t.x = clamp(n-1, t.w)
	case 'd':
		t.y = clamp(n-1, t.h)
	case 'X':
		for i := range n {
			t.wipe(t.x + i)
		}
	case 'K':
		t.eraseLine(zero)
	case 'J':
		t.eraseScreen(zero)
	case 'P':
		t.shift(n)
	case '@':
		t.open(n)
	case 'L':
		t.scroll(t.y, t.bottom, -n)
	case 'M':
		t.scroll(t.y, t.bottom, n)
	case 'S':
		t.scroll(t.top, t.bottom, n)
	case 'T':
		t.scroll(t.top, t.bottom, -n)
	case 'b':
		for range n {
			t.put(cell.Clusters(t.last)[0])
		}
	default:
		t.Unknown = append(t.Unknown, params+string(final))
	}
}

func clamp(v, n int) int { return max(0, min(v, n-1)) }

func (t *Terminal) eraseLine(how int) {
	from, to := t.x, t.w
	switch how {
	case 1:
		from, to = 0, t.x+1
	case 2:
		from = 0
	}
	for x := from; x < to; x++ {
		t.wipe(x)
	}
}

func (t *Terminal) eraseScreen(how int) {
	if how >= 2 {
		for y := range t.h {
			t.grid[y] = blankRow(t.w)
		}
		return
	}
	t.eraseLine(how)
	for y := range t.h {
		if how == 0 && y > t.y || how == 1 && y < t.y {
			t.grid[y] = blankRow(t.w)
		}
	}
}

// shift deletes n cells at the cursor (DCH), open makes room for n (ICH).
func (t *Terminal) shift(n int) {
	n = min(n, t.w-t.x)
	t.wipe(t.x)
	if t.x+n < t.w && t.grid[t.y][t.x+n] == half {
		t.grid[t.y][t.x+n] = " "
	}
	row := t.grid[t.y]
	t.grid[t.y] = append(append(append([]string(nil), row[:t.x]...), row[t.x+n:]...), blankRow(n)...)
}

func (t *Terminal) open(n int) {
	n = min(n, t.w-t.x)
	row := t.grid[t.y]
	if row[t.x] == half {
		t.wipe(t.x)
	}
	fresh := append(append(append([]string(nil), row[:t.x]...), blankRow(n)...), row[t.x:]...)[:t.w]
	if cut := fresh[t.w-1]; cell.Width(cut) == 2 {
		fresh[t.w-1] = " "
	}
	t.grid[t.y] = fresh
}

func (t *Terminal) scroll(top, bottom, n int) {
	for ; n > 0; n-- {
		copy(t.grid[top:bottom], t.grid[top+1:bottom+1])
		t.grid[bottom] = blankRow(t.w)
	}
	for ; n < 0; n++ {
		copy(t.grid[top+1:bottom+1], t.grid[top:bottom])
		t.grid[top] = blankRow(t.w)
	}
}
