package forms

import (
	"doorstep/tui/keymap"
	"doorstep/tui/widget/entry"
)

// Places of these commands.
const (
	Place      keymap.Place = "forms"
	WhoPlace   keymap.Place = "forms_who"
	DonePlace  keymap.Place = "forms_done"
	RedoPlace  keymap.Place = "forms_redo"
	TakenPlace keymap.Place = "forms_taken"
)

// What can be done here.
const (
	Choose  keymap.ID = "forms.choose"
	Open    keymap.ID = "forms.open"
	Tick    keymap.ID = "forms.tick"
	Go      keymap.ID = "forms.go"
	Adopt   keymap.ID = "forms.adopt"
	Matters keymap.ID = "forms.matters"
	Close   keymap.ID = "forms.close"
)

// Commands is the table of these places.
func Commands() []keymap.Command {
	out := []keymap.Command{
		{ID: Choose, Where: Place, Keys: []string{keymap.Digit}, Label: "forms.cmd.choose", Help: "forms.cmd.choose.help", Bar: 1},
		{ID: Open, Where: Place, Keys: []string{"enter"}, Label: "tui.cmd.open", Bar: 2},

		{ID: Tick, Where: WhoPlace, Keys: []string{keymap.Digit}, Label: "forms.cmd.tick", Bar: 1},
		{ID: Go, Where: WhoPlace, Keys: []string{"enter", "ctrl+s", "f4"}, Label: "forms.cmd.go", Bar: 2},

		{ID: Close, Where: DonePlace, Keys: []string{"enter", "esc"}, Label: "forms.cmd.done", Bar: 1},
		{ID: Adopt, Where: DonePlace, Keys: []string{"1"}, Label: "forms.cmd.adopt", Help: "forms.cmd.adopt.help", Bar: 2},
		{ID: Matters, Where: DonePlace, Keys: []string{"0", "ctrl+o", "f7"}, Label: "forms.cmd.matters", Bar: 3},
	}
	out = append(out, entry.Commands(RedoPlace, "forms.redo.cmd")...)
	return append(out, entry.Commands(TakenPlace, "forms.redo.cmd")...)
}
