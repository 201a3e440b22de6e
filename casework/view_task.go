package casework

import (
	"time"
)

// Task is something to be done by a day.
type Task struct {
	ID           RecordID
	Owner        RecordID // the person or household it is for
	Kind         string   // code of "task_kind"; neutral: a report task reads "contact"
	TitleKey     string   // key of a sentence; "" when Title says it in words
	TitleArgs    map[string]any
	Title        string
	Need         string // code of "need"
	Due          Day
	DueAt        time.Time // zero unless hours matter
	Step         string    // code of "task_step"
	Note         string
	Assignee     WorkerID
	AssigneeName string
	OpenedBy     RecordID // the visit it came from
	OpenedOn     Day
	DoneOn       Day
	Outcome      string
	VerifiedOn   Day

	TrueKind string   // with clearance: what a neutral task is about
	Triggers []string // with clearance

	Retracted bool
	Conflicts []Field
}

// TaskOf reads a task's record.
func TaskOf(r Record) Task {
	t := Task{
		ID:           r.ID,
		Owner:        r.Owner,
		Kind:         word(r, "task_kind", TaskKinds),
		TitleKey:     text(held(r, "title_key")),
		TitleArgs:    read[map[string]any](held(r, "title_args")),
		Title:        text(held(r, "title")),
		Need:         word(r, "need", NeedKinds),
		Due:          dayOf(held(r, "due")),
		DueAt:        read[time.Time](held(r, "due_at")),
		Step:         word(r, "step", TaskSteps),
		Note:         text(held(r, "note")),
		Assignee:     WorkerID{idOf(held(r, "assignee"))},
		AssigneeName: text(held(r, "assignee_name")),
		OpenedBy:     RecordID{idOf(held(r, "opened_by"))},
		OpenedOn:     dayOf(held(r, "opened_on")),
		DoneOn:       dayOf(held(r, "done_on")),
		Outcome:      text(held(r, "outcome")),
		VerifiedOn:   dayOf(held(r, "verified_on")),
		TrueKind:     word(r, "true_kind", TaskKinds),
		Triggers:     read[[]string](held(r, "triggers")),
		Conflicts:    r.Conflicts(),
	}
	_, t.Retracted = r.Retracted()
	// The earlier of two deadlines holds until a person chooses.
	for _, v := range r.Every("due") {
		if d := dayOf(v); d != 0 && (t.Due == 0 || d < t.Due) {
			t.Due = d
		}
	}
	// Where two places disagree whether it is done, it is not.
	for _, v := range r.Every("done_on") {
		if isNull(v) || string(v) == `""` {
			t.DoneOn = 0
		}
	}
	return t
}

// Open reports whether the task is still to be done.
func (t Task) Open() bool {
	switch t.Step {
	case "done", "verified", "closed":
		return false
	}
	return t.DoneOn == 0 && !t.Retracted
}

// Overdue is by how many days an open task is late; 0 when it is not.
func (t Task) Overdue(today Day) int {
	if !t.Open() || t.Due == 0 || today <= t.Due {
		return 0
	}
	return today.Sub(t.Due)
}
