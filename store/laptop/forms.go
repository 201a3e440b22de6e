package laptop

import (
	"cmp"
	"slices"

	"doorstep/casework"
)

// Forms are the forms filled in about a person or household beside the visits, the newest
// first; corrected and retracted ones too (FormSummary.Counts). With a zero owner they are
// the checks of places. Of a protected form whose content her role may not read only the
// day and the worker are there. While the lease has lapsed, only what was written since.
func (s *Store) Forms(owner casework.RecordID) []casework.FormSummary {
	s.view.RLock()
	defer s.view.RUnlock()
	var out []casework.FormSummary
	if owner.IsZero() {
		for id, it := range s.caseload.items {
			if s.shown(id) != nil && it.form != nil && it.owner.IsZero() {
				out = append(out, *it.form)
			}
		}
	}
	for _, id := range s.readable(s.caseload.owned[owner]) {
		if it := s.caseload.items[id]; it.form != nil {
			out = append(out, *it.form)
		}
	}
	slices.SortFunc(out, func(a, b casework.FormSummary) int {
		return cmp.Or(cmp.Compare(b.Date, a.Date), b.Written.Compare(a.Written), b.ID.Compare(a.ID.ID))
	})
	return out
}
