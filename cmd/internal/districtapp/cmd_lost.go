package districtapp

import (
	"context"
	"strings"
	"time"

	"doorstep/casework"
	"doorstep/store/district"
)

// lossDocument is what is known of a lost laptop, for scripts.
type lossDocument struct {
	Reported   time.Time    `json:"reported"`
	LastAnswer time.Time    `json:"last_answer,omitzero"` // nothing came onto it afterwards
	Unsent     *int         `json:"unsent_operations"`    // at its last contact; null: it never made one. What it holds from later nobody here can know
	Held       int          `json:"held"`                 // operations it sent after it was shut out, kept aside
	Recovered  int          `json:"recovered_visits"`     // taken from its outbox, unsigned
	Families   int          `json:"families"`
	People     []exposedRow `json:"people"`
	Notices    []noticeRow  `json:"notices"`
}

type exposedRow struct {
	ID      casework.RecordID `json:"id"`
	Name    string            `json:"name,omitempty"`
	Area    casework.Area     `json:"area,omitempty"`
	Village string            `json:"village,omitempty"`
	Family  casework.RecordID `json:"family"`
	Arrived time.Time         `json:"since"`
	Gone    time.Time         `json:"until,omitzero"` // older copies on the laptop may still hold it
	Classes []string          `json:"classes"`        // routine, personal, restricted, sealed
}

var classNames = map[casework.Sensitivity]string{
	casework.Routine: "routine", casework.Personal: "personal", casework.Restricted: "restricted", casework.Sealed: "sealed",
}

func (s *shell) lost(ctx context.Context, a *App, d district.Device) error {
	loss, err := a.store.Lost(ctx, d.ID, s.p.Now())
	if err != nil {
		return err
	}
	return s.loss(ctx, a, loss)
}

// loss tells what is known of a lost laptop.
func (s *shell) loss(ctx context.Context, a *App, loss district.Loss) error {
	names, err := a.Areas(ctx)
	if err != nil {
		return err
	}
	notices, err := a.store.Notices(ctx, loss.Device.ID)
	if err != nil {
		return err
	}
	doc := lossDocument{Reported: loss.Reported, LastAnswer: loss.Answered, Held: loss.Held, Recovered: loss.Came, People: []exposedRow{}, Notices: []noticeRow{}}
	if loss.Unsent >= 0 {
		doc.Unsent = &loss.Unsent
	}
	for _, e := range loss.People {
		row := exposedRow{ID: e.Person, Name: e.Name, Area: e.Area, Village: names[e.Area], Family: e.Family, Arrived: e.Arrived, Gone: e.Gone}
		for _, c := range e.Classes {
			row.Classes = append(row.Classes, classNames[c])
		}
		doc.People = append(doc.People, row)
	}
	for _, n := range notices {
		doc.Notices = append(doc.Notices, s.noticeRow(n, names))
		if !n.Family.IsZero() {
			doc.Families++
		}
	}
	if s.c.JSON {
		d := documentOf(loss.Device)
		d.Loss = &doc
		return s.document(d)
	}
	s.print("lost.done", "Name", loss.Device.Name, "Reported", minute(loss.Reported))
	s.print("lost.contact", "Heard", minute(loss.Device.Heard), "Lease", minute(loss.Device.LeaseUntil))
	switch {
	case loss.Device.Heard.After(loss.Reported):
		s.print("lost.ordered", "Heard", minute(loss.Device.Heard))
	default:
		s.print("lost.waiting")
	}
	switch {
	case loss.Unsent < 0:
		s.print("lost.unsent.never")
	case loss.Unsent == 0:
		s.print("lost.unsent.none")
	default:
		s.print("lost.unsent.some", "Count", loss.Unsent)
	}
	s.print("lost.unsent", "Held", loss.Held, "Recovered", loss.Came)
	s.print("lost.people", "People", len(doc.People), "Families", doc.Families)
	if err := s.exposed(doc.People); err != nil {
		return err
	}
	s.print("lost.notices", "Families", doc.Families)
	return nil
}

func (s *shell) exposed(rows []exposedRow) error {
	t := s.table("name", "village", "since", "until", "classes", "id")
	for _, r := range rows {
		var classes []string
		for _, c := range r.Classes {
			classes = append(classes, s.say("class."+c))
		}
		t.row(or(r.Name, s.say("lost.nameless")), or(r.Village, r.Area.Prefix()), minute(r.Arrived), minute(r.Gone), strings.Join(classes, "、"), r.ID.String())
	}
	return t.print(s.out)
}
