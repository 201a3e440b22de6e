package today

import "doorstep/tui/keymap"

// Place is where these commands live.
const Place keymap.Place = "today"

// What can be done on 今日.
const (
	Choose keymap.ID = "today.choose"
	Find   keymap.ID = "today.find"
	Open   keymap.ID = "today.open"
	Add    keymap.ID = "today.new"
	Paper  keymap.ID = "today.paper"
	Print  keymap.ID = "today.print"
	Forms  keymap.ID = "today.forms"
	Upload keymap.ID = "today.upload"
	Locks  keymap.ID = "today.locks"
	Up     keymap.ID = "today.up"
	Down   keymap.ID = "today.down"
)

// Commands is the table of this place.
func Commands() []keymap.Command {
	return []keymap.Command{
		{ID: Choose, Where: Place, Keys: []string{keymap.Digit}, Label: "today.cmd.choose", Help: "today.cmd.choose.help", Bar: 1},
		{ID: Find, Where: Place, Keys: []string{keymap.Typing, "f3", "ctrl+f"}, Label: "today.cmd.find", Help: "today.cmd.find.help", Bar: 2, Menu: true},
		{ID: Open, Where: Place, Keys: []string{"enter"}, Label: "today.cmd.open", Bar: 51},
		{ID: Add, Where: Place, Keys: []string{"ctrl+n", "insert"}, Label: "today.cmd.new", Help: "today.cmd.new.help", Menu: true},
		{ID: Paper, Where: Place, Keys: []string{"ctrl+b"}, Label: "today.cmd.paper", Help: "today.cmd.paper.help", Menu: true},
		{ID: Print, Where: Place, Keys: []string{"f6"}, Label: "outing.today.cmd", Help: "outing.today.cmd.help", Menu: true},
		{ID: Forms, Where: Place, Keys: []string{"f7", "ctrl+t"}, Label: "forms.today.cmd", Help: "forms.today.cmd.help", Menu: true},
		{ID: Upload, Where: Place, Keys: []string{"f5", "ctrl+u"}, Label: "today.cmd.upload", Help: "today.cmd.upload.help", Menu: true},
		{ID: Locks, Where: Place, Keys: []string{"f8", "ctrl+k"}, Label: "locks.cmd", Help: "locks.cmd.help", Menu: true},
		{ID: Up, Where: Place, Keys: []string{"up", "shift+tab"}, Label: "today.cmd.up"},
		{ID: Down, Where: Place, Keys: []string{"down", "tab"}, Label: "today.cmd.down"},
	}
}
