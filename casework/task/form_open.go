package task

import (
	"slices"
	"strings"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
	"doorstep/casework/packs"
	"doorstep/casework/rule"
)

// FormDone is a form that was just completed, as far as tasks follow from it.
type FormDone struct {
	In       *form.Instance
	Closed   form.Closed
	Person   casework.Person // zero for a check of a place: tasks belong to people
	Record   casework.RecordID
	At       time.Time // of saving
	Order    bool      // it was written for an order that is a task already
	Excluded []casework.WorkerID
}

func codesOf(text string) []string { return strings.Fields(text) }

// OpenForm says which tasks a completed form opens, most urgent first (domain §10, R-05,
// §6.10). A task never says more than its reader may know: what rests on
// restricted answers reads only "reach the supervisor".
func OpenForm(f FormDone, t rule.Table) []Opening {
	on := casework.DayOf(f.At)
	if Protected(f.Closed.Form) {
		return reportTasks(f, t, on)
	}
	out := Open(Finished{
		Person: f.Person, Visit: f.Record, Date: on, At: f.At, Triggers: Codes(f.Closed.Triggers), Unknowns: len(f.Closed.Unknowns),
	}, t)
	a := asker{f.In}
	add := func(o Opening) {
		o.OpenedBy, o.OpenedOn, o.Excluded = f.Record, on, f.Excluded
		if kind, ok := KindOf(o.Kind); ok && o.Due == 0 {
			o.Due, o.DueAt = kind.Final(f.At, t.Calendar)
		}
		out = append(out, o)
	}
	again := func(name, title string) { // on the day the form itself names
		if due := a.day(name); due != 0 {
			add(Opening{Kind: "verification", TitleKey: title, Due: due})
		}
	}
	soon := t.Calendar.Within(on, rule.Term{Workdays: 1})
	switch f.Closed.Form {
	case packs.AbilityAssessment:
		if level := a.of("level_screening"); level >= "2" { // 中度 and worse: the official assessment is applied for
			add(Opening{Kind: "need", Need: "care", TitleKey: "task.title.form.ability"})
		}
		again("c1_next", "task.title.form.ability_again")
	case packs.TekunSelfCare:
		if a.of("level_changed") == "1" {
			add(Opening{Kind: "verification", TitleKey: "task.title.form.tier"})
		}
		again("t3_next", "task.title.form.self_care_again")
	case packs.HouseholdSurvey:
		if a.of("h_relative") == "yes" {
			add(Opening{Kind: "verification", TitleKey: "task.title.form.near_kin"})
		}
		if a.of("h_village_posted") == "no" && a.of("h_opinion") == "yes" {
			add(Opening{Kind: "publicity", TitleKey: "task.title.form.post"})
		}
		if a.of("h_opinion") == "pending" {
			add(Opening{Kind: "follow_up", TitleKey: "task.title.form.papers"})
		}
	case packs.CardSurvey:
		if p := a.of("problem"); p != "" && p != "NONE" {
			add(Opening{Kind: "card_survey", TitleKey: "task.title.form.card", Due: a.day("k_correct_by")})
		}
		if m := a.of("k_misuse"); m == "suspected" || m == "said" {
			add(Opening{Kind: "contact", TitleKey: "task.title.contact", TrueKind: "card_survey", Due: soon})
		}
	case packs.CareRecord:
		if short := a.of("short_minutes"); short != "" && short != "0" {
			add(Opening{Kind: "follow_up", TitleKey: "task.title.form.hours"})
		}
	case packs.Guardianship:
		if a.of("rating") == "poor" {
			add(Opening{Kind: "contact", TitleKey: "task.title.contact", TrueKind: "case", Due: soon})
		}
	case packs.HomeAdaptation:
		switch {
		case a.of("accepted") == "FIX":
			add(Opening{Kind: "repair", TitleKey: "task.title.form.adaptation_fix", Due: a.day("ad_fix_by")})
		case a.of("p_stage") == "survey" && a.of("may_build") == "1":
			add(Opening{Kind: "need", Need: "adaptation", TitleKey: "task.title.need.adaptation", Due: a.day("ad_build_by")})
		}
	case packs.NoticeConsent:
		if a.of("informed") == "0" {
			add(Opening{Kind: "follow_up", TitleKey: "task.title.form.notice"})
		}
	}
	return out
}

// reportTasks are the steps of a mandatory report that are still to be taken: the
// supervisor within two hours, in writing within a day, the police's answer on the fourth
// day, or what the district says in the form. None of them tells what it is about; that
// stands in the restricted part.
func reportTasks(f FormDone, t rule.Table, on casework.Day) []Opening {
	if f.Person.ID.IsZero() {
		return nil
	}
	a := asker{f.In}
	found := f.At
	if at, ok := a.moment("found"); ok && at.Before(f.At) {
		found = at
	}
	var out []Opening
	add := func(kind, step, title, due string, otherwise time.Time) {
		until, ok := a.moment(due)
		if !ok {
			until = otherwise
		}
		report := map[string]any{}
		if len(out) == 0 {
			report = Report(f.In)
		}
		report["step"] = step
		out = append(out, Opening{
			Kind: kind, TitleKey: title, TrueKind: "report", Due: casework.DayOf(until), DueAt: until,
			OpenedBy: f.Record, OpenedOn: on, Excluded: f.Excluded, Report: report,
		})
	}
	kind, _ := KindOf("report")
	if a.of("r_told_at") == "" && !f.Order {
		contact, _ := KindOf("contact")
		_, at := contact.Final(found, t.Calendar)
		add("contact", "informed", "task.title.contact", "supervisor_due", at)
	}
	if a.of("r_written_at") == "" {
		_, at := kind.Deadline("called", found, t.Calendar)
		add("contact", "written", "task.title.form.report_written", "written_due", at)
	}
	if answer := a.of("r_feedback"); answer == "" || answer == "none" {
		day, _ := kind.Deadline("informed", found, t.Calendar)
		add("follow_up", "feedback", "task.title.form.report_answer", "feedback_due", day.Time().Add(17*time.Hour))
	}
	return out
}

// Report is what a mandatory-report record says, in the shape of a task's register "report".
func Report(in *form.Instance) map[string]any {
	a := asker{in}
	out := map[string]any{}
	for key, name := range map[string]string{
		"where": "r_where", "seen": "r_seen", "safe": "r_safe", "called": "r_called_at", "officer": "r_officer", "station": "r_station", "case": "r_case",
	} {
		if v := a.of(name); v != "" {
			out[key] = v
		}
	}
	for key, name := range map[string]string{"codes": "r_codes", "to": "r_to"} {
		if v := codesOf(a.of(name)); len(v) > 0 {
			slices.Sort(v)
			out[key] = v
		}
	}
	return out
}

// asker reads a form's answers.
type asker struct{ in *form.Instance }

func (a asker) of(name string) string {
	v, _ := reply(a.in, name)
	return v
}

func (a asker) day(name string) casework.Day { return exact(a.of(name)) }

// moment reads a time as the forms write it; a day alone is its end.
func (a asker) moment(name string) (time.Time, bool) {
	text := strings.Replace(strings.TrimSpace(a.of(name)), " ", "T", 1)
	if len(text) == len(time.DateOnly) {
		text += "T17:00"
	}
	t, err := time.ParseInLocation("2006-01-02T15:04", text, casework.Shanghai)
	return t, err == nil
}
