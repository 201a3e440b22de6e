package book

import (
	"context"
	"time"

	"doorstep/casework"
	"doorstep/casework/form"
)

// Visitor is a visit under way. Every answer is on the disk when Answered returns.
type Visitor interface {
	// Begin starts a visit (or the entering of a paper one) and its draft.
	Begin(ctx context.Context, b Beginning) (*Session, error)
	// Drafts are the visits not finished, newest first.
	Drafts(ctx context.Context) ([]Draft, error)
	// Resume opens a draft with everything but the field that was being typed.
	Resume(ctx context.Context, draft casework.ID) (*Session, error)
	// Answered journals changes of the session's form.
	Answered(ctx context.Context, draft casework.ID, changes ...form.Change) error
	// Orders are what the answers so far ask to be done, without any disk.
	Orders(s *Session) []Order
	// Finish closes the visit: record, tasks and draft in one transaction. The orders are what must be done now.
	Finish(ctx context.Context, s *Session) (Finished, error)
	// Discard drops a draft, with a reason.
	Discard(ctx context.Context, draft casework.ID, reason string) error
	// NotMet records in one step that nobody was met: result code and a few words.
	NotMet(ctx context.Context, person casework.RecordID, result, note string) (Finished, error)
}

// Beginning is how a visit starts.
type Beginning struct {
	Persons []casework.RecordID // one, or those behind one door
	Depth   int                 // 1 greeting, 2 routine, 3 full; 0 = what the rules ask for
	Paper   bool
	Date    casework.Day // of a paper visit; zero = today
	Number  string       // of the paper sheet
}

// Session is a visit under way: one form per person behind the door.
type Session struct {
	Title   Phrase // of a form beside the visits; nothing for a visit
	Draft   casework.ID
	Person  Line
	Form    *form.Instance
	Resumed time.Time // when the draft was last saved; zero for a new visit
	Paper   bool
	Started time.Time
	Mates   []Line // others behind the door who are due: offered at the end
	Newer   bool   // the district has a newer version of the questionnaire (Newer.Upgrade)
	Short   Phrase // what a visit of this depth does not count for, said before it is saved; nothing when it counts
}

// Finished is what a closed visit leaves to do.
type Finished struct {
	Visit  casework.RecordID
	Orders []Order
	Tasks  int
	Grade  Phrase
	Next   casework.Day
	Filed  *Filed // of a form beside the visits; nil for a visit
}

// Order is what must be done now.
type Order struct {
	Code   string // HT-M …
	Urgent casework.RecordID
	Quiet  bool     // opened with a key when it is safe
	Title  Phrase   //
	Steps  []Phrase //
	Call   []string // numbers: 110, 120 …

	// The rest is known once the visit is closed; during the visit it may be empty.
	Script []Phrase    // to read out on the telephone: who, where, what was seen, whether the child is safe now
	Taken  []Attention // what was noted about it so far, oldest first
	People []Colleague // who would see the report: one of them may be implicated and is then left out
}

// Colleague is somebody who would see a report.
type Colleague struct {
	ID   casework.WorkerID
	Name string
	Duty Phrase // 镇督导员
}
