package file

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/cell"
	"doorstep/tui/stage"
	"doorstep/tui/widget"
	"doorstep/tui/widget/people"
)

// target is a line on which Enter does something.
type target struct {
	visit   casework.RecordID // or a form beside the visits
	promise *book.Promise
	urgent  *book.Urgent
}

// targets are the lines on which Enter does something, in the order in which they are drawn.
func (s *Screen) targets() []target {
	var out []target
	for i := range s.file.Urgent {
		out = append(out, target{urgent: &s.file.Urgent[i]})
	}
	for i := range s.file.Promises {
		out = append(out, target{promise: &s.file.Promises[i]})
	}
	for _, v := range s.file.Visits {
		out = append(out, target{visit: v.ID})
	}
	for _, l := range s.file.Forms {
		out = append(out, target{visit: l.ID})
	}
	return out
}

// enter opens the urgent order or the visit, or asks about the promise, under the cursor.
func (s *Screen) enter(env *stage.Env) (stage.Action, tea.Cmd) {
	targets := s.targets()
	if s.at >= len(targets) {
		return stage.None(), nil
	}
	t := targets[s.at]
	if t.urgent != nil {
		return stage.Push(s.doors.Urgent(*t.urgent)), nil
	}
	if t.promise == nil {
		return stage.Push(s.doors.Record(t.visit)), nil
	}
	question, yes := "file.promise.done", "file.promise.done.yes"
	if t.promise.Done {
		question, yes = "file.promise.open", "file.promise.open.yes"
	}
	s.ticking = *t.promise
	what := strings.TrimSpace(people.Say(env, t.promise.Words) + " " + cell.CleanTo(t.promise.Text, 80))
	return stage.Push(widget.NewConfirm("promise", env.Say("file.promises"), env.Say(question, "What", what), env.Say(yes), "")), nil
}

// tick writes that a thing agreed on is done, or is not after all.
func (s *Screen) tick() tea.Cmd {
	b, id, p := s.book, s.person, s.ticking
	return s.load.Ask(func() any {
		if err := b.Promise(context.Background(), p.Task, !p.Done); err != nil {
			return fetched{err: err}
		}
		f, err := b.File(context.Background(), id)
		return fetched{f, err}
	})
}
