package form

import (
	"slices"
	"time"

	"doorstep/casework"
)

// Change is one step of filling in a questionnaire, small enough to be written to disk
// after every answer. The changes of a visit, from its start on, rebuild it exactly.
type Change struct {
	Act     Act           `json:"act,omitempty"`
	Path    string        `json:"path,omitempty"`    // "/data/c1/c1_1", "/data/benefit[2]"
	Value   string        `json:"value,omitempty"`   // what was answered; blank takes the answer away
	Unknown string        `json:"unknown,omitempty"` // UnknownNotAsked or UnknownNotSeen
	Door    bool          `json:"door,omitempty"`    // the answer was given in another visit behind the same door (TakeDoor)
	Back    int           `json:"back,omitempty"`    // with ActUndo: how many changes in force it takes back
	At      time.Time     `json:"at"`                // whole milliseconds, +08:00
	Start   *StartOptions `json:"start,omitempty"`   // with ActStart
	Form    string        `json:"form,omitempty"`    // with ActStart: which form and version
	Version string        `json:"version,omitempty"`
}

// Act is what a Change does.
type Act string

// The acts.
const (
	ActAnswer  Act = ""        // Value or Unknown at Path
	ActStart   Act = "start"   // the visit began
	ActAdd     Act = "add"     // an instance was added to the repeat at Path
	ActRemove  Act = "remove"  // the instance at Path went to the bin
	ActRestore Act = "restore" // and came back
	ActRow     Act = "row"     // a row that the repeat at Path does not count now is kept for it, hidden (Upgrade)
	ActUndo    Act = "undo"    // the last Back changes in force were taken back; Path is where the first of them was
)

// Journal gives every change so far, the start first. The result is not to be written to.
func (in *Instance) Journal() []Change { return in.journal }

// Resume rebuilds a visit from its journal. What the clock says only matters for later
// changes. A journal cut short at its end, as by a dead battery, gives the visit as it was then.
//
// Errors: form.no_start when the journal does not begin with a start, form.bad_expression,
// and form.no_such_question when it belongs to another form.
func Resume(def *Definition, changes []Change, clock casework.Clock) (*Instance, error) {
	if len(changes) == 0 || changes[0].Act != ActStart || changes[0].Start == nil {
		return nil, casework.Problem("form.Resume", "form.no_start")
	}
	done, err := inForce(changes)
	if err != nil {
		return nil, err
	}
	in, err := replay(def, done, clock)
	if err != nil {
		return nil, err
	}
	if last := changes[len(changes)-1]; last.Act == ActUndo {
		in.tick(last.At)
		in.recompute()
	}
	in.journal, in.session = slices.Clone(changes), len(in.done)
	in.journal[0] = in.done[0]
	return in, nil
}

// Set answers the question at path; a blank value takes the answer away. Whatever is
// wrong with the answer, it is kept and shown with its problem (View), never refused.
//
// Errors: form.no_such_question, form.not_answerable (a group, a note, a calculation or a
// question the form shows only), form.too_long, form.too_much (all answers together).
func (in *Instance) Set(path, value string) (Change, error) {
	return in.apply(Change{Path: path, Value: value, At: in.clock()})
}

// SetUnknown marks a question as impossible to ask (UnknownNotAsked) or to observe
// (UnknownNotSeen). Errors: as Set, and form.unknown_not_offered.
func (in *Instance) SetUnknown(path, mark string) (Change, error) {
	return in.apply(Change{Path: path, Unknown: mark, At: in.clock()})
}

// Add appends an instance to the repeat at path and gives its path in the Change's Value.
// Errors: form.no_such_question, form.fixed_count (the form counts its instances itself),
// form.too_many.
func (in *Instance) Add(path string) (Change, error) {
	return in.apply(Change{Act: ActAdd, Path: path, At: in.clock()})
}

// Remove puts an instance of a repeat into the bin, from where Restore takes it back.
// Errors: form.no_such_question, form.fixed_count.
func (in *Instance) Remove(path string) (Change, error) {
	return in.apply(Change{Act: ActRemove, Path: path, At: in.clock()})
}

// Restore takes an instance out of the bin. Errors: as Remove.
func (in *Instance) Restore(path string) (Change, error) {
	return in.apply(Change{Act: ActRestore, Path: path, At: in.clock()})
}
