package casework

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// Record is everything known about one person, household, visit … as a set of registers.
// It is a value: Merge returns a changed copy and leaves the one it was given alone.
type Record struct {
	ID        RecordID           `json:"r"`
	Kind      Kind               `json:"k"`
	Owner     RecordID           `json:"o,omitzero"`
	Registers map[Field]Register `json:"x"`
}

// IsZero reports whether the record was never written.
func (r Record) IsZero() bool { return r.ID.IsZero() }

// Value is the current value of a register or of one member of a group; null when
// nothing is there.
func (r Record) Value(f Field) json.RawMessage {
	if reg, ok := r.Registers[f]; ok {
		return reg.Value
	}
	spec, ok := SchemaOf(r.Kind)
	if !ok {
		return nil
	}
	g := spec.Register(f)
	reg, ok := r.Registers[g]
	if !ok || g == f {
		return nil
	}
	var members map[Field]json.RawMessage
	if json.Unmarshal(reg.Value, &members) != nil {
		return nil
	}
	return members[f]
}

// Read decodes the value of a field into v and reports whether there was one.
func (r Record) Read(f Field, v any) bool {
	raw := r.Value(f)
	return !isNull(raw) && json.Unmarshal(raw, v) == nil
}

// Text is the value of a text-like field, "" when there is none.
func (r Record) Text(f Field) string {
	var s string
	r.Read(f, &s)
	return s
}

// Elements are the registers of a set that are still there, in the order of their ids.
func (r Record) Elements(set Field) []Field {
	var out []Field
	for f, reg := range r.Registers {
		if strings.HasPrefix(string(f), string(set)+"/") && !reg.Removed() {
			out = append(out, f)
		}
	}
	slices.Sort(out)
	return out
}

// Conflicts are the registers in which two places say different things, sorted.
func (r Record) Conflicts() []Field {
	var out []Field
	for f, reg := range r.Registers {
		if reg.Conflicted() {
			out = append(out, f)
		}
	}
	slices.Sort(out)
	return out
}

// Every is the current value and all alternatives of a register.
func (r Record) Every(f Field) []json.RawMessage {
	reg, ok := r.Registers[f]
	if !ok || reg.IsEmpty() {
		return nil
	}
	out := []json.RawMessage{reg.Value}
	for _, id := range reg.Shown() {
		out = append(out, reg.Alts[id].Value)
	}
	return out
}

// Retracted reports whether the record was taken back, and why.
func (r Record) Retracted() (reason string, yes bool) {
	var s struct {
		Retracted *string `json:"retracted"`
	}
	if r.Read(FieldStatus, &s) && s.Retracted != nil {
		return *s.Retracted, true
	}
	return "", false
}

// Areas are the areas the record belongs to: the union over open alternatives.
func (r Record) Areas() []Area {
	var out []Area
	for _, v := range r.Every(FieldArea) {
		var a Area
		if json.Unmarshal(v, &a) == nil && a != "" && !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}

// Duties are the lines of work the record belongs to: the union over open alternatives.
func (r Record) Duties() []Duty {
	var out []Duty
	for _, v := range r.Every(FieldDuties) {
		var ds []Duty
		if json.Unmarshal(v, &ds) == nil {
			for _, d := range ds {
				if !slices.Contains(out, d) {
					out = append(out, d)
				}
			}
		}
	}
	return out
}

// FieldExcluded names the people who are kept from a record because they are implicated.
const FieldExcluded Field = "excluded"

// Excludes reports whether someone is kept from the record: in any of the places that
// disagree about it.
func (r Record) Excludes(worker WorkerID) bool {
	for _, v := range r.Every(FieldExcluded) {
		var out []WorkerID
		if json.Unmarshal(v, &out) == nil && slices.Contains(out, worker) {
			return true
		}
	}
	return false
}

// Mentions reports whether the record as it stands has taken in an operation: as a
// value, as one that says the same, or as an alternative.
func (r Record) Mentions(op OpID) bool {
	for _, reg := range r.Registers {
		if reg.saw(op) || reg.isAlt(op) {
			return true
		}
	}
	return false
}

// Equal reports whether two records are the same in every respect.
func (r Record) Equal(o Record) bool {
	return r.ID == o.ID && r.Kind == o.Kind && r.Owner == o.Owner &&
		maps.EqualFunc(r.Registers, o.Registers, Register.Equal)
}

// As is the record with only the registers a role may read.
func (r Record) As(role Role) Record {
	spec, ok := SchemaOf(r.Kind)
	if !ok {
		return Record{ID: r.ID, Kind: r.Kind, Owner: r.Owner}
	}
	out := r
	out.Registers = make(map[Field]Register, len(r.Registers))
	for f, reg := range r.Registers {
		members := spec.Members(f)
		if len(members) == 0 {
			continue
		}
		if !slices.ContainsFunc(members, func(m FieldSpec) bool { return !role.MaySee(m) }) {
			out.Registers[f] = reg
		}
	}
	return out
}
