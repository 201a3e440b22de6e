package widget

import (
	tea "charm.land/bubbletea/v2"

	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
)

// Answer is what a Confirm leaves behind (stage.Returned). Esc leaves nil.
type Answer struct {
	ID  string // of the question
	Yes bool
}

// Confirm asks a question with two answers in a panel. The cursor begins on No, so that
// an Enter too many does no harm.
type Confirm struct {
	id, title, question, yes, no string
	onYes                        bool
	first                        int // the line of the first answer in the last drawing
}

// NewConfirm makes a question. id comes back in the Answer; all texts are sentences in the
// worker's language; an empty no is "no, go back".
func NewConfirm(id, title, question, yes, no string) *Confirm {
	return &Confirm{id: id, title: title, question: question, yes: yes, no: no}
}

// IsPanel makes it cover only the lower part of the screen.
func (c *Confirm) IsPanel() {}

// Place is where its keys are listed.
func (c *Confirm) Place() keymap.Place { return keymap.ConfirmPlace }

// Header is the title of the question.
func (c *Confirm) Header(*stage.Env) stage.Header { return stage.Header{Left: c.title} }

// Update takes 1 for yes, 2 for no, arrows and Enter.
func (c *Confirm) Update(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	switch msg := msg.(type) {
	case stage.Do:
		switch msg.ID {
		case keymap.Yes:
			c.onYes = true
		case keymap.No:
			c.onYes = false
		case keymap.Open:
		default:
			return stage.None(), nil
		}
		return c.answer(), nil
	case stage.Click:
		if i := msg.Y - c.first; i == 0 || i == 1 {
			c.onYes = i == 0
			return c.answer(), nil
		}
	case tea.KeyPressMsg:
		switch keymap.Press(msg) {
		case "up", "left":
			c.onYes = true
		case "down", "right":
			c.onYes = false
		case "tab", "shift+tab":
			c.onYes = !c.onYes
		}
	}
	return stage.None(), nil
}

func (c *Confirm) answer() stage.Action {
	return stage.PopWith(Answer{ID: c.id, Yes: c.onYes})
}

// Draw is the question and its two answers.
func (c *Confirm) Draw(env *stage.Env, size stage.Size) stage.Frame {
	var f stage.Frame
	for _, line := range cell.Wrap(c.question, size.W-2) {
		f.Body = append(f.Body, " "+line)
	}
	if most := size.H - 3; len(f.Body) > most && most > 0 {
		f.Body = f.Body[:most]
	}
	f.Body = append(f.Body, "")
	c.first = len(f.Body)
	no := c.no
	if no == "" {
		no = env.Say("tui.confirm.no")
	}
	for i, text := range []string{" 1  " + c.yes, " 2  " + no} {
		if (i == 0) == c.onYes {
			f.Cursor = &stage.Cursor{X: 1, Y: c.first + i}
			text = env.Paint(theme.Chosen, cell.Cut(text, size.W))
		}
		f.Body = append(f.Body, text)
	}
	return f
}
