package booktest

import (
	"context"
	"time"

	"doorstep/casework"
	"doorstep/tui/book"
)

// Lease is what a Shelf says about the time that old files may be read, and what it notes.
type Lease struct {
	Now   book.Lapse
	Code  string // that Extend takes
	Files []string
	Read  []string
}

// Lapse implements book.Leaser.
func (s *Shelf) Lapse() book.Lapse { return s.Lease.Now }

// EntryOnly implements book.Leaser.
func (s *Shelf) EntryOnly(context.Context) (book.EntryOnly, error) {
	return book.EntryOnly{Lapse: s.Lease.Now, Urgent: s.Duties, Drafts: s.Begun}, s.Err
}

// Named implements book.Leaser.
func (s *Shelf) Named(text string) []book.Line {
	var out []book.Line
	for _, l := range s.People {
		if l.Name == text {
			out = append(out, book.Line{Person: l.Person, Name: l.Name, Sex: l.Sex, Age: l.Age, Group: l.Group, Village: l.Village})
		}
	}
	return out
}

// Request implements book.Leaser.
func (s *Shelf) Request(context.Context) (string, error) { return "480213", s.Err }

// Extend implements book.Leaser.
func (s *Shelf) Extend(_ context.Context, code string) (time.Time, error) {
	if s.Err != nil || code != s.Lease.Code {
		return time.Time{}, casework.Problem("shelf.Extend", "laptop.wrong_code", "Seconds", 0)
	}
	return s.open(3), nil
}

// LeaseFiles implements book.Leaser.
func (s *Shelf) LeaseFiles() []string { return s.Lease.Files }

// ReadLease implements book.Leaser.
func (s *Shelf) ReadLease(_ context.Context, path string) (time.Time, error) {
	s.Lease.Read = append(s.Lease.Read, path)
	if s.Err != nil {
		return time.Time{}, s.Err
	}
	return s.open(7), nil
}

func (s *Shelf) open(days int) time.Time {
	s.Lease.Now = book.Lapse{Until: s.Clock().AddDate(0, 0, days), Days: days}
	return s.Lease.Now.Until
}
