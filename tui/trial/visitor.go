package trial

import (
	"context"
	"slices"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/casework/rule"
	"doorstep/casework/task"
	"doorstep/tui/book"
	"doorstep/tui/screen/visit"
)

var _ visit.Book = (*visitor)(nil)

// visitor is a visit to somebody invented. It keeps nothing but the last result.
type visitor struct {
	c      Config
	person casework.Person
	done   *result
}

// result is what would have been recorded.
type result struct {
	in     *form.Instance
	closed form.Closed
}

func newVisitor(c Config) *visitor {
	day := casework.DayOf(c.Now())
	born := func(years int) casework.Date { return casework.DateOf(day.AddMonths(-12 * years)) }
	v := &visitor{c: c, person: casework.Person{Name: "周大山", Sex: "1", Birth: born(45)}}
	switch {
	case c.Form.Subject == "child", c.Form.FormID == packs.ChildVisit:
		v.person = casework.Person{Name: "林小溪", Sex: "2", Birth: born(9)}
	case c.Form.Subject == "elder", c.Form.FormID == packs.ElderVisit:
		v.person = casework.Person{Name: "王秀英", Sex: "2", Birth: born(71)}
	}
	return v
}

func (v *visitor) today() casework.Day { return casework.DayOf(v.c.Now()) }

// Begin implements visit.Book.
func (v *visitor) Begin(_ context.Context, b book.Beginning) (*book.Session, error) {
	in, err := form.Start(v.c.Form, form.StartOptions{
		Depth: b.Depth, Lang: v.c.Lang, Facts: task.Facts(v.person, nil, rule.Plan{}, b.Depth, v.today()),
	}, v.c.Now)
	if err != nil {
		return nil, err
	}
	line := book.Line{Name: v.person.Name, Sex: v.person.Sex, Age: v.person.Age(v.today())}
	return &book.Session{Form: in, Person: line, Started: v.c.Now()}, nil
}

// Resume implements visit.Book: there are no drafts.
func (v *visitor) Resume(ctx context.Context, _ casework.ID) (*book.Session, error) {
	return v.Begin(ctx, book.Beginning{Depth: 3})
}

// Answered implements visit.Book.
func (v *visitor) Answered(context.Context, casework.ID, ...form.Change) error { return nil }

// Discard implements visit.Book.
func (v *visitor) Discard(context.Context, casework.ID, string) error { return nil }

// Orders implements visit.Book.
func (v *visitor) Orders(s *book.Session) []book.Order {
	var out []book.Order
	for _, code := range task.Codes(s.Form.Triggers()) {
		o, ok := task.OrderOf(code, v.person, v.today())
		if !ok {
			continue
		}
		b := book.Order{Code: code, Quiet: o.Quiet, Title: book.Phrase{Key: o.Title}}
		for _, l := range o.Steps {
			b.Steps = append(b.Steps, book.Phrase{Key: l.Key})
			if l.Number != "" && !slices.Contains(b.Call, l.Number) {
				b.Call = append(b.Call, l.Number)
			}
		}
		out = append(out, b)
	}
	return out
}

// Finish implements visit.Book.
func (v *visitor) Finish(_ context.Context, s *book.Session) (book.Finished, error) {
	closed, hindrances := s.Form.Finalise()
	if len(hindrances) > 0 {
		return book.Finished{}, casework.Problem("trial.Finish", "trial.unfinished", "Count", len(hindrances))
	}
	v.done = &result{s.Form, closed}
	return book.Finished{}, nil
}
