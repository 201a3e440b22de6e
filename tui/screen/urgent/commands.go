package urgent

import (
	"doorstep/tui/keymap"
	"doorstep/tui/widget/entry"
)

// Places of these commands.
const (
	Place       keymap.Place = "urgent"
	ClosedPlace keymap.Place = "urgent_closed"
	CallPlace   keymap.Place = "urgent_call"
)

// What can be done here.
const (
	Look    keymap.ID = "urgent.look"
	Later   keymap.ID = "urgent.later"
	Called  keymap.ID = "urgent.called"
	Told    keymap.ID = "urgent.told"
	Exclude keymap.ID = "urgent.exclude"
	Report  keymap.ID = "urgent.report"
	Done    keymap.ID = "urgent.done"
)

// Commands is the table of these places.
func Commands() []keymap.Command {
	return append([]keymap.Command{
		{ID: Look, Where: ClosedPlace, Keys: []string{"1", "enter"}, Label: "urgent.cmd.look", Bar: 1},
		{ID: Later, Where: ClosedPlace, Keys: []string{"2", "esc"}, Label: "urgent.cmd.later", Bar: 2},
		{ID: Called, Where: Place, Keys: []string{"1"}, Label: "urgent.cmd.called", Help: "urgent.cmd.called.help", Bar: 1},
		{ID: Told, Where: Place, Keys: []string{"2"}, Label: "urgent.cmd.told", Help: "urgent.cmd.told.help", Bar: 2},
		{ID: Exclude, Where: Place, Keys: []string{"3"}, Label: "urgent.cmd.exclude", Help: "urgent.cmd.exclude.help", Bar: 3},
		{ID: Report, Where: Place, Keys: []string{"4"}, Label: "forms.urgent.cmd", Help: "forms.urgent.cmd.help", Bar: 4},
		{ID: Done, Where: Place, Keys: []string{"9"}, Label: "urgent.cmd.done", Help: "urgent.cmd.done.help", Bar: 5},
	}, entry.Commands(CallPlace, "entry.save")...)
}
