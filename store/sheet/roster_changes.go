package sheet

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"doorstep/casework"
)

// changes are the values of a row that differ from what is known. Blank cells change
// nothing; codes are added, never taken away; a date known to the day is not replaced by
// its month.
func changes(row RosterRow, seen casework.Record) []Change {
	var out []Change
	spec, _ := casework.SchemaOf(casework.KindPerson)
	for _, f := range slices.Sorted(maps.Keys(row.Values)) {
		was, now := seen.Value(f), row.Values[f]
		s, _ := spec.Find(f)
		switch {
		case s.Type == casework.TypeCodes && !isNull(was):
			now = union(was, now)
		case s.Type == casework.TypeDate && !isNull(was):
			var known, told casework.Date
			_, exact := decode(was, &known).Exact()
			first, last := decode(now, &told).Bounds()
			if day, _ := known.Exact(); exact && first <= day && day <= last {
				continue
			}
		case s.Type == casework.TypeResident && strings.Contains(string(now), `"absent"`) && !isNull(was):
			continue
		}
		if isNull(was) || !casework.Same(was, now) {
			out = append(out, Change{f, was, now})
		}
	}
	for _, n := range row.Phones {
		if !hasElement(seen, "phones", func(v json.RawMessage) bool { return text(v) == string(n) }) {
			now, _ := marshal(n)
			out = append(out, Change{Field: "phones", Now: now})
		}
	}
	for _, m := range row.Family {
		if !hasElement(seen, "relatives", func(v json.RawMessage) bool {
			var known Relative
			return json.Unmarshal(v, &known) == nil && known.Name == m.Name
		}) {
			now, _ := marshal(m)
			out = append(out, Change{Field: "relatives", Now: now})
		}
	}
	return out
}

func decode(v json.RawMessage, d *casework.Date) casework.Date {
	_ = json.Unmarshal(v, d)
	return *d
}

func hasElement(r casework.Record, set casework.Field, is func(json.RawMessage) bool) bool {
	for f, reg := range r.Registers {
		if strings.HasPrefix(string(f), string(set)+"/") && is(reg.Value) {
			return true // also one that was removed would have to be put back by hand
		}
	}
	return false
}

func isNull(v json.RawMessage) bool { return len(v) == 0 || string(v) == "null" }
