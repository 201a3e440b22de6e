package form

import "regexp"

// Definition is a compiled questionnaire: what store/sheet makes of an XLSForm workbook
// at publish time, and all a laptop needs to run it. It travels as JSON and is named by
// the SHA-256 of its canonical bytes (Encode, Hash). It holds expressions as the author
// wrote them; the engine compiles them when it opens the form.
//
// A Definition is read-only once loaded and may be shared between goroutines.
type Definition struct {
	FormID          string   `json:"form_id"`
	Title           Text     `json:"title,omitempty"`
	Version         string   `json:"version,omitempty"`
	DefaultLanguage string   `json:"default_language,omitempty"` // a key of Text: "zh"; may be "" when the workbook names no language
	Languages       []string `json:"languages,omitempty"`        // every key that occurs, sorted
	InstanceName    string   `json:"instance_name,omitempty"`    // expression; may be empty
	Root            string   `json:"root"`                       // element that holds the answers, "data" unless the workbook says otherwise

	// Subject says who is asked about: "child", "elder" or "" (anybody). Publishing checks more
	// for the first two (people.md §1).
	Subject string `json:"subject,omitempty"`

	// Depth is an expression giving the depth in force (1 greeting, 2 routine, 3 full), so that
	// "not well" can open the rest. Empty: the depth the visit was started with.
	Depth string `json:"depth,omitempty"`

	Items   []*Item `json:"items"`
	Lists   []*List `json:"lists,omitempty"`
	Grading Grading `json:"grading,omitzero"`

	index *index // made by Load; nil in a Definition still being built
}

// Text is one sentence in several languages, keyed "zh", "en" or, where the workbook names no
// language, "". Labels may hold ${field} references.
type Text map[string]string

// In is the sentence in lang, else in the language of no name, else in any of the given
// fallbacks, else "".
func (t Text) In(lang string, fallback ...string) string {
	if s := t[lang]; s != "" {
		return s
	}
	if s := t[""]; s != "" {
		return s
	}
	for _, f := range fallback {
		if s := t[f]; s != "" {
			return s
		}
	}
	return ""
}

// Say is text in lang, falling back to the form's default language and then to any language
// the sentence exists in.
func (d *Definition) Say(t Text, lang string) string {
	return t.In(lang, append([]string{d.DefaultLanguage}, d.Languages...)...)
}

// Kind is the shape of an Item.
type Kind string

// The kinds of Item.
const (
	Group    Kind = "group"
	Repeat   Kind = "repeat"
	Question Kind = "question"
)

// Item is one row of the survey sheet: a group, a repeat or a question. Relevant, Required,
// ReadOnly, Constraint, Calculation, ChoiceFilter, RepeatCount, Default, Score and
// HardTriggerWhen are expressions in source form; the empty string means "none".
type Item struct {
	Kind Kind   `json:"kind"`
	Type Type   `json:"type,omitempty"` // questions only
	Name string `json:"name"`
	Path string `json:"path"`          // "/data/c1/c1_1", as XPath sees it
	Row  int    `json:"row,omitempty"` // row in the survey sheet (1 is the header), for messages

	Label    Text `json:"label,omitempty"`
	Hint     Text `json:"hint,omitempty"`
	Guidance Text `json:"guidance,omitempty"` // longer help, shown on F1

	Appearance        string            `json:"appearance,omitempty"`
	Parameters        map[string]string `json:"parameters,omitempty"` // start, end, step, value, label …
	Relevant          string            `json:"relevant,omitempty"`
	Required          string            `json:"required,omitempty"` // "true()" for a plain yes
	RequiredMessage   Text              `json:"required_message,omitempty"`
	Constraint        string            `json:"constraint,omitempty"`
	ConstraintMessage Text              `json:"constraint_message,omitempty"`
	ReadOnly          string            `json:"read_only,omitempty"`
	Default           string            `json:"default,omitempty"` // see DefaultIsExpression
	Calculation       string            `json:"calculation,omitempty"`
	RepeatCount       string            `json:"repeat_count,omitempty"`
	// Trigger names the questions whose change computes Calculation again (and only then).
	Trigger []string `json:"trigger,omitempty"`

	// A select's choices: List names an entry of Definition.Lists, or ListFrom names the
	// question inside a repeat whose answers are the choices. ChoiceFilter is evaluated per
	// choice, with the list's columns as child elements.
	List         string `json:"list,omitempty"`
	ListFrom     string `json:"list_from,omitempty"`
	ChoiceFilter string `json:"choice_filter,omitempty"`
	OrOther      bool   `json:"or_other,omitempty"` // the choice "other" and the question NAME_other are in the definition

	Fresh       bool   `json:"fresh,omitempty"`       // never show or repeat the previous answer
	Unknown     bool   `json:"unknown,omitempty"`     // offers UnknownNotAsked and UnknownNotSeen
	Sensitivity int    `json:"sensitivity,omitempty"` // 0 routine, 1 personal, 2 restricted; a group's holds for all inside
	Depth       int    `json:"depth,omitempty"`       // shown when the depth in force is at least this; 0 always
	Shared      bool   `json:"shared,omitempty"`      // asked once per visit to a household
	SharedAs    string `json:"shared_as,omitempty"`   // with Shared: the key that forms share the answer under; "" is Name
	Score       string `json:"score,omitempty"`       // expression giving points; when empty the chosen Choices' Score counts
	ScoreCap    *int   `json:"score_cap,omitempty"`   // most points this question or group can give

	// HardTrigger is a code such as "HT-M" that fires when HardTriggerWhen is true or, that
	// being empty, when the answer is neither blank, "0", "no" nor "false". Choices carry codes of
	// their own.
	HardTrigger     string `json:"hard_trigger,omitempty"`
	HardTriggerWhen string `json:"hard_trigger_when,omitempty"`

	Items []*Item `json:"items,omitempty"` // of a group or repeat, in order
}

