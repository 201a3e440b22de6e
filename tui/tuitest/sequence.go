package tuitest

import (
	"strconv"
	"strings"

	"doorstep/tui/cell"
)

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
