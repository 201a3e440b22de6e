package sheet

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"

	"doorstep/casework"
)

// person reads one row. An onward row has no name of its own.
func (r *rosterReader) person(row int, cells map[int]Cell, onward bool) RosterRow {
	p := RosterRow{Sheet: r.sheet.Name, Row: row, Values: map[casework.Field]json.RawMessage{}}
	v := &valueReader{rosterReader: r, row: row, p: &p}
	spec, _ := casework.SchemaOf(casework.KindPerson)
	place := placeWords{}
	if r.grid.RowHidden(row) {
		v.problem(0, Doubt, casework.Problem("sheet.ReadRoster", "roster.hidden_row"))
	}
	for _, c := range r.head.columns {
		cell, t := cells[c.Col], r.head.targets[c.Col]
		if c.Use != Taken || cell.Kind == Blank {
			continue
		}
		switch {
		case cell.Kind == Broken:
			v.problem(c.Col, Note, casework.Problem("sheet.ReadRoster", "roster.broken_cell"))
		case t.tick != "":
			v.tick(c.Col, t, cell)
		case t.field == "name" && onward:
		case t.field == "name":
			v.name(c.Col, cell)
		case t.field == "resident":
			v.resident(c.Col, cell)
		case t.field == "phones":
			v.phones(c.Col, cell)
		case t.field == asTownship:
			place.township, place.col = word(cell), c.Col
		case t.field == casework.FieldArea:
			place.village, place.col = word(cell), c.Col
		default:
			s, _ := spec.Find(t.field)
			v.value(c, s, cell)
		}
	}
	v.finish(place, onward)
	return p
}

// valueReader turns the cells of one row into values.
type valueReader struct {
	*rosterReader
	row int
	p   *RosterRow
}

func (v *valueReader) problem(col int, w Weight, err error) {
	e, ok := err.(*casework.Error)
	if !ok {
		e = casework.Problem("sheet.ReadRoster", "roster.value").Because(err)
	}
	v.p.Problems = append(v.p.Problems, CellProblem{Weight: w, Sheet: v.p.Sheet, Row: v.row, Col: col, Err: e})
}

func (v *valueReader) put(f casework.Field, value any) {
	if raw, err := marshal(value); err == nil {
		v.p.Values[f] = raw
	}
}

func (v *valueReader) name(col int, c Cell) {
	s, err := casework.CleanName(c.Text)
	if err != nil {
		v.problem(col, Refuse, err)
		return
	}
	v.p.Name = s
	v.put("name", s)
}

func (v *valueReader) resident(col int, c Cell) {
	id, err := v.idNumber(c)
	switch {
	case err == nil:
		v.p.Resident = id
	case casework.CodeOf(err) == "resident.empty":
	default:
		if reason, ok := casework.NoIDReasons.Find(c.Text); ok {
			v.p.Resident, _ = casework.AbsentID(reason.Code)
			return
		}
		if nothing(word(c)) {
			v.problem(col, Note, casework.Problem("sheet.ReadRoster", "roster.no_resident"))
			return
		}
		v.problem(col, Refuse, err)
	}
}

// idNumber refuses numbers that Excel kept as numbers: beyond 15 digits they are rounded,
// whatever the cell shows.
func (v *valueReader) idNumber(c Cell) (casework.ResidentID, error) {
	if c.Kind == Number && len(strings.TrimLeft(c.Text, "-")) > 15 {
		return casework.ResidentID{}, casework.Problem("sheet.ReadRoster", "resident.scientific")
	}
	return casework.ParseResidentID(c.Text, v.o.Today)
}

func (v *valueReader) phones(col int, c Cell) {
	if nothing(word(c)) {
		return
	}
	found, err := casework.ParsePhones(c.Text)
	if err != nil && casework.CodeOf(err) != "phone.empty" {
		v.problem(col, Note, err)
	}
	for _, n := range found {
		if !slices.Contains(v.p.Phones, n) {
			v.p.Phones = append(v.p.Phones, n)
		}
	}
}

func (v *valueReader) tick(col int, t target, c Cell) {
	yes, sure := mark(word(c))
	if !sure {
		spec, _ := casework.SchemaOf(casework.KindPerson)
		s, _ := spec.Find(t.field)
		l, _ := casework.List(s.Codes)
		if term, ok := l.Find(c.Text); ok && term.Code == t.tick {
			yes, sure = true, true
		}
	}
	if !sure {
		v.problem(col, Note, casework.Problem("sheet.ReadRoster", "roster.tick"))
		return
	}
	if yes {
		one, _ := marshal([]string{t.tick})
		v.p.Values[t.field] = union(v.p.Values[t.field], one)
	}
}

