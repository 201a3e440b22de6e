package stage

import (
	"strings"

	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/theme"
)

// item is a command as the bottom bar shows it.
type item struct {
	command keymap.Command
	key     string
	label   string
	off     bool
	width   int
}

// lasts marks the commands that must be in the bar however narrow the window is.
func lasts(id keymap.ID) bool {
	return id == keymap.Back || id == keymap.Blank || id == keymap.More
}

// oneGap is what stands between items when all fit in one row.
const oneGap = 2

// columnGaps are tried in turn between the columns of two rows.
var columnGaps = []int{5, 3}

// bar draws the bottom bar, one or two rows, and where each command stands.
func (s *Stage) bar(e *entry, w int) ([]string, []spot) {
	items := s.barItems(e, w/2)
	for _, hint := range []int{w / 4, 0} { // the commands themselves go before what stands behind 更多
		if fits(items, w) {
			break
		}
		items = s.barItems(e, hint)
	}
	if total(items, oneGap)+2 <= w {
		return s.barRow(items, nil, w, 0)
	}
	first, second := split(items)
	for total(first, oneGap)+2 > w && dropOne(&first) {
	}
	for total(second, oneGap)+2 > w && dropOne(&second) {
	}
	var stops []int
	for _, gap := range columnGaps {
		if stops == nil {
			stops = columns(first, second, gap, w)
		}
	}
	rows, spots := s.barRow(first, stops, w, 0)
	more, moreSpots := s.barRow(second, stops, w, 1)
	return append(rows, more...), append(spots, moreSpots...)
}

// keyNow is the key of a command that works now: while text is being typed, the space bar
// and the digits type.
func keyNow(c keymap.Command, typing bool) string {
	for _, k := range c.Keys {
		if !typing || k != "space" && k != keymap.Digit && len(k) > 1 {
			return k
		}
	}
	return c.Keys[0]
}

// fits reports whether two rows hold all items.
func fits(items []item, w int) bool {
	if total(items, oneGap)+2 <= w {
		return true
	}
	first, second := split(items)
	return total(first, oneGap)+2 <= w && total(second, oneGap)+2 <= w
}

// barItems are the commands of the bar; what stands behind 更多 is hinted at in hint cells.
func (s *Stage) barItems(e *entry, hint int) []item {
	_, panel := e.screen.(Panel)
	typing := s.typing(e)
	var items []item
	for _, c := range s.those(e, s.cfg.Keys.Bar(e.screen.Place())) {
		if panel && c.Where == keymap.Everywhere && (c.ID == keymap.More || c.ID == keymap.Help) {
			continue
		}
		it := item{command: c, key: keymap.Name(keyNow(c, typing), s.env.Say), label: s.env.Say(c.Label)}
		if c.ID == keymap.More {
			it.label += s.hints(e, hint)
		}
		it.off = s.reason(e, c.ID) != ""
		it.width = cell.Width(it.key) + 1 + cell.Width(it.label)
		items = append(items, it)
	}
	return items
}

// hints names what 空格 更多 holds, as far as room allows.
func (s *Stage) hints(e *entry, room int) string {
	var names []string
	for _, c := range s.those(e, s.cfg.Keys.Menu(e.screen.Place())) {
		if c.Where != keymap.Everywhere && c.Bar == 0 {
			names = append(names, s.env.Say(c.Label))
		}
	}
	for len(names) > 0 {
		text := s.env.Say("tui.bar.hints", "List", strings.Join(names, " "))
		if cell.Width(text) <= room {
			return text
		}
		names = names[:len(names)-1]
	}
	return ""
}

func total(items []item, gap int) int {
	n := 0
	for i, it := range items {
		if i > 0 {
			n += gap
		}
		n += it.width
	}
	return n
}

// split puts a screen's own commands (and 更多) in the first row, the program's and Enter in the second.
func split(items []item) (first, second []item) {
	for _, it := range items {
		if it.command.Where == keymap.Everywhere && it.command.ID != keymap.More || it.command.Keys[0] == "enter" {
			second = append(second, it)
		} else {
			first = append(first, it)
		}
	}
	return first, second
}

// dropOne leaves out the last item that may go; the menu still has it.
func dropOne(items *[]item) bool {
	for i := len(*items) - 1; i >= 0; i-- {
		if !lasts((*items)[i].command.ID) {
			*items = append((*items)[:i:i], (*items)[i+1:]...)
			return true
		}
	}
	return false
}

// columns are the tab stops at which the items of both rows stand one below the other,
// or nil when the window is too narrow for that. The last item of the second row is
// flush right and needs no stop.
func columns(first, second []item, gap, w int) []int {
	flow := second[:max(len(second)-1, 0)]
	var stops []int
	x := 1
	for i := range max(len(first), len(flow)) {
		stops = append(stops, x)
		widest := 0
		for _, row := range [][]item{first, flow} {
			if i < len(row) {
				widest = max(widest, row[i].width)
			}
		}
		x += widest + gap
	}
	end := 0
	for i, it := range first {
		end = stops[i] + it.width
	}
	if end > w-1 {
		return nil
	}
	end = 0
	for i, it := range flow {
		end = stops[i] + it.width
	}
	if len(second) > 0 && end+oneGap+second[len(second)-1].width > w-1 {
		return nil
	}
	return stops
}

// barRow draws one row. Blank, the last item, stands flush right.
func (s *Stage) barRow(items []item, stops []int, w, y int) ([]string, []spot) {
	var b strings.Builder
	var spots []spot
	x := 0
	for i, it := range items {
		at := x + oneGap
		if i == 0 {
			at = 1
		}
		if stops != nil && i < len(stops) {
			at = max(at, stops[i])
		}
		if i == len(items)-1 && it.command.ID == keymap.Blank {
			at = max(at, w-1-it.width)
		}
		b.WriteString(cell.Indent(at - x))
		label := it.label
		if it.off {
			label = s.env.Paint(theme.Off, label)
		}
		b.WriteString(s.env.Paint(theme.Key, it.key) + " " + label)
		spots = append(spots, spot{y: y, x0: at, x1: at + it.width, command: it.command})
		x = at + it.width
	}
	return []string{b.String()}, spots
}
