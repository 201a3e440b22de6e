package status

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget"
)

// enrol asks for the address and the code that the bureau gave.
type enrol struct {
	book   Book
	fields [2]widget.Field
	at     int
	busy   bool
	err    error
	try    stage.Latest
}

func newEnrol(b Book) *enrol {
	return &enrol{book: b, fields: [2]widget.Field{{Max: 200}, {Max: 40}}}
}

func (e *enrol) Place() keymap.Place { return EnrolPlace }
func (e *enrol) Typing() bool        { return true }
func (e *enrol) Header(env *stage.Env) stage.Header {
	return stage.Header{Left: env.Say("enrol.title")}
}

func (e *enrol) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if v, fresh, mine := e.try.Take(msg); mine {
		if !fresh {
			return stage.None(), nil
		}
		e.busy = false
		if err, bad := v.(error); bad {
			e.err = err
			return stage.None(), nil
		}
		return stage.Pop().Then(stage.Notice(env.Say("enrol.done"))), nil
	}
	switch msg := msg.(type) {
	case stage.Do:
		switch msg.ID {
		case Next:
			e.at = 1 - e.at
		case Send:
			if e.at == 0 && e.fields[1].Empty() {
				e.at = 1
				return stage.None(), nil
			}
			return stage.None(), e.send()
		}
	case tea.KeyPressMsg, tea.PasteMsg:
		if e.fields[e.at].Update(msg) {
			e.err = nil
		}
	}
	return stage.None(), nil
}

func (e *enrol) send() tea.Cmd {
	if e.busy {
		return nil
	}
	e.busy, e.err = true, nil
	b, address, code := e.book, keymap.Fold(e.fields[0].Value()), keymap.Fold(e.fields[1].Value())
	return e.try.Ask(func() any {
		if err := b.Enrol(context.Background(), address, code); err != nil {
			return err
		}
		return nil
	})
}

func (e *enrol) Draw(env *stage.Env, size stage.Size) stage.Frame {
	f := stage.Frame{Body: []string{""}}
	for _, l := range cell.Wrap(env.Say("enrol.about"), size.W-4) {
		f.Body = append(f.Body, "  "+l)
	}
	f.Body = append(f.Body, "")
	for i, label := range []string{"enrol.address", "enrol.code"} {
		head := "  " + cell.Pad(env.Say(label), 10) + " "
		text, caret := e.fields[i].Draw(env, min(50, size.W-16), i == e.at)
		if i == e.at {
			f.Cursor = &stage.Cursor{X: cell.Width(head) + caret, Y: len(f.Body)}
		}
		f.Body = append(f.Body, head+text, "")
	}
	switch {
	case e.busy:
		f.Body = append(f.Body, "  "+env.Say("enrol.busy"))
	case e.err != nil:
		for _, l := range cell.Wrap(env.Error(e.err), size.W-4) {
			f.Body = append(f.Body, "  "+env.Paint(theme.Warn, l))
		}
	}
	return f
}
