package form

import (
	"slices"
	"time"

	"doorstep/casework"
)

// Plan says what becomes of a draft when it goes on with another version of its form.
// Nothing has happened yet; Journal is the new draft, to be begun beside the old one, which
// stays as it is.
type Plan struct {
	Kept    []Carried // every answer of the old draft is here, in Dropped or, where some of several choices are gone, in both
	Dropped []Lost
	Asked   []Asked  // what there is to answer now that was not open before
	Journal []Change // of the new draft, the start first

	def *Definition
}

// Carried is an answer that goes over. Answer is as the old draft has it, but of several
// choices only those that go over.
type Carried struct {
	Answer
	To       string               // its path in the new draft
	Label    string               // of the question in the new form
	Shown    string               // the answer as it reads there
	Class    casework.Sensitivity // in the new form; Answer.Class is that in the old one
	Reworded bool                 // the question or the choices chosen read differently in the new form: look again
	Idle     bool                 // kept, but as things stand the new form does not ask it
}

// Lost is an answer, or of several choices those, that the new form has no place for.
type Lost struct {
	Answer
	Label string // of the question in the old form
	Shown string // the answer as it read there
	Why   casework.Code
}

// Why an answer is lost; keys of sentences (form.lost.question …).
const (
	LostQuestion casework.Code = "form.lost.question" // no question of that name, or it is outside or inside of a roster now
	LostType     casework.Code = "form.lost.type"     // the question takes another kind of answer
	LostChoice   casework.Code = "form.lost.choice"   // the choice is gone
	LostMark     casework.Code = "form.lost.mark"     // 没条件问 and 没观察到 are not offered any more
	LostRow      casework.Code = "form.lost.row"      // the roster cannot have so many rows
	LostComputed casework.Code = "form.lost.computed" // the form answers this itself now
)

// Asked is a question open in the new draft that was not so in the old one: it is new, was
// not shown, lost its answer, or could stay blank before.
type Asked struct {
	Path     string
	Label    string
	Required bool
}

// Upgrade plans how a draft of the form old, given by its journal, goes on with another
// version. The clock is only asked by what Resume makes of the result. Errors: as Resume.
func Upgrade(old *Definition, changes []Change, def *Definition, clock casework.Clock) (*Plan, error) {
	from, err := Resume(old, changes, clock)
	if err != nil {
		return nil, err
	}
	to, err := begin(def, from.opts, clock, from.done[0].At)
	if err != nil {
		return nil, err
	}
	m := &mover{from: from, to: to, twin: twins(from.prog, to.prog), at: map[string]time.Time{}, rows: map[*place]*place{}}
	m.move()
	p := &Plan{Journal: to.journal, def: def}
	m.report(p)
	return p, nil
}

// Start opens the new draft; its journal is Plan.Journal.
func (p *Plan) Start(clock casework.Clock) (*Instance, error) { return Resume(p.def, p.Journal, clock) }

// twins pairs the items of two forms: those at the same path, then those whose name stands
// once on both sides, then repeats by what stands in them.
func twins(from, to *program) map[*code]*code {
	out, taken := map[*code]*code{}, map[*code]bool{}
	pair := func(a, b *code) {
		out[a], taken[b] = b, true
	}
	for _, a := range from.codes {
		if b := to.def.At(a.item.Path); b != nil && b.Kind == a.item.Kind {
			pair(a, to.byItem[b])
		}
	}
	for _, a := range from.codes {
		named := func(list []*code, done func(*code) bool) []*code {
			return slices.DeleteFunc(slices.Clone(list), func(c *code) bool { return done(c) || c.item.Kind != a.item.Kind })
		}
		mine := named(from.named[a.item.Name], func(c *code) bool { return out[c] != nil })
		theirs := named(to.named[a.item.Name], func(c *code) bool { return taken[c] })
		if out[a] == nil && len(mine) == 1 && len(theirs) == 1 {
			pair(a, theirs[0])
		}
	}
	for _, a := range from.codes { // a roster that was renamed keeps its rows
		for i, r := range a.repeats {
			if b := out[a]; b != nil && out[r] == nil && len(b.repeats) == len(a.repeats) && !taken[b.repeats[i]] {
				pair(r, b.repeats[i])
			}
		}
	}
	return out
}
