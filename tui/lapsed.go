package tui

import (
	"strings"

	"doorstep/casework"
	"doorstep/tui/book"
	"doorstep/tui/keymap"
	"doorstep/tui/screen/attach"
	"doorstep/tui/screen/drafts"
	"doorstep/tui/screen/forms"
	"doorstep/tui/screen/lapsed"
	"doorstep/tui/screen/locks"
	"doorstep/tui/screen/paper"
	"doorstep/tui/screen/person"
	"doorstep/tui/screen/status"
	"doorstep/tui/screen/unlock"
	"doorstep/tui/screen/urgent"
	"doorstep/tui/screen/visit"
	"doorstep/tui/stage"
)

// lapsed is the first page while old files are closed: entry only.
func (a *App) lapsed(b book.Book) stage.Screen {
	d := doors{b}
	enter := func(id casework.RecordID) stage.Screen { return d.visit(id, 0) }
	return lapsed.New(b, lapsed.Doors{
		Visit: enter, Draft: d.draft, Urgent: d.urgent, Forms: d.forms,
		New: func() stage.Screen { return person.NewNew(b, enter) },
		Paper: func() stage.Screen {
			return paper.New(func(string) stage.Screen { return lapsed.NewChooser(b) }, d.begin)
		},
		Status: func() stage.Screen { return status.New(b) },
		Drafts: func() stage.Screen { return drafts.New(b, d.draft, d.over) },
		Today:  func() stage.Screen { return a.today(b) },
	})
}

// entering reports whether a page is one for writing something down, or for reaching the
// district: these stay when old files close while she works.
func entering(place keymap.Place) bool {
	for _, p := range []keymap.Place{
		visit.Place, attach.Place, forms.Place, urgent.Place, status.Place, status.EnrolPlace, drafts.Place,
		locks.Place, unlock.Place, person.NewPlace, lapsed.Place,
	} {
		if place == p || strings.HasPrefix(string(place), string(p)+"_") {
			return true
		}
	}
	return false
}
