package booktest

import (
	"context"
	"strings"

	"doorstep/casework"
	"doorstep/tui/book"
)

// Worker implements book.Reader.
func (s *Shelf) Worker() book.Worker {
	return book.Worker{Name: "张桂芬", Village: "竹岛村", Role: casework.RoleChildDirector, Areas: []casework.Area{"371002104205"}}
}

// Today implements book.Reader.
func (s *Shelf) Today() (casework.Day, bool) { return casework.DayOf(s.Clock()), s.Odd }

// Agenda implements book.Reader.
func (s *Shelf) Agenda(_ context.Context, day casework.Day) (book.Agenda, error) {
	a := book.Agenda{Day: day, Urgent: s.Duties, Drafts: s.Begun, Lines: s.People, Counts: map[book.Urgency]int{}, Month: book.Month{Due: 65, Visited: 48, NotSeen: 2, Received: 45}}
	for _, l := range s.People {
		a.Counts[l.Urgency]++
	}
	return a, s.Err
}

// Find implements book.Reader.
func (s *Shelf) Find(text string, limit int) []book.Line {
	var out []book.Line
	for _, l := range s.People {
		if text != "" && strings.Contains(l.Name+l.Village+l.Group, text) && len(out) < limit {
			out = append(out, l)
		}
	}
	return out
}

func (s *Shelf) person(id casework.RecordID) book.Line {
	for _, l := range s.People {
		if l.Person == id {
			return l
		}
	}
	return s.People[0]
}

// File implements book.Reader.
func (s *Shelf) File(_ context.Context, id casework.RecordID) (book.File, error) {
	return book.File{
		Line: s.person(id), Address: "竹岛村3组12号", LastSeen: Day(11, 6), Child: true,
		Why: []book.Phrase{Text("上一次入户是 11-06，二级要每月两次，所以 11-21 就该去了。")},
		Facts: []book.Fact{
			{Label: Text("跟谁住"), Value: "奶奶王秀英 71岁"},
			{Label: Text("电话"), Value: "139****2231", Field: "phone", Reveal: true},
		},
		Promises: []book.Promise{{Task: ID(45), Text: "委托照护书没签", Who: "张桂芬", Until: Day(11, 30)}},
		Visits:   s.visits(), Mates: []book.Line{s.People[1], s.People[3]}, Urgent: s.Duties,
	}, s.Err
}

// Visit implements book.Reader.
func (s *Shelf) Visit(context.Context, casework.RecordID) (book.VisitPage, error) {
	return s.Page, s.Err
}

// Order implements book.Reader.
func (s *Shelf) Order(_ context.Context, id casework.RecordID) (book.Order, error) {
	o := s.OnRecord[id]
	o.Taken = s.Noted
	return o, s.Err
}

// Phone implements book.Reader.
func (s *Shelf) Phone(context.Context, casework.RecordID, casework.Field) (string, error) {
	return "139 0631 2231", s.Err
}

// Villages implements book.Reader.
func (s *Shelf) Villages() []book.Village {
	return []book.Village{{Area: "371002104205", Name: "竹岛村"}}
}

// Likely implements book.Writer.
func (s *Shelf) Likely(book.NewPerson) []book.Line { return s.Likes }

// Add implements book.Writer.
func (s *Shelf) Add(_ context.Context, n book.NewPerson) (casework.RecordID, error) {
	s.Added = append(s.Added, n)
	return ID(1), s.Err
}

// Record implements book.Writer.
func (s *Shelf) Record(context.Context, casework.RecordID) (casework.Record, error) {
	return s.Person, s.Err
}

// Edit implements book.Writer.
func (s *Shelf) Edit(_ context.Context, _ casework.Record, values casework.Values, reason string) error {
	s.Edited, s.Reasons = append(s.Edited, values), append(s.Reasons, reason)
	return s.Err
}

// Settle implements book.Writer.
func (s *Shelf) Settle(_ context.Context, _ casework.Record, _ casework.Field, value any) error {
	s.Settled = append(s.Settled, value)
	return s.Err
}

// Correct implements book.Writer.
func (s *Shelf) Correct(_ context.Context, visit, to casework.RecordID, reason string) error {
	s.Corrected, s.Reasons = append(s.Corrected, [2]casework.RecordID{visit, to}), append(s.Reasons, reason)
	return s.Err
}

// Promise implements book.Writer.
func (s *Shelf) Promise(_ context.Context, _ casework.RecordID, done bool) error {
	s.Ticked = append(s.Ticked, done)
	return s.Err
}

// Attend implements book.Writer.
func (s *Shelf) Attend(_ context.Context, _ casework.RecordID, what book.Attention) error {
	s.Noted = append(s.Noted, what)
	return s.Err
}

// Status implements book.Sender.
func (s *Shelf) Status() book.Status { return s.State }

// Exchange implements book.Sender.
func (s *Shelf) Exchange() {}

// Exchanged implements book.Sender.
func (s *Shelf) Exchanged() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.changed == nil {
		s.changed = make(chan struct{})
	}
	return s.changed
}

// Enrol implements book.Sender.
func (s *Shelf) Enrol(context.Context, string, string) error { return s.Err }

// Kept implements book.Sender.
func (s *Shelf) Kept(context.Context) ([]book.KeptWork, error) { return nil, s.Err }

// Close implements book.Book.
func (s *Shelf) Close() error { s.Closed = true; return nil }
