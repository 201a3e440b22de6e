package tui

import (
	"context"
	"strings"

	"doorstep/tui/book"
	"doorstep/tui/screen/gone"
	"doorstep/tui/screen/locks"
	"doorstep/tui/screen/unlock"
	"doorstep/tui/screen/visit"
	"doorstep/tui/stage"
)

// home is the first page: the day when a book is open; else the passphrase, or who is there
// when there are several.
func (a *App) home() stage.Screen {
	if b := a.desk(); b != nil {
		return a.today(b)
	}
	if c := a.chooser(); c != nil {
		if labels, _ := c.Stores(); len(labels) > 1 {
			return a.who()
		}
	}
	return a.door()
}

// chooser is the keeper when it has a choice to offer.
func (a *App) chooser() book.Chooser {
	if c, ok := a.cfg.Keeper.(book.Chooser); ok {
		if labels, _ := c.Stores(); len(labels) > 0 {
			return c
		}
	}
	return nil
}

func (a *App) who() stage.Screen { return locks.NewWho(a.chooser(), a.door) }

// door asks for the passphrase of the store that is to be opened, or makes it.
func (a *App) door() stage.Screen {
	opt := unlock.Options{
		Try: func(ctx context.Context, passphrase []byte) error {
			b, err := a.cfg.Keeper.Open(ctx, passphrase)
			if err != nil {
				return err
			}
			a.take(b)
			return nil
		},
		Done: func() stage.Action { return stage.Replace(a.today(a.desk())) },
	}
	if a.chooser() != nil {
		opt.Who = a.who
	}
	if a.cfg.Keeper.Fresh() {
		opt.Propose = a.cfg.Keeper.Propose
		opt.Done = func() stage.Action {
			return stage.Replace(a.today(a.desk())).Then(stage.Push(locks.NewCode(a.desk().SetVisitCode, true)))
		}
	}
	return unlock.New(opt)
}

// lock covers everything until the passphrase is typed, or in an open visit the six digits
// of the visit code. Before anything is open there is nothing to cover.
func (a *App) lock(env *stage.Env, top stage.Screen) stage.Screen {
	b := a.desk()
	if b == nil || top.Place() == gone.Place {
		return nil
	}
	opt := unlock.Options{Try: a.cfg.Keeper.Check, Done: stage.Pop, Covering: true}
	if inVisit(top) {
		chosen, ready := b.VisitCode()
		switch {
		case ready:
			opt.Code = b.TryVisitCode
		case !chosen:
			offer := env.Say("locks.offer")
			opt.Done = func() stage.Action { return stage.Pop().Then(stage.Notice(offer)) }
		}
	}
	return unlock.New(opt)
}

// inVisit reports whether a page belongs to a visit that is open.
func inVisit(top stage.Screen) bool {
	place := top.Place()
	return strings.HasPrefix(string(place), string(visit.Place)) && place != visit.DonePlace
}

// locks is the page 遮屏和口令; nil in the practice, where nothing locks.
func (a *App) locks(b book.Book) func() stage.Screen {
	if a.cfg.Keeper == nil {
		return nil
	}
	return func() stage.Screen {
		return locks.New(locks.Options{
			Chosen:     func() bool { chosen, _ := b.VisitCode(); return chosen },
			Idle:       a.cfg.Idle,
			Code:       func() stage.Screen { return locks.NewCode(b.SetVisitCode, false) },
			Passphrase: func() stage.Screen { return a.another(b) },
		})
	}
}

// another changes the passphrase: the present one first, then the new one, rehearsed twice.
func (a *App) another(b book.Book) stage.Screen {
	var old []byte
	next := unlock.Options{
		Propose: a.cfg.Keeper.Propose, Back: true,
		Try: func(ctx context.Context, passphrase []byte) error {
			return b.ChangePassphrase(ctx, old, passphrase)
		},
		Done: func() stage.Action {
			clear(old)
			return stage.PopWith(locks.Said("locks.changed"))
		},
	}
	return unlock.New(unlock.Options{
		Ask: "unlock.old", Back: true,
		Try: func(ctx context.Context, passphrase []byte) error {
			if err := a.cfg.Keeper.Check(ctx, passphrase); err != nil {
				return err
			}
			old = append([]byte(nil), passphrase...)
			return nil
		},
		Done: func() stage.Action { return stage.Replace(unlock.New(next)) },
	})
}
