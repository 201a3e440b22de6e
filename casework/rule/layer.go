package rule

import (
	"slices"

	"doorstep/casework"
)

// layers are the groups of people that rows and floors speak of, whatever their grade. A
// pack names them; what they mean is here, because it rests on the file's own fields.
var layers = map[string]func(casework.Person, casework.Day) bool{
	// Names that a row of a grade carries beside it.
	"high": everybody, "key": everybody, "general": everybody,

	"alone_80": func(p casework.Person, on casework.Day) bool { return alone(p) && aged80(p, on) },
	"tekun_dispersed": func(p casework.Person, _ casework.Day) bool {
		return p.IsCategory("TEKUN") && p.SupportMode == "dispersed"
	},
	"disabled": func(p casework.Person, _ casework.Day) bool {
		return ability(p) >= "2" || p.SelfCare == "PARTIAL" || p.SelfCare == "TOTAL" || p.IsCategory("EL4")
	},
	"dementia": func(p casework.Person, _ casework.Day) bool { return slices.Contains(p.Health.Chronic, "dementia") },
	"lost_alone": func(p casework.Person, _ casework.Day) bool {
		return alone(p) && (p.SelfCare == "TOTAL" || ability(p) == "4")
	},

	"orphan": func(p casework.Person, _ casework.Day) bool {
		return p.IsCategory("community_orphan") || p.IsCategory("orphan")
	},
	"de_facto": func(p casework.Person, _ casework.Day) bool { return p.IsCategory("de_facto_unattended") },
	"left_behind_weak": func(p casework.Person, _ casework.Day) bool {
		return p.IsCategory("left_behind") && p.GuardianRating == "poor"
	},
	"severely_disabled": func(p casework.Person, _ casework.Day) bool {
		return p.Disability.Grade == "1" || p.Disability.Grade == "2"
	},
}

// Layers lists the names of all layers, sorted.
func Layers() []string {
	var out []string
	for name := range layers {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// Is reports whether a person belongs to a layer on a day; to "" everybody does. A layer
// that a newer pack names and this program does not know has no members: the rows of the
// grades hold all the same.
func Is(layer string, p casework.Person, on casework.Day) bool {
	if layer == "" {
		return true
	}
	in, ok := layers[layer]
	return ok && in(p, on)
}

func everybody(casework.Person, casework.Day) bool { return true }

func alone(p casework.Person) bool { return p.Living == "alone" || p.IsCategory("EL1") }

// aged80 takes the oldest someone may be; without a birth the category decides.
func aged80(p casework.Person, on casework.Day) bool {
	_, most := p.Ages(on)
	return most >= 80 || most < 0 && p.IsCategory("EL7")
}

// ability is the GB/T 42195 level; grades of other scales say nothing about it.
func ability(p casework.Person) string {
	if s := p.Ability.Scale; s != "" && s != "gbt42195" {
		return ""
	}
	return p.Ability.Level
}
