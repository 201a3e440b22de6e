package form

import (
	"math"
	"strings"

	"doorstep/casework"
)

// Scores are the points of a visit by the form's own table (domain §11, §12: a product
// proposal that the district signs off). What could not be asked is unknown: it stands in
// Unknowns and is never counted as zero (people.md §1.2).
type Scores struct {
	Total    int
	Sections []SectionScore
	Items    []ItemScore // questions that gave points, in order
	Unknowns []UnknownScore
	// NotAsked are scoring questions the visit was not deep enough for.
	NotAsked []string
	// Class is the highest class of all answers the total rests on, also those that gave nothing.
	Class casework.Sensitivity
}

// SectionScore is what one top-level group gave, after its cap.
type SectionScore struct {
	Name   string // of the group
	Points int
	Capped bool
}

// ItemScore is what one question gave, after its own cap.
type ItemScore struct {
	Path   string
	Points int
}

// UnknownScore is a question whose points are not known.
type UnknownScore struct {
	Path string
	// Why: UnknownNotAsked, UnknownNotSeen, "choice" (the answer says it is not known),
	// "blank" (not answered) or "depends" (its formula touches a blank: see Needs).
	Why   string
	Needs []string // names of the blanks, with "depends"
}

// Scores adds the points up. It can be asked at any time, also half-way.
func (in *Instance) Scores() Scores {
	var s Scores
	for _, k := range in.root.kids {
		before := len(s.Items) + len(s.Unknowns)
		points, raw := in.score(k, &s)
		if len(s.Items)+len(s.Unknowns) > before || points != 0 {
			s.Sections = append(s.Sections, SectionScore{Name: k.code.item.Name, Points: points, Capped: raw > points})
		}
		s.Total += points
	}
	return s
}

// score is the points of p and everything in it, after and before p's cap.
func (in *Instance) score(p *place, s *Scores) (points, raw int) {
	if p.gone() {
		return 0, 0
	}
	if !p.relevant {
		if p.shallow && (p.parent == nil || p.parent.live()) {
			in.notAsked(p, s)
		}
		return 0, 0
	}
	if p.question() || p.code.score != nil && !p.series {
		raw += in.scoreItem(p, s)
	}
	for _, k := range p.kids {
		got, _ := in.score(k, s)
		raw += got
	}
	points = raw
	// An instance shares the cap of its repeat, which is applied to them all together.
	if limit := p.code.item.ScoreCap; limit != nil && p.number == 0 {
		points = min(points, *limit)
	}
	if p.question() && points != 0 {
		s.Items = append(s.Items, ItemScore{Path: p.path, Points: points})
	}
	return points, raw
}

func (in *Instance) notAsked(p *place, s *Scores) {
	p.under(func(q *place) {
		if q.question() && in.scores(q.code) {
			s.NotAsked = append(s.NotAsked, q.path)
		}
	})
}

// scores reports whether a question can give points at all.
func (in *Instance) scores(c *code) bool {
	if c.score != nil {
		return true
	}
	if !c.item.Type.Selects() || c.item.ListFrom != "" {
		return false
	}
	for _, ch := range in.def.List(c.item.List).Choices {
		if ch.Score != nil && *ch.Score != 0 {
			return true
		}
	}
	return false
}

func (in *Instance) scoreItem(p *place, s *Scores) int {
	if !in.scores(p.code) {
		return 0
	}
	s.Class = max(s.Class, p.code.class)
	if p.unknown != "" {
		s.Unknowns = append(s.Unknowns, UnknownScore{Path: p.path, Why: p.unknown})
		return 0
	}
	if p.code.score != nil {
		return in.scoreFormula(p, s)
	}
	if p.node.Value == "" {
		s.Unknowns = append(s.Unknowns, UnknownScore{Path: p.path, Why: "blank"})
		return 0
	}
	points := 0
	for _, c := range in.chosen(p) {
		if c.Unknown {
			s.Unknowns = append(s.Unknowns, UnknownScore{Path: p.path, Why: "choice"})
		}
		if c.Score != nil {
			points += *c.Score
		}
	}
	return points
}

func (in *Instance) scoreFormula(p *place, s *Scores) int {
	c := in.contextAt(p)
	c.ThreeValued = true
	v, err := p.code.score.Eval(c)
	if err != nil {
		in.faults[p.code.item.Name+"\x00score"] = err
		s.Unknowns = append(s.Unknowns, UnknownScore{Path: p.path, Why: "depends"})
		return 0
	}
	if needs, unknown := v.Unknown(); unknown {
		why := "depends"
		if p.question() && p.code.item.Type.Shown() && p.node.Value == "" {
			why = "blank"
		}
		s.Unknowns = append(s.Unknowns, UnknownScore{Path: p.path, Why: why, Needs: needs})
		return 0
	}
	f := v.Number()
	if math.IsNaN(f) || math.Abs(f) > 1e6 {
		return 0
	}
	for _, ch := range in.chosen(p) {
		if ch.Unknown {
			s.Unknowns = append(s.Unknowns, UnknownScore{Path: p.path, Why: "choice"})
		}
	}
	return int(math.Round(f))
}

// chosen are the choices of a select that are chosen.
func (in *Instance) chosen(p *place) []*Choice {
	if !p.question() || !p.code.item.Type.Selects() || p.code.item.ListFrom != "" || p.node.Value == "" {
		return nil
	}
	names := []string{p.node.Value}
	if p.code.item.Type != TypeSelectOne {
		names = strings.Fields(p.node.Value)
	}
	var out []*Choice
	for _, name := range names {
		if c := in.def.List(p.code.item.List).Choice(name); c != nil {
			out = append(out, c)
		}
	}
	return out
}
