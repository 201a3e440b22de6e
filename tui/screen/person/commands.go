// Package person holds the pages on which facts about a person are written: 新发现, 改资料,
// 更正 and 没见到.
package person

import (
	"doorstep/tui/keymap"
	"doorstep/tui/widget/entry"
)

// Places of these commands.
const (
	NewPlace     keymap.Place = "person_new"
	EditPlace    keymap.Place = "person_edit"
	CorrectPlace keymap.Place = "correct"
	MissedPlace  keymap.Place = "missed"
)

// What can be done on these pages.
const (
	Who keymap.ID = "correct.who"
)

// Commands is the table of these places.
func Commands() []keymap.Command {
	var out []keymap.Command
	for _, p := range []keymap.Place{NewPlace, EditPlace, CorrectPlace, MissedPlace} {
		out = append(out, entry.Commands(p, "entry.save")...)
	}
	return append(out, keymap.Command{ID: Who, Where: CorrectPlace, Keys: []string{"f3", "ctrl+f"}, Label: "correct.cmd.who", Help: "correct.cmd.who.help", Bar: 2})
}
