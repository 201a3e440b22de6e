package form

import (
	"slices"

	"doorstep/casework"
)

// Undo takes back the last change of this session that changed anything: an answer, a mark,
// an instance added, removed or restored. Everything is as it was before it, defaults and
// calculations included; only the clock goes on. The Change it gives is journaled like any
// other and has in Path where the change taken back was (of an added instance: its repeat). There is
// no redo. Error: form.nothing_to_undo.
func (in *Instance) Undo() (Change, error) {
	if in.Undoable() == 0 {
		return Change{}, casework.Problem("form.Undo", "form.nothing_to_undo")
	}
	first := in.steps[len(in.steps)-1]
	taken := in.done[first]
	c := Change{Act: ActUndo, Path: taken.Path, Back: len(in.done) - first, At: in.clock()}
	again, err := replay(in.def, in.done[:first], in.clock)
	if err != nil {
		return Change{}, err
	}
	again.tick(c.At)
	c.At = again.now
	again.recompute()
	again.journal, again.session = append(in.journal, c), in.session
	*in = *again
	now := in.ctx.Now
	in.bind()
	in.ctx.Now = now
	return c, nil
}

// Undoable is how many times Undo can be asked in this session.
func (in *Instance) Undoable() int {
	at, _ := slices.BinarySearch(in.steps, in.session)
	return len(in.steps) - at
}

// replay builds a visit from the changes in force, the start first.
func replay(def *Definition, done []Change, clock casework.Clock) (*Instance, error) {
	in, err := begin(def, *done[0].Start, clock, done[0].At)
	if err != nil {
		return nil, err
	}
	for _, c := range done[1:] {
		if _, err := in.apply(c); err != nil {
			return nil, err
		}
	}
	return in, nil
}

// inForce is a journal without what was taken back and without the taking back.
func inForce(changes []Change) ([]Change, error) {
	var done []Change
	for _, c := range changes {
		if c.Act != ActUndo {
			done = append(done, c)
			continue
		}
		if c.Back < 1 || c.Back >= len(done) {
			return nil, casework.Problem("form.Resume", "form.no_start")
		}
		done = done[:len(done)-c.Back]
	}
	return done, nil
}
