package sheet

import "unicode/utf8"

// Limits of a questionnaire. The largest met in the field (WHO verbal autopsy) has some 1,200
// rows and 150,000 characters of formulas.
const (
	maxQuestions = 20_000    // rows of the survey sheet that hold something
	maxGroups    = 60        // groups inside each other
	maxSource    = 2_000_000 // characters of all formulas together
)

// fits refuses a survey sheet nobody could fill in, before anything else is asked of it.
func (r *formReader) fits(g *Grid) bool {
	n := 0
	for row := 1; row <= g.Rows; row++ {
		if g.RowBlank(row) {
			continue
		}
		if n++; n > maxQuestions {
			r.refuse("too_many_questions", at{g.Name, row, 0}, "Max", maxQuestions)
			return false
		}
	}
	return true
}

// tooMuchFormula refuses more formulas than anybody writes, before one of them is compiled.
func (r *formReader) tooMuchFormula() bool {
	n := 0
	for _, it := range r.rows {
		for _, f := range it.expects {
			if n += utf8.RuneCountInString(f.src); n > maxSource {
				r.refuse("too_much_formula", f.at, "Max", maxSource)
				return true
			}
		}
	}
	return false
}
