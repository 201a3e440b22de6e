package entry

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget"
)

// Save is the command of every sheet.
const Save keymap.ID = "entry.save"

// Commands are those of a sheet in a place. label is the catalogue key of what saving is called there.
func Commands(place keymap.Place, label string) []keymap.Command {
	return []keymap.Command{{ID: Save, Where: place, Keys: []string{"ctrl+s", "f4"}, Label: label, Help: "entry.save.help", Bar: 1}}
}

// Sheet is a whole screen of lines to fill in and save. What was typed is never thrown
// away without asking. Screens embed it; Update and Start are theirs.
type Sheet struct {
	Page  Page
	Above []string // sentences over the lines
	// Search opens the search when she types on a line of the kind Person. What it leaves
	// behind (stage.Returned) is the screen's to read.
	Search func(text string) stage.Screen

	place  keymap.Place
	title  string // a catalogue key
	store  func(env *stage.Env) (work func() error, ok bool)
	done   func(env *stage.Env) stage.Action
	before string // the lines' values when they were last saved
	busy   bool
	err    error
	saving stage.Latest
}

// NewSheet makes a sheet. store reads the lines: ok is false when one of them is marked as
// wrong, else work writes to the disk. done is what follows a work that went well.
func NewSheet(place keymap.Place, title string, store func(env *stage.Env) (work func() error, ok bool), done func(env *stage.Env) stage.Action) Sheet {
	return Sheet{place: place, title: title, store: store, done: done}
}

// Fill puts the lines in, with the cursor on the first.
func (s *Sheet) Fill(lines ...*Line) {
	s.Page.Lines = lines
	s.Page.Start()
	s.Mark()
}

// Mark takes what stands there now for saved.
func (s *Sheet) Mark() { s.before = s.values() }

// Fail shows what went wrong below the lines.
func (s *Sheet) Fail(err error) { s.err = err }

// Place implements stage.Screen.
func (s *Sheet) Place() keymap.Place { return s.place }

// Header implements stage.Screen.
func (s *Sheet) Header(env *stage.Env) stage.Header { return stage.Header{Left: env.Say(s.title)} }

// Typing implements stage.Typist.
func (s *Sheet) Typing() bool { return s.Page.Typing() }

func (s *Sheet) values() string {
	var all string
	for _, l := range s.Page.Lines {
		all += l.ID + "=" + l.Raw() + "\n"
	}
	return all
}

// Leave implements stage.Leaver.
func (s *Sheet) Leave(env *stage.Env) (stage.Action, tea.Cmd) {
	if s.busy {
		return stage.None(), nil
	}
	if s.values() == s.before {
		return stage.Pop(), nil
	}
	return stage.Push(widget.NewConfirm("leave", env.Say("entry.leave.title"), env.Say("entry.leave.question"),
		env.Say("entry.leave.drop"), env.Say("entry.leave.stay"))), nil
}

// Update is the screen's, for what its own Update does not take.
func (s *Sheet) Update(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd) {
	if v, fresh, mine := s.saving.Take(msg); mine {
		if !fresh {
			return stage.None(), nil
		}
		s.busy = false
		if err, bad := v.(error); bad {
			s.err = err
			return stage.None(), nil
		}
		s.Mark()
		return s.done(env), nil
	}
	if s.busy {
		return stage.None(), nil
	}
	switch msg := msg.(type) {
	case stage.Returned:
		if a, ok := msg.Value.(widget.Answer); ok && a.ID == "leave" {
			if a.Yes {
				return stage.Pop(), nil
			}
			return stage.None(), nil
		}
	case stage.Do:
		if msg.ID == Save {
			return stage.None(), s.Store(env)
		}
	}
	if l := s.Page.At(); s.Search != nil && l != nil && l.Kind == Person {
		switch msg := msg.(type) {
		case tea.PasteMsg:
			return stage.Push(s.Search(msg.Content)), nil
		case tea.KeyPressMsg:
			if text := keymap.Text(msg); strings.TrimSpace(text) != "" {
				return stage.Push(s.Search(text)), nil
			}
		}
	}
	mine, done, action := s.Page.Update(env, msg)
	if mine {
		s.err = nil
	}
	if done {
		return action, s.Store(env)
	}
	return action, nil
}

// Store saves, unless a line is wrong or a saving is under way.
func (s *Sheet) Store(env *stage.Env) tea.Cmd {
	if s.busy {
		return nil
	}
	s.err = nil
	work, ok := s.store(env)
	if !ok {
		return nil
	}
	s.busy = true
	return s.saving.Ask(func() any {
		if err := work(); err != nil {
			return err
		}
		return nil
	})
}

// Status implements stage.Reporter: how far down a long page she is.
func (s *Sheet) Status(env *stage.Env) string { return s.Page.where(env) }

// Draw implements stage.Screen.
func (s *Sheet) Draw(env *stage.Env, size stage.Size) stage.Frame {
	var f stage.Frame
	for _, text := range s.Above {
		for _, l := range cell.Wrap(text, size.W-4) {
			f.Body = append(f.Body, "  "+l)
		}
	}
	if len(f.Body) > 0 {
		f.Body = append(f.Body, "")
	}
	var foot []string
	switch {
	case s.busy:
		foot = []string{"  " + env.Say("entry.saving")}
	case s.err != nil:
		for _, l := range cell.Wrap(env.Error(s.err), size.W-4) {
			foot = append(foot, "  "+env.Paint(theme.Warn, l))
		}
	}
	rows, cursor := s.Page.Draw(env, stage.Size{W: size.W, H: max(3, size.H-len(f.Body)-len(foot))})
	if cursor != nil {
		cursor.Y += len(f.Body)
	}
	f.Body = append(append(f.Body, rows...), foot...)
	f.Cursor = cursor
	return f
}
