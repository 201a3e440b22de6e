package visit

import (
	"doorstep/tui/book"
	"doorstep/tui/stage"
)

// Beside makes the page on which a form is filled in that is no visit: open begins it.
func Beside(b Book, doors Doors, open func() (*book.Session, error)) *Screen {
	return &Screen{book: b, doors: doors, open: open}
}

// saving is what stands there while the answers go to the disk.
func (s *Screen) saving(env *stage.Env) string {
	if s.session.Title.Said() {
		return env.Say("forms.saving")
	}
	return env.Say("person.saving.visit")
}

// place reports whether the form is about a place: there is nobody to be confused with.
func (s *Screen) place() bool { return s.session.Title.Said() && s.session.Person.Person.IsZero() }
