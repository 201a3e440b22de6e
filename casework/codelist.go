package casework

import (
	"slices"
	"strings"
	"sync"
)

// Term is one row of a code list.
type Term struct {
	Code    string   // what is stored
	Zh, En  string   // what is shown
	Aliases []string // other words ledgers use for it
}

// CodeList is the closed vocabulary of a field. Lists come from national standards where
// there is one; the others are this product's and may grow, never change a code's meaning.
type CodeList struct {
	Key    string // as FieldSpec.Codes names it
	Zh, En string
	Items  []Term
}

// Find reads a cell: a code, a label or an alias, whatever the spacing, width and case.
func (l CodeList) Find(text string) (Term, bool) {
	s := fold(text)
	if s == "" {
		return Term{}, false
	}
	words, ok := listWords()[l.Key]
	if !ok || len(l.Items) == 0 || words.first != &l.Items[0] { // a list of a pack, not one of ours
		words = wordsOf(l)
	}
	i, ok := words.index[s]
	if !ok {
		return Term{}, false
	}
	return l.Items[i], true
}

// wordIndex finds a row by any of its words. Codes win over labels, labels over aliases.
type wordIndex struct {
	first *Term // of the list it was made from
	index map[string]int
}

// listWords is made on first use; rosters ask for hundreds of thousands of words.
var listWords = sync.OnceValue(func() map[string]wordIndex {
	m := map[string]wordIndex{}
	for _, l := range Lists() {
		m[l.Key] = wordsOf(l)
	}
	return m
})

func wordsOf(l CodeList) wordIndex {
	w := wordIndex{index: map[string]int{}}
	if len(l.Items) > 0 {
		w.first = &l.Items[0]
	}
	add := func(word string, i int) {
		if f := fold(word); f != "" {
			if _, taken := w.index[f]; !taken {
				w.index[f] = i
			}
		}
	}
	for i, t := range l.Items {
		add(t.Code, i)
	}
	for i, t := range l.Items {
		add(t.Zh, i)
		add(t.En, i)
	}
	for i, t := range l.Items {
		for _, a := range t.Aliases {
			add(a, i)
		}
	}
	return w
}

// FindAll reads a cell that may name several: parted by 、 , ; / + or line breaks. Words
// that name none are returned as they stand. Each term once, in the order of the list.
func (l CodeList) FindAll(text string) (found []Term, unknown []string) {
	if t, ok := l.Find(text); ok {
		return []Term{t}, nil
	}
	for _, w := range strings.FieldsFunc(Narrow(text), func(r rune) bool { return strings.ContainsRune("、,;/+，；|\n和及", r) }) {
		if t, ok := l.Find(w); ok {
			if !slices.ContainsFunc(found, func(f Term) bool { return f.Code == t.Code }) {
				found = append(found, t)
			}
		} else if w = strings.TrimSpace(w); w != "" {
			unknown = append(unknown, w)
		}
	}
	slices.SortStableFunc(found, func(a, b Term) int { return l.index(a.Code) - l.index(b.Code) })
	return found, unknown
}

// Of is the row of a stored code.
func (l CodeList) Of(code string) (Term, bool) {
	if i := l.index(code); i >= 0 {
		return l.Items[i], true
	}
	return Term{}, false
}

// Has reports whether code is one of the list's.
func (l CodeList) Has(code string) bool { return l.index(code) >= 0 }

func (l CodeList) index(code string) int {
	return slices.IndexFunc(l.Items, func(t Term) bool { return t.Code == code })
}

// Label is the term in a language, "zh" or "en".
func (t Term) Label(lang string) string {
	if lang == "en" {
		return t.En
	}
	return t.Zh
}

// fold forgets what does not tell two words apart in a cell.
func fold(s string) string {
	if len(s) > 200 {
		return ""
	}
	return strings.Map(func(r rune) rune {
		switch r = narrow(r); {
		case r == ' ', r == '\n', r == '\t', r == '\r', r == '(', r == ')', r == '"', r == '“', r == '”', r == '\'', r == '*', invisible(r):
			return -1
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// List is the code list of that key.
func List(key string) (CodeList, bool) {
	l, ok := listsByKey()[key]
	return l, ok
}

var listsByKey = sync.OnceValue(func() map[string]CodeList {
	m := map[string]CodeList{}
	for _, l := range Lists() {
		m[l.Key] = l
	}
	return m
})

// Lists is every code list.
func Lists() []CodeList {
	return append([]CodeList{
		Sexes, Maritals, Educations, EducationStages, Ethnics, Relations, Healths, HukouKinds,
		NoIDReasons, DisabilityKinds, DisabilityGrades, ParentStates,
		ChildCategories, ElderCategories, LowIncomeLayers, LivingPatterns, AbilityLevels, CareLevels, Duties,
		VisitModes, VisitResults, VisitStatuses, VisitAxes, NeedKinds, ExitReasons,
	}, fieldLists()...)
}

func term(code, zh, en string, aliases ...string) Term {
	return Term{Code: code, Zh: zh, En: en, Aliases: aliases}
}
