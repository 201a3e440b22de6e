package sheet

import (
	"regexp"
	"sync"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/form/xpath"
)

// ReadForm reads an XLSForm workbook into the questionnaire a laptop runs. files are the CSV
// files beside the workbook, by name ("villages.csv"), for select_one_from_file and pulldata.
//
// The definition is nil when any finding is a Refusal. Findings never stop the reading: an
// author gets the whole list at once. Publishing asks for more: see CheckPublish.
func ReadForm(b *Book, files map[string]*Grid) (*form.Definition, Findings) {
	r := &formReader{
		book: b, files: files, def: &form.Definition{Root: "data"}, named: map[string][]*row{}, listAt: map[string]at{},
		byLine: map[int]*row{}, kin: map[*row]*kin{}, lists: map[string]*form.List{}, coded: map[*form.List]map[string]bool{}, checked: map[string]bool{}, hidden: map[*row]bool{}, required: map[*row][]xpath.Requirement{},
		external: map[string]bool{}, outlines: map[*form.List]map[string]string{},
	}
	survey := b.Sheet("survey")
	if survey == nil {
		r.refuse("no_survey", at{})
		return nil, r.findings
	}
	if !r.fits(survey) {
		return nil, r.findings
	}
	r.readSettings(b.Sheet("settings"))
	r.readChoices(b.Sheet("choices"), false)
	r.readChoices(b.Sheet("external_choices"), true)
	r.readSurvey(survey)
	r.readGrading(b.Sheet("grading"))
	r.lintCells()
	r.lint()
	r.countTheRest()
	if r.findings.Refused() {
		return nil, r.findings
	}
	d, err := form.Load(r.def.Encode())
	switch {
	case casework.CodeOf(err) == "form.definition_too_big":
		r.refuse("too_large", at{sheet: survey.Name}, "MB", form.MaxBytes>>20)
		return nil, r.findings
	case err != nil:
		r.refuse("cannot_compile", at{sheet: survey.Name}, "Why", err.Error())
		return nil, r.findings
	}
	return d, r.findings
}

// formReader is one reading of one workbook.
type formReader struct {
	book     *Book
	files    map[string]*Grid
	def      *form.Definition
	findings Findings

	survey   *table
	choices  *table
	rows     []*row            // every item in the order of the sheet
	named    map[string][]*row // by name, for ${name}
	listAt   map[string]at     // where each list starts
	byLine   map[int]*row      // the first item of a line of the survey sheet
	kin      map[*row]*kin     // names taken inside a group; nil is the top
	lists    map[string]*form.List
	coded    map[*form.List]map[string]bool   // the codes of each list
	checked  map[string]bool                  // lists that lintChoices has been through
	hidden   map[*row]bool                    // rows that are never shown, as far as looked at
	required map[*row][]xpath.Requirement     // what conditions ask for
	external map[string]bool                  // lists of the sheet external_choices
	outlines map[*form.List]map[string]string // codes by what they look like
	told     map[alikeFindings]int            // findings so far
	source   int                              // characters of formulas so far

	allowTwins bool // settings: allow_choice_duplicates
}

// row is an item with the places its findings point at.
type row struct {
	*form.Item
	line    int
	parent  *row
	expects []formula
}

// kin are the names of one group's items, as written and in small letters.
type kin struct{ exact, folded map[string]*form.Item }

// formula is one expression of a row and where it stands.
type formula struct {
	column string
	src    string
	at     at
}

// xmlName is what can be an element's name; ODK and Kobo demand it of every name.
var xmlName = compiled(`^[\p{L}_][\p{L}\p{M}\p{N}_.\-·]*$`)

// compiled is a pattern that is compiled when it is first asked for: whole alphabets in it
// would make every start of the laptop's program slower, which seldom reads a workbook.
func compiled(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}
