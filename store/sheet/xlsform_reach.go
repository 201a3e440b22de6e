package sheet

import (
	"doorstep/casework/form"
	"doorstep/casework/form/xpath"
)

// never says whether the row or something around it is shown under a condition that cannot
// hold: plainly false, two different answers asked of one question, a choice that does not
// exist, or an answer to a question that itself is never shown.
func (r *formReader) never(it *row) bool {
	if it == nil {
		return false
	}
	if known, ok := r.hidden[it]; ok {
		return known
	}
	r.hidden[it] = false // a circle is told elsewhere
	r.hidden[it] = r.never(it.parent) || constantFalse.MatchString(it.Relevant) || r.impossible(it)
	return r.hidden[it]
}

// impossible says whether what the row's condition and those around it require cannot be.
func (r *formReader) impossible(it *row) bool {
	asked := map[string]string{}
	for up := it; up != nil; up = up.parent {
		for _, q := range r.requires(up) {
			targets := r.named[q.Field]
			if len(targets) != 1 || targets[0].Kind != form.Question {
				continue
			}
			t := targets[0]
			single := t.Type != form.TypeSelectMultiple && t.Type != form.TypeRank
			if before, known := asked[q.Field]; known && single && before != q.Value && t.Type == form.TypeSelectOne {
				return true
			}
			asked[q.Field] = q.Value
			if l := r.lists[t.List]; up == it && (r.nowhere(t, l, q.Value) || t != it && t.Type.Shown() && r.never(t)) {
				return true
			}
		}
	}
	return false
}

// nowhere says whether a select has no such choice.
func (r *formReader) nowhere(t *row, l *form.List, choice string) bool {
	return t.Type.Selects() && l != nil && l.File == "" && len(l.Choices) > 0 && !r.coded[l][choice] &&
		choice != form.UnknownNotAsked && choice != form.UnknownNotSeen
}

// requires is what the row's own condition asks for; nothing when it cannot be read.
func (r *formReader) requires(it *row) []xpath.Requirement {
	if it.Relevant == "" {
		return nil
	}
	out, known := r.required[it]
	if !known {
		if e, err := xpath.Compile(it.Relevant); err == nil {
			out = e.Requires()
		}
		r.required[it] = out
	}
	return out
}
