package people

import (
	"strconv"
	"strings"

	"doorstep/tui/book"
	"doorstep/tui/cell"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget"
)

// Instructions are what an order asks to be done, as numbered lines, with what to read out
// on the telephone.
func Instructions(env *stage.Env, o book.Order, w int) []string {
	var out []string
	for _, l := range widget.Paragraph(Say(env, o.Title), 1, w-1) {
		out = append(out, env.Paint(theme.Danger, l))
	}
	for i, step := range o.Steps {
		head := strconv.Itoa(i+1) + ". "
		for k, l := range cell.Wrap(Say(env, step), w-5-cell.Width(head)) {
			if k > 0 {
				head = cell.Indent(cell.Width(head))
			}
			out = append(out, "   "+head+l)
		}
	}
	if len(o.Call) > 0 {
		out = append(out, "   "+env.Paint(theme.Strong, env.Say("visit.matters.call", "Numbers", strings.Join(o.Call, "  "))))
	}
	if len(o.Script) > 0 {
		out = append(out, "", " "+env.Paint(theme.Strong, env.Say("urgent.script")))
		for _, p := range o.Script {
			out = append(out, widget.Paragraph(Say(env, p), 3, w-2)...)
		}
	}
	return out
}
