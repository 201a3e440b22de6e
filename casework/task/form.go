package task

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
)

// FormFiled is what a form's record says beside the answers.
type FormFiled struct {
	FormHash casework.Hash
	Entered  time.Time // when it was saved here
	Paper    bool      // entered from paper
}

// marks are the questions of a form that its record names, by their names in the workbook.
// A version a district publishes may have them or not; what is missing is left out.
type marks struct {
	date   []string // the day the form is about
	result []string // the first that is answered
	score  string
	scale  string
	next   []string // the nearest deadline: the first that is answered
	sign   string   // prefix of …_sign, …_paper, …_reason
	signed string
}

var formMarks = map[string]marks{
	packs.AbilityAssessment: {date: []string{"a_date"}, result: []string{"level"}, score: "total", scale: "scale_id", next: []string{"c1_next"}, sign: "c1_sign", signed: "c1"},
	packs.TekunSelfCare:     {date: []string{"t_date"}, result: []string{"level"}, score: "cannot_count", scale: "scale_id", next: []string{"t3_next"}, sign: "t3_person_sign", signed: "t3_person"},
	packs.HouseholdSurvey:   {date: []string{"h_date"}, result: []string{"h_opinion"}, sign: "h_head_sign", signed: "h_head"},
	packs.CardSurvey:        {result: []string{"problem"}, next: []string{"k_correct_by"}, sign: "k_payee_sign", signed: "k_payee"},
	packs.CareRecord:        {score: "minutes", sign: "w_person_sign", signed: "w_person"},
	packs.Guardianship:      {date: []string{"g_date"}, result: []string{"rating"}, score: "points_known"},
	packs.SampleInspection:  {date: []string{"i_date"}, result: []string{"result"}, next: []string{"i_fix_by"}},
	packs.PublicityCheck:    {date: []string{"q_date"}, result: []string{"compliant"}, score: "findings", next: []string{"q_fix_by"}},
	packs.HomeAdaptation: {
		date: []string{"ad_date", "ad_accept_date"}, result: []string{"accepted", "may_build", "ad_satisfied"},
		next: []string{"ad_fix_by", "ad_build_by"}, sign: "ad_elder_sign", signed: "ad_elder",
	},
	packs.NoticeConsent: {date: []string{"n_date"}, result: []string{"informed"}, sign: "n_person_sign", signed: "n_person"},
}

// reply is the answer to a question as it stands, blank when it does not apply, and its class.
func reply(in *form.Instance, name string) (string, casework.Sensitivity) {
	it := in.Definition().Find(name)
	if it == nil || !in.Applies(it.Path) {
		return "", 0
	}
	v, _ := in.View(it.Path)
	return v.Value, v.Class
}

func first(in *form.Instance, names []string) (string, casework.Sensitivity) {
	for _, n := range names {
		if v, class := reply(in, n); v != "" {
			return v, class
		}
	}
	return "", 0
}

// exact is a day as forms write it; 0 when it is none.
func exact(text string) casework.Day {
	d, err := casework.ParseDate(text)
	if err != nil {
		return 0
	}
	day, _ := d.Exact()
	return day
}

// Protected reports whether everything of a form is kept from whoever may not read it, its
// name too (people §1.1, §1.4).
func Protected(id string) bool { return id == packs.MandatoryReport }

