package sheet

import (
	"context"
	"encoding/json"
	"slices"

	"doorstep/casework"
)

// Records is a Known over person records held in memory.
type Records struct {
	numbers map[string][]casework.Record
	names   map[string][]casework.Record
}

// NewRecords indexes persons. Other kinds, and records that were retracted, are left out.
func NewRecords(all []casework.Record) *Records {
	k := &Records{numbers: map[string][]casework.Record{}, names: map[string][]casework.Record{}}
	for _, r := range all {
		if _, gone := r.Retracted(); gone || r.Kind != casework.KindPerson {
			continue
		}
		for _, v := range r.Every("resident") {
			var id struct{ Number string }
			if json.Unmarshal(v, &id) != nil || id.Number == "" {
				continue
			}
			same := func(o casework.Record) bool { return o.ID == r.ID }
			if !slices.ContainsFunc(k.numbers[id.Number], same) {
				k.numbers[id.Number] = append(k.numbers[id.Number], r)
			}
		}
		k.names[r.Text("name")] = append(k.names[r.Text("name")], r)
	}
	return k
}

// ByResident implements Known.
func (k *Records) ByResident(_ context.Context, id casework.ResidentID) ([]casework.Record, error) {
	return k.numbers[id.Reveal()], nil
}

// ByName implements Known.
func (k *Records) ByName(_ context.Context, name string, within casework.Area) ([]casework.Record, error) {
	var out []casework.Record
	for _, r := range k.names[name] {
		if within.Contains(casework.Area(r.Text(casework.FieldArea))) {
			out = append(out, r)
		}
	}
	return out, nil
}
