package file

import (
	tea "charm.land/bubbletea/v2"

	"doorstep/tui/book"
	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/widget/people"
)

// why is F9: the reasons behind due date and grade, in sentences.
type why struct{ file book.File }

func newWhy(f book.File) *why { return &why{f} }

func (y *why) IsPanel()            {}
func (y *why) Place() keymap.Place { return WhyPlace }

func (y *why) Header(env *stage.Env) stage.Header {
	return stage.Header{Left: env.Say("file.why.title")}
}

func (y *why) Update(*stage.Env, tea.Msg) (stage.Action, tea.Cmd) { return stage.None(), nil }

func (y *why) Draw(env *stage.Env, size stage.Size) stage.Frame {
	var f stage.Frame
	for _, reason := range y.file.Why {
		for i, l := range cell.Wrap(people.Say(env, reason), size.W-4) {
			head := " - "
			if i > 0 {
				head = "   "
			}
			f.Body = append(f.Body, head+l)
		}
	}
	return f
}
