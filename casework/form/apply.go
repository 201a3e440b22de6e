package form

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"doorstep/casework"
)

// What is written at one door must fit into one visit (casework.MaxValue): characters of
// one answer, and bytes of all answers together as a record keeps them.
const (
	maxText = 5000
	maxAll  = 150 << 10
)

// apply does one change, journals it and recomputes. It is the only way answers change,
// for the keyboard and for the journal alike.
func (in *Instance) apply(c Change) (Change, error) {
	p := in.byPath[c.Path]
	if p == nil {
		return Change{}, casework.Problem("form.Set", "form.no_such_question", "Path", c.Path)
	}
	c.At = c.At.Truncate(time.Millisecond).In(casework.Shanghai)
	was, mark, door, binned := p.node.Value, p.unknown, p.door, p.binned
	var err error
	switch c.Act {
	case ActAnswer:
		err = in.answer(p, &c)
	case ActAdd:
		err = in.add(p, &c)
	case ActRow:
		err = in.reserve(p, &c)
	case ActRemove, ActRestore:
		err = in.bin(p, c)
	default:
		err = casework.Problem("form.Resume", "form.no_start")
	}
	if err != nil {
		return Change{}, err
	}
	if c.Act == ActAdd || was != p.node.Value || mark != p.unknown || door != p.door || binned != p.binned {
		in.steps = append(in.steps, len(in.done))
	}
	clear(in.offered)
	in.recompute()
	in.journal, in.done = append(in.journal, c), append(in.done, c)
	return c, nil
}

func (in *Instance) answer(p *place, c *Change) error {
	const op = "form.Set"
	switch {
	case !p.question():
		return casework.Problem(op, "form.not_answerable", "Question", c.Path)
	case !p.code.item.Type.Shown(), p.code.item.Type == TypeNote, p.readOnly && c.Value != p.node.Value:
		return casework.Problem(op, "form.not_answerable", "Question", p.code.item.Name)
	case utf8.RuneCountInString(c.Value) > maxText:
		return casework.Problem(op, "form.too_long", "Question", p.code.item.Name, "Limit", maxText)
	case len(c.Value) > easyText && in.weight()-weight(p.node.Value)+weight(c.Value) > maxAll:
		return casework.Problem(op, "form.too_much", "Question", p.code.item.Name)
	case c.Unknown != "" && (!p.code.item.Unknown || c.Unknown != UnknownNotAsked && c.Unknown != UnknownNotSeen):
		return casework.Problem(op, "form.unknown_not_offered", "Question", p.code.item.Name)
	}
	in.tick(c.At)
	if c.Unknown != "" {
		c.Value = ""
	}
	c.Value = normal(p.code.item.Type, c.Value)
	p.touched, p.door, p.defaulted = !c.Door, c.Door, p.defaulted || c.Door
	if p.unknown != c.Unknown {
		p.unknown = c.Unknown
		in.dirty.add(p.code.reads)
	}
	in.hold(p, c.Value)
	return nil
}

func (in *Instance) add(p *place, c *Change) error {
	const op = "form.Add"
	switch {
	case !p.series:
		return casework.Problem(op, "form.no_such_question", "Path", c.Path)
	case p.code.count != nil:
		return casework.Problem(op, "form.fixed_count", "Question", p.code.item.Name)
	case len(p.kids) >= maxInstances:
		return casework.Problem(op, "form.too_many", "Question", p.code.item.Name, "Limit", maxInstances)
	}
	in.tick(c.At)
	k := in.addInstance(p)
	c.Value = k.path
	in.born(k)
	in.shifted(p)
	return nil
}

// reserve makes the next instance of a repeat that the form counts, hidden as if the count
// had been lowered.
func (in *Instance) reserve(p *place, c *Change) error {
	const op = "form.Add"
	switch {
	case !p.series || p.code.count == nil:
		return casework.Problem(op, "form.no_such_question", "Path", c.Path)
	case len(p.kids) >= maxInstances:
		return casework.Problem(op, "form.too_many", "Question", p.code.item.Name, "Limit", maxInstances)
	}
	in.tick(c.At)
	k := in.addInstance(p)
	c.Value = k.path
	in.born(k)
	k.beyond, k.node.Absent = true, true
	in.dirty.add(p.code.own) // the count says whether it stays hidden
	in.shifted(p)
	return nil
}

func (in *Instance) bin(p *place, c Change) error {
	const op = "form.Remove"
	switch {
	case p.number == 0:
		return casework.Problem(op, "form.no_such_question", "Path", c.Path)
	case p.code.count != nil:
		return casework.Problem(op, "form.fixed_count", "Question", p.code.item.Name)
	}
	in.tick(c.At)
	p.binned = c.Act == ActRemove
	p.node.Absent = p.gone()
	in.shifted(p.parent)
	p.under(func(q *place) { in.dirty.add(q.code.own) })
	return nil
}

// easyText is the length in bytes up to which an answer is not weighed.
const easyText = 300

// weight is about how many bytes an answer takes in a record.
func weight(s string) int {
	n := len(s) + 32
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			n += 5
		}
	}
	return n
}

func (in *Instance) weight() int {
	n := 0
	for _, p := range in.document() {
		if p.node.Value != "" {
			n += weight(p.node.Value)
		}
	}
	return n
}

// normal is an answer as it is stored: numbers and codes without full-width digits and
// spaces around them, choices with one space in between, texts without control characters.
func normal(t Type, s string) string {
	switch t {
	case TypeInteger, TypeDecimal, TypeRange, TypeDate, TypeTime, TypeDateTime, TypeGeopoint:
		return strings.TrimSpace(casework.Narrow(clean(s)))
	case TypeSelectMultiple, TypeRank:
		var out []string
		for _, f := range strings.Fields(clean(s)) {
			if !slices.Contains(out, f) {
				out = append(out, f)
			}
		}
		return strings.Join(out, " ")
	case TypeSelectOne:
		return strings.TrimSpace(clean(s))
	}
	return clean(s)
}

// clean drops what no answer may hold: control and bidirectional characters, broken bytes.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == utf8.RuneError, unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r >= 0xfffe && r <= 0xffff:
			return -1
		}
		return r
	}, s)
}
