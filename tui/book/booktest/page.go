package booktest

import (
	tea "charm.land/bubbletea/v2"

	"doorstep/tui/keymap"
	"doorstep/tui/stage"
)

// Page stands for the page behind a door: its name is in the header.
type Page string

// Place implements stage.Screen.
func (p Page) Place() keymap.Place { return "page" }

// Header implements stage.Screen.
func (p Page) Header(*stage.Env) stage.Header { return stage.Header{Left: string(p)} }

// Update implements stage.Screen.
func (p Page) Update(*stage.Env, tea.Msg) (stage.Action, tea.Cmd) { return stage.None(), nil }

// Draw implements stage.Screen.
func (p Page) Draw(*stage.Env, stage.Size) stage.Frame { return stage.Frame{} }

// Home is a first page called "home" from which Enter opens another one.
type Home struct{ Screen stage.Screen }

// HomeCommands are those of Home.
func HomeCommands() []keymap.Command {
	return []keymap.Command{{ID: "go", Where: "home", Keys: []string{"enter"}, Label: "tui.cmd.open"}}
}

// Place implements stage.Screen.
func (h Home) Place() keymap.Place { return "home" }

// Header implements stage.Screen.
func (h Home) Header(*stage.Env) stage.Header { return stage.Header{Left: "home"} }

// Update implements stage.Screen.
func (h Home) Update(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if _, ok := msg.(stage.Do); ok {
		return stage.Push(h.Screen), nil
	}
	return stage.None(), nil
}

// Draw implements stage.Screen.
func (h Home) Draw(*stage.Env, stage.Size) stage.Frame { return stage.Frame{} }
