package casework

import (
	"maps"
	"slices"
)

// Verdict is what became of an operation.
type Verdict string

// The verdicts.
const (
	Accepted    Verdict = "accepted"    // it is in the record
	Conflict    Verdict = "conflict"    // it is in the record, and somewhere two places now say different things
	History     Verdict = "history"     // a successor was there first; nothing changed
	Quarantined Verdict = "quarantined" // kept with a reason, shown at both ends, until a person decides
)

// Outcome is the verdict on one operation: the content of its receipt.
type Outcome struct {
	Verdict   Verdict `json:"d"`
	Reason    Reason  `json:"y,omitempty"` // of a quarantined operation
	Conflicts []Field `json:"c,omitempty"` // registers this operation left in conflict, sorted
}

type fate int

const (
	fateValue fate = iota
	fateConflict
	fateHistory
)

// Merge is the one rule by which an operation enters a record. Laptop and district both
// use it, so both come to the same state from the same operations in the same order.
//
//	the author saw the value that is there   → the new value takes its place
//	the author saw an alternative            → that alternative is replaced
//	it says what is there already            → nothing changes
//	otherwise                                → it stands beside the value until a person chooses
//
// Merge expects an operation that Examine passed. It never drops a value that its
// overwriter had not seen.
func Merge(before Record, op Op) (Record, Outcome) {
	after := before
	if after.IsZero() {
		after = Record{ID: op.Record, Kind: op.Kind, Owner: op.Owner}
	}
	after.Registers = maps.Clone(after.Registers)
	if after.Registers == nil {
		after.Registers = make(map[Field]Register, len(op.Writes))
	}
	out := Outcome{Verdict: History}
	for _, w := range op.Writes {
		reg := after.Registers[w.Field].clone()
		switch reg.write(op, w) {
		case fateConflict:
			out.Verdict = Conflict
			out.Conflicts = append(out.Conflicts, w.Field)
		case fateValue:
			if out.Verdict == History {
				out.Verdict = Accepted
			}
		case fateHistory:
		}
		after.Registers[w.Field] = reg
	}
	slices.Sort(out.Conflicts)
	return after, out
}

// State is a district, or one laptop's part of it, held in memory: the merge with
// everything around it. The stores keep the same state in tables.
type State struct {
	Records  map[RecordID]Record
	Receipts map[OpID]Outcome
	Erased   map[RecordID]bool
}

// NewState is an empty district.
func NewState() *State {
	return &State{
		Records:  map[RecordID]Record{},
		Receipts: map[OpID]Outcome{},
		Erased:   map[RecordID]bool{},
	}
}

// Apply takes in one operation, exactly once.
func (s *State) Apply(op Op, by Actor) Outcome {
	if old, ok := s.Receipts[op.ID]; ok {
		return old
	}
	if s.Erased[op.Record] {
		return s.receipt(op.ID, Outcome{Verdict: Quarantined, Reason: ReasonErased})
	}
	before := s.Records[op.Record]
	if why := Examine(before, op, by); why != "" {
		return s.receipt(op.ID, Outcome{Verdict: Quarantined, Reason: why})
	}
	after, out := Merge(before, op)
	s.Records[op.Record] = after
	return s.receipt(op.ID, out)
}

func (s *State) receipt(op OpID, out Outcome) Outcome {
	s.Receipts[op] = out
	return out
}

// Clone is a copy that can go its own way.
func (s *State) Clone() *State {
	return &State{
		Records:  maps.Clone(s.Records),
		Receipts: maps.Clone(s.Receipts),
		Erased:   maps.Clone(s.Erased),
	}
}
