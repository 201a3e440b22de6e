package cell

import "strings"

// Column is one column of a table.
type Column struct {
	Min   int  // cells it keeps even on a narrow screen
	Max   int  // cells it takes at most; 0 means as much as there is
	Right bool // figures: flush right
}

// Layout gives every column its cells so that, with gap cells between neighbours, they
// fill at most w. Room beyond the minimum is dealt out from the left. Columns for which
// there is no room at all get 0 and are left out by Row; those on the right go first.
func Layout(cols []Column, gap, w int) []int {
	out := make([]int, len(cols))
	used := 0
	for i, c := range cols {
		need := c.Min
		if i > 0 {
			need += gap
		}
		if used+need > w {
			break
		}
		out[i] = c.Min
		used += need
	}
	for i, c := range cols {
		if out[i] == 0 && c.Min > 0 {
			break
		}
		more := w - used
		if c.Max > 0 {
			more = min(more, c.Max-c.Min)
		}
		if more > 0 {
			out[i] += more
			used += more
		}
	}
	return out
}

// Row lays texts out in columns of the given widths. Each text is shortened with Mark
// when it is too wide; a column of width 0 is left out together with its gap.
func Row(cols []Column, widths []int, texts []string, gap int) string {
	var b strings.Builder
	drawn := false
	for i, w := range widths {
		if w <= 0 {
			continue
		}
		if drawn {
			spaces(&b, gap)
		}
		drawn = true
		text := ""
		if i < len(texts) {
			text = texts[i]
		}
		text = Fit(text, w)
		if i < len(cols) && cols[i].Right {
			text = PadLeft(strings.TrimRight(text, " "), w)
		}
		b.WriteString(text)
	}
	return b.String()
}

// Rule is a dashed line of w cells, the only frame this program draws.
func Rule(w int) string { return strings.Repeat("-", max(w, 0)) }

// Indent is n spaces; none when n is negative.
func Indent(n int) string { return strings.Repeat(" ", max(n, 0)) }
