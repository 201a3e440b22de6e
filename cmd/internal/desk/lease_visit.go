package desk

import (
	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/tui/book"
)

// entryDepth is how much is asked of somebody whose file is closed: what was asked when is
// not known, so it is the routine visit, unless she chooses another.
const entryDepth = 2

// unread takes from a visit's record what would be a judgement without the file: a grade
// that she did not choose, unless it is the first, which danger asks for.
func unread(values casework.Values, closed form.Closed) {
	for _, answers := range closed.Answers {
		for _, a := range answers {
			if a.Key == "c8_1" || a.Key == "e9_4" {
				return
			}
		}
	}
	if values["grade"] != "1" {
		delete(values, "grade")
		delete(values, "grade_class")
	}
}

// bare takes from the page of a visit what was worked out without the file.
func bare(s *book.Session) {
	l := s.Person
	s.Person = book.Line{Person: l.Person, Name: l.Name, Sex: l.Sex, Age: l.Age, Group: l.Group, Village: l.Village, Urgency: book.Later}
	s.Short, s.Mates = book.Phrase{}, nil
}