// FormRecord gives the registers of a form's record, for casework.Author.Create. The
// answers keep the classes their questions have, the result the class of what it rests on.
func FormRecord(in *form.Instance, closed form.Closed, c FormFiled) casework.Values {
	v := casework.Values{"date": closed.Day, "entered": c.Entered, "source": "screen"}
	if c.Paper {
		v["source"] = "paper"
	}
	if Protected(closed.Form) {
		part := casework.Field("protected")
		if to, _ := reply(in, "r_to"); to == "bureau" { // told to nobody else
			part = "sealed"
		}
		all := map[string]json.RawMessage{}
		for class := range closed.Answers {
			var some map[string]json.RawMessage
			if json.Unmarshal(closed.JSON(class), &some) == nil {
				maps.Copy(all, some)
			}
		}
		v[part] = map[string]any{"form": closed.Form, "form_hash": c.FormHash, "answers": all}
		return v
	}
	m := formMarks[closed.Form]
	set := func(f casework.Field, value any, given bool) {
		if given {
			v[f] = value
		}
	}
	v["form"] = casework.CleanLine(closed.Form, 80)
	set("form_hash", c.FormHash, !c.FormHash.IsZero())
	if on, _ := first(in, m.date); exact(on) != 0 {
		v["date"] = exact(on)
	}
	for class, field := range map[casework.Sensitivity]casework.Field{
		casework.Routine: "answers", casework.Personal: "answers_personal", casework.Restricted: "answers_restricted",
	} {
		set(field, json.RawMessage(closed.JSON(class)), len(closed.Answers[class]) > 0)
	}
	set("unknowns", len(closed.Unknowns), len(closed.Unknowns) > 0)
	next, _ := first(in, m.next)
	set("next", exact(next), exact(next) != 0)
	scale, _ := reply(in, m.scale)
	set("scale", casework.CleanLine(scale, 40), scale != "")
	result, class := first(in, m.result)
	points, of := reply(in, m.score)
	score, err := strconv.ParseFloat(points, 64)
	if class = max(class, of); class > casework.Personal {
		hidden := map[string]any{"result": result}
		if err == nil {
			hidden["score"] = score
		}
		v["result_restricted"] = hidden
	} else {
		set("result", casework.CleanLine(result, 40), result != "")
		set("score", score, err == nil)
	}
	if how, _ := reply(in, m.sign); how != "" {
		paper, _ := reply(in, m.signed+"_paper")
		why, _ := reply(in, m.signed+"_reason")
		if m.signed == "c1" {
			why, _ = reply(in, "c1_sign_reason")
		}
		v["signature"] = map[string]string{"subject": how, "paper": paper, "reason": why}
	}
	return v
}

// Care are the care entries that a care-service record lists, for casework.Author.Create of
// KindCare: the month sheet adds those up. Recipient is the person.
func Care(in *form.Instance, recipient casework.RecordID) []casework.Values {
	it := in.Definition().Find("service")
	if in.Definition().FormID != packs.CareRecord || it == nil || !in.Applies(it.Path) {
		return nil
	}
	carer, _ := reply(in, "w_carer")
	agreement, _ := reply(in, "w_agreement")
	level, _ := reply(in, "w_level")
	how := map[string]string{}
	how["recipient"], _ = reply(in, "w_person_sign")
	how["carer"], _ = reply(in, "w_carer_sign")
	v, _ := in.View(it.Path)
	var out []casework.Values
	for _, row := range v.Instances {
		c := casework.Values{
			"recipient": recipient, "carer": casework.CleanLine(carer, 60), "agreement": casework.CleanLine(agreement, 40), "signature": how,
		}
		if level != "" {
			c["self_care_level"] = level
		}
		for _, q := range row.Views {
			if q.Value != "" {
				careEntry(c, q)
			}
		}
		if c["minutes"] != nil && c["date"] != nil {
			out = append(out, c)
		}
	}
	return out
}

func careEntry(c casework.Values, q form.View) {
	switch q.Item.Name {
	case "s_date":
		if day := exact(q.Value); day != 0 {
			c["date"] = day
		}
	case "s_minutes":
		if n, err := strconv.Atoi(q.Value); err == nil {
			c["minutes"] = n
		}
	case "s_items":
		c["items"] = codesOf(q.Value)
	case "s_abnormal":
		c["abnormal"] = casework.CleanLine(q.Value, casework.DefaultMax)
	}
}

// FormNotes are what a form itself says of its result, as far as someone with a clearance
// may read it: its notes that appear by a condition.
func FormNotes(in *form.Instance, clearance casework.Sensitivity) []string {
	var out []string
	for it := range in.Definition().All() {
		if it.Type != form.TypeNote || it.Relevant == "" || !in.Applies(it.Path) {
			continue
		}
		if v, ok := in.View(it.Path); ok && v.Class <= clearance && !slices.Contains(out, v.Label) {
			out = append(out, v.Label)
		}
	}
	return out
}
