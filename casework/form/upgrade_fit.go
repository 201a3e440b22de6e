package form

import (
	"slices"
	"strings"

	"doorstep/casework"
)

// fits reports whether a question takes such an answer: of its type, in its range and among
// the choices there are, whatever they are filtered by.
func fits(def *Definition, it *Item, value string) bool {
	if it.Type.Selects() {
		if it.ListFrom != "" || it.Type == TypeSelectOne && strings.Contains(value, " ") {
			return false
		}
		l := def.List(it.List)
		return !slices.ContainsFunc(strings.Fields(value), func(name string) bool { return l.Choice(name) == nil })
	}
	code, _ := mismatch(it, value)
	return code == ""
}

// carry is what of an answer a question of another version takes; what stays behind; and
// why. Rubbish that was there before goes over as it is, to be mended where it is shown.
func carry(old *Definition, a *Item, def *Definition, b *Item, value string) (kept, lost string, why casework.Code) {
	switch {
	case a.Type.Selects() && b.Type.Selects():
		return carryChoices(old, a, def, b, value)
	case a.Type == b.Type:
		return value, "", ""
	case a.Type.Attaches() || b.Type.Attaches():
		if a.Type.Attaches() && b.Type == TypeFile {
			return value, "", ""
		}
	case typed(a.Type) && typed(b.Type):
		if code, _ := mismatch(b, value); code == "" || code == CodeOutOfRange || code == CodeOutOfStep {
			return value, "", ""
		}
	}
	return "", value, LostType
}

// typed are the types answered by writing.
func typed(t Type) bool {
	switch t {
	case TypeText, TypeInteger, TypeDecimal, TypeRange, TypeDate, TypeTime, TypeDateTime, TypeGeopoint, TypeBarcode:
		return true
	}
	return false
}

func carryChoices(old *Definition, a *Item, def *Definition, b *Item, value string) (kept, lost string, why casework.Code) {
	if a.ListFrom != "" || b.ListFrom != "" {
		if a.Type == b.Type && (a.ListFrom != "") == (b.ListFrom != "") {
			return value, "", ""
		}
		return "", value, LostType
	}
	names := []string{value}
	if a.Type != TypeSelectOne {
		names = strings.Fields(value)
	}
	var over, stay []string
	for _, name := range names {
		if def.List(b.List).Choice(name) != nil || old.List(a.List).Choice(name) == nil {
			over = append(over, name)
		} else {
			stay = append(stay, name)
		}
	}
	if b.Type == TypeSelectOne && a.Type != TypeSelectOne && len(names) > 1 {
		return "", value, LostType // which of them is the one is not for a program to say
	}
	if len(stay) > 0 {
		why = LostChoice
	}
	return strings.Join(over, " "), strings.Join(stay, " "), why
}
