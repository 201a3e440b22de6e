package casework

import (
	"encoding/json"
	"maps"
	"slices"
	"time"
)

// Register is one named value of a record, with everything the merge needs to know
// about how it came to be. It is a value: the methods return changed copies.
type Register struct {
	Value  json.RawMessage `json:"v"`
	Op     OpID            `json:"i"`
	Worker WorkerID        `json:"w,omitzero"`
	At     time.Time       `json:"t,omitzero"`
	Reason string          `json:"y,omitempty"`

	// Same are operations whose value equals this one. Whoever saw one of them saw this
	// value, so they serve as a base just as Op does. They go when the value changes.
	Same []OpID `json:"m,omitempty"`

	// Past are operations not met here yet that an accepted write had already replaced,
	// each with the present operation that descends from it. When one arrives late it
	// is history only. It never serves as a base: its author's successor may have said
	// something that a second successor has not seen.
	Past map[OpID]OpID `json:"p,omitempty"`

	// Alts are the values that others wrote without having seen Value. While there
	// are any, two places say different things and a person has to choose.
	Alts map[OpID]Alternative `json:"a,omitempty"`
}

// Alternative is a value kept beside the current one until a person settles.
type Alternative struct {
	Value  json.RawMessage `json:"v"`
	Worker WorkerID        `json:"w,omitzero"`
	At     time.Time       `json:"t,omitzero"`
	Reason string          `json:"y,omitempty"`
}

// IsEmpty reports whether nothing was ever written here.
func (r Register) IsEmpty() bool { return r.Op.IsZero() }

// Conflicted reports whether two places say different things.
func (r Register) Conflicted() bool { return len(r.Alts) > 0 }

// Removed reports whether the value was taken away, with a reason.
func (r Register) Removed() bool { return !r.IsEmpty() && isNull(r.Value) }

func isNull(v json.RawMessage) bool { return len(v) == 0 || string(v) == "null" }

// Shown are the ids of the alternatives on the screen, in a stable order: what a
// settlement made there closes.
func (r Register) Shown() []OpID {
	return slices.SortedFunc(maps.Keys(r.Alts), func(a, b OpID) int { return a.Compare(b.ID) })
}

// Equal reports whether two registers are the same in every respect.
func (r Register) Equal(o Register) bool {
	if r.Op != o.Op || r.Worker != o.Worker || !r.At.Equal(o.At) || r.Reason != o.Reason || !Same(r.Value, o.Value) {
		return false
	}
	return slices.Equal(r.Same, o.Same) && maps.Equal(r.Past, o.Past) &&
		maps.EqualFunc(r.Alts, o.Alts, func(a, b Alternative) bool {
			return a.Worker == b.Worker && a.At.Equal(b.At) && a.Reason == b.Reason && Same(a.Value, b.Value)
		})
}

func (r Register) clone() Register {
	r.Same = slices.Clone(r.Same)
	r.Past = maps.Clone(r.Past)
	r.Alts = maps.Clone(r.Alts)
	return r
}

// saw reports whether an author who looked at op's value was looking at this one.
func (r Register) saw(op OpID) bool {
	return !op.IsZero() && (op == r.Op || slices.Contains(r.Same, op))
}

// isAlt reports whether op's value stands here as an alternative.
func (r Register) isAlt(op OpID) bool {
	_, ok := r.Alts[op]
	return ok
}
