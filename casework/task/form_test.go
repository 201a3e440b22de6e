package task_test

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/casework/rule"
	"doorstep/casework/task"
)

var formAt = time.Date(2026, 11, 23, 10, 0, 0, 0, casework.Shanghai) // a Monday

// filledIn is a form of the field with these answers; "row+" adds a row to a table.
func filledIn(t *testing.T, id string, facts map[string]string, answers ...string) *form.Instance {
	t.Helper()
	f, err := packs.FormByID(id)
	if err != nil {
		t.Fatal(err)
	}
	def, err := f.Definition()
	if err != nil {
		t.Fatal(err)
	}
	in, err := form.Start(def, form.StartOptions{Facts: facts, Lang: "zh"}, func() time.Time { return formAt })
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range answers {
		name, value, answered := strings.Cut(a, "=")
		if !answered {
			_, err = in.Add(def.Find(strings.TrimSuffix(name, "+")).Path)
		} else if path, ok := in.Path(name); !ok {
			t.Fatal("no question", name)
		} else if strings.HasPrefix(value, "_not") {
			_, err = in.SetUnknown(path, value)
		} else {
			_, err = in.Set(path, value)
		}
		if err != nil {
			t.Fatal(a, err)
		}
	}
	return in
}

// closedAs is a form as it would be closed, whether or not all of it is answered.
func closedAs(in *form.Instance) form.Closed {
	c, _ := in.Finalise()
	c.Form, c.Day, c.Triggers, c.Unknowns = in.Definition().FormID, in.Day(), in.Triggers(), nil
	for it := range in.Definition().All() {
		if v, ok := in.View(it.Path); ok && v.Unknown != "" {
			c.Unknowns = append(c.Unknowns, v.Path)
		}
	}
	return c
}

var lin = casework.Person{ID: casework.RecordID{ID: casework.ID{1}}, Name: "林小溪"}

func follows(t *testing.T, in *form.Instance, order bool) []string {
	t.Helper()
	out := []string{}
	for _, o := range task.OpenForm(task.FormDone{
		In: in, Closed: closedAs(in), Person: lin, Record: casework.RecordID{ID: casework.ID{2}}, At: formAt, Order: order,
	}, rule.Default()) {
		at := ""
		if !o.DueAt.IsZero() {
			at = o.DueAt.In(casework.Shanghai).Format(" 15:04")
		}
		out = append(out, strings.TrimPrefix(o.TitleKey, "task.title.")+" "+o.Due.String()[5:]+at+" "+o.TrueKind)
	}
	return out
}

// ability are the 26 items with a number of points lost.
func ability(lost int, more ...string) []string {
	out := append([]string{"a_date=2026-11-23", "a4_disorder=no", "a4_events=0", "a5_coma=no"}, more...)
	for _, it := range rule.AbilityItems {
		n := min(lost, it.Most)
		lost -= n
		out = append(out, "b"+it.Code[2:3]+"_"+it.Code[4:]+"="+strconv.Itoa(it.Most-n))
	}
	return out
}

func six(cannot int) []string {
	out := []string{"t_date=2026-11-23", "t3_next="}
	for i, q := range []string{"t_eat", "t_dress", "t_bed", "t_toilet", "t_walk", "t_bathe"} {
		out = append(out, q+"="+map[bool]string{true: "no", false: "yes"}[i < cannot])
	}
	return out
}

