package booktest

import (
	"context"
	"strconv"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/tui/book"
)

// Begin implements book.Visitor: children get the child's questionnaire, others the elder's.
func (s *Shelf) Begin(_ context.Context, b book.Beginning) (*book.Session, error) {
	s.Started = append(s.Started, b)
	return s.session(b)
}

func (s *Shelf) session(b book.Beginning) (*book.Session, error) {
	person := s.People[0]
	if len(b.Persons) > 0 {
		person = s.person(b.Persons[0])
	}
	name := packs.ElderVisit
	if person.Age < 18 {
		name = packs.ChildVisit
	}
	def, err := packs.Default().Form(name)
	if err != nil {
		return nil, err
	}
	depth, lang := b.Depth, s.Lang
	if depth == 0 {
		depth = 3
	}
	if lang == "" {
		lang = "zh"
	}
	in, err := form.Start(def, form.StartOptions{
		Depth: depth, Lang: lang, Day: b.Date,
		Facts: map[string]string{
			"p_age": strconv.Itoa(person.Age), "p_sex": person.Sex, "p_grade": "2", "p_prev_exists": "1", "p_month": "11",
			"p_depth": strconv.Itoa(depth), "p_visit_date": "2026-11-23", "p_interval_days": "15",
		},
	}, s.Clock)
	if err != nil {
		return nil, err
	}
	return &book.Session{Draft: casework.ID{51}, Person: person, Form: in, Paper: b.Paper, Mates: s.Mates, Started: s.Clock()}, s.Err
}

// Drafts implements book.Visitor.
func (s *Shelf) Drafts(context.Context) ([]book.Draft, error) { return s.Begun, s.Err }

// Resume implements book.Visitor.
func (s *Shelf) Resume(context.Context, casework.ID) (*book.Session, error) {
	session, err := s.session(book.Beginning{Persons: []casework.RecordID{ID(3)}})
	if err == nil {
		session.Resumed = s.Clock()
	}
	return session, err
}

// Answered implements book.Visitor.
func (s *Shelf) Answered(_ context.Context, _ casework.ID, changes ...form.Change) error {
	if s.Err == nil {
		s.Journal = append(s.Journal, changes...)
	}
	return s.Err
}

// Orders implements book.Visitor.
func (s *Shelf) Orders(session *book.Session) []book.Order {
	var out []book.Order
	seen := map[string]bool{}
	for _, t := range session.Form.Triggers() {
		if !seen[t.Code] {
			seen[t.Code] = true
			key := "task.order." + t.Code
			out = append(out, book.Order{Code: t.Code, Quiet: t.Quiet, Title: book.Phrase{Key: key}, Steps: []book.Phrase{{Key: key + ".1"}, {Key: key + ".2"}}, Call: []string{"110"}})
		}
	}
	return out
}

// Finish implements book.Visitor.
func (s *Shelf) Finish(context.Context, *book.Session) (book.Finished, error) {
	s.Done++
	return book.Finished{Visit: ID(43), Next: Day(12, 8), Tasks: 2}, s.Err
}

// Discard implements book.Visitor.
func (s *Shelf) Discard(_ context.Context, _ casework.ID, reason string) error {
	s.Begun, s.Reasons = nil, append(s.Reasons, reason)
	return s.Err
}

// NotMet implements book.Visitor.
func (s *Shelf) NotMet(_ context.Context, _ casework.RecordID, result, note string) (book.Finished, error) {
	s.Missed = append(s.Missed, result+" "+note)
	return book.Finished{}, s.Err
}
