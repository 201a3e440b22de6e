package laptop

import (
	"cmp"
	"slices"
	"strings"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// item is what memory holds of one record.
type item struct {
	kind     casework.Kind
	owner    casework.RecordID
	based    bool          // the district has said something of it
	seq      uint64        // log number of the last operation in what it said
	left     *ledger.Leave // it left her care and waits for her own work to be settled
	conflict bool          // two places say different things
	gone     bool          // of an attachment: taken back or corrected

	person    *casework.Person
	household *casework.Household
	visit     *casework.VisitSummary
	task      *casework.Task
	form      *casework.FormSummary // of a form, and of a check of a place
}

// caseload is everyone in this worker's care, as the screens read it.
type caseload struct {
	items     map[casework.RecordID]*item
	owned     map[casework.RecordID][]casework.RecordID // by owner
	people    []*casework.Person                        // in the order of the register; nil: to be sorted anew
	conflicts int
	damaged   map[casework.RecordID]bool // bases that do not open any more
}

func newCaseload() caseload {
	return caseload{
		items:   map[casework.RecordID]*item{},
		owned:   map[casework.RecordID][]casework.RecordID{},
		damaged: map[casework.RecordID]bool{},
	}
}

// itemOf reads a record, which the caller has masked.
func itemOf(r casework.Record) *item {
	it := &item{kind: r.Kind, owner: r.Owner}
	for _, reg := range r.Registers {
		it.conflict = it.conflict || reg.Conflicted()
	}
	switch r.Kind {
	case casework.KindPerson:
		p := casework.PersonOf(r)
		it.person = &p
	case casework.KindHousehold:
		h := casework.HouseholdOf(r)
		it.household = &h
	case casework.KindVisit:
		v := casework.SummaryOf(r)
		it.visit = &v
	case casework.KindTask:
		t := casework.TaskOf(r)
		it.task = &t
	case casework.KindAttachment:
		a := casework.AttachmentOf(r)
		it.gone = a.Retracted || a.Superseded
	case casework.KindForm, casework.KindCheck:
		f := casework.FormSummaryOf(r)
		it.form = &f
	}
	return it
}

func (c *caseload) put(id casework.RecordID, it *item) {
	old := c.items[id]
	if old != nil && old.conflict {
		c.conflicts--
	}
	if it.conflict {
		c.conflicts++
	}
	if old == nil && !it.owner.IsZero() {
		c.owned[it.owner] = append(c.owned[it.owner], id)
	}
	c.items[id] = it
	c.reorder(old, it)
}

func (c *caseload) drop(id casework.RecordID) {
	old := c.items[id]
	if old == nil {
		return
	}
	if old.conflict {
		c.conflicts--
	}
	delete(c.items, id)
	if rest := slices.DeleteFunc(c.owned[old.owner], func(o casework.RecordID) bool { return o == id }); len(rest) > 0 {
		c.owned[old.owner] = rest
	} else {
		delete(c.owned, old.owner)
	}
	c.reorder(old, nil)
}

// reorder keeps the sorted list right when one person changed. Screens hold the old
// list, so it is never changed in place.
func (c *caseload) reorder(old, now *item) {
	if c.people == nil || (old == nil || old.person == nil) && (now == nil || now.person == nil) {
		return
	}
	next := make([]*casework.Person, 0, len(c.people)+1)
	next = append(next, c.people...)
	if old != nil && old.person != nil {
		if at, ok := slices.BinarySearchFunc(next, old.person, byPlace); ok {
			next = slices.Delete(next, at, at+1)
		}
	}
	if now != nil && now.person != nil {
		at, _ := slices.BinarySearchFunc(next, now.person, byPlace)
		next = slices.Insert(next, at, now.person)
	}
	c.people = next
}

// byPlace orders people as a worker walks: village, group, name.
func byPlace(a, b *casework.Person) int {
	return cmp.Or(
		strings.Compare(string(a.Area()), string(b.Area())),
		cmp.Compare(number(a.Grid), number(b.Grid)),
		strings.Compare(a.Grid, b.Grid),
		strings.Compare(a.Name, b.Name),
		a.ID.Compare(b.ID.ID),
	)
}

// number is the number a group's name begins with, so that 10组 comes after 9组.
func number(grid string) (n int) {
	for _, r := range grid {
		if r < '0' || r > '9' || n > 1e6 {
			break
		}
		n = n*10 + int(r-'0')
	}
	return n
}

func (c *caseload) sorted() []*casework.Person {
	if c.people == nil {
		c.people = make([]*casework.Person, 0, len(c.items))
		for _, it := range c.items {
			if it.person != nil {
				c.people = append(c.people, it.person)
			}
		}
		slices.SortFunc(c.people, byPlace)
	}
	return c.people
}

// show puts a record as it now stands into the caseload. Callers hold view.
func (s *Store) show(id casework.RecordID, r casework.Record) {
	old := s.caseload.items[id]
	if r.IsZero() {
		s.caseload.drop(id)
		s.finder.forget(id)
		return
	}
	it := itemOf(masked(r, s.x.Actor.Role))
	if old != nil {
		it.based, it.seq, it.left = old.based, old.seq, old.left
	}
	s.place(id, it)
}

// place puts an item in, with what only the journal knows of it.
func (s *Store) place(id casework.RecordID, it *item) {
	if it.visit != nil {
		it.visit.Received = s.receivedOn(id)
	}
	s.caseload.put(id, it)
	if it.person != nil {
		s.finder.changed(it.person)
	}
}

// receivedOn is the day the district took in the first of our operations on a record.
func (s *Store) receivedOn(id casework.RecordID) casework.Day {
	for _, e := range s.journal.byRec[id] {
		if e.receipt != nil && !e.quarantined() {
			return casework.DayOf(e.receipt.At)
		}
	}
	return 0
}
