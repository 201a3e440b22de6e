package sheet

import "doorstep/casework/form"

// lintPhoto warns of a photo or file that is said to be required: nobody has to take one
// (people.md §1.6), so the program does not insist on it.
func (r *formReader) lintPhoto(it *row) {
	if it.Kind == form.Question && it.Type.Attaches() && it.Required != "" {
		_, p := r.survey.get(it.line, "required")
		r.warn("photo_required", p, "Name", it.Name)
	}
}
