package widget

import (
	tea "charm.land/bubbletea/v2"

	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
)

// AreaMax is how many characters an Area takes unless it says otherwise.
const AreaMax = 5000

// Area is text of several lines being typed. Enter makes a new line; leaving is up to
// the screen (Esc, Ctrl+S). The zero Area is empty and ready.
type Area struct {
	Max int // characters; 0 is AreaMax

	text    []glyph
	at      int
	top     int // the first row that is shown
	w, h    int // of the last drawing
	aim     int // the column that up and down aim at, plus 1; 0 is none
	problem string
}

// Value is the text, with line feeds.
func (a *Area) Value() string { return raw(a.text) }

// Set replaces the text and puts the caret behind it.
func (a *Area) Set(s string) {
	a.text = glyphs(cell.TypedText(s, a.limit()))
	a.at, a.top, a.aim, a.problem = len(a.text), 0, 0, ""
}

// Len is the number of characters, line feeds too.
func (a *Area) Len() int { return len(a.text) }

func (a *Area) limit() int {
	if a.Max > 0 {
		return a.Max
	}
	return AreaMax
}

// Problem is the sentence that says why the last typing was not taken, or "".
func (a *Area) Problem(env *stage.Env) string {
	if a.problem == "" {
		return ""
	}
	return env.Say(a.problem, "Max", a.limit())
}

// Update takes typing, pasting and the keys of editing, Enter, up and down included.
func (a *Area) Update(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		a.insert(msg.Content)
		return true
	case stage.Click:
		a.toRow(a.top+msg.Y, msg.X)
		return true
	case stage.Wheel:
		a.up(msg.Lines)
		return true
	case tea.KeyPressMsg:
		if text := keymap.Text(msg); text != "" {
			a.insert(text)
			return true
		}
		return a.edit(keymap.Press(msg))
	}
	return false
}

func (a *Area) edit(press string) bool {
	switch press {
	case "up":
		a.up(-1)
		return true
	case "down":
		a.up(1)
		return true
	case "pgup":
		a.up(-max(a.h-1, 1))
		return true
	case "pgdown":
		a.up(max(a.h-1, 1))
		return true
	}
	rows := a.rows()
	row := rows[a.row(rows)]
	switch press {
	case "enter", "shift+enter":
		a.insert("\n")
	case "left":
		a.at = max(a.at-1, 0)
	case "right":
		a.at = min(a.at+1, len(a.text))
	case "home", "ctrl+a":
		a.at = row.from
	case "end", "ctrl+e":
		a.at = row.to
	case "ctrl+home":
		a.at = 0
	case "ctrl+end":
		a.at = len(a.text)
	case "ctrl+left", "alt+left":
		a.at = wordLeft(a.text, a.at)
	case "ctrl+right", "alt+right":
		a.at = wordRight(a.text, a.at)
	case "backspace":
		a.cut(max(a.at-1, 0), a.at)
	case "delete":
		a.cut(a.at, min(a.at+1, len(a.text)))
	case "ctrl+w", "ctrl+backspace", "alt+backspace":
		a.cut(wordLeft(a.text, a.at), a.at)
	case "ctrl+u":
		a.cut(row.from, a.at)
	case "ctrl+k":
		a.cut(a.at, row.to)
	default:
		return false
	}
	if press != "enter" && press != "shift+enter" {
		a.problem = ""
	}
	a.aim = 0
	return true
}

func (a *Area) cut(from, to int) {
	a.text = append(a.text[:from:from], a.text[to:]...)
	a.at = from
}

func (a *Area) insert(s string) {
	a.problem, a.aim = "", 0
	before := glyphs(raw(a.text[:a.at]) + cell.TypedText(s, a.limit()))
	rest := glyphs(raw(a.text[a.at:]))
	if over := len(before) + len(rest) - a.limit(); over > 0 {
		a.problem = "tui.field.full"
		before = before[:max(len(before)-over, min(a.at, len(before)))]
	}
	a.text = append(before, rest...)
	a.at = len(before)
}

// span is one row on the screen: text[from:to].
type span struct{ from, to int }

// rows breaks the text at line feeds and at the right edge. One cell stays free there
// for the caret.
func (a *Area) rows() []span {
	room := max(a.w-1, 2)
	rows := []span{}
	from, used := 0, 0
	for i, g := range a.text {
		if g.raw == "\n" {
			rows = append(rows, span{from, i})
			from, used = i+1, 0
			continue
		}
		if used+g.width > room {
			rows = append(rows, span{from, i})
			from, used = i, 0
		}
		used += g.width
	}
	return append(rows, span{from, len(a.text)})
}

// row is the index of the row in which the caret stands.
func (a *Area) row(rows []span) int {
	for i := len(rows) - 1; i > 0; i-- {
		if a.at >= rows[i].from {
			return i
		}
	}
	return 0
}

func (a *Area) up(by int) {
	rows := a.rows()
	i := a.row(rows)
	want := a.aim - 1
	if want < 0 {
		want = width(a.text[rows[i].from:a.at])
	}
	a.toRow(i+by, want)
	a.aim = want + 1
}

// toRow puts the caret into row i, as near to column x as it can stand.
func (a *Area) toRow(i, x int) {
	rows := a.rows()
	r := rows[max(0, min(i, len(rows)-1))]
	a.at = r.from
	for a.at < r.to && x >= a.text[a.at].width {
		x -= a.text[a.at].width
		a.at++
	}
	a.aim = 0
}

// Draw gives the lines that are visible in size, and where the caret is in them.
func (a *Area) Draw(_ *stage.Env, size stage.Size) ([]string, stage.Cursor) {
	a.w, a.h = size.W, size.H
	rows := a.rows()
	at := a.row(rows)
	a.top = max(min(a.top, at), at-size.H+1, 0)
	a.top = max(0, min(a.top, len(rows)-1))
	var lines []string
	for _, r := range rows[a.top:min(a.top+size.H, len(rows))] {
		lines = append(lines, shown(a.text[r.from:r.to]))
	}
	return lines, stage.Cursor{X: width(a.text[rows[at].from:a.at]), Y: at - a.top}
}
