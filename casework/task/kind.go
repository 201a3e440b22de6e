package task

import (
	"slices"
	"time"

	"doorstep/casework"
	"doorstep/casework/rule"
)

// Kind is one kind of task: its steps in order and how long each may take (domain §10).
// Deadlines are the district's to change, except where a law is named.
type Kind struct {
	Code   string // of "task_kind"
	Steps  []Step
	Source string
}

// Step is one step of a kind, and by when it is to be reached.
type Step struct {
	Code   string    // of "task_step"
	Hours  int       // from the start of the task; 0 = see Within
	Within rule.Term // from the day the step before it was reached; zero = no deadline of its own
	Either string    // another step that may stand in this one's place: accepted or refused
}

// Kinds is the table.
var Kinds = []Kind{
	{Code: "need", Steps: steps("open", "doing", Step{Code: "done", Within: rule.Term{Days: 30}}, "verified", "closed")},
	{Code: "follow_up", Steps: steps("open", Step{Code: "done", Within: rule.Term{Days: 7}})},
	{Code: "contact", Steps: steps("open", Step{Code: "done", Hours: 2})},
	{Code: "danger", Steps: steps("open", Step{Code: "done", Hours: 24}, "verified")},
	{
		Code: "report", Source: "未成年人保护法第十一条；关于建立侵害未成年人案件强制报告制度的意见（试行）",
		Steps: steps("discovered", Step{Code: "called"}, Step{Code: "written", Hours: 24}, "informed",
			Step{Code: "feedback", Within: rule.Term{Days: 4}}, "protected", "closed"),
	},
	{Code: "repair", Steps: steps("open", Step{Code: "done", Within: rule.Term{Days: 7}}, "verified")},
	{Code: "referral", Steps: steps("drafted", "basis", "sent", Step{Code: "accepted", Within: rule.Term{Workdays: 3}, Either: "refused"}, "serving", "feedback", "closed")},
	{
		Code: "application", Source: "民发〔2021〕57号",
		Steps: steps("open", "consented", "collected", "handed_in", Step{Code: "accepted", Within: rule.Term{Workdays: 3}, Either: "refused"}, "decided", "told"),
	},
	{Code: "alert", Steps: steps("received", "assigned", "visiting", Step{Code: "result", Within: rule.Term{Workdays: 10}}, "reported_back", "closed")},
	{Code: "verification", Steps: steps("open", Step{Code: "visited", Within: rule.Term{Days: 30}}, "concluded", "reviewed", "confirmed", "noticed")},
	{Code: "emergency_aid", Steps: steps("aided", Step{Code: "papers_completed", Within: rule.Term{Workdays: 10}}, "confirmed")},
	{Code: "card_survey", Steps: steps("open", "surveyed", Step{Code: "corrected", Within: rule.Term{Days: 30}}, "closed")},
	{Code: "publicity", Source: "民发〔2021〕57号", Steps: steps("drafted", "posted", Step{Code: "taken_down", Within: rule.Term{Days: 7}})},
	{Code: "case", Steps: steps("open", Step{Code: "assessed", Within: rule.Term{Days: 7}}, "planned", "doing", "reviewed", "closed")},
	{Code: "transition", Steps: steps("open", "doing", "done", "verified", "closed")},
	{Code: "measure", Steps: steps("open", "doing", "done", "verified", "closed")},
}

func steps(of ...any) []Step {
	out := make([]Step, 0, len(of))
	for _, s := range of {
		switch v := s.(type) {
		case string:
			out = append(out, Step{Code: v})
		case Step:
			out = append(out, v)
		}
	}
	return out
}

// KindOf is the row of a kind.
func KindOf(code string) (Kind, bool) {
	i := slices.IndexFunc(Kinds, func(k Kind) bool { return k.Code == code })
	if i < 0 {
		return Kind{}, false
	}
	return Kinds[i], true
}

// First is the step a new task of the kind stands at.
func (k Kind) First() string { return k.Steps[0].Code }

// Next are the steps that may follow one; empty at the end. From an unknown step, which a
// newer program may have written, nothing follows.
func (k Kind) Next(step string) []string {
	for i, s := range k.Steps {
		if (s.Code == step || s.Either == step && s.Either != "refused") && i+1 < len(k.Steps) {
			next := k.Steps[i+1]
			if next.Either != "" {
				return []string{next.Code, next.Either}
			}
			return []string{next.Code}
		}
	}
	return nil
}

// Deadline is until when the step after the given one is to be reached, counted from the
// moment the given one was. Day is 0 when the next step has no deadline; At is zero unless
// hours matter.
func (k Kind) Deadline(step string, reached time.Time, c rule.Calendar) (day casework.Day, at time.Time) {
	for i := range k.Steps[:len(k.Steps)-1] {
		if k.Steps[i].Code != step {
			continue
		}
		next := k.Steps[i+1]
		switch {
		case next.Hours > 0:
			at = reached.Add(time.Duration(next.Hours) * time.Hour)
			return casework.DayOf(at), at
		case next.Code == "called": // at once
			return casework.DayOf(reached), reached
		case next.Within != rule.Term{}:
			return c.Within(casework.DayOf(reached), next.Within), time.Time{}
		}
	}
	return 0, time.Time{}
}

// Final is the deadline of the first step that has one, counted from the start: what a new
// task shows as its due date.
func (k Kind) Final(start time.Time, c rule.Calendar) (casework.Day, time.Time) {
	for _, s := range k.Steps {
		if d, at := k.Deadline(s.Code, start, c); d != 0 {
			return d, at
		}
	}
	return 0, time.Time{}
}

// Close says whether a task may be closed: with evidence or a reason, and verified by
// somebody other than who did it (domain §10, 闭环). Errors: task.no_evidence, task.same_person.
func Close(t casework.Task, evidence bool, reason string, verifier casework.WorkerID) error {
	const op = "task.Close"
	if !evidence && reason == "" {
		return casework.Problem(op, "task.no_evidence")
	}
	if !verifier.IsZero() && verifier == t.Assignee {
		return casework.Problem(op, "task.same_person")
	}
	return nil
}

// Refer says whether a person may be referred to a third party: for a child under 14 the
// guardian must have been given notice (PIPL 31). It holds for referrals only; a report to
// the police waits for no notice. Error: task.notice_missing.
func Refer(p casework.Person, noticeGiven bool, on casework.Day) error {
	if least := p.Age(on); least < 14 && (least >= 0 || p.IsChild(on)) && !noticeGiven {
		return casework.Problem("task.Refer", "task.notice_missing")
	}
	return nil
}
