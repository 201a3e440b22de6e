// Package stage is the one tea.Model of the terminal program: a stack of screens, what
// they may ask for, and the frame around them.
//
// A screen is a struct. Keys become commands through the table of keymap; the screen on
// top gets them as Do messages, decides, and answers with an Action (open another screen,
// go back, say one sentence) and, for anything that takes time, a tea.Cmd. Results of a
// Cmd come back to the screen that asked, wherever it is in the stack by then, and to
// nobody when it has gone. No screen does I/O in Update, and none writes to the terminal:
// Draw returns lines, and the stage alone puts them on the grid.
//
// The stage also keeps four promises for all screens: Ctrl+L blanks at once and keeps
// everything; a panel that opens by itself ignores keys for a moment, so that typing in
// flight cannot press Yes; a crash in one screen is one sentence and not the end of the
// program; every frame is exactly as large as the window.
package stage
