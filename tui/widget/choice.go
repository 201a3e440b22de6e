package widget

import (
	tea "charm.land/bubbletea/v2"

	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
)

// Option is one thing to choose in a Choice.
type Option struct {
	Value any
	Label string
	Why   string // not empty: cannot be chosen now, for this reason
}

// Picked is what a Choice leaves behind (stage.Returned). Esc leaves nil.
type Picked struct {
	ID    string // of the choice
	Value any
}

// Choice lets one of several things be chosen in a panel, by digit or with the arrows.
type Choice struct {
	id, title string
	options   []Option
	list      List
}

// NewChoice makes a choice; id comes back in Picked.
func NewChoice(id, title string, options []Option) *Choice {
	c := &Choice{id: id, title: title, options: options}
	rows := make([]Row, len(options))
	for i, o := range options {
		rows[i] = Row{Text: o.Label}
		if o.Why != "" {
			rows[i].Text += "  " + o.Why
		}
	}
	c.list.Set(rows)
	return c
}

// IsPanel makes it cover only the lower part of the screen.
func (c *Choice) IsPanel() {}

// Place is where its keys are listed.
func (c *Choice) Place() keymap.Place { return keymap.MenuPlace }

// Header is the title of the choice.
func (c *Choice) Header(*stage.Env) stage.Header { return stage.Header{Left: c.title} }

// Update takes digits, arrows, Enter and clicks.
func (c *Choice) Update(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	switch msg := msg.(type) {
	case stage.Do:
		if msg.ID == keymap.Choose && !c.list.Pick(msg.Key) {
			return stage.None(), nil
		}
		return c.take(), nil
	case stage.Click:
		if mine, _ := c.list.Update(msg); mine {
			return c.take(), nil
		}
	default:
		c.list.Update(msg)
	}
	return stage.None(), nil
}

func (c *Choice) take() stage.Action {
	i := c.list.At()
	if i < 0 {
		return stage.None()
	}
	if why := c.options[i].Why; why != "" {
		return stage.Notice(why)
	}
	return stage.PopWith(Picked{ID: c.id, Value: c.options[i].Value})
}

// Draw is the page of options with the cursor.
func (c *Choice) Draw(env *stage.Env, size stage.Size) stage.Frame {
	h := min(size.H, max(len(c.options), 1))
	lines, cursor := c.list.Draw(env, stage.Size{W: size.W, H: h})
	return stage.Frame{Body: lines, Cursor: cursor}
}

// Check is one line of Checks.
type Check struct {
	Label string
	On    bool
	Alone bool // ticking it unticks all others: "none of these"
}

// Checks is a list of boxes to tick: [x] and [ ]. With One it is a choice of one: (x) and ( ).
type Checks struct {
	One   bool
	Items []Check
	list  List
}

// Update takes arrows, the space bar, digits, Enter and clicks. changed says that a tick
// was set or taken away. With keys that the table of commands takes first (digits, the
// space bar), call Pick and Toggle.
func (c *Checks) Update(msg tea.Msg) (mine, changed bool) {
	c.fill()
	switch msg := msg.(type) {
	case stage.Click:
		if mine, _ := c.list.Update(msg); mine {
			return true, c.Toggle()
		}
		return false, false
	case tea.KeyPressMsg:
		press := keymap.Press(msg)
		if press == "space" || press == "enter" && c.One {
			return true, c.Toggle()
		}
		if len(press) == 1 && press[0] >= '1' && press[0] <= '9' {
			return true, c.Pick(press)
		}
	}
	mine, _ = c.list.Update(msg)
	return mine, false
}

// Pick ticks or unticks the line of this page that carries the digit.
func (c *Checks) Pick(digit string) bool {
	c.fill()
	return c.list.Pick(digit) && c.Toggle()
}

// Toggle ticks or unticks the line with the cursor. With One it only ticks.
func (c *Checks) Toggle() bool {
	c.fill()
	i := c.list.At()
	if i < 0 || (c.One && c.Items[i].On) {
		return false
	}
	on := !c.Items[i].On
	for j := range c.Items {
		if on && j != i && (c.One || c.Items[i].Alone || c.Items[j].Alone) {
			c.Items[j].On = false
		}
	}
	c.Items[i].On = on
	return true
}

// At is the line with the cursor, or -1.
func (c *Checks) At() int {
	c.fill()
	return c.list.At()
}

// To puts the cursor on a line.
func (c *Checks) To(i int) {
	c.fill()
	c.list.To(i)
}

func (c *Checks) fill() {
	open, shut := "[", "] "
	if c.One {
		open, shut = "(", ") "
	}
	rows := make([]Row, len(c.Items))
	for i, it := range c.Items {
		tick := " "
		if it.On {
			tick = "x"
		}
		rows[i] = Row{Text: open + tick + shut + it.Label}
	}
	if len(rows) != c.list.Len() {
		c.list.Set(rows)
		return
	}
	copy(c.list.rows, rows)
}

// Draw gives at most size.H lines and where the cursor is in them.
func (c *Checks) Draw(env *stage.Env, size stage.Size) ([]string, *stage.Cursor) {
	c.fill()
	return c.list.Draw(env, size)
}

// Label is a word and what it names: "父亲    青岛务工", the word in w cells.
func Label(env *stage.Env, word, text string, w int) string {
	return env.Paint(theme.Dim, cell.Cut(word, w)) + "  " + text
}
