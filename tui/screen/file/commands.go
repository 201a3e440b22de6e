package file

import "doorstep/tui/keymap"

// Places of these commands.
const (
	Place    keymap.Place = "file"
	WhyPlace keymap.Place = "why"
)

// What can be done on a person's file.
const (
	Visit     keymap.ID = "file.visit"
	Greet     keymap.ID = "file.greet"
	Missed    keymap.ID = "file.missed"
	Edit      keymap.ID = "file.edit"
	Reveal    keymap.ID = "file.reveal"
	Household keymap.ID = "file.household"
	Correct   keymap.ID = "file.correct"
	Print     keymap.ID = "file.print"
	Why       keymap.ID = "file.why"
	Forms     keymap.ID = "file.forms"
	Open      keymap.ID = "file.open"
	Up        keymap.ID = "file.up"
	Down      keymap.ID = "file.down"
)

// Commands is the table of this place.
func Commands() []keymap.Command {
	return []keymap.Command{
		{ID: Visit, Where: Place, Keys: []string{"1"}, Label: "file.cmd.visit", Help: "file.cmd.visit.help", Bar: 1},
		{ID: Greet, Where: Place, Keys: []string{"2"}, Label: "file.cmd.greet", Help: "file.cmd.greet.help", Bar: 2},
		{ID: Missed, Where: Place, Keys: []string{"3"}, Label: "file.cmd.missed", Help: "file.cmd.missed.help", Bar: 3},
		{ID: Edit, Where: Place, Keys: []string{"4"}, Label: "file.cmd.edit", Help: "file.cmd.edit.help", Bar: 4},
		{ID: Reveal, Where: Place, Keys: []string{"5"}, Label: "file.cmd.reveal", Help: "file.cmd.reveal.help"},
		{ID: Household, Where: Place, Keys: []string{"7"}, Label: "file.cmd.household", Help: "file.cmd.household.help"},
		{ID: Correct, Where: Place, Keys: []string{"8"}, Label: "file.cmd.correct", Help: "file.cmd.correct.help", Bar: 5},
		{ID: Print, Where: Place, Keys: []string{"9"}, Label: "outing.file.cmd", Help: "outing.file.cmd.help", Bar: 6},
		{ID: Why, Where: Place, Keys: []string{"f9", "0"}, Label: "file.cmd.why", Help: "file.cmd.why.help"},
		{ID: Forms, Where: Place, Keys: []string{"f7", "ctrl+t"}, Label: "forms.file.cmd", Help: "forms.file.cmd.help", Menu: true},
		{ID: Open, Where: Place, Keys: []string{"enter"}, Label: "file.cmd.open", Bar: 51},
		{ID: Up, Where: Place, Keys: []string{"up", "shift+tab"}, Label: "file.cmd.up"},
		{ID: Down, Where: Place, Keys: []string{"down", "tab"}, Label: "file.cmd.down"},
		{ID: keymap.Back, Where: WhyPlace, Keys: []string{"esc", "enter", "f9", "0"}, Label: "tui.cmd.back", Bar: 90},
	}
}
