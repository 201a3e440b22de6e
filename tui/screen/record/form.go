package record

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/cell"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/theme"
	"doorstep/tui/widget"
	"doorstep/tui/widget/people"
)

// Forms is what can be done with a form beside the visits that is opened here.
type Forms struct {
	Again    func(b book.FormBeginning) stage.Screen // fill in a new one in its place
	Withdraw func(l book.FormLine) stage.Screen
	Adopt    func(ctx context.Context, record casework.RecordID) error
}

// WithForms lets the page be that of a form beside the visits, too.
func (s *Screen) WithForms(f Forms) *Screen {
	s.forms = f
	return s
}

// Has implements stage.Sparing.
func (s *Screen) Has(_ *stage.Env, id keymap.ID) bool {
	if id == Look {
		return len(s.files()) > 0
	}
	return id != Adopt || s.page.Filled != nil && s.page.Filled.Adopt.Said()
}

func (s *Screen) formHeader(env *stage.Env) stage.Header {
	return stage.Header{
		Left:  people.Name(env, s.page.Person) + "  " + env.Say("forms.record.title", "Title", cell.CleanTo(s.page.Title, 40), "Day", s.page.Line.Date.String()),
		Right: people.Where(env, s.page.Line.Where),
	}
}

func (s *Screen) formAble(env *stage.Env, id keymap.ID) string {
	switch {
	case !s.loaded || s.page.Filled == nil:
	case id == Correct && s.page.Line.Removed:
		return env.Say("forms.record.removed")
	case id == Correct && s.page.Filled.Again == "" && s.page.Line.Mine:
		return env.Say("forms.record.kept")
	case id == Correct && s.page.Filled.Again == "":
		return env.Say("forms.record.not_mine")
	}
	return ""
}

// adopted says that a result stands in the person's file now.
type adopted struct{ err error }

// form takes what concerns a form beside the visits.
func (s *Screen) form(env *stage.Env, msg tea.Msg) (stage.Action, tea.Cmd, bool) {
	if done, ok := msg.(adopted); ok {
		if done.err != nil {
			return stage.Notice(env.Error(done.err)), nil, true
		}
		return stage.Notice(env.Say("forms.done.adopted")), s.fetch(), true
	}
	if s.page.Filled == nil {
		return stage.None(), nil, false
	}
	switch msg := msg.(type) {
	case stage.Do:
		switch msg.ID {
		case Adopt:
			adopt, id := s.forms.Adopt, s.visit
			return stage.None(), func() tea.Msg { return adopted{adopt(context.Background(), id)} }, true
		case Correct:
			return stage.Push(widget.NewChoice("redo", env.Say("forms.redo.title"), []widget.Option{
				{Value: true, Label: env.Say("forms.redo.again")}, {Value: false, Label: env.Say("forms.redo.withdraw")},
			})), nil, true
		}
	case stage.Returned:
		p, ok := msg.Value.(widget.Picked)
		if !ok || p.ID != "redo" {
			return stage.None(), nil, false
		}
		if again, _ := p.Value.(bool); !again {
			return stage.Push(s.forms.Withdraw(s.page.Filled.Form)), nil, true
		}
		b := book.FormBeginning{Form: s.page.Filled.Again, Person: s.page.Person.Person, Area: s.page.Filled.Area, Corrects: s.visit}
		return stage.Push(s.forms.Again(b)), nil, true
	}
	return stage.None(), nil, false
}

func (s *Screen) formLines(env *stage.Env, w int) []string {
	l, filled := s.page.Line, s.page.Filled
	words := []string{people.Say(env, l.Result), cell.CleanTo(l.Worker, 40)}
	if filled.Form.Next != 0 && !l.Removed {
		words = append(words, env.Say("forms.by", "Day", filled.Form.Next.String()))
	}
	var out []string
	if text := strings.TrimSpace(strings.Join(words, "   ")); text != "" {
		out = append(out, " "+cell.Cut(text, w-2))
	}
	if filled.Adopt.Said() {
		for _, line := range widget.Paragraph(env.Say("forms.done.adopt.key", "What", people.Say(env, filled.Adopt)), 1, w-1) {
			out = append(out, env.Paint(theme.Notice, line))
		}
	}
	return append(out, s.rest(env, w, "forms.record.removed")...)
}
