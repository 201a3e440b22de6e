package crashdisk

import "fmt"

// Tape is everything a disk was asked to do, in order.
type Tape struct {
	from  Image
	steps []step
}

// Moment is the disk while one step is under way: it may or may not be done.
type Moment struct {
	N    int // the step's number, from 1
	p    *platter
	step step
}

// String says which step it is.
func (m Moment) String() string {
	return fmt.Sprintf("step %d (%s %s)", m.N, kinds[m.step.kind], m.step.name)
}

// Image is what is there when the power fails in this moment.
func (m Moment) Image(f Fate, seed uint64) Image { return m.p.image(f, seed) }

// Flaw says what becomes of the nth step's flush, numbered like the steps: true means
// that nothing is made durable although the program is told so. file is the file's name.
type Flaw func(n int, file string) bool

// Play does everything again and calls at in each moment, the last with the number after
// that of the last step, when everything was done. flaw may be nil. The images of a
// moment must be made before at returns.
func (t Tape) Play(flaw Flaw, at func(Moment)) {
	p, n := newPlatter(t.from), 0
	for _, s := range t.steps {
		if s.kind == flushFolder || s.kind == failedFlush {
			p.finish(s)
			continue
		}
		n++
		p.issue(s)
		at(Moment{n, p, s})
		if s.kind == flush && flaw != nil && flaw(n, s.name) {
			continue
		}
		p.finish(s)
	}
	at(Moment{n + 1, p, step{kind: flush, name: "nothing"}})
}

// Len is the number of steps.
func (t Tape) Len() int {
	n := 0
	for _, s := range t.steps {
		if s.kind != flushFolder && s.kind != failedFlush {
			n++
		}
	}
	return n
}
