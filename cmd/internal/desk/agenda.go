package desk

import (
	"context"
	"slices"
	"time"

	"doorstep/casework"
	"doorstep/casework/rule"
	"doorstep/casework/task"
	"doorstep/store/laptop"
	"doorstep/tui/book"
)

// Agenda implements book.Reader: the screen 今日.
func (d *Desk) Agenda(ctx context.Context, day casework.Day) (book.Agenda, error) {
	if err := d.shut("desk.Agenda"); err != nil {
		return book.Agenda{}, err
	}
	people := d.mine()
	t := d.table(day)
	work := rule.Day(people, d.store.Visits, t, day)
	a := book.Agenda{Day: day, Counts: map[book.Urgency]int{
		book.Overdue: len(work.Overdue), book.DueToday: len(work.Today), book.OnTheWay: len(work.Along), book.ThisWeek: len(work.Week),
	}}
	villages := map[casework.Area]bool{}
	for _, p := range people {
		villages[p.Area()] = true
	}
	for _, part := range []struct {
		urgency book.Urgency
		entries []rule.Entry
	}{{book.Overdue, work.Overdue}, {book.DueToday, work.Today}, {book.OnTheWay, work.Along}} {
		for _, e := range part.entries {
			l := d.line(*e.Person, e.Plan, day)
			l.Urgency = part.urgency
			if len(villages) < 2 {
				l.Village = ""
			}
			a.Lines = append(a.Lines, l)
		}
	}
	d.doors(a.Lines)
	a.Lines = d.walk(a.Lines)
	a.Month = d.month(people, t, day)
	drafts, err := d.Drafts(ctx)
	if err != nil {
		return book.Agenda{}, err
	}
	a.Drafts = drafts
	for _, p := range people {
		a.Urgent = append(a.Urgent, d.urgent(p)...)
	}
	slices.SortFunc(a.Urgent, func(x, y book.Urgent) int { return x.Until.Compare(y.Until) })
	a.Notices = d.notices(day)
	return a, nil
}

// mine are the people who are still hers to visit.
func (d *Desk) mine() []*casework.Person {
	return slices.DeleteFunc(slices.Clone(d.store.People()), func(p *casework.Person) bool { return p.Gone() })
}

// doors marks people behind one door: how many are due there, and who stands below the first.
func (d *Desk) doors(lines []book.Line) {
	count := map[casework.RecordID]int{}
	home := make([]casework.RecordID, len(lines))
	for i, l := range lines {
		if p, ok := d.store.Person(l.Person); ok && !p.Household.IsZero() {
			home[i] = p.Household
			count[p.Household]++
		}
	}
	seen := map[casework.RecordID]bool{}
	for i := range lines {
		if home[i].IsZero() || count[home[i]] < 2 {
			continue
		}
		lines[i].DoorCount, lines[i].SameDoor = count[home[i]], seen[home[i]]
		seen[home[i]] = true
	}
}

// walk puts the lines in the order of one walk: group by group, doors together.
func (d *Desk) walk(lines []book.Line) []book.Line {
	place := func(l book.Line) string { return l.Village + "\x00" + l.Group }
	first := map[string]int{} // the group that has the most urgent person comes first
	for i, l := range lines {
		if _, ok := first[place(l)]; !ok {
			first[place(l)] = i
		}
	}
	home := func(l book.Line) casework.RecordID {
		if p, ok := d.store.Person(l.Person); ok && l.DoorCount > 0 {
			return p.Household
		}
		return l.Person
	}
	door := map[casework.RecordID]int{}
	for i, l := range lines {
		if _, ok := door[home(l)]; !ok {
			door[home(l)] = i
		}
	}
	slices.SortStableFunc(lines, func(a, b book.Line) int {
		if c := first[place(a)] - first[place(b)]; c != 0 {
			return c
		}
		return door[home(a)] - door[home(b)]
	})
	return lines
}

// line is a person as lists show her.
func (d *Desk) line(p casework.Person, plan rule.Plan, day casework.Day) book.Line {
	l := book.Line{
		Person: p.ID, Name: p.Name, Sex: p.Sex, Age: p.Age(day), Group: p.Grid, Village: d.place(p.Area()),
		Last: plan.Last, Conflict: len(p.Conflicts) > 0, Urgency: book.Later,
	}
	for _, v := range d.store.Visits(p.ID) { // newest first
		if v.Counts() && v.Date <= day && (v.Result == "met" || v.Result == "guardian_only" || v.Result == "") {
			l.Last = max(l.Last, v.Date)
			break
		}
	}
	if !plan.Every.IsZero() {
		l.Rule = d.phrase(plan.Every.Name())
		if plan.Grade.Grade > 0 && plan.Every.Name().Key != "rule.every.two_days" {
			l.Rule.Text = d.term("grade", string(rune('0'+plan.Grade.Grade))) + " " + l.Rule.Text
		}
	}
	switch {
	case plan.Date == 0:
	case plan.Overdue > 0:
		l.Urgency, l.Days = book.Overdue, plan.Overdue
	case plan.Date == day:
		l.Urgency = book.DueToday
	default:
		l.Days = plan.Date.Sub(day)
		if l.Days <= (7-int(day.Weekday()))%7 { // the week ends on Sunday
			l.Urgency = book.ThisWeek
		}
	}
	l.Beside = d.beside(p, day)
	return l
}

