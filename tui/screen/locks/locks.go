// Package locks holds the pages about who may see the screen: 遮屏和口令 (the passphrase
// changed, the visit code chosen) and 换人 (two people on one laptop).
package locks

import (
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget"
)

// Places of these commands.
const (
	Place     keymap.Place = "locks"
	CodePlace keymap.Place = "locks_code"
	WhoPlace  keymap.Place = "locks_who"
	NamePlace keymap.Place = "locks_name"
)

// What can be done here.
const (
	Passphrase keymap.ID = "locks.passphrase"
	VisitCode  keymap.ID = "locks.code"
	Now        keymap.ID = "locks.now"
	Enter      keymap.ID = "locks.enter"
	Choose     keymap.ID = "locks.choose"
	Add        keymap.ID = "locks.add"
	Open       keymap.ID = "locks.open"
	Up         keymap.ID = "locks.up"
	Down       keymap.ID = "locks.down"
)

// Commands is the table of these places.
func Commands() []keymap.Command {
	return []keymap.Command{
		{ID: Passphrase, Where: Place, Keys: []string{"1"}, Label: "locks.cmd.passphrase", Help: "locks.cmd.passphrase.help", Bar: 1},
		{ID: VisitCode, Where: Place, Keys: []string{"2"}, Label: "locks.cmd.code", Help: "locks.cmd.code.help", Bar: 2},
		{ID: Now, Where: Place, Keys: []string{"3"}, Label: "locks.cmd.now", Help: "locks.cmd.now.help", Bar: 3},
		{ID: Enter, Where: CodePlace, Keys: []string{"enter"}, Label: "locks.cmd.enter", Bar: 1},
		{ID: Choose, Where: WhoPlace, Keys: []string{keymap.Digit}, Label: "locks.cmd.choose", Bar: 1},
		{ID: Open, Where: WhoPlace, Keys: []string{"enter"}, Label: "locks.cmd.open", Bar: 2},
		{ID: Add, Where: WhoPlace, Keys: []string{"0", "ctrl+n", "insert"}, Label: "locks.cmd.add", Help: "locks.cmd.add.help", Bar: 3},
		{ID: Up, Where: WhoPlace, Keys: []string{"up", "shift+tab"}, Label: "today.cmd.up"},
		{ID: Down, Where: WhoPlace, Keys: []string{"down", "tab"}, Label: "today.cmd.down"},
		{ID: Enter, Where: NamePlace, Keys: []string{"enter"}, Label: "locks.cmd.enter", Bar: 1},
	}
}

// Options are what the page works with.
type Options struct {
	Chosen func() bool // whether there is a visit code
	Idle   time.Duration
	// Doors.
	Passphrase func() stage.Screen
	Code       func() stage.Screen
}

// Screen is the page 遮屏和口令.
type Screen struct{ opt Options }

// New makes the page.
func New(opt Options) *Screen { return &Screen{opt: opt} }

// Place implements stage.Screen.
func (s *Screen) Place() keymap.Place { return Place }

// Header implements stage.Screen.
func (s *Screen) Header(env *stage.Env) stage.Header {
	return stage.Header{Left: env.Say("locks.title")}
}

// Update implements stage.Screen.
func (s *Screen) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	switch msg := msg.(type) {
	case stage.Do:
		switch msg.ID {
		case Passphrase:
			return stage.Push(s.opt.Passphrase()), nil
		case VisitCode:
			return stage.Push(s.opt.Code()), nil
		case Now:
			return stage.Lock(), nil
		}
	case stage.Returned:
		if key, ok := msg.Value.(Said); ok {
			return stage.Notice(env.Say(string(key))), nil
		}
	}
	return stage.None(), nil
}

// Said is what a page leaves behind for the one below: the key of the sentence that tells
// what was done.
type Said string

// Draw implements stage.Screen.
func (s *Screen) Draw(env *stage.Env, size stage.Size) stage.Frame {
	f := stage.Frame{Body: []string{""}}
	code := "locks.code.none"
	if s.opt.Chosen() {
		code = "locks.code.chosen"
	}
	for i, key := range []string{"locks.cmd.passphrase", "locks.cmd.code", "locks.cmd.now"} {
		line := "  " + strconv.Itoa(i+1) + "  " + env.Say(key)
		if key == "locks.cmd.code" {
			line += "  " + env.Paint(theme.Dim, env.Say(code))
		}
		f.Body = append(f.Body, line)
	}
	f.Body = append(f.Body, "", widget.Rule(env, size.W), "")
	for _, key := range []string{"locks.about.blank", "locks.about.idle", "locks.about.code", "locks.about.forgotten"} {
		f.Body = append(f.Body, widget.Paragraph(env.Say(key, "Minutes", int(s.opt.Idle.Minutes())), 2, size.W-2)...)
		f.Body = append(f.Body, "")
	}
	return f
}
