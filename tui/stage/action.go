package stage

import "doorstep/tui/keymap"

type step int

const (
	stepPush step = iota + 1
	stepPop
	stepReplace
	stepHome
	stepQuit
	stepNotice
	stepBlank
	stepLock
	stepRun
)

type order struct {
	step   step
	screen Screen
	text   string
	value  any
	id     keymap.ID
}

// Action is what a screen asks of the stage; the zero Action asks nothing. Only the
// screen on top is heard, except for Notice.
type Action struct{ orders []order }

// None asks nothing.
func None() Action { return Action{} }

// Push opens s on top.
func Push(s Screen) Action { return Action{[]order{{step: stepPush, screen: s}}} }

// Pop goes back to the screen below.
func Pop() Action { return PopWith(nil) }

// PopWith goes back and leaves value for the screen below, which gets it as Returned.
func PopWith(value any) Action { return Action{[]order{{step: stepPop, value: value}}} }

// Replace puts s in the place of the asking screen.
func Replace(s Screen) Action { return Action{[]order{{step: stepReplace, screen: s}}} }

// Home goes back to the first screen.
func Home() Action { return Action{[]order{{step: stepHome}}} }

// Quit ends the program, after every Saver has saved.
func Quit() Action { return Action{[]order{{step: stepQuit}}} }

// Notice shows one sentence above the bottom bar until it has been read.
func Notice(sentence string) Action {
	return Action{[]order{{step: stepNotice, text: sentence}}}
}

// Blank empties the screen at once, as Ctrl+L does.
func Blank() Action { return Action{[]order{{step: stepBlank}}} }

// Lock asks for the passphrase again and keeps everything below.
func Lock() Action { return Action{[]order{{step: stepLock}}} }

// Run carries out a command of the screen below, after the asking panel has been popped.
func Run(id keymap.ID) Action { return Action{[]order{{step: stepRun, id: id}}} }

// Then asks one thing after another: Pop().Then(Notice("...")).
func (a Action) Then(b Action) Action {
	return Action{append(append([]order(nil), a.orders...), b.orders...)}
}

// IsNone says that nothing is asked.
func (a Action) IsNone() bool { return len(a.orders) == 0 }