// beside is what matters at her door.
func (d *Desk) beside(p casework.Person, day casework.Day) book.Phrase {
	switch {
	case p.Appointment.On == day && p.Appointment.At != "":
		return book.Phrase{Key: "desk.appointment", Pairs: []any{"At", p.Appointment.At}}
	case p.Living == "alone" || slices.Contains(p.ElderCategories, "EL1"):
		return book.Phrase{Text: d.term("living_pattern", "alone")}
	case p.Carer != "":
		return book.Phrase{Key: "desk.carer", Pairs: []any{"Name", p.Carer}}
	case p.IsChild(day) && p.Guardian.Relation != "":
		return book.Phrase{Key: "desk.lives_with", Pairs: []any{"Who", d.term("relation", p.Guardian.Relation)}}
	case p.Living != "":
		return book.Phrase{Text: d.term("living_pattern", p.Living)}
	}
	return book.Phrase{}
}

// month is the line at the foot of 今日.
func (d *Desk) month(people []*casework.Person, t rule.Table, day casework.Day) book.Month {
	subjects := make([]rule.Subject, len(people))
	for i, p := range people {
		subjects[i] = rule.Subject{Person: *p, Visits: d.store.Visits(p.ID)}
	}
	from := day.MonthStart()
	rate := rule.VisitRate(subjects, t, from, day.MonthEnd())
	m := book.Month{Due: rate.Due, NotSeen: rate.NotMet}
	for _, s := range subjects {
		visited, received := false, false
		for _, v := range s.Visits {
			if v.Date < from || v.Date > day || !v.Counts() || v.Result != "met" && v.Result != "guardian_only" && v.Result != "" {
				continue
			}
			visited = true
			received = received || d.received(v.ID)
		}
		if visited {
			m.Visited++
		}
		if received {
			m.Received++
		}
	}
	return m
}

// received reports whether the district has proved that it holds a record.
func (d *Desk) received(id casework.RecordID) bool {
	st := d.store.Where(id)
	return st.Stage == laptop.Received || st.Stage == laptop.Untouched
}

// urgent are the open orders about a person, in neutral words.
func (d *Desk) urgent(p *casework.Person) []book.Urgent {
	var out []book.Urgent
	day, _ := d.Today()
	for _, t := range d.store.Tasks(p.ID) {
		t = task.AsOf(t, day)
		if !t.Open() || t.Retracted || (t.Kind != "contact" && t.Kind != "danger") {
			continue
		}
		u := book.Urgent{ID: t.ID, Person: p.ID, Until: t.DueAt, Quiet: t.Kind == "contact"}
		if u.Until.IsZero() {
			u.Until = t.Due.Time().Add(24 * time.Hour)
		}
		u.Words = book.Phrase{Key: "desk.urgent", Pairs: []any{"Until", d.moment(u.Until), "What", task.Title(t, d.opt.Speaker)}}
		out = append(out, u)
	}
	return out
}

// moment is "16:00" today, else "11-24 16:00".
func (d *Desk) moment(at time.Time) string {
	local := at.In(casework.Shanghai)
	if casework.DayOf(at) == casework.DayOf(d.opt.Now()) {
		return local.Format("15:04")
	}
	return local.Format("01-02 15:04")
}

// notices are what the day brings beside people: a lease that ends soon.
func (d *Desk) notices(day casework.Day) []book.Phrase {
	st := d.store.Status()
	var out []book.Phrase
	if left := casework.DayOf(st.Lease).Sub(day); st.Enrolled && !st.Lease.IsZero() && left <= warnDays {
		out = append(out, book.Phrase{Key: "desk.lease", Pairs: []any{"Days", max(0, left)}})
	}
	if n := d.unsaved.count(); n > 0 {
		out = append(out, book.Phrase{Key: "locks.unsaved.count", Pairs: []any{"Count", n}})
	}
	if st.Tight {
		out = append(out, book.Phrase{Key: "locks.tight"})
	}
	if st.Damaged > 0 {
		out = append(out, book.Phrase{Key: "desk.damaged", Pairs: []any{"Count", st.Damaged}})
	}
	out = append(out, d.foundNotices(st)...)
	return out
}
