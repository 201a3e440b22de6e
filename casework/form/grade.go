package form

import (
	"slices"

	"doorstep/casework"
	"doorstep/casework/form/xpath"
)

// Grade is what the form's grading makes of the answers: advice that a person confirms.
// 1 is the most serious; 0 means the form does not grade.
type Grade struct {
	Grade    int
	ByPoints int      // before floors and triggers
	Floors   []Floor  // that hold
	Doubtful []Floor  // whose condition touches a blank: they might hold
	Triggers []string // codes, each once
	HeldAt   int      // the grade the answers alone would give, when it may not fall so far at once; else 0
	Unknowns int      // questions whose points are not known
	Class    casework.Sensitivity
}

// Grade computes the grade. previous is the last accepted grade, 0 when there is none.
func (in *Instance) Grade(previous int) Grade {
	scores := in.Scores()
	g := in.def.Grading
	out := Grade{ByPoints: g.Of(scores.Total), Unknowns: len(scores.Unknowns), Class: scores.Class}
	out.Grade = out.ByPoints
	worse := func(grade int) {
		if grade > 0 && (out.Grade == 0 || grade < out.Grade) {
			out.Grade = grade
		}
	}
	for _, f := range g.Floors {
		holds, known := in.condition(f.When)
		switch {
		case !known:
			out.Doubtful = append(out.Doubtful, f)
		case holds:
			out.Floors = append(out.Floors, f)
			worse(f.Grade)
		}
	}
	for _, t := range in.Triggers() {
		out.Class = max(out.Class, t.Class)
		if !slices.Contains(out.Triggers, t.Code) {
			out.Triggers = append(out.Triggers, t.Code)
		}
	}
	if len(out.Triggers) > 0 {
		worse(g.TriggerGrade)
	}
	if g.DownSteps > 0 && previous > 0 && out.Grade > previous+g.DownSteps {
		out.HeldAt, out.Grade = out.Grade, previous+g.DownSteps
	}
	return out
}

// condition evaluates a rule of the grading with unknowns as unknowns.
func (in *Instance) condition(src string) (holds, known bool) {
	e, err := xpath.Compile(src)
	if err != nil {
		in.faults[in.def.FormID+"\x00grading"] = err
		return false, false
	}
	c := in.contextAt(in.root)
	c.ThreeValued = true
	v, err := e.Eval(c)
	if err != nil {
		in.faults[in.def.FormID+"\x00grading"] = err
		return false, false
	}
	if _, unknown := v.Unknown(); unknown {
		return false, false
	}
	return v.Bool(), true
}
