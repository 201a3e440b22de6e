package cell

import "strings"

// Mark stands at the end of a text that Fit had to shorten.
const Mark = ".."

// Cut makes s exactly w cells wide: what does not fit is left out, what is missing is
// filled with spaces. A Han character that would be halved becomes a space. Colour
// sequences are kept, also those after the cut, so that no colour leaks to the right.
func Cut(s string, w int) string {
	if w <= 0 {
		return ""
	}
	var b strings.Builder
	b.Grow(len(s) + w/2)
	used, full := 0, false
	walk(s, func(text string, width int, sequence bool) bool {
		switch {
		case sequence:
			b.WriteString(text)
		case full:
		case used+width > w:
			full = true
		default:
			b.WriteString(text)
			used += width
		}
		return true
	})
	spaces(&b, w-used)
	return b.String()
}

// Fit is Cut, but a text that loses something ends in Mark, so that nobody takes a
// shortened name for a whole one.
func Fit(s string, w int) string {
	if Width(s) <= w || w <= len(Mark) {
		return Cut(s, w)
	}
	return Cut(Cut(s, w-len(Mark))+Mark, w)
}

// Pad fills s with spaces on the right up to w cells. A wider s is returned as it is.
func Pad(s string, w int) string {
	if n := w - Width(s); n > 0 {
		return s + strings.Repeat(" ", n)
	}
	return s
}

// PadLeft fills s with spaces on the left up to w cells: for figures in a column.
func PadLeft(s string, w int) string {
	if n := w - Width(s); n > 0 {
		return strings.Repeat(" ", n) + s
	}
	return s
}

// Center puts s in the middle of w cells and cuts what does not fit.
func Center(s string, w int) string {
	n := (w - Width(s)) / 2
	if n < 0 {
		n = 0
	}
	return Cut(strings.Repeat(" ", n)+s, w)
}

// Between makes one line of w cells with left at its beginning and right at its end. When
// both do not fit, left is shortened and right is kept; a right that is itself too wide
// is shortened.
func Between(left, right string, w int) string {
	if right == "" {
		return Fit(left, w)
	}
	rw := Width(right)
	if rw >= w {
		return Fit(right, w)
	}
	room := w - rw
	if Width(left) >= room && room > 1 {
		return Fit(left, room-1) + " " + right
	}
	return Cut(left, room) + right
}

// From drops the first skip cells of s. A Han character whose first half is dropped
// becomes a space. s is plain text.
func From(s string, skip int) string {
	if skip <= 0 {
		return s
	}
	used, rest := 0, ""
	at := 0
	walk(s, func(text string, width int, _ bool) bool {
		if used >= skip {
			rest = s[at:]
			return false
		}
		used += width
		at += len(text)
		return true
	})
	if used > skip {
		if rest == "" {
			rest = s[at:]
		}
		return strings.Repeat(" ", used-skip) + rest
	}
	return rest
}

func spaces(b *strings.Builder, n int) {
	const blank = "                                "
	for n > 0 {
		k := min(n, len(blank))
		b.WriteString(blank[:k])
		n -= k
	}
}
