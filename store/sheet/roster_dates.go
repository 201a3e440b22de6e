package sheet

import (
	"slices"
	"strconv"

	"doorstep/casework"
)

func (v *valueReader) date(col int, s casework.FieldSpec, cell Cell, w string) {
	if nothing(w) {
		return
	}
	d, err := v.dateOf(cell)
	if err == nil && s.Type == casework.TypeDay {
		day, exact := d.Exact()
		if !exact {
			v.problem(col, Note, casework.Problem("sheet.ReadRoster", "roster.whole_day"))
			return
		}
		v.put(s.Key, day)
		return
	}
	if err == nil && s.Key == "birth" {
		if first, _ := d.Bounds(); first > v.o.Today && v.o.Today != 0 {
			err = casework.Problem("sheet.ReadRoster", "roster.born_later")
		}
	}
	if err != nil {
		weight := Note
		if s.Key == "birth" && v.p.Resident.Birth() == 0 {
			weight = Doubt
		}
		v.problem(col, weight, err)
		return
	}
	if s.Key == "birth" {
		v.p.Birth = d
	}
	v.put(s.Key, d)
}

// dateOf reads text as people type it, and numbers as serial dates when the file shows them
// as dates or when they cannot be anything else.
func (v *valueReader) dateOf(c Cell) (casework.Date, error) {
	if c.Kind == Number {
		n, err := strconv.ParseFloat(c.Text, 64)
		digits := len(c.Text)
		if err == nil && (c.Dated || digits != 4 && digits != 6 && digits != 8) {
			day, err := casework.SerialDay(n, v.grid.Date1904)
			return casework.DateOf(day), err
		}
	}
	return casework.ParseDate(c.Text)
}

func (v *valueReader) phone(col int, s casework.FieldSpec, cell Cell, w string) {
	if nothing(w) {
		return
	}
	found, err := casework.ParsePhones(cell.Text)
	if err != nil && casework.CodeOf(err) != "phone.empty" {
		v.problem(col, Note, err)
	}
	for i, n := range found {
		if i == 0 {
			v.put(s.Key, n)
		} else if !slices.Contains(v.p.Phones, n) { // a further number is still a way to reach the person
			v.p.Phones = append(v.p.Phones, n)
		}
	}
}

func (v *valueReader) disabilityCard(col int, cell Cell, w string) {
	if nothing(w) {
		return
	}
	card, err := casework.ParseDisabilityCard(cell.Text, v.o.Today)
	if cell.Kind == Number && len(cell.Text) > 15 {
		err = casework.Problem("sheet.ReadRoster", "resident.scientific")
	}
	if err != nil {
		v.problem(col, Note, err)
		return
	}
	v.put("disability_card", card.Reveal())
	for f, code := range map[casework.Field]string{"disability_kind": card.Kind(), "disability_grade": card.Grade()} {
		if _, there := v.p.Values[f]; !there {
			v.put(f, code)
		}
	}
}
