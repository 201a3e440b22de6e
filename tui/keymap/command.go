package keymap

// ID names a command, for programs: "person.visit".
type ID string

// Place names a screen. Everywhere is the program itself.
type Place string

// Everywhere is where the program's own commands live.
const Everywhere Place = ""

// Keys with a meaning of their own in Command.Keys.
const (
	// Digit is any digit that the place does not bind by itself.
	Digit = "digit"
	// Typing is any text; it never matches in Find and is there for the bar and the help.
	Typing = "typing"
)

// Command is one thing a person can do in one place.
type Command struct {
	ID    ID
	Where Place
	// Keys in the spelling of Press: "1", "enter", "esc", "space", "up", "f9", "ctrl+l",
	// or Digit or Typing. The first one is shown.
	Keys []string
	// Label is the catalogue key of two to four Han characters.
	Label string
	// Help is the catalogue key of a whole sentence for F1; empty means the label is enough.
	Help string
	// Bar is the place in the bottom bar, from the left, beginning with 1. 0 keeps the
	// command out of the bar.
	Bar int
	// Menu offers the command under 空格 更多.
	Menu bool
}

// The program's own commands, the same on every screen.
const (
	Back  ID = "back"
	More  ID = "more"
	Help  ID = "help"
	Blank ID = "blank"
	Quit  ID = "quit"
)

// Places and commands of what the program itself puts over a screen.
const (
	MenuPlace    Place = "menu"    // 空格 更多
	HelpPlace    Place = "help"    // F1
	ConfirmPlace Place = "confirm" // a question with two answers

	Choose ID = "choose" // by digit
	Open   ID = "open"   // what the cursor is on
	Yes    ID = "yes"
	No     ID = "no"
)

// Own lists the program's own commands and those of what it puts over a screen.
func Own() []Command {
	return []Command{
		{ID: More, Keys: []string{"space", "ctrl+p", "f10"}, Label: "tui.cmd.more", Help: "tui.cmd.more.help", Bar: 50},
		{ID: Back, Keys: []string{"esc"}, Label: "tui.cmd.back", Help: "tui.cmd.back.help", Bar: 90},
		{ID: Help, Keys: []string{"f1"}, Label: "tui.cmd.help", Help: "tui.cmd.help.help", Bar: 91, Menu: true},
		{ID: Quit, Keys: []string{"ctrl+q"}, Label: "tui.cmd.quit", Help: "tui.cmd.quit.help", Menu: true},
		{ID: Blank, Keys: []string{"ctrl+l"}, Label: "tui.cmd.blank", Help: "tui.cmd.blank.help", Bar: 99},

		{ID: Choose, Where: MenuPlace, Keys: []string{Digit}, Label: "tui.cmd.choose", Bar: 1},
		{ID: Open, Where: MenuPlace, Keys: []string{"enter"}, Label: "tui.cmd.open", Bar: 2},
		{ID: Back, Where: MenuPlace, Keys: []string{"esc", "space", "f10", "ctrl+p"}, Label: "tui.cmd.back", Bar: 90},

		{ID: Yes, Where: ConfirmPlace, Keys: []string{"1"}, Label: "tui.cmd.yes", Bar: 1},
		{ID: No, Where: ConfirmPlace, Keys: []string{"2"}, Label: "tui.cmd.no", Bar: 2},
		{ID: Open, Where: ConfirmPlace, Keys: []string{"enter"}, Label: "tui.cmd.answer", Bar: 3},

		{ID: Back, Where: HelpPlace, Keys: []string{"esc", "f1"}, Label: "tui.cmd.back", Bar: 90},
	}
}
