package stage

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/keymap"
	"doorstep/tui/theme"
)

// Speaker says sentences in the worker's language (casework/lang has one).
type Speaker interface {
	// Say is the sentence of a key, with the values of its placeholders in pairs.
	Say(key string, pairs ...any) string
	// Error is what an error means to a person: what happened and what to do next.
	Error(err error) string
}

// Env is what the stage lends to screens for the time of a call.
type Env struct {
	Speaker
	Theme  theme.Theme
	Now    casework.Clock
	Keys   *keymap.Table
	Size   Size   // the whole window
	Ribbon string // the words about the connection, at the right end of the header

	after func(time.Duration, tea.Msg) tea.Cmd
}

// Paint gives text the look of a token.
func (e *Env) Paint(token theme.Token, text string) string { return e.Theme.Paint(token, text) }

// After is a Cmd whose result, msg, comes after d. Tests replace the waiting.
func (e *Env) After(d time.Duration, msg tea.Msg) tea.Cmd { return e.after(d, msg) }

// Latest numbers a screen's questions of one kind, so that only the answer to the last
// one counts: what was found for "li" must not replace what was found for "lin".
type Latest struct{ n uint64 }

type reply struct {
	by    *Latest
	n     uint64
	value any
}

// Ask makes a Cmd of work, which runs beside the program and must touch nothing of the screen.
func (l *Latest) Ask(work func() any) tea.Cmd {
	l.n++
	n := l.n
	return func() tea.Msg { return reply{by: l, n: n, value: work()} }
}

// Take gives the answer in msg when it is one of ours and the last one asked for. mine is
// true for answers that came too late as well: those have a nil value and fresh is false.
func (l *Latest) Take(msg tea.Msg) (value any, fresh, mine bool) {
	r, ok := msg.(reply)
	if !ok || r.by != l {
		return nil, false, false
	}
	if r.n != l.n {
		return nil, false, true
	}
	return r.value, true, true
}

// Drop makes every answer still on its way come too late.
func (l *Latest) Drop() { l.n++ }
