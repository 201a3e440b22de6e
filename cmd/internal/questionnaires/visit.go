package questionnaires

import (
	"slices"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/store/sheet"
)

// visitQuestion is a question whose answer a visit's record keeps in a field of its own, so
// that the lists and rules of every laptop understand it.
type visitQuestion struct {
	name   string
	types  []form.Type
	codes  string // code list that the choices come from; "" is any
	needed bool
}

var (
	one  = []form.Type{form.TypeSelectOne}
	many = []form.Type{form.TypeSelectOne, form.TypeSelectMultiple}
	day  = []form.Type{form.TypeDate}
)

// visitQuestions by the form id of the questionnaire that visits are made with.
var visitQuestions = map[string][]visitQuestion{
	packs.ChildVisit: {
		{"c0_3", one, "visit_mode", true},
		{"c0_4", one, "visit_result", true},
		{"c0_5", many, "present", false},
		{"c7_2", many, "visit_axis", false},
		{"c8_1", one, "grade", false},
		{"c8_2", day, "", false},
	},
	packs.ElderVisit: {
		{"e0_2", one, "visit_mode", true},
		{"e0_3", one, "visit_result", true},
		{"e0_6", many, "present", false},
		{"e9_4", one, "grade", false},
		{"e9_4_next", day, "", false},
	},
}

// ForVisits says whether visits are made with the questionnaire of that form id.
func ForVisits(id string) bool { return visitQuestions[id] != nil }

// checkVisit makes sure that a visit made with the questionnaire can be saved.
func (c *Checked) checkVisit() {
	before := len(c.Findings)
	for _, v := range visitQuestions[c.Form.FormID] {
		list, _ := casework.List(v.codes)
		it := c.Form.Find(v.name)
		switch {
		case it == nil && v.needed:
			c.refuse("questionnaires.visit_missing", 0, "Name", v.name, "Form", c.Form.FormID, "Of", list.Zh)
		case it == nil:
		case !slices.Contains(v.types, it.Type):
			c.refuse("questionnaires.visit_type", it.Row, "Name", v.name, "Form", c.Form.FormID, "Type", string(v.types[0]))
		case v.codes == "":
		case it.List == "" || c.Form.List(it.List).File != "":
			c.refuse("questionnaires.visit_list", it.Row, "Name", v.name, "Form", c.Form.FormID)
		default:
			for _, choice := range c.Form.List(it.List).Choices {
				if !list.Has(choice.Name) {
					c.refuse("questionnaires.visit_code", it.Row, "Name", v.name, "Choice", choice.Name, "List", it.List, "Codes", codes(list))
				}
			}
		}
	}
	if len(c.Findings) > before {
		c.Form = nil
	}
}

func codes(l casework.CodeList) string {
	out := ""
	for i, t := range l.Items {
		if i > 0 {
			out += ", "
		}
		out += t.Code
	}
	return out
}

// refuse adds a finding about a row of the survey sheet, or with row 0 about the sheet.
func (c *Checked) refuse(code casework.Code, row int, pairs ...any) {
	f := sheet.Finding{Severity: sheet.Refusal, Code: code, Sheet: "survey", Row: row, Offset: -1, Args: casework.Args{}}
	for i := 0; i < len(pairs); i += 2 {
		f.Args[pairs[i].(string)] = pairs[i+1]
	}
	f.Args["Place"] = f.Place()
	c.Findings = append(c.Findings, f)
}
