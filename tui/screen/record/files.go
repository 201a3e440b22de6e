package record

import (
	"doorstep/tui/book"
	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/widget"
	"doorstep/tui/widget/people"
)

// Look opens a photo or file of the visit.
const Look keymap.ID = "record.look"

// WithFiles lets photos and files be opened from here.
func (s *Screen) WithFiles(look func(id string) stage.Screen) *Screen {
	s.open = look
	return s
}

// files are the answers that stand for a photo or file on this laptop.
func (s *Screen) files() []book.Fact {
	var out []book.Fact
	for _, f := range s.page.Facts {
		if f.File != "" && s.open != nil {
			out = append(out, f)
		}
	}
	return out
}

// look opens the one file, or asks which; and what was picked then.
func (s *Screen) look(env *stage.Env, msg any) (stage.Action, bool) {
	switch msg := msg.(type) {
	case stage.Returned:
		p, ok := msg.Value.(widget.Picked)
		id, mine := p.Value.(string)
		if ok && mine && p.ID == "file" {
			return stage.Push(s.open(id)), true
		}
	case stage.Do:
		if msg.ID != Look || len(s.files()) == 0 {
			return stage.None(), false
		}
		if files := s.files(); len(files) == 1 {
			return stage.Push(s.open(files[0].File)), true
		}
		var options []widget.Option
		for _, f := range s.files() {
			options = append(options, widget.Option{Value: f.File, Label: people.Say(env, f.Label) + "  " + cell.CleanTo(f.Value, 60)})
		}
		return stage.Push(widget.NewChoice("file", env.Say("record.cmd.look"), options)), true
	}
	return stage.None(), false
}
