package sheet

import (
	"doorstep/casework/form"
)

// lintShared: what is asked once behind a door goes into the visits of others there, which
// restricted answers never do (people.md §1.4, §2.8).
func (r *formReader) lintShared(it *row) {
	if !it.Shared {
		return
	}
	_, p := r.survey.get(it.line, "shared")
	for up := it; up != nil; up = up.parent {
		if up.Sensitivity >= 2 {
			r.refuse("shared_restricted", p, "Name", it.Name)
			return
		}
	}
	if it.Kind != form.Question || inRepeat(it) || !it.Type.Shown() {
		r.warn("shared_without_use", p, "Name", it.Name)
	}
}

// lintDoor: within one form a key stands for one question.
func (r *formReader) lintDoor() {
	first := map[string]*row{}
	for _, it := range r.rows {
		key := it.DoorKey()
		if key == "" || it.Kind != form.Question || inRepeat(it) || !it.Type.Shown() {
			continue
		}
		was := first[key]
		if was == nil {
			first[key] = it
			continue
		}
		_, p := r.survey.get(it.line, "shared")
		r.refuse("shared_twice", p, "Name", it.Name, "Key", key, "Other", was.Name)
	}
}

// CheckDoor compares what a form shares behind a door (column shared) with other forms: under
// one key a question of one type, with choices in common. Others are those that workers have;
// one of the same form id is passed over, since d is to take its place. Findings:
// xlsform.shared_other_type (Refusal), xlsform.shared_other_choices (Warning).
func CheckDoor(b *Book, d *form.Definition, others ...*form.Definition) Findings {
	r := &formReader{book: b}
	r.survey = r.tableOf(b.Sheet("survey"))
	type use struct {
		def *form.Definition
		it  *form.Item
	}
	elsewhere := map[string][]use{}
	for _, other := range others {
		if other.FormID == d.FormID {
			continue
		}
		for it := range other.All() {
			if key := it.DoorKey(); key != "" && it.Kind == form.Question {
				elsewhere[key] = append(elsewhere[key], use{other, it})
			}
		}
	}
	for it := range d.All() {
		for _, u := range elsewhere[it.DoorKey()] {
			_, p := r.survey.get(it.Row, "shared")
			pairs := []any{"Name", it.Name, "Key", it.DoorKey(), "Other", u.it.Name, "Form", u.def.FormID}
			switch {
			case it.Type != u.it.Type:
				r.refuse("shared_other_type", p, append(pairs, "Type", string(it.Type), "OtherType", string(u.it.Type))...)
			case it.Type.Selects() && !form.ChoicesInCommon(d, it, u.def, u.it):
				r.warn("shared_other_choices", p, pairs...)
			}
		}
	}
	return r.findings
}
