// Package unlock is the first page: the passphrase, and on the first day the making of one.
// It is also the page that covers everything when nobody has touched a key for a while.
package unlock

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/widget"
)

// Places of these commands.
const (
	Place     keymap.Place = "unlock"
	First     keymap.Place = "unlock_first"
	CodePlace keymap.Place = "unlock_code"
)

// What can be done here.
const (
	Enter keymap.ID = "unlock.enter"
	Other keymap.ID = "unlock.other"
	Show  keymap.ID = "unlock.show"
	Who   keymap.ID = "unlock.who"
	Words keymap.ID = "unlock.words"
)

// Commands is the table of these places.
func Commands() []keymap.Command {
	return []keymap.Command{
		{ID: Enter, Where: Place, Keys: []string{"enter"}, Label: "unlock.cmd.enter", Bar: 1},
		{ID: Show, Where: Place, Keys: []string{"f2", "ctrl+t"}, Label: "unlock.cmd.show", Help: "unlock.cmd.show.help", Bar: 2},
		{ID: Who, Where: Place, Keys: []string{"f3", "ctrl+n"}, Label: "unlock.cmd.who", Help: "unlock.cmd.who.help", Bar: 3},
		{ID: Enter, Where: CodePlace, Keys: []string{"enter"}, Label: "unlock.cmd.enter", Bar: 1},
		{ID: Words, Where: CodePlace, Keys: []string{"f3", "ctrl+n"}, Label: "unlock.cmd.words", Help: "unlock.cmd.words.help", Bar: 2},
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
	// Code tries the six digits of an open visit; nil asks for the passphrase at once. After
	// three wrong ones it gives an error with code "laptop.visit_code_spent".
	Code func(ctx context.Context, code []byte) error
	// Ask is the key of the sentence above the field, instead of the usual one.
	Ask string
	// Back says that Esc goes back to the page below.
	Back bool
	// Who makes the page on which somebody else is chosen; nil where there is nobody else.
	Who func() stage.Screen
}

type step int

const (
	coding step = iota + 1
	asking
	proposing
	rehearsing
	again
)

// spent is the error after three wrong visit codes.
const spent casework.Code = "laptop.visit_code_spent"

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
	s := &Screen{opt: opt, step: asking, field: passphraseField()}
	switch {
	case opt.Propose != nil:
		s.step = proposing
		s.propose()
	case opt.Code != nil:
		s.step, s.field = coding, widget.Field{Max: 6, Digits: true, Secret: true}
	}
	return s
}

func passphraseField() widget.Field { return widget.Field{Max: 120, Secret: true} }

// inWords asks for the passphrase instead of the visit code.
func (s *Screen) inWords() { s.step, s.field = asking, passphraseField() }

func (s *Screen) propose() {
	s.words, s.err = s.opt.Propose()
	s.field.Shown = true
	s.field.Set("")
}

// Place implements stage.Screen.
func (s *Screen) Place() keymap.Place {
	switch s.step {
	case asking:
		return Place
	case coding:
		return CodePlace
	}
	return First
}

// Header implements stage.Screen.
func (s *Screen) Header(env *stage.Env) stage.Header {
	return stage.Header{Left: env.Say("unlock.title"), Right: " "}
}

// Typing implements stage.Typist.
func (s *Screen) Typing() bool { return true }

// Leave implements stage.Leaver: Esc ends the program, unless others are covered or the
// words are shown that somebody has just gone back to.
func (s *Screen) Leave(env *stage.Env) (stage.Action, tea.Cmd) {
	switch {
	case s.step == rehearsing || s.step == again:
		s.step, s.say, s.err = proposing, "", nil
		s.field.Shown = true
		s.field.Set("")
		return stage.None(), nil
	case s.opt.Covering:
		s.field.Set("")
		return stage.None(), nil
	case s.opt.Back:
		return stage.Pop(), nil
	case s.step == proposing:
		return stage.Notice(env.Say("unlock.quit")), nil
	}
	return stage.Quit(), nil
}

// Able implements stage.Able: the words are changed while they are shown.
func (s *Screen) Able(env *stage.Env, id keymap.ID) string {
	if id == Other && s.step != proposing {
		return env.Say("unlock.cmd.other.later")
	}
	return ""
}

// Update implements stage.Screen.
func (s *Screen) Update(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if v, fresh, mine := s.try.Take(msg); mine {
		if !fresh {
			return stage.None(), nil
		}
		s.busy = false
		if err, bad := v.(error); bad {
			if s.field.Set(""); s.step == coding && casework.CodeOf(err) == spent {
				s.inWords()
			}
			s.err = err
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
		case Words:
			s.inWords()
		case Who:
			return stage.Replace(s.opt.Who()), nil
		case Other:
			if s.step == proposing {
				s.propose()
			}
		}
		return stage.None(), nil
	case tea.KeyPressMsg, tea.PasteMsg:
		if s.field.Update(msg) {
			s.say, s.err = composing(msg, s.field.Value()), nil
		}
	}
	return stage.None(), nil
}

func (s *Screen) enter() tea.Cmd {
	text := fold(s.field.Value())
	s.say, s.err = "", nil
	switch s.step {
	case coding:
		if text == "" {
			s.say = "unlock.code.empty"
			return nil
		}
		return s.send(s.opt.Code, text)
	case asking:
		if text == "" {
			s.say = "unlock.empty"
			return nil
		}
		return s.send(s.opt.Try, text)
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
			return s.send(s.opt.Try, text)
		}
		s.step = again
	}
	s.field.Set("")
	return nil
}

func (s *Screen) send(try func(context.Context, []byte) error, text string) tea.Cmd {
	s.busy = true
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

// Has implements stage.Sparing: where there is nobody else, nobody else is offered.
func (s *Screen) Has(_ *stage.Env, id keymap.ID) bool { return id != Who || s.opt.Who != nil }
