package attach

import (
	"strconv"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/cell"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget"
)

// How large a picture is drawn on the page that asks: it leaves room for the question.
const (
	lookW = 36
	lookH = 11
)

// Draw implements stage.Screen.
func (s *Screen) Draw(env *stage.Env, size stage.Size) stage.Frame {
	switch {
	case s.shut != nil:
		return stage.Frame{Body: append([]string{""}, widget.Paragraph(env.Error(s.shut), 2, size.W-2)...)}
	case s.kept != nil:
		return stage.Frame{Body: s.keptLines(env, size)}
	case s.asking != nil:
		return stage.Frame{Body: s.askLines(env, size)}
	}
	return s.list(env, size)
}

func (s *Screen) list(env *stage.Env, size stage.Size) stage.Frame {
	label := " " + env.Say("attach.find") + "  "
	x := cell.Width(label)
	text, caret := s.field.Draw(env, size.W-x-1, true)
	f := stage.Frame{Cursor: &stage.Cursor{X: x + caret, Y: 0}}
	where := env.Say("attach.places")
	if s.folder.Path != "" {
		where = cell.Clean(s.folder.Path)
	}
	note := env.Paint(theme.Dim, env.Say("attach.hint"))
	switch {
	case s.busy:
		note = env.Say("attach.reading")
	case len(s.shown) == 0 && pathOf(s.field.Value()) != "":
		note = env.Say("attach.path")
	case len(s.shown) == 0:
		note = env.Say("attach.empty")
	}
	f.Body = []string{label + text, " " + env.Paint(theme.Strong, cell.Cut(where, size.W-2)), " " + cell.Cut(note, size.W-2), ""}
	if s.say != "" {
		f.Body = append(f.Body[:3], widget.Problem(env, s.say, 1, size.W-1)...)
	}
	s.rows = max(1, size.H-typingRows)
	cols := []cell.Column{{Min: 16}, {Min: 8, Max: 8}, {Min: 8, Max: 8, Right: true}, {Min: 11, Max: 11}}
	widths := cell.Layout(cols, 2, size.W-4)
	for i := s.first(); i < min(len(s.shown), s.first()+s.rows) && len(f.Body) < size.H; i++ {
		row := "  " + cell.Row(cols, widths, s.cells(env, s.shown[i]), 2)
		if i == s.at {
			row = env.Paint(theme.Chosen, cell.Fit(row, size.W))
		}
		f.Body = append(f.Body, row)
	}
	return f
}

func (s *Screen) cells(env *stage.Env, e book.Entry) []string {
	name := cell.CleanTo(e.Name, 200)
	switch {
	case e.Place != "":
		name = env.Say("attach.place."+e.Place, "Name", name)
		return []string{name, env.Say("attach.kind.folder"), "", ""}
	case e.Folder:
		return []string{name, env.Say("attach.kind.folder"), "", when(env, e)}
	}
	kind := env.Say("attach.kind.unknown")
	if e.Kind != "" {
		kind = env.Say("attach.kind." + e.Kind)
	}
	return []string{name, kind, bytes(e.Size), when(env, e)}
}

// when is the day of a file; of this year without it, of today the time.
func when(env *stage.Env, e book.Entry) string {
	t, now := e.Time.In(casework.Shanghai), env.Now().In(casework.Shanghai)
	switch {
	case casework.DayOf(t) == casework.DayOf(now):
		return t.Format("15:04")
	case t.Year() == now.Year():
		return t.Format("01-02 15:04")
	}
	return t.Format("2006-01-02")
}

// bytes is a size as a person reads it.
func bytes(n int64) string {
	if kb := (n + 1023) >> 10; kb < 1000 {
		return strconv.FormatInt(kb, 10) + " KB"
	}
	return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64) + " MB"
}

// askLines are the file, what becomes of it, and the question.
func (s *Screen) askLines(env *stage.Env, size stage.Size) []string {
	l := *s.asking
	var words []string
	say := func(token theme.Token, text string, w int) {
		for _, line := range widget.Paragraph(text, 1, w-1) {
			words = append(words, env.Paint(token, line))
		}
	}
	w := size.W
	drawn := swatches(env, l.Cells)
	if drawn != nil {
		w = max(24, size.W-len(l.Cells[0])-2)
	}
	say(theme.Strong, cell.CleanTo(l.Name, 120), w)
	say(theme.Plain, env.Say("attach.facts", "Kind", env.Say("attach.kind."+l.Kind), "Size", bytes(l.Size), "When", when(env, l.Entry)), w)
	words = append(words, "")
	switch {
	case l.Telling:
		say(theme.Warn, env.Say("attach.telling"), w)
	case l.Removed:
		say(theme.Plain, env.Say("attach.stripped"), w)
	}
	say(theme.Plain, env.Say("attach.here_only"), w)
	words = append(words, "")
	switch {
	case s.busy:
		say(theme.Plain, env.Say("attach.sealing"), w)
	case s.say != "":
		say(theme.Warn, s.say, w)
	default:
		say(theme.Plain, " 1  "+env.Say("attach.cmd.keep"), w)
		say(theme.Plain, " 2  "+env.Say("attach.cmd.other"), w)
	}
	if drawn == nil {
		return append([]string{""}, words...)
	}
	return append([]string{""}, widget.Beside(drawn, words, len(l.Cells[0]), 2)...)
}

func (s *Screen) keptLines(env *stage.Env, size stage.Size) []string {
	out := []string{""}
	say := func(token theme.Token, text string) {
		for _, line := range widget.Paragraph(text, 2, size.W-2) {
			out = append(out, env.Paint(token, line))
		}
	}
	say(theme.Good, env.Say("attach.kept", "Kind", env.Say("attach.kind."+s.kept.Kind), "Size", bytes(s.kept.Size)))
	say(theme.Plain, env.Say("attach.here_only"))
	out = append(out, "")
	say(theme.Warn, env.Say("attach.original"))
	say(theme.Plain, cell.Clean(s.original))
	out = append(out, "")
	switch {
	case s.busy:
		say(theme.Plain, env.Say("attach.removing"))
	case s.say != "":
		say(theme.Warn, s.say)
	}
	say(theme.Plain, " 1  "+env.Say("attach.cmd.leave"))
	say(theme.Plain, " 2  "+env.Say("attach.cmd.remove"))
	return out
}

// swatches draws a picture with blanks on coloured ground; nil when there is none or the
// terminal shows no colours.
func swatches(env *stage.Env, cells book.Cells) []string {
	if len(cells) == 0 {
		return nil
	}
	var out []string
	for _, row := range cells {
		line := ""
		for _, c := range row {
			swatch, ok := env.Theme.Swatch(c)
			if !ok {
				return nil
			}
			line += swatch
		}
		out = append(out, line)
	}
	return out
}
