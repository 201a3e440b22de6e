package form

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"doorstep/casework"
	"doorstep/casework/form/xpath"
)

// Hindrance is what is wrong at one question. Code is also the key of a sentence
// ("error.form.required"); where the form has words of its own they stand in Message.
type Hindrance struct {
	Path    string
	Code    casework.Code
	Message Text          // from the workbook; may be nil
	Args    casework.Args // what the sentence names; never an answer
}

// The codes of hindrances.
const (
	CodeRequired        casework.Code = "form.required"            // nothing answered
	CodeRequiredUnknown casework.Code = "form.required_or_unknown" // nothing answered; 没条件问 and 没观察到 are offered
	CodeConstraint      casework.Code = "form.constraint"          // the form's own rule
	CodeNotInteger      casework.Code = "form.not_integer"
	CodeNotNumber       casework.Code = "form.not_number"
	CodeNotDate         casework.Code = "form.not_date"
	CodeNotTime         casework.Code = "form.not_time"
	CodeNotPlace        casework.Code = "form.not_place" // no "lat lon"
	CodeOutOfRange      casework.Code = "form.out_of_range"
	CodeOutOfStep       casework.Code = "form.out_of_step"  // between two steps of a range
	CodeNotAChoice      casework.Code = "form.not_a_choice" // not, or no longer, among the choices
)

// hindrances lists what is wrong at a question that applies, the gravest first.
func (in *Instance) hindrances(p *place) []Hindrance {
	it := p.code.item
	if it.Type == TypeNote || p.unknown != "" {
		return nil
	}
	value := p.node.Value
	if value == "" {
		switch {
		case !p.required || !it.Type.Shown() || it.Type.Attaches(): // nobody has to take a photo
			return nil
		case it.Unknown:
			return []Hindrance{{Path: p.path, Code: CodeRequiredUnknown, Message: it.RequiredMessage}}
		}
		return []Hindrance{{Path: p.path, Code: CodeRequired, Message: it.RequiredMessage}}
	}
	if !it.Type.Shown() {
		return nil
	}
	var out []Hindrance
	if code, args := in.misfit(p, value); code != "" {
		out = append(out, Hindrance{Path: p.path, Code: code, Args: args})
	}
	if p.violated {
		out = append(out, Hindrance{Path: p.path, Code: CodeConstraint, Message: it.ConstraintMessage})
	}
	return out
}

// misfit checks an answer against its type and, of a select, the choices offered now.
func (in *Instance) misfit(p *place, value string) (casework.Code, casework.Args) {
	if p.code.item.Type.Selects() {
		return in.choiceMisfit(p, value), nil
	}
	return mismatch(p.code.item, value)
}

// mismatch checks an answer against the type of a question that is no select.
func mismatch(it *Item, value string) (casework.Code, casework.Args) {
	switch it.Type {
	case TypeInteger:
		if _, err := strconv.ParseInt(value, 10, 64); err != nil {
			return CodeNotInteger, nil
		}
	case TypeDecimal, TypeRange:
		f := xpath.MakeText(value).Number()
		if math.IsNaN(f) || strings.ContainsAny(value[1:], "-:") {
			return CodeNotNumber, nil
		}
		if it.Type == TypeRange {
			return rangeMisfit(it, f)
		}
	case TypeDate:
		if _, ok := xpath.ParseDay(value); !ok || len(value) > len("2006-01-02") {
			return CodeNotDate, nil
		}
	case TypeDateTime:
		if _, ok := xpath.ParseDay(value); !ok || len(value) <= len("2006-01-02") {
			return CodeNotDate, nil
		}
	case TypeTime:
		if _, ok := xpath.ParseDay("2000-01-01T" + value); !ok {
			return CodeNotTime, nil
		}
	case TypeGeopoint:
		if !geopoint(value) {
			return CodeNotPlace, nil
		}
	}
	return "", nil
}

// Range gives the bounds and the step of a question of type range: 1 to 10 by 1 where the
// workbook says nothing.
func (it *Item) Range() (low, high, step float64) {
	number := func(name string, otherwise float64) float64 {
		if f, err := strconv.ParseFloat(it.Parameters[name], 64); err == nil {
			return f
		}
		return otherwise
	}
	low, high, step = number("start", 1), number("end", 10), math.Abs(number("step", 1))
	return min(low, high), max(low, high), step
}

func rangeMisfit(it *Item, f float64) (casework.Code, casework.Args) {
	low, high, step := it.Range()
	switch steps := (f - low) / step; {
	case f < low || f > high:
		return CodeOutOfRange, casework.Args{"Low": plain(low), "High": plain(high)}
	case step > 0 && math.Abs(steps-math.Round(steps)) > 1e-9:
		return CodeOutOfStep, casework.Args{"Low": plain(low), "Step": plain(step)}
	}
	return "", nil
}

func plain(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func geopoint(s string) bool {
	parts := strings.Fields(s)
	if len(parts) < 2 || len(parts) > 4 {
		return false
	}
	for i, part := range parts {
		f, err := strconv.ParseFloat(part, 64)
		if err != nil || i == 0 && math.Abs(f) > 90 || i == 1 && math.Abs(f) > 180 {
			return false
		}
	}
	return true
}

func (in *Instance) choiceMisfit(p *place, value string) casework.Code {
	names := []string{value}
	if p.code.item.Type != TypeSelectOne {
		names = strings.Fields(value)
	}
	for _, name := range names {
		if !in.offers(p, name) {
			return CodeNotAChoice
		}
	}
	return ""
}

// offers reports whether a choice stands to be chosen now.
func (in *Instance) offers(p *place, name string) bool {
	if p.code.item.ListFrom != "" {
		return slices.ContainsFunc(in.Choices(p.path), func(c *Choice) bool { return c.Name == name })
	}
	l := in.def.List(p.code.item.List)
	if p.code.filter == nil {
		return l.Choice(name) != nil
	}
	t := in.prog.tables[l.Name]
	rows := slices.DeleteFunc(slices.Clone(t.where("name", name)), func(row int) bool { return l.Choices[row].Name != name })
	return len(in.where(p, t, rows)) > 0
}
