// Package unlock is the first page: the passphrase, and on the first day the making of one.
// It is also the page that covers everything when nobody has touched a key for a while.
package unlock

import (
	"context"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget"
)

// Places of these commands.
const (
	Place keymap.Place = "unlock"
	First keymap.Place = "unlock_first"
)

// What can be done here.
const (
	Enter keymap.ID = "unlock.enter"
	Other keymap.ID = "unlock.other"
	Show  keymap.ID = "unlock.show"
)

// Commands is the table of these places.
func Commands() []keymap.Command {
	return []keymap.Command{
		{ID: Enter, Where: Place, Keys: []string{"enter"}, Label: "unlock.cmd.enter", Bar: 1},
		{ID: Show, Where: Place, Keys: []string{"f2", "ctrl+t"}, Label: "unlock.cmd.show", Help: "unlock.cmd.show.help", Bar: 2},
		{ID: Enter, Where: First, Keys: []string{"enter"}, Label: "unlock.cmd.next", Bar: 1},
		{ID: Show, Where: First, Keys: []string{"f2", "ctrl+t"}, Label: "unlock.cmd.show", Help: "unlock.cmd.show.help", Bar: 2},
		{ID: Other, Where: First, Keys: []string{"f3", "ctrl+n"}, Label: "unlock.cmd.other", Help: "unlock.cmd.other.help", Bar: 3},
	}
}

// Options are what the page works with.
type Options struct {
	// Propose gives four words for a new passphrase; nil when there is a store already.
	Propose func() ([]string, error)
	// Try opens the store, or makes it. It may take a second, and longer after wrong ones.
	Try func(ctx context.Context, passphrase []byte) error
	// Done is what comes after: the first page of the day, or back to what was covered.
	Done func() stage.Action
	// Covering says that the page covers others: Esc does not leave it.
	Covering bool
}

type step int

const (
	asking step = iota
	proposing
	rehearsing
	again
)

// least is how many characters a passphrase of one's own must have.
const least = 10

// Screen is the page.
type Screen struct {
	opt    Options
	field  widget.Field
	step   step
	words  []string
	chosen string
	busy   bool
	say    string // a sentence's key
	err    error
	try    stage.Latest
}

// New makes the page.
func New(opt Options) *Screen {
	s := &Screen{opt: opt, field: widget.Field{Max: 120, Secret: true}}
	if opt.Propose != nil {
		s.step = proposing
		s.propose()
	}
	return s
}

func (s *Screen) propose() {
	s.words, s.err = s.opt.Propose()
	s.field.Shown = true
	s.field.Set("")
}

// Place implements stage.Screen.
func (s *Screen) Place() keymap.Place {
	if s.step == asking {
		return Place
	}
	return First
}

// Header implements stage.Screen.
func (s *Screen) Header(env *stage.Env) stage.Header {
	return stage.Header{Left: env.Say("unlock.title"), Right: " "}
}

// Typing implements stage.Typist.
func (s *Screen) Typing() bool { return true }

// Leave implements stage.Leaver: Esc ends the program, unless others are covered.
func (s *Screen) Leave(*stage.Env) (stage.Action, tea.Cmd) {
	switch {
	case s.step == rehearsing || s.step == again:
		s.step, s.say, s.err = proposing, "", nil
		s.field.Shown = true
		s.field.Set("")
		return stage.None(), nil
	case s.opt.Covering:
		s.field.Set("")
		return stage.None(), nil
	}
	return stage.Quit(), nil
}

// Update implements stage.Screen.
func (s *Screen) Update(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if v, fresh, mine := s.try.Take(msg); mine {
		if !fresh {
			return stage.None(), nil
		}
		s.busy = false
		if err, bad := v.(error); bad {
			s.err = err
			s.field.Set("")
			return stage.None(), nil
		}
		s.chosen = ""
		s.field.Set("")
		return s.opt.Done(), nil
	}
	if s.busy {
		return stage.None(), nil
	}
	switch msg := msg.(type) {
	case stage.Do:
		switch msg.ID {
		case Enter:
			return stage.None(), s.enter()
		case Show:
			s.field.Shown = !s.field.Shown
		case Other:
			if s.step == proposing {
				s.propose()
			}
		}
		return stage.None(), nil
	case tea.KeyPressMsg, tea.PasteMsg:
		if s.field.Update(msg) {
			s.say, s.err = "", nil
			if hasHan(s.field.Value()) {
				s.say = "unlock.input_method"
			}
		}
	}
	return stage.None(), nil
}

func (s *Screen) enter() tea.Cmd {
	text := fold(s.field.Value())
	s.say, s.err = "", nil
	switch s.step {
	case asking:
		if text == "" {
			s.say = "unlock.empty"
			return nil
		}
		return s.send(text)
	case proposing:
		if text == "" {
			text = strings.Join(s.words, " ")
		}
		if cell.Width(text) < least {
			s.say = "unlock.short"
			return nil
		}
		s.chosen, s.step = text, rehearsing
		s.field.Shown = false
	case rehearsing, again:
		if text != s.chosen {
			s.say = "unlock.differs"
			s.field.Set("")
			return nil
		}
		if s.step == again {
			return s.send(text)
		}
		s.step = again
	}
	s.field.Set("")
	return nil
}

func (s *Screen) send(text string) tea.Cmd {
	s.busy = true
	try := s.opt.Try
	return s.try.Ask(func() any {
		pass := []byte(text)
		defer clear(pass)
		if err := try(context.Background(), pass); err != nil {
			return err
		}
		return nil
	})
}

// fold makes one passphrase of the ways an input method may have sent it: full width,
// capitals left on by mistake stay what they are, several spaces are one.
func fold(s string) string { return strings.Join(strings.Fields(keymap.Fold(s)), " ") }

func hasHan(s string) bool {
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			return true
		}
	}
	return false
}

// Draw implements stage.Screen.
func (s *Screen) Draw(env *stage.Env, size stage.Size) stage.Frame {
	w := min(size.W-8, 72)
	left := (size.W - w) / 2
	var f stage.Frame
	top := max(1, size.H/2-6)
	for range top {
		f.Body = append(f.Body, "")
	}
	add := func(text string) { f.Body = append(f.Body, cell.Indent(left)+text) }
	para := func(text string) {
		for _, l := range cell.Wrap(text, w) {
			add(l)
		}
		add("")
	}
	switch s.step {
	case asking:
		para(env.Say("unlock.ask"))
	case proposing:
		para(env.Say("unlock.propose"))
		add("    " + env.Paint(theme.Strong, strings.Join(s.words, "  ")))
		add("")
		para(env.Say("unlock.propose.own"))
	case rehearsing:
		para(env.Say("unlock.rehearse", "Times", 1))
	case again:
		para(env.Say("unlock.rehearse", "Times", 2))
	}
	line, caret := s.field.Draw(env, min(w, 48), true)
	f.Cursor = &stage.Cursor{X: left + caret, Y: len(f.Body)}
	add(line)
	add("")
	switch {
	case s.busy:
		para(env.Say("unlock.busy"))
	case s.err != nil:
		para(env.Paint(theme.Warn, env.Error(s.err)))
	case s.say != "":
		para(env.Paint(theme.Warn, env.Say(s.say, "Least", least)))
	}
	return f
}