func TestWhatFollowsFromAForm(t *testing.T) {
	facts := func(kv ...string) map[string]string {
		m := map[string]string{}
		for i := 0; i < len(kv); i += 2 {
			m[kv[i]] = kv[i+1]
		}
		return m
	}
	for _, c := range []struct {
		form    string
		facts   map[string]string
		answers []string
		want    []string
	}{
		{packs.AbilityAssessment, nil, ability(24, "a_kind=screening"), nil},                             // 66: mild
		{packs.AbilityAssessment, nil, ability(25, "a_kind=screening"), []string{"form.ability 12-23 "}}, // 65: moderate
		{packs.AbilityAssessment, nil, ability(25, "a_kind=official"), nil},                              // it is the assessment
		{packs.AbilityAssessment, nil, ability(0, "a_kind=official", "a4_disorder=_not_asked"), []string{"follow_up 11-30 "}},
		{packs.TekunSelfCare, facts("p_prev_level", "PARTIAL"), six(3), nil},
		{packs.TekunSelfCare, facts("p_prev_level", "PARTIAL"), six(4), []string{"form.tier 12-23 "}},
		{packs.TekunSelfCare, nil, append(six(0), "t3_next=2027-11-23"), []string{"form.self_care_again 11-23 "}},
		{packs.HouseholdSurvey, nil, []string{"h_opinion=yes", "h_village_posted=yes", "h_relative=no"}, nil},
		{packs.HouseholdSurvey, nil, []string{"h_opinion=no", "h_village_posted=no"}, nil},
		{packs.HouseholdSurvey, nil, []string{"h_opinion=yes", "h_village_posted=no", "h_relative=yes"}, []string{"form.near_kin 12-23 ", "form.post 11-30 "}},
		{packs.HouseholdSurvey, nil, []string{"h_opinion=pending"}, []string{"form.papers 11-30 "}},
		{packs.CardSurvey, nil, []string{"k_holder=self", "k_seen=yes", "k_by=self"}, nil},
		{packs.CardSurvey, nil, []string{"k_holder=self", "k_seen=no", "k_by=self", "k_correct_by=2026-12-05"}, []string{"form.card 12-05 "}},
		{packs.CardSurvey, nil, []string{"k_misuse=said"}, []string{"contact 11-24 card_survey"}},
		{packs.CareRecord, facts("p_plan_minutes", "120"), []string{"service+", "service[1]/s_minutes=120"}, nil},
		{packs.CareRecord, facts("p_plan_minutes", "120"), []string{"service+", "service[1]/s_minutes=119"}, []string{"form.hours 11-30 "}},
		{packs.Guardianship, facts("p_age", "9"), []string{"g_temp=none", "g_conduct=none", "g_harm=no"}, nil},
		{packs.Guardianship, facts("p_age", "9"), []string{"g_temp=severe"}, []string{"contact 11-24 case"}},
		{packs.Guardianship, facts("p_age", "9"), []string{"g_harm=said"}, []string{"contact 11-23 12:00 report", "contact 11-24 case"}},
		{packs.HomeAdaptation, nil, []string{"ad_agree=no", "ad_house=own"}, nil},
		{packs.HomeAdaptation, nil, []string{"ad_agree=yes", "ad_house=own", "ad_build_by=2026-12-20"}, []string{"need.adaptation 12-20 "}},
		{packs.HomeAdaptation, facts("p_stage", "acceptance", "p_items", "stick"), []string{"job[1]/w_done=no", "ad_fix_by=2026-12-02"}, []string{"form.adaptation_fix 12-02 "}},
		{packs.HomeAdaptation, facts("p_stage", "acceptance", "p_items", "stick"), []string{"job[1]/w_done=yes"}, nil},
		{packs.NoticeConsent, facts("p_age", "13"), []string{"n_who=self", "n_capable=yes"}, []string{"form.notice 11-30 "}},
		{packs.NoticeConsent, facts("p_age", "14"), []string{"n_who=self", "n_capable=yes"}, nil},
		{packs.NoticeConsent, facts("p_age", "13"), []string{"n_who=guardian", "n_capable=yes"}, nil},
		{packs.PublicityCheck, nil, []string{"q_scheme=child", "q_there=no"}, nil},
	} {
		if got := follows(t, filledIn(t, c.form, c.facts, c.answers...), false); !slices.Equal(got, c.want) && len(got)+len(c.want) > 0 {
			t.Errorf("%s %v: %q, want %q", c.form, c.answers, got, c.want)
		}
	}
}

