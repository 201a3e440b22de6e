package locks

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/book"
	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget"
)

// Who asks who is there: each has a store of her own.
type Who struct {
	choose book.Chooser
	open   func() stage.Screen // the page of the passphrase, for the store chosen
	labels []string
	at     int
}

// NewWho makes the page; open makes the page that follows a choice.
func NewWho(choose book.Chooser, open func() stage.Screen) *Who {
	labels, at := choose.Stores()
	return &Who{choose: choose, open: open, labels: labels, at: at}
}

// Place implements stage.Screen.
func (s *Who) Place() keymap.Place { return WhoPlace }

// Header implements stage.Screen.
func (s *Who) Header(env *stage.Env) stage.Header {
	return stage.Header{Left: env.Say("unlock.title"), Right: " "}
}

// Leave implements stage.Leaver: nobody need be here.
func (s *Who) Leave(*stage.Env) (stage.Action, tea.Cmd) { return stage.Quit(), nil }

// Update implements stage.Screen.
func (s *Who) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	switch msg := msg.(type) {
	case stage.Do:
		switch msg.ID {
		case Choose:
			n, _ := strconv.Atoi(msg.Key)
			return s.enter(env, n-1), nil
		case Open:
			return s.enter(env, s.at), nil
		case Add:
			return stage.Replace(&name{who: s}), nil
		case Up:
			s.at = max(0, s.at-1)
		case Down:
			s.at = min(s.at+1, len(s.labels)-1)
		}
	case stage.Click:
		return s.enter(env, msg.Y-whoTop), nil
	}
	return stage.None(), nil
}

func (s *Who) enter(env *stage.Env, i int) stage.Action {
	if i < 0 || i >= len(s.labels) {
		return stage.Notice(env.Say("today.no_such", "Digit", i+1))
	}
	if err := s.choose.Choose(i); err != nil {
		return stage.Notice(env.Error(err))
	}
	return stage.Replace(s.open())
}

// whoTop is the line of the first person.
const whoTop = 3

// Draw implements stage.Screen.
func (s *Who) Draw(env *stage.Env, size stage.Size) stage.Frame {
	f := stage.Frame{Body: []string{"", "    " + env.Say("locks.who"), ""}}
	for i, l := range s.labels {
		if l == "" {
			l = env.Say("locks.who.first")
		}
		line := "    " + strconv.Itoa(i+1) + "  " + cell.Cut(cell.Clean(l), size.W-12)
		if i == s.at {
			line = env.Paint(theme.Strong, line)
			f.Cursor = &stage.Cursor{X: 4, Y: len(f.Body)}
		}
		f.Body = append(f.Body, line)
	}
	return stage.Frame{Body: append(f.Body, "", "    0  "+env.Say("locks.cmd.add")), Cursor: f.Cursor}
}

// labelLong is how many characters a word on the list has at most.
const labelLong = 12

// name asks what somebody new is called on the list.
type name struct {
	who   *Who
	field widget.Field
	say   string
	err   error
}

// Place implements stage.Screen.
func (s *name) Place() keymap.Place { return NamePlace }

// Header implements stage.Screen.
func (s *name) Header(env *stage.Env) stage.Header {
	return stage.Header{Left: env.Say("locks.cmd.add"), Right: " "}
}

// Typing implements stage.Typist.
func (s *name) Typing() bool { return true }

// Leave implements stage.Leaver.
func (s *name) Leave(*stage.Env) (stage.Action, tea.Cmd) { return stage.Replace(s.who), nil }

// Update implements stage.Screen.
func (s *name) Update(_ *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	s.field.Max = labelLong
	switch msg := msg.(type) {
	case stage.Do:
		label := strings.TrimSpace(s.field.Value())
		if label == "" {
			s.say = "locks.name.empty"
			return stage.None(), nil
		}
		if s.err = s.who.choose.Add(label); s.err != nil {
			return stage.None(), nil
		}
		return stage.Replace(s.who.open()), nil
	case tea.KeyPressMsg, tea.PasteMsg:
		if s.field.Update(msg) {
			s.say, s.err = "", nil
		}
	}
	return stage.None(), nil
}

// Draw implements stage.Screen.
func (s *name) Draw(env *stage.Env, size stage.Size) stage.Frame {
	f := stage.Frame{Body: []string{"", ""}}
	f.Body = append(f.Body, widget.Paragraph(env.Say("locks.name.ask"), 4, size.W-4)...)
	line, caret := s.field.Draw(env, 30, true)
	f.Body = append(f.Body, "")
	f.Cursor = &stage.Cursor{X: 4 + caret, Y: len(f.Body)}
	f.Body = append(f.Body, "    "+line, "")
	switch {
	case s.err != nil:
		f.Body = append(f.Body, widget.Paragraph(env.Paint(theme.Warn, env.Error(s.err)), 4, size.W-4)...)
	case s.say != "":
		f.Body = append(f.Body, widget.Paragraph(env.Paint(theme.Warn, env.Say(s.say)), 4, size.W-4)...)
	}
	return f
}
