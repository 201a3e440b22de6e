package attach

import "doorstep/tui/keymap"

// Places of these commands.
const (
	Place      keymap.Place = "attach"      // looking for a file
	AskPlace   keymap.Place = "attach_ask"  // is it this one?
	KeptPlace  keymap.Place = "attach_kept" // and the original?
	ViewPlace  keymap.Place = "picture"     // one that is kept
	shutPlace               = ViewPlace     // not allowed here: nothing but back
	typingRows              = 4             // lines above the list
)

// What can be done here.
const (
	Open   keymap.ID = "attach.open"
	Up     keymap.ID = "attach.up"
	Down   keymap.ID = "attach.down"
	Parent keymap.ID = "attach.parent"
	Now    keymap.ID = "attach.now"
	Keep   keymap.ID = "attach.keep"
	Other  keymap.ID = "attach.other"
	Leave  keymap.ID = "attach.leave"
	Remove keymap.ID = "attach.remove"
)

// Commands is the table of these places.
func Commands() []keymap.Command {
	return []keymap.Command{
		{ID: Open, Where: Place, Keys: []string{"enter"}, Label: "attach.cmd.open", Bar: 1},
		{ID: Up, Where: Place, Keys: []string{"up", "shift+tab"}, Label: "attach.cmd.up", Bar: 2},
		{ID: Down, Where: Place, Keys: []string{"down", "tab"}, Label: "attach.cmd.down", Bar: 3},
		{ID: Parent, Where: Place, Keys: []string{"ctrl+u"}, Label: "attach.cmd.parent", Help: "attach.cmd.parent.help", Menu: true},
		{ID: Now, Where: Place, Keys: []string{"f3"}, Label: "attach.cmd.now", Help: "attach.cmd.now.help", Menu: true},
		{ID: Keep, Where: AskPlace, Keys: []string{"1", "enter"}, Label: "attach.cmd.keep", Bar: 1},
		{ID: Other, Where: AskPlace, Keys: []string{"2", "esc"}, Label: "attach.cmd.other", Bar: 2},
		{ID: Leave, Where: KeptPlace, Keys: []string{"1", "enter", "esc"}, Label: "attach.cmd.leave", Bar: 1},
		{ID: Remove, Where: KeptPlace, Keys: []string{"2"}, Label: "attach.cmd.remove", Help: "attach.cmd.remove.help", Bar: 2},
		{ID: keymap.Back, Where: ViewPlace, Keys: []string{"esc", "enter"}, Label: "tui.cmd.back", Bar: 1},
	}
}
