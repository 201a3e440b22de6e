package visit

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"doorstep/casework"
	"doorstep/tui/stage"
)

// unsaved is the error of answers that the book keeps in memory because the disk takes
// nothing: they must not be given to it again.
const unsaved casework.Code = "desk.unsaved"

// tryAgain comes every tryEvery while answers are not on the disk.
type tryAgain struct{}

const tryEvery = 3 * time.Second

// untaken is what follows when the disk did not take n answers: she is told once in words,
// and by the line above the bar until they are on the disk. Each further answer tries
// again, and so does the clock.
func (s *Screen) untaken(env *stage.Env, err error, n int) (stage.Action, tea.Cmd) {
	first := s.trouble == nil
	s.trouble = err
	var cmd tea.Cmd
	if !s.trying {
		s.trying = true
		cmd = env.After(tryEvery, tryAgain{})
	}
	if casework.CodeOf(err) == unsaved {
		s.waiting = s.waiting[n:]
		if s.closing { // the whole visit may find room where an answer did not
			return stage.None(), tea.Batch(cmd, s.deliver())
		}
	}
	s.closing, s.upgrading = false, false
	if !first {
		return stage.None(), cmd
	}
	return stage.Notice(env.Error(err)), cmd
}

// left is what she is told when she goes and the visit is not finished: never that it is
// on the disk when it is not.
func (s *Screen) left(env *stage.Env) string {
	if s.trouble != nil {
		return env.Say("locks.unsaved.left")
	}
	return env.Say("visit.kept")
}

// retry has the book try again.
func (s *Screen) retry() tea.Cmd {
	s.trying = false
	if s.trouble == nil || s.flying > 0 || s.session == nil || s.closing {
		return nil
	}
	if len(s.waiting) > 0 {
		return s.write()
	}
	b, draft := s.book, s.session.Draft
	return s.writing.Ask(func() any {
		if err := b.Answered(context.Background(), draft); err != nil {
			return err
		}
		return 0
	})
}
