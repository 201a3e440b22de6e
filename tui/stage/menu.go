package stage

import (
	tea "charm.land/bubbletea/v2"

	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/theme"
)

// menu is 空格 更多: what can be done on the screen below, by digit, arrows or mouse. A
// command that cannot be done now is there too, with the reason.
type menu struct {
	items []menuItem
	at    int
	page  int // items on one page; set by Draw
}

type menuItem struct{ id, label, key, why string }

const perPage = 9

func newMenu(env *Env, commands []keymap.Command, reason func(keymap.ID) string) *menu {
	m := &menu{page: perPage}
	for _, c := range commands {
		m.items = append(m.items, menuItem{
			id: string(c.ID), label: env.Say(c.Label), key: keymap.KeyNames(c, env.Say), why: reason(c.ID),
		})
	}
	return m
}

func (m *menu) IsPanel()               {}
func (m *menu) Place() keymap.Place    { return keymap.MenuPlace }
func (m *menu) Header(env *Env) Header { return Header{Left: env.Say("tui.menu.title")} }

func (m *menu) Update(_ *Env, msg tea.Msg) (Action, tea.Cmd) {
	first := m.at / m.page * m.page
	switch msg := msg.(type) {
	case Do:
		switch msg.ID {
		case keymap.Choose:
			return m.choose(first + int(msg.Key[0]) - '1')
		case keymap.Open:
			return m.choose(m.at)
		}
	case Click:
		m.at = max(0, min(first+msg.Y, len(m.items)-1))
		return m.choose(first + msg.Y)
	case Wheel:
		m.move(msg.Lines / 3)
	case tea.KeyPressMsg:
		switch keymap.Press(msg) {
		case "up", "shift+tab":
			m.move(-1)
		case "down", "tab":
			m.move(1)
		case "pgup":
			m.move(-m.page)
		case "pgdown":
			m.move(m.page)
		case "home":
			m.at = 0
		case "end":
			m.move(len(m.items))
		}
	}
	return None(), nil
}

func (m *menu) move(by int) { m.at = max(0, min(m.at+by, len(m.items)-1)) }

func (m *menu) choose(i int) (Action, tea.Cmd) {
	if i < 0 || i >= len(m.items) {
		return None(), nil
	}
	m.at = i
	if why := m.items[i].why; why != "" {
		return Notice(why), nil
	}
	return Pop().Then(Run(keymap.ID(m.items[i].id))), nil
}

func (m *menu) Draw(env *Env, size Size) Frame {
	m.page = max(1, min(perPage, size.H))
	first := m.at / m.page * m.page
	var f Frame
	cols := []cell.Column{{Min: 1, Max: 1}, {Min: 12, Max: 24}, {Min: 10, Max: 24}, {Min: 6}}
	brief := []cell.Column{cols[0], cols[1], {Min: 16}}
	widths := cell.Layout(cols, 2, size.W-2)
	for i := first; i < min(first+m.page, len(m.items)); i++ {
		it := m.items[i]
		texts := []string{string(rune('1' + i - first)), it.label, it.key, it.why}
		row := " " + cell.Row(cols, widths, texts, 2)
		if it.why != "" && cell.Width(it.why) > widths[3] { // the keys would do nothing either
			row = " " + cell.Row(brief, cell.Layout(brief, 2, size.W-2), []string{texts[0], it.label, it.why}, 2)
		}
		switch {
		case i == m.at:
			row = env.Paint(theme.Chosen, cell.Cut(row, size.W))
			f.Cursor = &Cursor{X: 1, Y: i - first}
		case it.why != "":
			row = env.Paint(theme.Off, row)
		}
		f.Body = append(f.Body, row)
	}
	return f
}
