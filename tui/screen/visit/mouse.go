package visit

import (
	tea "charm.land/bubbletea/v2"

	"doorstep/tui/stage"
)

// spots is where things were drawn that can be clicked on.
type spots struct {
	questions map[int]string // line of the body → question
	sections  map[int]int    // line of the body → section, at the left
	spread    int            // column at which the questions begin
	hits      []hit
	peek      bool // the page was scrolled away from the focus, until the next key
}

// hit is an option or a row of a table, at a line of the questions' sheet.
type hit struct {
	y, from, to int
	option      int    // or
	row         string // a row, or
	more        bool   // the next page of options
	caret       bool   // the field that is typed in
}

// click goes to a question, chooses an option, opens a row, or goes to a section in the list
// at the left.
func (s *Screen) click(env *stage.Env, at stage.Click) (stage.Action, tea.Cmd) {
	if at.X < s.mouse.spread {
		section, ok := s.mouse.sections[at.Y]
		if !ok {
			return stage.None(), nil
		}
		cmd, ok := s.leaveField(env)
		if ok {
			was, inside := s.section, s.inside
			s.section, s.inside = section, nil
			if !s.enter(false) {
				s.section, s.inside = was, inside
			}
		}
		return stage.None(), cmd
	}
	for _, h := range s.mouse.hits {
		if h.y != at.Y || at.X < h.from || at.X >= h.to {
			continue
		}
		switch {
		case h.caret:
			s.caret(at.X - h.from)
			return stage.None(), nil
		case h.more:
			v, _ := s.view()
			s.nextPage(s.options(env, v))
			return stage.None(), nil
		case h.row != "":
			cmd, ok := s.leaveField(env)
			if ok {
				s.at = tableOf(h.row)
				s.openRow(h.row)
			}
			return stage.None(), cmd
		}
		return s.pick(env, h.option)
	}
	path, ok := s.mouse.questions[at.Y]
	if !ok || path == s.at {
		return stage.None(), nil
	}
	cmd, ok := s.leaveField(env)
	if ok {
		s.focus(path)
	}
	return stage.None(), cmd
}

// caret puts the caret where the mouse was pressed in the field.
func (s *Screen) caret(x int) {
	if s.dating() {
		s.day.Click(x)
		return
	}
	s.field.Click(x)
}
