package casework

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

// Author makes operations: who writes, on which laptop's clock and randomness, holding
// which time token. Everything it writes names what its author was looking at.
type Author struct {
	Worker WorkerID
	Now    Clock
	Rand   io.Reader // crypto/rand.Reader in the product
	Token  Hash
}

// Values are new values of fields, as Go values that marshal to the field's JSON shape.
// A nil value removes; members of groups are named by their own keys.
type Values map[Field]any

// NewRecord draws the id of a record that does not exist yet.
func (a Author) NewRecord() (RecordID, error) {
	id, err := NewID(a.Rand)
	return RecordID{id}, err
}

// Create writes a new record. Owner is zero for persons and households.
func (a Author) Create(id RecordID, kind Kind, owner RecordID, values Values) (Op, error) {
	return a.Edit(Record{ID: id, Kind: kind, Owner: owner}, values, "")
}

// Edit writes new values over a record as its author sees it: each write names the
// operation whose value was on the screen; values that say the same are left out;
// members of a group that are not given are copied from what is there. When nothing is
// left to write the operation has no writes: callers save nothing. Reason explains
// removals and corrections. Editing a register in conflict keeps the alternatives: use Settle.
func (a Author) Edit(seen Record, values Values, reason string) (Op, error) {
	spec, ok := SchemaOf(seen.Kind)
	if !ok {
		return Op{}, Problem("casework.Edit", "casework.unknown_kind", "Kind", string(seen.Kind))
	}
	registers, err := gather(spec, seen, values)
	if err != nil {
		return Op{}, err
	}
	op, err := a.blank(seen)
	if err != nil {
		return Op{}, err
	}
	for _, f := range slices.Sorted(maps.Keys(registers)) {
		v, now := registers[f], seen.Registers[f]
		if now.IsEmpty() && isNull(v) {
			continue
		}
		if !now.IsEmpty() && Same(now.Value, v) {
			continue
		}
		w := Write{Field: f, Value: v, Base: now.Op}
		if isNull(v) || reason != "" {
			w.Reason = reason
		}
		op.Writes = append(op.Writes, w)
	}
	return op, nil
}

// Settle writes a person's choice for a register in conflict, closing exactly the
// alternatives that were on her screen. The choice may be a composed value.
func (a Author) Settle(seen Record, f Field, value any) (Op, error) {
	v, err := encode(value)
	if err != nil {
		return Op{}, Problem("casework.Settle", "casework.value", "Field", string(f)).Because(err)
	}
	op, err := a.blank(seen)
	if err != nil {
		return Op{}, err
	}
	reg := seen.Registers[f]
	op.Writes = []Write{{Field: f, Value: v, Base: reg.Op, Closes: reg.Shown()}}
	return op, nil
}

// Retract takes a record back, with a reason: an import undone, a person entered by mistake.
func (a Author) Retract(seen Record, reason string) (Op, error) {
	if strings.TrimSpace(reason) == "" {
		return Op{}, Problem("casework.Retract", "casework.reason_missing")
	}
	return a.Edit(seen, Values{FieldStatus: map[string]string{"retracted": reason}}, reason)
}

func (a Author) blank(seen Record) (Op, error) {
	id, err := NewID(a.Rand)
	if err != nil {
		return Op{}, err
	}
	salt, err := NewID(a.Rand)
	if err != nil {
		return Op{}, err
	}
	return Op{
		ID: OpID{id}, At: a.Now().Truncate(time.Millisecond), Worker: a.Worker, Record: seen.ID, Kind: seen.Kind,
		Owner: seen.Owner, Token: a.Token, Salt: salt,
	}, nil
}

// gather turns fields into registers: members join what their group holds already.
func gather(spec KindSpec, seen Record, values Values) (map[Field]json.RawMessage, error) {
	out := map[Field]json.RawMessage{}
	groups := map[Field]map[Field]json.RawMessage{}
	for f, value := range values {
		s, ok := spec.Find(f)
		if !ok {
			return nil, Problem("casework.Edit", "casework.unknown_field", "Field", string(f))
		}
		v, err := encode(value)
		if err != nil {
			return nil, Problem("casework.Edit", "casework.value", "Field", string(f)).Because(err)
		}
		if s.Group == "" {
			out[f] = v
			continue
		}
		g := groups[s.Group]
		if g == nil {
			g = map[Field]json.RawMessage{}
			if reg := seen.Registers[s.Group]; !isNull(reg.Value) {
				if err := json.Unmarshal(reg.Value, &g); err != nil {
					return nil, Problem("casework.Edit", "casework.value", "Field", string(s.Group)).Because(err)
				}
			}
			groups[s.Group] = g
		}
		if isNull(v) {
			delete(g, f)
		} else {
			g[f] = v
		}
	}
	for name, g := range groups {
		v, err := encode(g)
		if err != nil {
			return nil, Problem("casework.Edit", "casework.value", "Field", string(name)).Because(err)
		}
		out[name] = v
	}
	return out, nil
}

// encode is JSON as it is kept: without the escapes that only a web page needs.
func encode(v any) (json.RawMessage, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}
