package sheet

import (
	"strings"

	"doorstep/casework"
	"doorstep/casework/form"
)

// lookalikes are letters that look like a Latin one and are another: typed with the wrong
// keyboard, or pasted from elsewhere.
var lookalikes = strings.NewReplacer(
	"а", "a", "в", "b", "е", "e", "ё", "e", "к", "k", "м", "m", "н", "h", "о", "o", "р", "p", "с", "c", "т", "t", "у", "y", "х", "x", "і", "i", "ј", "j", "ѕ", "s", // Cyrillic
	"α", "a", "β", "b", "ε", "e", "ι", "i", "κ", "k", "ν", "v", "ο", "o", "ρ", "p", "τ", "t", "υ", "u", "χ", "x", // Greek
	"ı", "i", "ß", "b", "·", "", "\u200b", "", "\u200c", "", "\u200d", "", "\ufeff", "", "\u00ad", "", "\u00a0", "", "\u3000", "",
)

// outline is what names look like to somebody who reads fast: two names with one outline are
// taken for each other.
func outline(name string) string {
	return lookalikes.Replace(strings.ToLower(casework.Narrow(name)))
}

// lintAlike tells of a choice whose code looks like another's of its list: formulas that wait
// for the one never see the other.
func (r *formReader) lintAlike(l *form.List, code string, p at) {
	seen := r.outlines[l]
	if seen == nil {
		seen = map[string]string{}
		r.outlines[l] = seen
	}
	low := outline(code)
	if before, known := seen[low]; known && before != code {
		r.warn("choice_looks_alike", p, "List", l.Name, "Name", code, "Other", before)
	}
	seen[low] = code
}