// value reads a cell by the type of its field. What cannot be read is told and left out.
func (v *valueReader) value(c RosterColumn, s casework.FieldSpec, cell Cell) {
	w := word(cell)
	unread := func(code casework.Code) {
		v.problem(c.Col, Note, casework.Problem("sheet.ReadRoster", code))
	}
	switch s.Type {
	case casework.TypeCode:
		v.code(c, s, cell, unread)
	case casework.TypeCodes:
		v.codes(s, cell, w, unread)
	case casework.TypeDate, casework.TypeDay:
		v.date(c.Col, s, cell, w)
	case casework.TypeBool:
		if yes, sure := mark(w); sure {
			v.put(s.Key, yes)
		} else {
			unread("roster.tick")
		}
	case casework.TypeNumber:
		if n, err := strconv.ParseFloat(w, 64); err == nil && !math.IsInf(n, 0) && !math.IsNaN(n) {
			v.put(s.Key, n)
		} else if !nothing(w) {
			unread("roster.number")
		}
	case casework.TypeName:
		if nothing(w) {
			return
		}
		if name, err := casework.CleanName(cell.Text); err == nil {
			v.put(s.Key, name)
		} else {
			v.problem(c.Col, Note, err)
		}
	case casework.TypePhone:
		v.phone(c.Col, s, cell, w)
	case casework.TypeResident:
		if id, err := v.idNumber(cell); err == nil {
			v.put(s.Key, id.Register())
		} else if !nothing(w) && casework.CodeOf(err) != "resident.empty" {
			v.problem(c.Col, Note, err)
		}
	case casework.TypeArea:
		if a, err := casework.ParseArea(w); err == nil {
			v.put(s.Key, a)
		} else {
			v.problem(c.Col, Note, err)
		}
	case casework.TypeFen:
		if f, err := casework.ParseFen(cell.Text); err == nil {
			v.put(s.Key, int64(f))
		} else if !nothing(w) {
			v.problem(c.Col, Note, err)
		}
	default:
		if s.Key == "disability_card" {
			v.disabilityCard(c.Col, cell, w)
			return
		}
		limit := s.Max
		if limit == 0 {
			limit = casework.DefaultMax
		}
		if t := casework.CleanLine(cell.Text, limit); t != "" && (!nothing(w) || w == "0") {
			v.put(s.Key, t)
		}
	}
}

func (v *valueReader) code(c RosterColumn, s casework.FieldSpec, cell Cell, unread func(casework.Code)) {
	l, _ := casework.List(s.Codes)
	if t, ok := l.Find(cell.Text); ok {
		v.put(s.Key, t.Code)
		return
	}
	w := word(cell)
	switch yes, sure := mark(w); {
	case s.Key == "living" && sure && strings.Contains(c.Heading, "独居"):
		if yes {
			v.put(s.Key, "alone")
		}
		return
	case nothing(w):
		return
	}
	switch s.Key { // the same column is used for two scales, and for names of illnesses
	case "ability_level":
		if t, ok := casework.CareLevels.Find(cell.Text); ok {
			v.put("self_care_level", t.Code)
			return
		}
	case "self_care_level":
		if t, ok := casework.AbilityLevels.Find(cell.Text); ok {
			v.put("ability_level", t.Code)
			return
		}
	case "health_state":
		if _, there := v.p.Values["illness"]; !there {
			v.put("illness", casework.CleanLine(cell.Text, casework.DefaultMax))
			return
		}
	}
	unread("roster.code")
}

func (v *valueReader) codes(s casework.FieldSpec, cell Cell, w string, unread func(casework.Code)) {
	l, _ := casework.List(s.Codes)
	found, unknown := l.FindAll(cell.Text)
	if len(found) > 0 {
		all := make([]string, len(found))
		for i, t := range found {
			all[i] = t.Code
		}
		raw, _ := marshal(all)
		v.p.Values[s.Key] = union(v.p.Values[s.Key], raw)
	}
	if len(unknown) > 0 && !nothing(w) {
		unread("roster.code")
	}
}
