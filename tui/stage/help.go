package stage

import (
	tea "charm.land/bubbletea/v2"

	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/theme"
)

// help is F1: every command of the screen one came from, with its keys and a sentence.
type help struct {
	about keymap.Place
	all   []keymap.Command
	top   int
	rows  int // of the last drawing
	lines int
}

func newHelp(about keymap.Place, all []keymap.Command) *help { return &help{about: about, all: all} }

func (h *help) Place() keymap.Place { return keymap.HelpPlace }

func (h *help) Header(env *Env) Header {
	head := Header{
		Left:  env.Say("tui.help.title", "Place", env.Say("tui.place."+string(h.about))),
		Right: env.Say("tui.help.all", "All", h.lines),
	}
	if h.rows < h.lines {
		head.Right = env.Say("tui.help.more", "From", h.top+1, "To", min(h.top+h.rows, h.lines), "All", h.lines)
	}
	return head
}

func (h *help) Update(_ *Env, msg tea.Msg) (Action, tea.Cmd) {
	switch msg := msg.(type) {
	case Wheel:
		h.scroll(msg.Lines)
	case tea.KeyPressMsg:
		switch keymap.Press(msg) {
		case "up":
			h.scroll(-1)
		case "down", "enter":
			h.scroll(1)
		case "pgup":
			h.scroll(-h.rows)
		case "pgdown":
			h.scroll(h.rows)
		case "home":
			h.top = 0
		case "end":
			h.scroll(h.lines)
		}
	}
	return None(), nil
}

func (h *help) scroll(by int) { h.top = max(0, min(h.top+by, h.lines-h.rows)) }

func (h *help) Draw(env *Env, size Size) Frame {
	var all []string
	const keyWidth = 22
	section := keymap.Place("?")
	for _, c := range h.all {
		if c.Where != section {
			section = c.Where
			if len(all) > 0 {
				all = append(all, "")
			}
			title := "tui.help.here"
			if c.Where == keymap.Everywhere {
				title = "tui.help.everywhere"
			}
			all = append(all, " "+env.Paint(theme.Strong, env.Say(title)))
		}
		text := env.Say(c.Label)
		if c.Help != "" {
			text += "  " + env.Say(c.Help)
		}
		keys := cell.Wrap(keymap.KeyNames(c, env.Say), keyWidth)
		words := cell.Wrap(text, size.W-keyWidth-5)
		for i := range max(len(keys), len(words)) {
			var k, w string
			if i < len(keys) {
				k = keys[i]
			}
			if i < len(words) {
				w = words[i]
			}
			all = append(all, "   "+env.Paint(theme.Key, cell.Cut(k, keyWidth))+" "+w)
		}
	}
	h.rows, h.lines = size.H, len(all)
	h.scroll(0)
	return Frame{Body: all[h.top:min(h.top+size.H, len(all))]}
}