// two hours, a day, day four, each until it is done; other hours are the district's.
func TestTheStepsOfAReport(t *testing.T) {
	for _, c := range []struct {
		facts   map[string]string
		answers []string
		order   bool
		want    []string
	}{
		{nil, nil, false, []string{"contact 11-23 12:00 report", "form.report_written 11-24 10:00 report", "form.report_answer 11-27 17:00 report"}},
		{nil, []string{"r_found_at=2026-11-23 08:30"}, false, []string{"contact 11-23 10:30 report", "form.report_written 11-24 08:30 report", "form.report_answer 11-27 17:00 report"}},
		{nil, []string{"r_found_at=昨天晚上"}, false, []string{"contact 11-23 12:00 report", "form.report_written 11-24 10:00 report", "form.report_answer 11-27 17:00 report"}},
		{nil, nil, true, []string{"form.report_written 11-24 10:00 report", "form.report_answer 11-27 17:00 report"}},
		{nil, []string{"r_told_at=9:40 李督导", "r_written_at=11-23", "r_feedback=filed"}, false, nil},
		{nil, []string{"r_told_at=9:40", "r_feedback=none"}, false, []string{"form.report_written 11-24 10:00 report", "form.report_answer 11-27 17:00 report"}},
		{map[string]string{"p_supervisor_hours": "1", "p_written_hours": "12", "p_feedback_days": "8"}, nil, false, []string{"contact 11-23 11:00 report", "form.report_written 11-23 22:00 report", "form.report_answer 12-01 17:00 report"}},
	} {
		if got := follows(t, filledIn(t, packs.MandatoryReport, c.facts, c.answers...), c.order); !slices.Equal(got, c.want) && len(got)+len(c.want) > 0 {
			t.Errorf("%v: %q, want %q", c.answers, got, c.want)
		}
	}
	done := task.FormDone{In: filledIn(t, packs.MandatoryReport, nil, "r_officer=王警官 031", "r_codes=MR4 MR1", "r_to=station"), At: formAt, Person: lin, Excluded: []casework.WorkerID{{ID: casework.ID{5}}}}
	done.Closed = closedAs(done.In)
	all := task.OpenForm(done, rule.Default())
	if r := all[0].Report; r["officer"] != "王警官 031" || !slices.Equal(r["codes"].([]string), []string{"MR1", "MR4"}) || r["step"] != "informed" || all[1].Report["step"] != "written" {
		t.Errorf("%+v", all)
	}
	person, _ := casework.SchemaOf(casework.KindTask)
	for _, o := range all {
		for f := range o.Values() {
			if s, _ := person.Find(f); (f == "report" || f == casework.FieldExcluded || f == "true_kind") != (s.Sensitivity == casework.Restricted) {
				t.Errorf("%s is of class %d", f, s.Sensitivity)
			}
		}
		if len(o.Excluded) != 1 {
			t.Error("a step is not kept from whom the report is kept")
		}
	}
}

func TestARecordKeepsEverythingInItsClass(t *testing.T) {
	get := func(id string, facts map[string]string, answers ...string) casework.Values {
		in := filledIn(t, id, facts, answers...)
		c := form.Closed{Form: id, Day: in.Day(), Answers: map[casework.Sensitivity][]form.Answer{}}
		for it := range in.Definition().All() {
			if v, ok := in.View(it.Path); ok && v.Value != "" && it.Kind == form.Question {
				c.Answers[v.Class] = append(c.Answers[v.Class], form.Answer{Key: it.Name, Value: v.Value, Class: v.Class})
			}
		}
		return task.FormRecord(in, c, task.FormFiled{FormHash: casework.Hash{1}, Entered: formAt})
	}
	v := get(packs.AbilityAssessment, nil, append(ability(20, "a_kind=official"), "a_date=2026-11-20", "c1_sign=paper", "c1_paper=0071", "a2_religion=none")...)
	if v["result"] != "1" || v["score"] != 70.0 || v["scale"] != "gbt42195" || v["date"].(casework.Day).String() != "2026-11-20" || v["answers_restricted"] == nil {
		t.Errorf("%+v", v)
	}
	if s := v["signature"].(map[string]string); s["subject"] != "paper" || s["paper"] != "0071" {
		t.Error(s)
	}
	v = get(packs.Guardianship, map[string]string{"p_age": "9"}, "g_conduct=alcohol", "g_age=40")
	if v["result"] != nil || v["score"] != nil || v["result_restricted"].(map[string]any)["result"] != "poor" {
		t.Errorf("a rating that rests on secrets lies open: %+v", v)
	}
	for to, part := range map[string]casework.Field{"": "protected", "supervisor bureau": "protected", "bureau": "sealed"} {
		v = get(packs.MandatoryReport, map[string]string{"p_name": "林小溪"}, "r_seen=有伤", "r_to="+to)
		var keys []string
		for f := range v {
			keys = append(keys, string(f))
		}
		slices.Sort(keys)
		if want := []string{"date", "entered", string(part), "source"}; !slices.Equal(keys, want) {
			t.Error(keys)
		}
		body, err := json.Marshal(v[part])
		if err != nil || !strings.Contains(string(body), "有伤") || !strings.Contains(string(body), "林小溪") {
			t.Errorf("to %q: %s", to, body)
		}
	}
}

