package casework

import (
	"encoding/json"
	"strings"
)

// Reason says why an operation is kept aside. It is a key of casework/lang: "reason.<reason>".
type Reason string

// The reasons for quarantine. Nothing else waits for a quarantined operation.
const (
	ReasonErased       Reason = "erased"        // the record was erased by law
	ReasonUnknownKind  Reason = "unknown_kind"  // written by a newer program
	ReasonUnknownField Reason = "unknown_field" // written by a newer program
	ReasonMalformed    Reason = "malformed"     // not an operation: no id, no record, a register twice …
	ReasonValue        Reason = "value"         // a value of the wrong shape or size
	ReasonForbidden    Reason = "forbidden"     // this role may not write this field
	ReasonOwner        Reason = "owner"         // names another owner than the record has
	ReasonClosed       Reason = "closed"        // a fact is corrected by a new fact, not rewritten
	ReasonWorker       Reason = "worker"        // not the device's worker
	ReasonScope        Reason = "scope"         // the person is not in this worker's care
	ReasonDevice       Reason = "device"        // the device was revoked or frozen
)

// MaxWrites is the most registers one operation may write.
const MaxWrites = 200

// Examine says why an operation may not enter a record, or "" when it may: that it is
// well formed, of a known kind and known fields, within the worker's rights, and does not
// rewrite a closed fact. Whether the record is in the worker's care is the district's
// question (it needs the owner's area), not this one's.
func Examine(before Record, op Op, by Actor) Reason {
	if op.ID.IsZero() || op.Record.IsZero() || op.Kind == "" ||
		len(op.Writes) == 0 || len(op.Writes) > MaxWrites {
		return ReasonMalformed
	}
	spec, ok := SchemaOf(op.Kind)
	if !ok {
		return ReasonUnknownKind
	}
	if !by.Worker.IsZero() && op.Worker != by.Worker {
		return ReasonWorker
	}
	if spec.Owned == op.Owner.IsZero() {
		return ReasonOwner
	}
	if !before.IsZero() && (before.Kind != op.Kind || before.Owner != op.Owner) {
		return ReasonOwner
	}
	seen := make(map[Field]bool, len(op.Writes))
	for _, w := range op.Writes {
		if seen[w.Field] {
			return ReasonMalformed
		}
		seen[w.Field] = true
		if why := examineWrite(spec, before, op, w, by); why != "" {
			return why
		}
	}
	return ""
}

func examineWrite(spec KindSpec, before Record, op Op, w Write, by Actor) Reason {
	members := spec.Members(w.Field)
	if len(members) == 0 {
		return ReasonUnknownField
	}
	for _, m := range members {
		if by.Role != "" && !by.Role.MayWrite(spec, m) {
			return ReasonForbidden
		}
	}
	if len(w.Value) > MaxValue || !json.Valid(w.Value) {
		return ReasonValue
	}
	if isNull(w.Value) {
		if strings.TrimSpace(w.Reason) == "" {
			return ReasonValue // a removal names its reason
		}
	} else if !fits(members, w) {
		return ReasonValue
	}
	if spec.Fact && !members[0].Late && closed(spec, before, op.ID) {
		return ReasonClosed
	}
	return ""
}

// Unfit is the first field of an operation whose value the field cannot hold, to tell a
// person which one it is; ok is false when every value fits.
func Unfit(op Op) (f FieldSpec, ok bool) {
	spec, _ := SchemaOf(op.Kind)
	for _, w := range op.Writes {
		members := spec.Members(w.Field)
		if len(members) == 0 || isNull(w.Value) {
			continue
		}
		var parts map[Field]json.RawMessage
		if members[0].Group == "" {
			parts = map[Field]json.RawMessage{members[0].Key: w.Value}
		} else if json.Unmarshal(w.Value, &parts) != nil {
			return members[0], true
		}
		for _, m := range members {
			if v := parts[m.Key]; v != nil && !isNull(v) && (len(v) > MaxValue || !m.Fits(v)) {
				return m, true
			}
		}
	}
	return FieldSpec{}, false
}

// Limit is how many characters a text field takes; 0 when it is no text.
func (s FieldSpec) Limit() int {
	switch {
	case s.Type != TypeText && s.Type != TypeName:
		return 0
	case s.Max == 0:
		return DefaultMax
	}
	return s.Max
}

// closed reports whether a fact was already written by another operation.
func closed(spec KindSpec, before Record, op OpID) bool {
	for f, reg := range before.Registers {
		if m := spec.Members(f); len(m) > 0 && !m[0].Late && !reg.IsEmpty() && !reg.saw(op) {
			return true
		}
	}
	return false
}

func fits(members []FieldSpec, w Write) bool {
	if members[0].Group == "" {
		return members[0].Fits(w.Value)
	}
	var object map[Field]json.RawMessage
	if json.Unmarshal(w.Value, &object) != nil {
		return false
	}
	for key, v := range object {
		known := false
		for _, m := range members {
			if m.Key == key {
				known = isNull(v) || m.Fits(v)
				break
			}
		}
		if !known {
			return false
		}
	}
	return true
}
