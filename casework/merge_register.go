package casework

import (
	"slices"
)

// The helpers below change a register that the caller has already cloned.

// write folds one write of op into the register. It reports what became of it.
func (r *Register) write(op Op, w Write) fate {
	if _, late := r.Past[op.ID]; late {
		r.late(op.ID, w)
		return fateHistory
	}
	switch {
	case len(w.Closes) > 0:
		return r.settle(op, w)
	case r.IsEmpty():
		r.set(op, w)
		r.missing(w.Base)
	case r.saw(w.Base):
		r.set(op, w)
	case r.isAlt(w.Base):
		r.grow(op, w)
	case Same(w.Value, r.Value):
		r.agree(op.ID)
		r.missing(w.Base)
	default:
		r.Alts = put(r.Alts, op.ID, alternative(op, w))
		r.missingFor(w.Base, op.ID)
	}
	if r.Conflicted() {
		return fateConflict
	}
	return fateValue
}

// set makes the write the current value. Its author saw the one that goes.
func (r *Register) set(op Op, w Write) {
	old := r.Op
	if !old.IsZero() && Same(r.Value, w.Value) {
		r.Same = insert(r.Same, old)
	} else {
		r.Same = nil
	}
	r.Value, r.Op, r.Worker, r.At, r.Reason = w.Value, op.ID, op.Worker, op.At, w.Reason
	r.descend(old, op.ID)
	for id, a := range r.Alts { // an alternative that says the same is none
		if Same(a.Value, r.Value) {
			delete(r.Alts, id)
			r.agree(id)
			r.descend(id, op.ID)
		}
	}
}

// agree notes that op says what the register already says.
func (r *Register) agree(op OpID) { r.Same = insert(r.Same, op) }

// grow replaces the alternative that the write's author was looking at.
func (r *Register) grow(op Op, w Write) {
	delete(r.Alts, w.Base)
	if Same(w.Value, r.Value) {
		r.agree(op.ID)
		r.descend(w.Base, r.Op)
		return
	}
	r.Alts = put(r.Alts, op.ID, alternative(op, w))
	r.descend(w.Base, op.ID)
}

// settle is a person's choice between the value and the alternatives on her screen.
// It closes exactly those; when the value has moved on since, her choice is an
// alternative to the new one.
func (r *Register) settle(op Op, w Write) fate {
	present := r.Op
	switch {
	case r.IsEmpty() || r.saw(w.Base) || slices.ContainsFunc(w.Closes, r.saw):
		for _, c := range append([]OpID{w.Base}, w.Closes...) {
			r.forget(c)
		}
		r.set(op, w)
		present = op.ID
	case Same(w.Value, r.Value):
		r.agree(op.ID)
	default:
		r.Alts = put(r.Alts, op.ID, alternative(op, w))
		present = op.ID
	}
	for _, c := range append([]OpID{w.Base}, w.Closes...) {
		if c == op.ID {
			continue
		}
		r.forget(c)
		r.descend(c, present)
		r.missingFor(c, present)
	}
	if r.Conflicted() {
		return fateConflict
	}
	return fateValue
}

// late takes in an operation whose successor was accepted before it: it is history,
// and so is what its own author had seen and replaced.
func (r *Register) late(op OpID, w Write) {
	heir := r.Past[op]
	delete(r.Past, op)
	for _, seen := range append([]OpID{w.Base}, w.Closes...) {
		switch {
		case seen.IsZero() || seen == heir:
		case r.saw(seen) && r.isAlt(heir):
			// The value descends through op to its heir, which waited as an alternative.
			a := r.Alts[heir]
			delete(r.Alts, heir)
			r.set(Op{ID: heir, Worker: a.Worker, At: a.At}, Write{Value: a.Value, Reason: a.Reason})
		case r.isAlt(seen):
			delete(r.Alts, seen)
			r.descend(seen, heir)
		default:
			r.missingFor(seen, heir)
		}
	}
}

// forget drops an alternative that somebody saw and decided about.
func (r *Register) forget(op OpID) { delete(r.Alts, op) }

// missing remembers a base that is not known here, as an ancestor of the value.
func (r *Register) missing(base OpID) { r.missingFor(base, r.Op) }

func (r *Register) missingFor(base, heir OpID) {
	if base.IsZero() || base == heir || r.saw(base) || r.isAlt(base) {
		return
	}
	if _, ok := r.Past[base]; !ok {
		r.Past = put(r.Past, base, heir)
	}
}

// descend hands the ancestors of a replaced operation to the one that replaced it.
func (r *Register) descend(from, to OpID) {
	if from.IsZero() {
		return
	}
	for id, heir := range r.Past {
		if heir == from {
			r.Past[id] = to
		}
	}
}

func alternative(op Op, w Write) Alternative {
	return Alternative{Value: w.Value, Worker: op.Worker, At: op.At, Reason: w.Reason}
}

func put[K comparable, V any](m map[K]V, k K, v V) map[K]V {
	if m == nil {
		m = map[K]V{}
	}
	m[k] = v
	return m
}

func insert(ids []OpID, id OpID) []OpID {
	i, found := slices.BinarySearchFunc(ids, id, func(a, b OpID) int { return a.Compare(b.ID) })
	if found {
		return ids
	}
	return slices.Insert(ids, i, id)
}
