// Package gone is the last page of a laptop that was shut out: what was on it is destroyed,
// and nothing else is left to do but to close the program.
package gone

import (
	tea "charm.land/bubbletea/v2"

	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget"
)

// Place of its command.
const Place keymap.Place = "gone"

// Close ends the program.
const Close keymap.ID = "gone.close"

// Commands is the table of this place.
func Commands() []keymap.Command {
	return []keymap.Command{{ID: Close, Where: Place, Keys: []string{"enter"}, Label: "gone.cmd.close", Bar: 1}}
}

// Screen is the page.
type Screen struct{ why error }

// New makes the page. why is told as a sentence, with what to do next.
func New(why error) *Screen { return &Screen{why} }

// Place implements stage.Screen.
func (s *Screen) Place() keymap.Place { return Place }

// Header implements stage.Screen.
func (s *Screen) Header(env *stage.Env) stage.Header {
	return stage.Header{Left: env.Say("gone.title"), Right: " "}
}

// Leave implements stage.Leaver: there is nothing below.
func (s *Screen) Leave(*stage.Env) (stage.Action, tea.Cmd) { return stage.Quit(), nil }

// Update implements stage.Screen.
func (s *Screen) Update(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if do, ok := msg.(stage.Do); ok && do.ID == Close {
		return stage.Quit(), nil
	}
	return stage.None(), nil
}

// Draw implements stage.Screen.
func (s *Screen) Draw(env *stage.Env, size stage.Size) stage.Frame {
	f := stage.Frame{Body: []string{"", "  " + env.Paint(theme.Strong, env.Say("gone.heading")), ""}}
	f.Body = append(f.Body, widget.Paragraph(env.Error(s.why), 2, size.W-4)...)
	return f
}
