package task

import "doorstep/casework"

// AsOf is a task as it stands on a day. One that was opened on a day still to come was
// opened by a clock that ran ahead: its deadlines count from today instead, so that
// nothing waits until 2099.
func AsOf(t casework.Task, today casework.Day) casework.Task {
	ahead := t.OpenedOn.Sub(today)
	if t.OpenedOn == 0 || ahead <= 0 {
		return t
	}
	t.OpenedOn = today
	if t.Due != 0 {
		t.Due = t.Due.AddDays(-ahead)
	}
	if !t.DueAt.IsZero() {
		t.DueAt = t.DueAt.AddDate(0, 0, -ahead)
	}
	return t
}
