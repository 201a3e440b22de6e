package form

import (
	"maps"
	"slices"
	"time"

	"doorstep/casework"
	"doorstep/casework/form/xpath"
)

// StartOptions is everything a visit brings to its questionnaire. It travels in the
// first Change of the journal, so that a draft alone rebuilds the visit.
type StartOptions struct {
	// Day is the civil day of the visit, which today() means; 0 is the day of the clock.
	// A visit entered from paper has a Day before the day of its entry.
	Day casework.Day `json:"day,omitempty"`
	// Depth is 1 greeting, 2 routine, 3 full; 0 means full. The form's own Depth rule,
	// where it has one, goes before.
	Depth int `json:"depth,omitempty"`
	// Facts fill the questions of type hidden or calculate that have their name: p_age …
	Facts map[string]string `json:"facts,omitempty"`
	// Previous are the answers of the last visit by Answer.Key, to stand beside the
	// questions; those of fresh questions are never shown.
	Previous map[string]string `json:"previous,omitempty"`
	// Shared are answers already given today at this household, for questions asked once, by
	// name: what Door.For gives.
	Shared map[string]string `json:"shared,omitempty"`
	Worker string            `json:"worker,omitempty"` // for questions of type username
	Device string            `json:"device,omitempty"` // for questions of type deviceid
	// Name is the instanceID of an OpenRosa submission: any id, fixed for this visit.
	Name string `json:"name,omitempty"`
	Lang string `json:"lang,omitempty"` // language of jr:choice-name; "" is the form's default
}

// Instance is one questionnaire being filled in. Every change recomputes what depends on
// it. An Instance is used from one goroutine at a time.
type Instance struct {
	def   *Definition
	prog  *program
	opts  StartOptions
	clock casework.Clock

	doc     *place
	root    *place
	at      map[*code][]*place
	byPath  map[string]*place
	dirty   ruleSet
	depth   int
	now     time.Time // of the last change
	day     casework.Day
	here    *place // where the expression being computed stands
	ctx     xpath.Context
	journal []Change // everything, also what was taken back
	done    []Change // what is in force: the journal without what was taken back
	steps   []int    // where in done each change that changed something stands
	session int      // the length of done when this session began: earlier changes are not taken back
	faults  map[string]error
	spent   int                  // on formulas, since the last change
	offered map[*place][]*Choice // by the filters, since the last change
}

// Start opens a new questionnaire. The clock is asked once for every change, never in
// between. Error: form.bad_expression when a formula of the form cannot be read, which a
// published form does not have.
func Start(def *Definition, opts StartOptions, clock casework.Clock) (*Instance, error) {
	return begin(def, opts, clock, clock())
}

func begin(def *Definition, opts StartOptions, clock casework.Clock, at time.Time) (*Instance, error) {
	prog, err := def.ix().program(def)
	if err != nil {
		return nil, err
	}
	if opts.Depth == 0 {
		opts.Depth = 3
	}
	if opts.Lang == "" {
		opts.Lang = def.DefaultLanguage
	}
	in := &Instance{
		def: def, prog: prog, opts: opts, clock: clock, depth: opts.Depth,
		at: make(map[*code][]*place, len(prog.codes)), byPath: make(map[string]*place, len(prog.codes)),
		dirty: newRuleSet(len(prog.rules)), faults: map[string]error{}, offered: map[*place][]*Choice{},
	}
	in.doc = &place{node: xpath.Node{Kind: xpath.Document}, relevant: true}
	in.root = &place{node: xpath.Node{Name: def.Root, Parent: &in.doc.node}, parent: in.doc, path: "/" + def.Root, relevant: true}
	in.doc.kids, in.doc.node.Children = []*place{in.root}, []*xpath.Node{&in.root.node}
	for _, c := range prog.codes {
		if c.parent == nil {
			in.grow(c, in.root)
		}
	}
	in.root.hang()
	in.bind()
	in.tick(at)
	opts.Facts, opts.Previous, opts.Shared = maps.Clone(opts.Facts), maps.Clone(opts.Previous), maps.Clone(opts.Shared)
	in.journal = []Change{{Act: ActStart, At: in.now, Start: &opts, Form: def.FormID, Version: def.Version}}
	in.doc.under(in.preload)
	for i, r := range in.prog.rules {
		if !r.waits() {
			in.dirty.set(i)
		}
	}
	in.recompute()
	in.done, in.session = slices.Clone(in.journal), 1
	return in, nil
}

// bind lets expressions look into this instance.
func (in *Instance) bind() {
	in.ctx = xpath.Context{
		Root: &in.doc.node, Field: in.field, Instance: in.table, ChoiceName: in.choiceName,
		Zone: casework.Shanghai, Lang: in.opts.Lang, Spent: &in.spent,
	}
}

// tick sets the time of the change at hand. A new civil day reaches every rule about today.
func (in *Instance) tick(at time.Time) {
	in.now = at.Truncate(time.Millisecond).In(casework.Shanghai)
	day := in.opts.Day
	if day.IsZero() {
		day = casework.DayOf(in.now)
	}
	if day != in.day {
		in.day = day
		in.dirty.add(in.prog.clocks)
	}
	// today() is the day of the visit, at the time of day it is written down.
	h, m, s := in.now.Clock()
	y, mo, d := day.Date()
	in.ctx.Now = time.Date(y, time.Month(mo), d, h, m, s, in.now.Nanosecond(), casework.Shanghai)
}

// preload fills what is known before anyone is asked.
func (in *Instance) preload(p *place) {
	if !p.question() {
		return
	}
	it := p.code.item
	fact, known := in.opts.Facts[it.Name]
	switch it.Type {
	case TypeStart:
		p.node.Value = in.ctx.Now.Format(momentFormat)
		if known {
			p.node.Value = fact
		}
	case TypeToday:
		p.node.Value = in.day.String()
	case TypeUsername:
		p.node.Value = in.opts.Worker
	case TypeDeviceID:
		p.node.Value = in.opts.Device
	case TypeHidden, TypeCalculate:
		if known {
			p.node.Value, p.touched = fact, true
		} else if it.Name == "p_depth" {
			p.node.Value, p.touched = string(rune('0'+in.opts.Depth)), true
		}
	default:
		if v, ok := in.opts.Shared[p.key]; ok && p.code.shareable() {
			p.node.Value, p.defaulted, p.door = v, true, true
		}
	}
}

const momentFormat = "2006-01-02T15:04:05.000-07:00"

// Definition is the form being filled in.
func (in *Instance) Definition() *Definition { return in.def }

// Options are those the visit was started with.
func (in *Instance) Options() StartOptions { return in.opts }

// Depth is the depth in force: 1 greeting, 2 routine, 3 full.
func (in *Instance) Depth() int { return in.depth }

// Day is the civil day of the visit.
func (in *Instance) Day() casework.Day { return in.day }

// Fault is a formula that could not be computed; the question behaves as if it had none.
type Fault struct {
	Question string
	Column   string
	Err      error
}

// Faults lists the formulas that failed, by question. A published form has none.
func (in *Instance) Faults() []Fault {
	var out []Fault
	for _, key := range slices.Sorted(maps.Keys(in.faults)) {
		q, col := cutFault(key)
		out = append(out, Fault{Question: q, Column: col, Err: in.faults[key]})
	}
	return out
}
