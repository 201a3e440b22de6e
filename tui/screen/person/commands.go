package person

import "doorstep/tui/keymap"

// Places of these commands.
const (
	NewPlace     keymap.Place = "person_new"
	EditPlace    keymap.Place = "person_edit"
	CorrectPlace keymap.Place = "correct"
	MissedPlace  keymap.Place = "missed"
)

// What can be done on these pages.
const (
	Save keymap.ID = "person.save"
	Who  keymap.ID = "correct.who"
)

// Commands is the table of these places.
func Commands() []keymap.Command {
	var out []keymap.Command
	for _, p := range []keymap.Place{NewPlace, EditPlace, CorrectPlace, MissedPlace} {
		out = append(out, keymap.Command{ID: Save, Where: p, Keys: []string{"ctrl+s", "f4"}, Label: "person.cmd.save", Help: "person.cmd.save.help", Bar: 1})
	}
	return append(out, keymap.Command{ID: Who, Where: CorrectPlace, Keys: []string{"f3", "ctrl+f"}, Label: "correct.cmd.who", Help: "correct.cmd.who.help", Bar: 2})
}
