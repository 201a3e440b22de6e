package visit

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget"
)

// lineMax is how many characters are typed in one line; longer text has the large editor.
const lineMax = 300

// big reports an answer of several lines, which the one-line field would crush.
func big(v form.View) bool {
	return v.Item.Type == form.TypeText && (strings.ContainsRune(v.Value, '\n') || len(v.Value) > 3*lineMax)
}

// text is what the large editor leaves behind.
type text struct{ path, value string }

// large opens the editor of several lines, F2, with what stands in the field.
func (s *Screen) large(env *stage.Env, more string) stage.Action {
	v, ok := s.view()
	if !ok || v.Item.Type != form.TypeText || v.ReadOnly {
		return stage.None()
	}
	value := v.Value
	if s.edited {
		value = s.field.Value()
	}
	e := &editor{title: title(v), path: v.Path, hint: v.Hint}
	if more != "" && value != "" && strings.ContainsRune(more, '\n') {
		value += "\n" // lines that were pasted stand below what was there
	}
	e.area.Set(value + more)
	e.keep = func(value string) tea.Cmd {
		_, cmd := s.takeText(env, text{v.Path, value})
		return cmd
	}
	return stage.Push(e)
}

// takeText makes an answer of what was written in the large editor.
func (s *Screen) takeText(env *stage.Env, t text) (stage.Action, tea.Cmd) {
	value := casework.CleanBlock(t.value, widget.AreaMax)
	if v, ok := s.session.Form.View(t.path); ok && v.Value == value {
		s.refill()
		return stage.None(), nil
	}
	return s.apply(env, func() (form.Change, error) { return s.session.Form.Set(t.path, value) })
}

// editor is a page of text for one question.
type editor struct {
	area  widget.Area
	title string
	hint  string
	path  string
	keep  func(value string) tea.Cmd
}

func (e *editor) Place() keymap.Place                      { return TextPlace }
func (e *editor) Header(*stage.Env) stage.Header           { return stage.Header{Left: e.title} }
func (e *editor) Typing() bool                             { return true }
func (e *editor) Save(*stage.Env) tea.Cmd                  { return e.keep(e.area.Value()) }
func (e *editor) leave() stage.Action                      { return stage.PopWith(text{e.path, e.area.Value()}) }
func (e *editor) Leave(*stage.Env) (stage.Action, tea.Cmd) { return e.leave(), nil }

func (e *editor) Update(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if _, ok := msg.(stage.Do); ok {
		return e.leave(), nil
	}
	e.area.Update(msg)
	return stage.None(), nil
}

func (e *editor) Draw(env *stage.Env, size stage.Size) stage.Frame {
	var f stage.Frame
	if e.hint != "" {
		for _, l := range widget.Paragraph(e.hint, 2, size.W-2) {
			f.Body = append(f.Body, env.Paint(theme.Dim, l))
		}
		f.Body = append(f.Body, "")
	}
	lines, caret := e.area.Draw(env, stage.Size{W: size.W - 4, H: max(1, size.H-len(f.Body)-1)})
	f.Cursor = &stage.Cursor{X: 2 + caret.X, Y: len(f.Body) + caret.Y}
	for _, l := range lines {
		f.Body = append(f.Body, "  "+l)
	}
	if p := e.area.Problem(env); p != "" {
		f.Body = append(f.Body, widget.Problem(env, p, 2, size.W-2)...)
	}
	return f
}
