package laptop

import (
	"errors"
	"maps"
	"slices"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// planScope takes in the worker's role and scopes as they now are, and the cursors.
// A line of scope that is new begins at zero. When the role changed, what she may read
// changed with it, so every line is heard again from the start.
func (s *Store) planScope(p *plan, a ledger.Answer) {
	next := a.Actor
	if next.Role == "" && len(next.Scopes) == 0 {
		next = p.x.Actor // nothing said of her
	}
	next.Worker = s.self.Worker
	role := next.Role != p.x.Actor.Role
	shrunk := !sameScopes(next, p.x.Actor)
	p.x.Actor = next
	p.x.Cursors = s.cursors(next)
	for key := range p.x.Cursors {
		if role {
			p.x.Cursors[key] = 0
		} else if c, ok := a.News.Cursors[key]; ok {
			p.x.Cursors[key] = c
		}
	}
	if shrunk {
		s.planRemoval(p)
	}
}

func sameScopes(a, b casework.Actor) bool {
	return slices.EqualFunc(a.Scopes, b.Scopes, func(x, y casework.Scope) bool {
		return x.Area == y.Area && slices.Equal(x.Duties, y.Duties)
	})
}

// ReasonScope is why a record leaves when the worker's own area or duties changed. It is
// a key of casework/lang: "leave.scope".
const ReasonScope = "scope"

// planRemoval lets go of everyone outside the new scopes.
func (s *Store) planRemoval(p *plan) {
	kept := map[casework.RecordID]bool{}  // households where someone stays
	homes := map[casework.RecordID]bool{} // households where someone was
	for id, it := range s.caseload.items {
		if it.person == nil || !it.based {
			continue
		}
		homes[it.person.Household] = true
		if p.x.Actor.Holds(it.person.Areas, it.person.Duties) {
			kept[it.person.Household] = true
		} else {
			p.leaving[id] = &ledger.Leave{Record: id, Kind: it.kind, Reason: ReasonScope}
		}
	}
	for id, it := range s.caseload.items {
		if it.kind == casework.KindCheck && it.based && !p.x.Actor.Holds([]casework.Area{it.form.Area}, it.form.Duties) {
			p.leaving[id] = &ledger.Leave{Record: id, Kind: it.kind, Reason: ReasonScope}
		}
		if it.household == nil || !it.based || kept[id] {
			continue
		}
		if homes[id] || !within(p.x.Actor, it.household.Area) {
			p.leaving[id] = &ledger.Leave{Record: id, Kind: it.kind, Reason: ReasonScope}
		}
	}
}

func within(a casework.Actor, area casework.Area) bool {
	return slices.ContainsFunc(a.Scopes, func(s casework.Scope) bool { return s.Area.Contains(area) })
}

// planLeaving decides what goes at once and what waits: a record, and the person or
// household it belongs to, stay as long as work of hers on them is not settled. What
// belongs to someone who leaves leaves with them.
func (s *Store) planLeaving(p *plan, leaves []ledger.Leave) {
	for _, l := range leaves {
		if _, here := p.puts[l.Record]; !here || p.puts[l.Record].seq < l.Seq {
			p.leaving[l.Record] = &l
		}
	}
	for _, id := range slices.Collect(maps.Keys(p.leaving)) { // only what leaves now takes others along
		for _, owned := range s.caseload.owned[id] {
			if _, back := p.puts[owned]; p.leaving[owned] == nil && !back {
				p.leaving[owned] = p.leaving[id]
			}
		}
	}
	for id, it := range s.caseload.items {
		if _, back := p.puts[id]; it.left != nil && !back && p.leaving[id] == nil {
			p.leaving[id] = it.left
		}
	}
	unsettled := map[casework.RecordID]bool{} // records with work of hers, and their owners
	settled := map[*entry]bool{}
	for _, e := range p.settled {
		settled[e] = true
	}
	for _, e := range s.journal.all {
		if e.pending() && !settled[e] {
			unsettled[e.record], unsettled[e.op.Owner] = true, true
		}
	}
	for id := range p.leaving {
		if !unsettled[id] {
			p.dropped[id] = true
			delete(p.leaving, id)
		}
	}
}

func ignoreDamage(err error) error {
	if errors.Is(err, errSealed) {
		return nil
	}
	return err
}