// What is stored when a question with Unknown could not be answered. In expressions such an
// answer reads as blank; in scores it is unknown, never zero (people.md §1.2).
const (
	UnknownNotAsked = "_not_asked" // 没条件问
	UnknownNotSeen  = "_not_seen"  // 没观察到
)

// List is one choice list. A list from a file beside the workbook has File set; its Name is
// the file's name without extension, as in instance('NAME')/root/item.
type List struct {
	Name    string    `json:"name"`
	File    string    `json:"file,omitempty"`
	Choices []*Choice `json:"choices,omitempty"`

	named map[string]*Choice // of a long list, made by Load
}

// Choice is one row of a list.
type Choice struct {
	Name        string            `json:"name"` // the stored value
	Label       Text              `json:"label,omitempty"`
	Score       *int              `json:"score,omitempty"`        // points when chosen; nil is no points
	HardTrigger string            `json:"hard_trigger,omitempty"` // fires when chosen
	Unknown     bool              `json:"unknown,omitempty"`      // choosing this is "we do not know": follow-up, not zero
	Columns     map[string]string `json:"columns,omitempty"`      // further columns, for choice_filter and pulldata
}

// Grading turns points into a grade. Grade 1 is the most serious. All of it is advice that a
// person confirms (domain §11, §12: product proposal, to be signed off by the district).
type Grading struct {
	Bands []Band `json:"bands,omitempty"` // highest From first
	// Floors raise the grade: when When holds, the grade number is at most Grade.
	Floors []Floor `json:"floors,omitempty"`
	// TriggerGrade is the grade any hard trigger gives; 0 means triggers do not grade.
	TriggerGrade int `json:"trigger_grade,omitempty"`
	// DownSteps is how many steps a grade may fall per accepted visit; 0 means no limit.
	DownSteps int `json:"down_steps,omitempty"`
}

// Band gives Grade for totals of From points and more.
type Band struct {
	From  int  `json:"from"`
	Grade int  `json:"grade"`
	Label Text `json:"label,omitempty"`
}

// Floor says that a person for whom When (an expression) holds is graded Grade or more serious.
type Floor struct {
	When   string `json:"when"`
	Grade  int    `json:"grade"`
	Reason Text   `json:"reason,omitempty"`
}

// Of is the grade for a total: the first band reached, or 0 when there are no bands.
func (g Grading) Of(total int) int {
	for _, b := range g.Bands {
		if total >= b.From {
			return b.Grade
		}
	}
	return 0
}

// computed recognises a function call, a ${field} or a sum with blanks around its sign.
var computed = regexp.MustCompile(`\$\{|[A-Za-z][\w:-]*\(|^[\d.]+ [-+*] [\d.]+`)

// DefaultIsExpression says whether Default is to be computed (once, when the question first
// appears) rather than taken as it stands. A date such as 2026-11-22 and a hyphenated word are
// taken as they stand.
func (it *Item) DefaultIsExpression() bool { return computed.MatchString(it.Default) }
