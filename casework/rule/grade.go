package rule

import (
	"cmp"
	"slices"

	"doorstep/casework"
)

// Point is what one answer of a visit weighs.
type Point struct {
	Question string
	Points   int
	Unknown  bool // could not be asked or observed: neither zero nor anything else
	Most     int  // the most the question could give; read when Unknown
	Cap      string
	Trigger  string // hard trigger that the answer fires, or could fire when Unknown
	Class    casework.Sensitivity
}

// Evidence is everything of a visit that a grade rests on.
type Evidence struct {
	Points []Point
	Caps   map[string]int // most points that all questions of a cap give together
	Floor  int            // mildest grade who she is allows; 0 = none
}

// Scale is from how many points on which grade begins, worst first. Both scales are the
// proposal of domain §11 and §12, to be signed off by the district.
type Scale struct {
	Bands []Band
	Last  int // the grade below all bands
}

// Band is a grade and the total at which it begins.
type Band struct{ From, Grade int }

// The scales of the sample questionnaires.
var (
	ChildScale = Scale{Bands: []Band{{40, 1}, {22, 2}, {10, 3}}, Last: 4}
	ElderScale = Scale{Bands: []Band{{35, 1}, {18, 2}}, Last: 3}
)

// Of is the grade of a total.
func (s Scale) Of(total int) int {
	for _, b := range s.Bands {
		if total >= b.From {
			return b.Grade
		}
	}
	return s.Last
}

// Graded is the advice that follows from a visit. A person confirms it.
type Graded struct {
	Grade, Worst      int // from what is known; if every unknown were answered worst
	Total, WorstTotal int
	Triggers          []string // hard triggers fired, each once, sorted
	Unknown           []string // questions left unknown, in order
	Class             casework.Sensitivity
	Why               []Reason // heaviest first
}

// GradeChild grades a visit to a child by the proposed scale; a district's own is in its Table.
func GradeChild(e Evidence) Graded { return ChildScale.Grade(e) }

// GradeElder does so for an elder.
func GradeElder(e Evidence) Graded { return ElderScale.Grade(e) }

// Grade weighs the evidence. A trigger makes grade 1 whatever the total. What is unknown
// adds nothing to Grade and its most to Worst: the truth lies between them.
func (s Scale) Grade(e Evidence) Graded {
	var g Graded
	known, worst := map[string]int{}, map[string]int{}
	mayFire := false
	for _, p := range e.Points {
		if p.Unknown {
			worst[p.Cap] += max(p.Most, 0)
			g.Unknown = append(g.Unknown, p.Question)
			mayFire = mayFire || p.Trigger != ""
			continue
		}
		known[p.Cap] += p.Points
		worst[p.Cap] += p.Points
		if p.Trigger != "" && !slices.Contains(g.Triggers, p.Trigger) {
			g.Triggers = append(g.Triggers, p.Trigger)
		}
		if p.Trigger != "" {
			g.Why = append(g.Why, because(max(p.Class, triggerClass(p.Trigger)), "rule.why.trigger", "Question", p.Question, "Trigger", p.Trigger))
		} else if p.Points > 0 {
			g.Why = append(g.Why, because(p.Class, "rule.why.points", "Question", p.Question, "Points", p.Points))
		}
	}
	slices.Sort(g.Triggers)
	g.Total, g.WorstTotal = sum(known, e.Caps), sum(worst, e.Caps)
	g.Grade, g.Worst = s.Of(g.Total), s.Of(g.WorstTotal)
	if len(g.Triggers) > 0 {
		g.Grade, g.Worst = 1, 1
	}
	if mayFire {
		g.Worst = 1
	}
	if e.Floor > 0 && e.Floor < g.Grade {
		g.Grade = e.Floor
	}
	if e.Floor > 0 && e.Floor == g.Grade { // told whatever else led there, so that its absence tells nothing
		g.Why = append(g.Why, because(casework.Personal, "rule.why.floored", "Grade", gradeTerm(e.Floor)))
	}
	g.Worst = min(g.Worst, g.Grade)
	slices.SortStableFunc(g.Why, func(a, b Reason) int { return cmp.Compare(weight(b), weight(a)) })
	g.Class = ClassOf(g.Why)
	if n := len(g.Unknown); n > 0 {
		g.Why = append(g.Why, because(casework.Personal, "rule.why.unknown", "Count", n))
	}
	return g
}

// Neutral is the grade for whoever may not know what it rests on: 一级, and nothing else.
func (g Graded) Neutral() Reason {
	return because(casework.Personal, "rule.why.neutral", "Grade", gradeTerm(g.Grade))
}

// Read is what a clearance may read: the neutral grade and the reasons it covers.
func (g Graded) Read(clearance casework.Sensitivity) []Reason {
	return append([]Reason{g.Neutral()}, Readable(g.Why, clearance)...)
}

func weight(r Reason) int {
	switch r.Key {
	case "rule.why.trigger":
		return 1000
	case "rule.why.points":
		return r.Args[3].(int)
	}
	return 0
}

// triggerClass is the least class of a hard trigger. Medical, gas, cold and no-answer
// orders may fill the screen; the others are never readable in the village.
func triggerClass(code string) casework.Sensitivity {
	switch code {
	case "HT-H", "HT-G", "HT-C", "HT-N":
		return casework.Routine
	}
	return casework.Restricted
}

func sum(by map[string]int, caps map[string]int) int {
	total := 0
	for c, n := range by {
		if most, ok := caps[c]; ok && c != "" {
			n = min(n, most)
		}
		total += n
	}
	return total
}
