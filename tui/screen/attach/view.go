package attach

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget"
)

// View is the page on which a file that is kept is looked at: a picture is drawn, of the
// others it is said what they are. Nothing of it is ever written anywhere.
type View struct {
	book   Book
	id     string
	cells  book.Cells
	asked  stage.Size
	failed error
	work   stage.Latest
}

// NewView makes the page of an answer.
func NewView(b Book, id string) *View { return &View{book: b, id: id} }

// Place implements stage.Screen.
func (v *View) Place() keymap.Place { return ViewPlace }

// Header implements stage.Screen.
func (v *View) Header(env *stage.Env) stage.Header {
	return stage.Header{Left: env.Say("attach.view")}
}

// Start implements stage.Starter.
func (v *View) Start(env *stage.Env) tea.Cmd { return v.draw(env.Size) }

// draw asks for the picture in the size of the window, less its frame.
func (v *View) draw(window stage.Size) tea.Cmd {
	size := stage.Size{W: max(10, window.W-2), H: max(4, window.H-9)}
	if size == v.asked {
		return nil
	}
	v.asked = size
	b, id := v.book, v.id
	return v.work.Ask(func() any {
		cells, err := b.Picture(context.Background(), id, size.W, size.H)
		if err != nil {
			return err
		}
		return cells
	})
}

// Update implements stage.Screen.
func (v *View) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if got, fresh, mine := v.work.Take(msg); mine {
		switch got := got.(type) {
		case book.Cells:
			if fresh {
				v.cells, v.failed = got, nil
			}
		case error:
			if fresh {
				v.failed = got
			}
		}
		return stage.None(), nil
	}
	if do, ok := msg.(stage.Do); ok && do.ID == keymap.Back {
		return stage.Pop(), nil
	}
	return stage.None(), v.draw(env.Size)
}

// Draw implements stage.Screen.
func (v *View) Draw(env *stage.Env, size stage.Size) stage.Frame {
	out := []string{}
	say := func(token theme.Token, text string) {
		for _, line := range widget.Paragraph(text, 1, size.W-1) {
			out = append(out, env.Paint(token, line))
		}
	}
	if a, ok := v.book.Attached(v.id); ok {
		say(theme.Strong, env.Say("attach.facts", "Kind", env.Say("attach.kind."+a.Kind), "Size", bytes(a.Size), "When", a.Time.In(casework.Shanghai).Format("2006-01-02 15:04")))
		say(theme.Dim, env.Say("attach.here_only"))
	}
	out = append(out, "")
	switch drawn := swatches(env, v.cells); {
	case v.failed != nil:
		say(theme.Plain, env.Error(v.failed))
	case v.cells == nil:
		say(theme.Plain, env.Say("attach.reading"))
	case drawn == nil:
		say(theme.Plain, env.Say("attach.no_colours"))
	default:
		for _, line := range drawn {
			out = append(out, " "+line)
		}
	}
	return stage.Frame{Body: out}
}
