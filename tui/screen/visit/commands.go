package visit

import "doorstep/tui/keymap"

// Places of these commands.
const (
	Place         keymap.Place = "visit"
	ProblemsPlace keymap.Place = "visit_problems"
	OrderPlace    keymap.Place = "visit_order" // closed
	OpenPlace     keymap.Place = "visit_order_open"
	DonePlace     keymap.Place = "visit_done"
	WhyPlace      keymap.Place = "visit_why"
	TextPlace     keymap.Place = "visit_text"
	OptionsPlace  keymap.Place = "visit_options"
)

// What can be done during a visit.
const (
	Choose   keymap.ID = "visit.choose"
	Next     keymap.ID = "visit.next"
	Previous keymap.ID = "visit.previous"
	Section  keymap.ID = "visit.section"
	Back     keymap.ID = "visit.section_back"
	Repeat   keymap.ID = "visit.repeat"
	Clear    keymap.ID = "visit.clear"
	Add      keymap.ID = "visit.add"
	Problems keymap.ID = "visit.problems"
	Why      keymap.ID = "visit.why"
	Matters  keymap.ID = "visit.matters"
	Finish   keymap.ID = "visit.finish"
	Done     keymap.ID = "visit.done"
	Jump     keymap.ID = "visit.jump"
	Attend   keymap.ID = "visit.attend"
	Later    keymap.ID = "visit.later"
	Large    keymap.ID = "visit.large"
	Unknown  keymap.ID = "visit.unknown"
	Remove   keymap.ID = "visit.remove"
	Restore  keymap.ID = "visit.restore"
	Undo     keymap.ID = "visit.undo"
	Newer    keymap.ID = "visit.newer"
	Code     keymap.ID = "visit.code"
	Kept     keymap.ID = "visit.kept"
	Mate     keymap.ID = "visit.mate"
)

// Commands is the table of these places.
func Commands() []keymap.Command {
	return []keymap.Command{
		{ID: Choose, Where: Place, Keys: []string{keymap.Digit}, Label: "visit.cmd.choose", Help: "visit.cmd.choose.help", Bar: 1},
		{ID: Next, Where: Place, Keys: []string{"enter", "tab", "down"}, Label: "visit.cmd.next", Bar: 2},
		{ID: Previous, Where: Place, Keys: []string{"up", "shift+tab"}, Label: "visit.cmd.previous"},
		{ID: Section, Where: Place, Keys: []string{"pgdown", "ctrl+d"}, Label: "visit.cmd.section"},
		{ID: Back, Where: Place, Keys: []string{"pgup", "ctrl+e"}, Label: "visit.cmd.section_back"},
		{ID: Repeat, Where: Place, Keys: []string{"ctrl+r", "f6"}, Label: "visit.cmd.repeat", Help: "visit.cmd.repeat.help"},
		{ID: Clear, Where: Place, Keys: []string{"delete", "ctrl+k"}, Label: "visit.cmd.clear", Help: "visit.cmd.clear.help"},
		{ID: Add, Where: Place, Keys: []string{"insert", "ctrl+n"}, Label: "visit.cmd.add", Help: "visit.cmd.add.help"},
		{ID: Remove, Where: Place, Keys: []string{"ctrl+x"}, Label: "visit.cmd.remove", Help: "visit.cmd.remove.help"},
		{ID: Restore, Where: Place, Keys: []string{"ctrl+b"}, Label: "visit.cmd.restore", Help: "visit.cmd.restore.help"},
		{ID: Undo, Where: Place, Keys: []string{"ctrl+z"}, Label: "visit.cmd.undo", Help: "visit.cmd.undo.help", Menu: true},
		{ID: Large, Where: Place, Keys: []string{"f2", "ctrl+t"}, Label: "visit.cmd.large", Help: "visit.cmd.large.help"},
		{ID: Unknown, Where: Place, Keys: []string{"ctrl+w", "f12"}, Label: "visit.cmd.unknown", Help: "visit.cmd.unknown.help"},
		{ID: Code, Where: Place, Keys: []string{"f3", "ctrl+f"}, Label: "visit.cmd.code", Help: "visit.cmd.code.help", Menu: true},
		{ID: Problems, Where: Place, Keys: []string{"f8", "ctrl+g"}, Label: "visit.cmd.problems", Help: "visit.cmd.problems.help", Menu: true},
		{ID: Why, Where: Place, Keys: []string{"f9", "ctrl+y"}, Label: "visit.cmd.why", Help: "visit.cmd.why.help", Menu: true},
		{ID: Matters, Where: Place, Keys: []string{"ctrl+o", "f7"}, Label: "visit.cmd.matters", Help: "visit.cmd.matters.help", Menu: true},
		{ID: Newer, Where: Place, Keys: []string{"f5"}, Label: "visit.cmd.newer", Help: "visit.cmd.newer.help", Menu: true},
		{ID: Finish, Where: Place, Keys: []string{"ctrl+s", "f4"}, Label: "visit.cmd.finish", Help: "visit.cmd.finish.help", Bar: 3},

		{ID: Choose, Where: ProblemsPlace, Keys: []string{keymap.Digit}, Label: "visit.cmd.jump", Bar: 1},
		{ID: Jump, Where: ProblemsPlace, Keys: []string{"enter"}, Label: "visit.cmd.jump", Bar: 2},
		{ID: Attend, Where: OrderPlace, Keys: []string{"1", "enter"}, Label: "visit.cmd.attend", Bar: 1},
		{ID: Later, Where: OrderPlace, Keys: []string{"2", "esc"}, Label: "visit.cmd.later", Bar: 2},
		{ID: Later, Where: OpenPlace, Keys: []string{"enter", "esc", "1", "2"}, Label: "visit.cmd.done", Bar: 1},
		{ID: Done, Where: DonePlace, Keys: []string{"enter", "esc"}, Label: "visit.cmd.done", Bar: 1},
		{ID: Matters, Where: DonePlace, Keys: []string{"0", "ctrl+o", "f7"}, Label: "visit.cmd.matters", Help: "visit.cmd.matters.help"},
		{ID: Mate, Where: DonePlace, Keys: []string{keymap.Digit}, Label: "visit.cmd.mate", Help: "visit.cmd.mate.help"},
		{ID: Kept, Where: TextPlace, Keys: []string{"ctrl+s", "f4", "esc"}, Label: "visit.cmd.kept", Bar: 1},
		{ID: Choose, Where: OptionsPlace, Keys: []string{"enter"}, Label: "tui.cmd.answer", Bar: 1},
		{ID: keymap.Back, Where: WhyPlace, Keys: []string{"esc", "enter", "f9"}, Label: "tui.cmd.back", Bar: 90},
	}
}
