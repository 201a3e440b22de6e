package widget

import (
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
)

// FieldMax is how many characters a Field takes unless it says otherwise.
const FieldMax = 200

// Field is one line of text being typed. The zero Field is empty and ready.
type Field struct {
	Max    int  // characters; 0 is FieldMax
	Digits bool // takes digits only (and X, for ID numbers, with WithX); full-width ones are folded
	WithX  bool // with Digits: also takes the X at the end of an ID number, and makes it a capital
	Point  bool // with Digits: also takes a minus and a decimal point, for which an input method sends 。
	Secret bool // a passphrase: full-width is folded and stars are shown
	Shown  bool // with Secret: shows the text after all

	text    []glyph
	at      int // the caret stands before text[at]
	from    int // the first glyph that is shown
	problem string
}

// glyph is a character as it is stored and as it is drawn.
type glyph struct {
	raw, shown string
	width      int
}

func glyphs(s string) []glyph {
	cs := cell.Clusters(s)
	out := make([]glyph, len(cs))
	for i, c := range cs {
		shown := cell.Clean(c.Text)
		if cell.Width(shown) == 0 && c.Text != "\n" {
			shown = cell.Geta
		}
		out[i] = glyph{raw: c.Text, shown: shown, width: cell.Width(shown)}
	}
	return out
}

func raw(gs []glyph) string {
	var b strings.Builder
	for _, g := range gs {
		b.WriteString(g.raw)
	}
	return b.String()
}

// Value is the text, as typed.
func (f *Field) Value() string { return raw(f.text) }

// Set replaces the text and puts the caret behind it.
func (f *Field) Set(s string) {
	f.text = glyphs(cell.Typed(s, f.limit()))
	f.at, f.from, f.problem = len(f.text), 0, ""
}

// Empty says that nothing has been typed.
func (f *Field) Empty() bool { return len(f.text) == 0 }

// Len is the number of characters.
func (f *Field) Len() int { return len(f.text) }

func (f *Field) limit() int {
	if f.Max > 0 {
		return f.Max
	}
	return FieldMax
}

// Update takes typing, pasting and the keys of editing. It says whether msg was for it;
// Enter, Tab, Esc, up and down never are.
func (f *Field) Update(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		f.insert(msg.Content)
		return true
	case tea.KeyPressMsg:
		if text := keymap.Text(msg); text != "" {
			f.insert(text)
			return true
		}
		return f.edit(keymap.Press(msg))
	}
	return false
}

func (f *Field) edit(press string) bool {
	switch press {
	case "left":
		f.at = max(f.at-1, 0)
	case "right":
		f.at = min(f.at+1, len(f.text))
	case "home", "ctrl+a":
		f.at = 0
	case "end", "ctrl+e":
		f.at = len(f.text)
	case "ctrl+left", "alt+left":
		f.at = wordLeft(f.text, f.at)
	case "ctrl+right", "alt+right":
		f.at = wordRight(f.text, f.at)
	case "backspace":
		f.cut(max(f.at-1, 0), f.at)
	case "delete":
		f.cut(f.at, min(f.at+1, len(f.text)))
	case "ctrl+w", "ctrl+backspace", "alt+backspace":
		f.cut(wordLeft(f.text, f.at), f.at)
	case "ctrl+u":
		f.cut(0, f.at)
	case "ctrl+k":
		f.cut(f.at, len(f.text))
	default:
		return false
	}
	f.problem = ""
	return true
}

func (f *Field) cut(from, to int) {
	f.text = append(f.text[:from:from], f.text[to:]...)
	f.at = from
}

func (f *Field) insert(s string) {
	f.problem = ""
	s = cell.Typed(s, cell.MaxClean)
	if f.Secret {
		s = keymap.Fold(s)
	}
	if f.Digits {
		kept := strings.Map(f.digit, keymap.Fold(s))
		if len(kept) < len(strings.TrimSpace(s)) && kept == "" {
			f.problem = "tui.field.digits_only"
		}
		s = kept
	}
	// A mark that is typed by itself joins the character before it.
	behind := raw(f.text[f.at:])
	before := glyphs(raw(f.text[:f.at]) + s)
	rest := glyphs(behind)
	if over := len(before) + len(rest) - f.limit(); over > 0 {
		f.problem = "tui.field.full"
		before = before[:max(len(before)-over, min(f.at, len(before)))]
	}
	f.text = append(before, rest...)
	f.at = len(before)
}

// digit keeps 0 to 9, and X where it belongs.
func (f *Field) digit(r rune) rune {
	switch {
	case r >= '0' && r <= '9':
		return r
	case f.WithX && (r == 'x' || r == 'X'):
		return 'X'
	case f.Point && (r == '-' || r == '.'):
		return r
	case f.Point && r == '。':
		return '.'
	}
	return -1
}

// Problem is the sentence that says why the last typing was not taken, or "".
func (f *Field) Problem(env *stage.Env) string {
	if f.problem == "" {
		return ""
	}
	return env.Say(f.problem, "Max", f.limit())
}

// Draw is the field in w cells, and the column of the caret in it. The text scrolls so
// that the caret is always inside. A field without focus shows its beginning.
func (f *Field) Draw(env *stage.Env, w int, focused bool) (line string, caret int) {
	if w < 3 {
		return cell.Cut("", w), 0
	}
	gs := f.text
	if f.Secret && !f.Shown {
		gs = make([]glyph, len(f.text))
		for i := range gs {
			gs[i] = glyph{shown: "*", width: 1}
		}
	}
	if !focused {
		return env.Paint(theme.Field, cell.Fit(shown(gs), w)), 0
	}
	f.from = min(f.from, f.at)
	// One cell stays free for the caret behind the last character.
	for width(gs[f.from:f.at]) > w-1 {
		f.from++
	}
	// When text was deleted, show as much as fits again.
	for f.from > 0 && width(gs[f.from-1:]) <= w-1 {
		f.from--
	}
	return env.Paint(theme.Field, cell.Cut(shown(gs[f.from:]), w)), width(gs[f.from:f.at])
}

// Click puts the caret where the mouse was pressed: x in cells from the field's left end.
func (f *Field) Click(x int) {
	f.at = min(f.from, len(f.text))
	for f.at < len(f.text) && x >= f.text[f.at].width {
		x -= f.text[f.at].width
		f.at++
	}
}

func width(gs []glyph) int {
	n := 0
	for _, g := range gs {
		n += g.width
	}
	return n
}

func shown(gs []glyph) string {
	var b strings.Builder
	for _, g := range gs {
		b.WriteString(g.shown)
	}
	return b.String()
}

// wordLeft and wordRight move over blanks and then over characters of one kind.
func wordLeft(gs []glyph, at int) int {
	for at > 0 && kind(gs[at-1]) == 0 {
		at--
	}
	for k := at; at > 0 && kind(gs[at-1]) == kind(gs[k-1]); {
		at--
	}
	return at
}

func wordRight(gs []glyph, at int) int {
	for k := at; at < len(gs) && kind(gs[at]) != 0 && kind(gs[at]) == kind(gs[k]); {
		at++
	}
	for at < len(gs) && kind(gs[at]) == 0 {
		at++
	}
	return at
}

// kind sorts characters into blanks, marks, Han and the rest.
func kind(g glyph) int {
	r, _ := utf8.DecodeRuneInString(g.raw)
	switch {
	case unicode.IsSpace(r):
		return 0
	case unicode.IsPunct(r), unicode.IsSymbol(r):
		return 1
	case unicode.Is(unicode.Han, r):
		return 2
	}
	return 3
}