func TestAFormSaysWhatItsReaderMayKnow(t *testing.T) {
	in := filledIn(t, packs.Guardianship, map[string]string{"p_age": "9"}, "g_conduct=alcohol")
	if got := task.FormNotes(in, casework.Personal); len(got) != 0 {
		t.Error(got)
	}
	if got := task.FormNotes(in, casework.Restricted); !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "较差") }) {
		t.Error(got)
	}
	in = filledIn(t, packs.TekunSelfCare, nil, six(2)...)
	if got := task.FormNotes(in, casework.Personal); len(got) != 1 || !strings.Contains(got[0], "2 项不能自己做") {
		t.Error("instructions are no result:", got)
	}
}

func TestCareEntriesOfAMonth(t *testing.T) {
	in := filledIn(t, packs.CareRecord, map[string]string{"p_self_care": "PARTIAL"}, "w_carer=李梅", "w_agreement=委照0546",
		"service+", "service[1]/s_date=2026-11-16", "service[1]/s_minutes=120", "service[1]/s_items=meals cleaning",
		"service+", "service[2]/s_date=2026-11-20", "service[2]/s_minutes=90", "service[2]/s_abnormal=腿肿了", "service+")
	got := task.Care(in, lin.ID)
	if len(got) != 2 {
		t.Fatal(got)
	}
	a := casework.Author{Now: func() time.Time { return formAt }, Rand: zero{}}
	minutes := 0
	for _, v := range got {
		op, err := a.Create(casework.RecordID{ID: casework.ID{3}}, casework.KindCare, lin.ID, v)
		if err != nil {
			t.Fatal(err)
		}
		if why := casework.Examine(casework.Record{}, op, casework.Actor{}); why != "" {
			t.Error(why)
		}
		r, _ := casework.Merge(casework.Record{}, op)
		c := casework.CareOf(r)
		minutes += c.Minutes
		if c.Carer != "李梅" || c.Recipient != lin.ID || c.Date == 0 {
			t.Errorf("%+v", c)
		}
	}
	if minutes != 210 {
		t.Error(minutes)
	}
	if task.Care(filledIn(t, packs.CardSurvey, nil), lin.ID) != nil {
		t.Error("a survey makes care entries")
	}
}

type zero struct{}

func (zero) Read(p []byte) (int, error) { p[0]++; return len(p), nil }

func TestTheWordsOfResults(t *testing.T) {
	for _, c := range []struct {
		f    casework.FormSummary
		want string
	}{
		{casework.FormSummary{Form: packs.AbilityAssessment, Scale: "gbt42195", Result: "2"}, "forms.result.ability_level.2"},
		{casework.FormSummary{Form: packs.AbilityAssessment, Scale: "screening", Result: "2"}, "forms.result.ability_level.2.screening"},
		{casework.FormSummary{Form: packs.AbilityAssessment, Result: "9"}, ""},
		{casework.FormSummary{Form: packs.AbilityAssessment}, ""},
		{casework.FormSummary{Form: packs.Guardianship, Result: "poor"}, "forms.result.guardian_rating.poor"},
		{casework.FormSummary{Form: packs.CareRecord, Score: 90}, "forms.result.care-record"},
		{casework.FormSummary{Form: packs.PublicityCheck, Result: "0"}, "forms.result.publicity-check.0"},
		{casework.FormSummary{Form: "of-the-bureau", Result: "0"}, ""},
		{casework.FormSummary{Form: packs.MandatoryReport, Protected: true, Result: "x"}, ""},
	} {
		if key, _ := task.FormResult(c.f); key != c.want {
			t.Errorf("%+v: %q", c.f, key)
		}
	}
	for form, want := range map[string]string{packs.CardSurvey: "forms.title.card-survey", packs.MandatoryReport: "forms.title.protected", "": "forms.title.protected"} {
		if got := task.FormTitle(casework.FormSummary{Form: form}); got != want {
			t.Error(form, got)
		}
	}
}
