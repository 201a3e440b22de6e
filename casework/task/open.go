package task

import (
	"slices"
	"time"

	"doorstep/casework"
	"doorstep/casework/rule"
)

// Finished is a visit that was just completed, as far as tasks follow from it.
type Finished struct {
	Person   casework.Person
	Visit    casework.RecordID
	Date     casework.Day
	At       time.Time // of saving
	Triggers []string  // hard triggers that fired
	Unknowns int       // questions that could not be asked or observed
	Needs    []Promise
	Broken   []string // codes of "device_kind" that did not work
	Unseen   int      // visits to a child in a row, this one included, that did not see her
}

// Promise is a need that was found and what was said about it.
type Promise struct {
	Need  string // code of "need"
	Title string // what was promised, in words; may be empty
	Owner string // who does it
	Due   casework.Day
}

// Opening is a task to be created. Everything in it that is not restricted may be read by
// whoever holds the file, and tells nothing of a quiet trigger.
type Opening struct {
	Kind      string
	TitleKey  string
	TitleArgs map[string]any
	Title     string
	Need      string
	Due       casework.Day
	DueAt     time.Time
	Assignee  string
	OpenedBy  casework.RecordID
	OpenedOn  casework.Day

	TrueKind string              // restricted
	Triggers []string            // restricted
	Report   map[string]any      // restricted
	Excluded []casework.WorkerID // restricted
}

const promiseMost = 90 // days a promise may take (C7.5)

// Open says which tasks a finished visit opens, most urgent first. Quiet triggers open one
// task that reads only "reach the supervisor"; what it is about is in its restricted part.
func Open(f Finished, t rule.Table) []Opening {
	var out []Opening
	add := func(o Opening) {
		o.OpenedBy, o.OpenedOn = f.Visit, f.Date
		kind, ok := KindOf(o.Kind)
		if ok && o.Due == 0 {
			o.Due, o.DueAt = kind.Final(f.At, t.Calendar)
		}
		out = append(out, o)
	}
	if quiet := slices.DeleteFunc(slices.Clone(f.Triggers), func(c string) bool { return !Quiet(c) }); len(quiet) > 0 {
		slices.Sort(quiet)
		add(Opening{Kind: "contact", TitleKey: "task.title.contact", TrueKind: trueKind(quiet), Triggers: slices.Compact(quiet)})
	}
	if loud := slices.DeleteFunc(slices.Clone(f.Triggers), Quiet); len(loud) > 0 {
		slices.Sort(loud)
		add(Opening{Kind: "danger", TitleKey: "task.title.danger", Triggers: slices.Compact(loud)})
	}
	if t.UnseenLimit > 0 && f.Unseen >= t.UnseenLimit {
		add(Opening{Kind: "contact", TitleKey: "task.title.unseen", Due: t.Calendar.Within(f.Date, rule.Term{Workdays: 1})})
	}
	if f.Unknowns > 0 {
		add(Opening{Kind: "follow_up", TitleKey: "task.title.follow_up", Due: f.Date.AddDays(max(t.FollowUp, 1))})
	}
	for _, n := range f.Needs {
		if n.Need == "none" || n.Need == "" && n.Title == "" {
			continue
		}
		o := Opening{Kind: "need", Need: n.Need, Title: n.Title, Assignee: n.Owner, Due: n.Due}
		if n.Title == "" {
			o.TitleKey = "task.title.need." + n.Need
		}
		if most := f.Date.AddDays(promiseMost); o.Due > most {
			o.Due = most
		}
		add(o)
	}
	for _, d := range f.Broken {
		add(Opening{Kind: "repair", TitleKey: "task.title.repair." + d})
	}
	return out
}

func trueKind(quiet []string) string {
	if slices.Contains(quiet, "HT-M") || slices.Contains(quiet, "HT-A") {
		return "report"
	}
	return "danger"
}

// Values are the registers of the new task, for casework.Author.Create.
func (o Opening) Values() casework.Values {
	v := casework.Values{"task_kind": o.Kind, "opened_on": o.OpenedOn}
	if k, ok := KindOf(o.Kind); ok {
		v["step"] = k.First()
	}
	set := func(f casework.Field, value any, given bool) {
		if given {
			v[f] = value
		}
	}
	set("title_key", o.TitleKey, o.TitleKey != "")
	set("title_args", o.TitleArgs, len(o.TitleArgs) > 0)
	set("title", casework.CleanLine(o.Title, 0), o.Title != "")
	set("need", o.Need, o.Need != "")
	set("due", o.Due, o.Due != 0)
	set("due_at", o.DueAt, !o.DueAt.IsZero())
	set("assignee_name", casework.CleanLine(o.Assignee, 60), o.Assignee != "")
	set("opened_by", o.OpenedBy, !o.OpenedBy.IsZero())
	set("true_kind", o.TrueKind, o.TrueKind != "")
	set("triggers", o.Triggers, len(o.Triggers) > 0)
	set("report", o.Report, len(o.Report) > 0)
	set(casework.FieldExcluded, o.Excluded, len(o.Excluded) > 0)
	return v
}

// Title is what a task is called, for a speaker.
func Title(t casework.Task, s rule.Speaker) string {
	if t.Title != "" || t.TitleKey == "" {
		return t.Title
	}
	var args []any
	for k, v := range t.TitleArgs {
		args = append(args, k, v)
	}
	return s.Say(t.TitleKey, args...)
}
