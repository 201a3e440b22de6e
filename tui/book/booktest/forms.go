package booktest

import (
	"context"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/casework/task"
	"doorstep/tui/book"
)

// Filling is what the shelf's forms beside the visits are, and what was asked of them.
type Filling struct {
	Menu      book.FormMenu
	Filed     book.Filed
	Begun     []book.FormBeginning
	Adopted   []casework.RecordID
	Withdrawn []string
}

// Forms implements book.Filler.
func (s *Shelf) Forms(_ context.Context, person casework.RecordID) (book.FormMenu, error) {
	m := s.Filling.Menu
	if !person.IsZero() {
		m.Person = s.person(person)
	}
	return m, s.Err
}

// BeginForm implements book.Filler.
func (s *Shelf) BeginForm(_ context.Context, b book.FormBeginning) (*book.Session, error) {
	s.Filling.Begun = append(s.Filling.Begun, b)
	f, err := packs.FormByID(b.Form)
	if err != nil {
		return nil, err
	}
	def, err := f.Definition()
	if err != nil {
		return nil, err
	}
	in, err := form.Start(def, form.StartOptions{Lang: s.Lang, Facts: map[string]string{"p_age": "9"}}, s.Clock)
	if err != nil {
		return nil, err
	}
	return &book.Session{Title: book.Phrase{Key: task.FormTitle(casework.FormSummary{Form: b.Form})}, Draft: casework.ID{52}, Person: s.person(b.Person), Form: in, Started: s.Clock()}, s.Err
}

// Adopt implements book.Filler.
func (s *Shelf) Adopt(_ context.Context, record casework.RecordID) error {
	s.Filling.Adopted = append(s.Filling.Adopted, record)
	return s.Err
}

// Withdraw implements book.Filler.
func (s *Shelf) Withdraw(_ context.Context, _ casework.RecordID, reason string) error {
	s.Filling.Withdrawn = append(s.Filling.Withdrawn, reason)
	return s.Err
}
