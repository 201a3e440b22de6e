package stage

import (
	tea "charm.land/bubbletea/v2"

	"doorstep/tui/keymap"
)

// Size is room to draw in, in cells.
type Size struct{ W, H int }

// Cursor is where the terminal's own cursor stands, in cells from the upper left corner
// of the body. Input methods open their window there.
type Cursor struct{ X, Y int }

// Frame is what a screen draws. Lines that are missing are blank; lines and cells that are too
// many are cut. A nil Cursor hides the terminal's cursor.
type Frame struct {
	Body   []string
	Cursor *Cursor
}

// Header is the first line of the screen. An empty Right shows the state of the
// connection (Env.Ribbon).
type Header struct{ Left, Right string }

// Screen is one page. The stage calls its methods one at a time.
type Screen interface {
	// Place names the page in the table of commands.
	Place() keymap.Place
	// Header is the line above the body.
	Header(env *Env) Header
	// Update takes Do, Click, Wheel, Returned, keys that mean no command here
	// (tea.KeyPressMsg), pasted text (tea.PasteMsg) and the results of its own Cmds. It must not wait.
	Update(env *Env, msg tea.Msg) (Action, tea.Cmd)
	// Draw fills a body of the given size and changes nothing but scroll positions.
	Draw(env *Env, size Size) Frame
}

// Starter is a screen with something to fetch when it is put on the stack.
type Starter interface{ Start(env *Env) tea.Cmd }

// Typist is a screen in which one can be typing: while it says so, printable keys
// (digits and the space bar too) go to the screen and not to the table.
type Typist interface{ Typing() bool }

// Able is a screen whose commands depend on something: it answers with the sentence that
// says why a command cannot be done now, or with "" when it can.
type Able interface {
	Able(env *Env, id keymap.ID) string
}

// Sparing is a screen with commands that do not exist for everybody: what Has denies is in
// no bar, no menu and no help, and its keys mean nothing.
type Sparing interface {
	Has(env *Env, id keymap.ID) bool
}

// Leaver is a screen that has a say when Esc is pressed. Without it Esc goes back; on the
// first screen it says how to quit, so that one Esc too many does not cost a passphrase.
type Leaver interface {
	Leave(env *Env) (Action, tea.Cmd)
}

// Reporter is a screen with a status line above the bottom bar; "" leaves it out.
type Reporter interface{ Status(env *Env) string }

// Saver is a screen that holds something typed and not yet saved. The stage runs the Cmd
// before the program ends and before it locks.
type Saver interface{ Save(env *Env) tea.Cmd }

// Panel is a screen that covers only the lower part of the one below it: a menu, a
// question. Its body may be shorter than the size it is given.
type Panel interface {
	Screen
	IsPanel()
}

// Do says that the person chose a command, by key, menu or mouse.
type Do struct {
	ID  keymap.ID
	Key string // as spelled by keymap.Press; tells digits apart
}

// Click is a press of the left mouse button, in cells from the upper left corner of the body.
type Click struct{ X, Y int }

// Wheel is a turn of the mouse wheel: negative is up.
type Wheel struct{ Lines int }

// Returned comes to a screen that is on top again, with what the screen above it left
// behind (see PopWith), or nil.
type Returned struct{ Value any }

// Tell is a message for every screen on the stack, from the bottom up: what a Cmd returns
// when others should know as well ("this person has been changed"). A message sent from outside
// (Program.Send) is told to every screen without it.
type Tell struct{ Msg tea.Msg }

// Ribbon is a message from outside (Program.Send): the words about the connection that
// stand at the right end of the header. It is a sentence, never about a person.
type Ribbon string
