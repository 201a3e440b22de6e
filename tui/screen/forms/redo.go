package forms

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"doorstep/tui/book"
	"doorstep/tui/keymap"
	"doorstep/tui/stage"
	"doorstep/tui/widget/entry"
)

// Redo is 更正 of a form: she writes why, and fills in a new one in its place.
func Redo(fill func(b book.FormBeginning) stage.Screen, b book.FormBeginning) stage.Screen {
	return newReason(RedoPlace, "forms.redo.again", func(string) error { return nil }, func(_ *stage.Env, why string) stage.Action {
		b.Reason = why
		return stage.Replace(fill(b))
	})
}

// Withdraw takes a form back: she writes why.
func Withdraw(b Book, l book.FormLine) stage.Screen {
	return newReason(TakenPlace, "forms.redo.withdraw", func(why string) error {
		return b.Withdraw(context.Background(), l.ID, why)
	}, func(env *stage.Env, _ string) stage.Action {
		return stage.Pop().Then(stage.Notice(env.Say("forms.withdrawn")))
	})
}

// reason asks why, in a line.
type reason struct {
	entry.Sheet
	work func(why string) error
}

func newReason(place keymap.Place, title string, work func(why string) error, then func(env *stage.Env, why string) stage.Action) *reason {
	r := &reason{work: work}
	r.Sheet = entry.NewSheet(place, title, r.store, func(env *stage.Env) stage.Action {
		return then(env, r.Page.Find("reason").Value())
	})
	return r
}

// Start implements stage.Starter.
func (r *reason) Start(env *stage.Env) tea.Cmd {
	r.Fill((&entry.Line{ID: "reason", Label: env.Say("forms.redo.reason"), Hint: env.Say("forms.redo.hint"), Kind: entry.Text, Must: true}).Max(100))
	return nil
}

func (r *reason) store(env *stage.Env) (func() error, bool) {
	if !r.Page.Check(env, env.Say("person.missing")) {
		return nil, false
	}
	why := r.Page.Find("reason").Value()
	return func() error { return r.work(why) }, true
}
