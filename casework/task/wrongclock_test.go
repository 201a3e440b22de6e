package task_test

import (
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/task"
)

func TestAFollowUpOpenedByAClockIn2099IsDueInAWeekAllTheSame(t *testing.T) {
	today := casework.MustDay("2026-11-23")
	ahead := casework.MustDay("2099-05-01")
	got := task.AsOf(casework.Task{OpenedOn: ahead, Due: ahead.AddDays(7), DueAt: ahead.Time().Add(26 * time.Hour)}, today)
	if got.Due != today.AddDays(7) || casework.DayOf(got.DueAt) != today.AddDays(1) {
		t.Errorf("due %s, at %s", got.Due, got.DueAt)
	}
	same := casework.Task{OpenedOn: today, Due: today.AddDays(7)}
	if task.AsOf(same, today).Due != same.Due {
		t.Error("a task of today was moved")
	}
}
