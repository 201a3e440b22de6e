package laptop

import (
	"cmp"
	"slices"

	"doorstep/casework"
)

// While the lease has lapsed, everything in this file gives only what was written since.

// People is everyone here, by village, group and name; those who left the register or
// were entered by mistake too (Person.Gone, Retracted). The list is the caller's to read.
func (s *Store) People() []*casework.Person {
	s.view.RLock()
	people, shut := s.caseload.people, s.glance()
	s.view.RUnlock()
	if people != nil && !shut {
		return people
	}
	s.view.Lock()
	defer s.view.Unlock()
	people = s.caseload.sorted()
	if s.glance() {
		people = slices.DeleteFunc(slices.Clone(people), func(p *casework.Person) bool { return !s.fresh(p.ID) })
	}
	return people
}

// Person is one person's file, held in memory. While the lease has lapsed it is name, sex,
// age and place of whoever was named or has a visit open.
func (s *Store) Person(id casework.RecordID) (*casework.Person, bool) {
	s.view.RLock()
	defer s.view.RUnlock()
	if it := s.shown(id); it != nil && it.person != nil {
		return it.person, true
	}
	if p := s.named(id); p != nil && s.glance() {
		return p, true
	}
	return nil, false
}

// Household is what the members of one home share.
func (s *Store) Household(id casework.RecordID) (*casework.Household, bool) {
	s.view.RLock()
	defer s.view.RUnlock()
	if it := s.shown(id); it != nil && it.household != nil {
		return it.household, true
	}
	return nil, false
}

// Households lists every household here, in no order.
func (s *Store) Households() []*casework.Household {
	s.view.RLock()
	defer s.view.RUnlock()
	var out []*casework.Household
	for id, it := range s.caseload.items {
		if it.household != nil && s.shown(id) != nil {
			out = append(out, it.household)
		}
	}
	return out
}

// Members are the people of a household, by name.
func (s *Store) Members(household casework.RecordID) []*casework.Person {
	var out []*casework.Person
	if household.IsZero() {
		return nil
	}
	for _, p := range s.People() {
		if p.Household == household {
			out = append(out, p)
		}
	}
	return out
}

// Visits are the summaries of a person's visits, the newest first; corrected and
// retracted ones too (VisitSummary.Counts).
func (s *Store) Visits(person casework.RecordID) []casework.VisitSummary {
	s.view.RLock()
	defer s.view.RUnlock()
	var out []casework.VisitSummary
	for _, id := range s.readable(s.caseload.owned[person]) {
		if it := s.caseload.items[id]; it.visit != nil {
			out = append(out, *it.visit)
		}
	}
	slices.SortFunc(out, func(a, b casework.VisitSummary) int {
		return cmp.Or(cmp.Compare(b.Date, a.Date), cmp.Compare(b.Written, a.Written), b.ID.Compare(a.ID.ID))
	})
	return out
}

// Visit is the summary of one visit.
func (s *Store) Visit(id casework.RecordID) (casework.VisitSummary, bool) {
	s.view.RLock()
	defer s.view.RUnlock()
	if it := s.shown(id); it != nil && it.visit != nil {
		return *it.visit, true
	}
	return casework.VisitSummary{}, false
}

// Tasks are the tasks of a person or household, open and done, by their deadline; of
// everyone when owner is zero.
func (s *Store) Tasks(owner casework.RecordID) []casework.Task {
	s.view.RLock()
	defer s.view.RUnlock()
	var out []casework.Task
	if owner.IsZero() {
		for id, it := range s.caseload.items {
			if it.task != nil && s.shown(id) != nil {
				out = append(out, *it.task)
			}
		}
	}
	for _, id := range s.readable(s.caseload.owned[owner]) {
		if it := s.caseload.items[id]; it.task != nil {
			out = append(out, *it.task)
		}
	}
	slices.SortFunc(out, func(a, b casework.Task) int {
		return cmp.Or(cmp.Compare(a.Due, b.Due), a.ID.Compare(b.ID.ID))
	})
	return out
}

// Owned lists the records of one kind that belong to a person or household: benefits,
// care, devices, attachments, which are opened when looked at.
func (s *Store) Owned(owner casework.RecordID, kind casework.Kind) []casework.RecordID {
	s.view.RLock()
	defer s.view.RUnlock()
	var out []casework.RecordID
	for _, id := range s.readable(s.caseload.owned[owner]) {
		if s.caseload.items[id].kind == kind {
			out = append(out, id)
		}
	}
	slices.SortFunc(out, func(a, b casework.RecordID) int { return a.Compare(b.ID) })
	return out
}
