package form

import (
	"encoding/json"
	"time"

	"doorstep/casework"
)

// Answer is one closed answer.
type Answer struct {
	Key     string // the question's name, in a repeat "benefit[2]/amount"
	Path    string
	Value   string
	Unknown string // UnknownNotAsked or UnknownNotSeen; then Value is blank
	Class   casework.Sensitivity
}

// Closed is a finished questionnaire.
type Closed struct {
	Form    string
	Version string
	Day     casework.Day
	At      time.Time
	Depth   int
	// Answers by class: Routine, Personal, Restricted. Each answer stands in one class only.
	Answers  map[casework.Sensitivity][]Answer
	Dropped  []Answer // answered once, but no longer asked for: named here before they go
	Unknowns []string // paths of questions marked unknown, each to be followed up
	Scores   Scores
	Triggers []Trigger
}

// Hindrances lists everything that keeps the form from being finished, in order.
func (in *Instance) Hindrances() []Hindrance {
	var out []Hindrance
	in.root.under(func(p *place) {
		if p.question() && p.live() {
			out = append(out, in.hindrances(p)...)
		}
	})
	return out
}

// Dropped are the answers that would be left out, because they are not asked for any more.
func (in *Instance) Dropped() []Answer {
	var out []Answer
	for _, p := range in.document() {
		if p.code.item.Type.Shown() && p.node.Value+p.unknown != "" && !p.live() {
			out = append(out, in.answerAt(p))
		}
	}
	return out
}

// document gives every question, also of instances in the bin, in document order.
func (in *Instance) document() []*place {
	var out []*place
	var walk func(p *place)
	walk = func(p *place) {
		if p.question() {
			out = append(out, p)
		}
		for _, k := range p.kids {
			walk(k)
		}
	}
	walk(in.root)
	return out
}

func (in *Instance) answerAt(p *place) Answer {
	return Answer{Key: p.key, Path: p.path, Value: p.node.Value, Unknown: p.unknown, Class: p.code.class}
}

// Finalise closes the form, or says what hinders it and closes nothing. It may be asked
// as often as one likes; the instance stays as it is.
func (in *Instance) Finalise() (Closed, []Hindrance) {
	if wrong := in.Hindrances(); len(wrong) > 0 {
		return Closed{}, wrong
	}
	out := Closed{
		Form: in.def.FormID, Version: in.def.Version, Day: in.day, At: in.clock().Truncate(time.Millisecond).In(casework.Shanghai),
		Depth: in.depth, Answers: map[casework.Sensitivity][]Answer{}, Dropped: in.Dropped(),
		Scores: in.Scores(), Triggers: in.Triggers(),
	}
	in.root.under(func(p *place) {
		if !p.question() || !p.live() || p.code.item.Type == TypeNote {
			return
		}
		a := in.answerAt(p)
		if p.code.item.Type == TypeEnd {
			a.Value = out.At.Format(momentFormat)
		}
		if a.Value == "" && a.Unknown == "" {
			return
		}
		if a.Unknown != "" {
			out.Unknowns = append(out.Unknowns, a.Path)
		}
		out.Answers[a.Class] = append(out.Answers[a.Class], a)
	})
	return out, nil
}

// unknownCodes are the codes of a visit's record for an answer that could not be had.
var unknownCodes = map[string]string{UnknownNotAsked: "no_chance", UnknownNotSeen: "not_observed"}

// JSON is the answers of one class as a visit's record keeps them: {question: answer},
// an answer that could not be had as {"unknown": "no_chance"} or {"unknown": "not_observed"}.
func (c Closed) JSON(class casework.Sensitivity) []byte {
	out := make(map[string]any, len(c.Answers[class]))
	for _, a := range c.Answers[class] {
		if a.Unknown != "" {
			out[a.Key] = map[string]string{"unknown": unknownCodes[a.Unknown]}
			continue
		}
		out[a.Key] = a.Value
	}
	b, err := json.Marshal(out)
	if err != nil {
		panic("form.Closed.JSON: " + err.Error()) // texts always encode
	}
	return b
}
