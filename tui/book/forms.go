package book

import (
	"context"

	"doorstep/casework"
)

// Filler is the forms beside the visits, 其他表: assessments, surveys, records, checks. One is
// filled in like a visit (Visitor.Answered, Resume, Finish, Discard), but is none.
type Filler interface {
	// Forms are those this worker fills in about a person; with a zero person, about places.
	Forms(ctx context.Context, person casework.RecordID) (FormMenu, error)
	// BeginForm starts a form and its draft.
	BeginForm(ctx context.Context, b FormBeginning) (*Session, error)
	// Adopt writes what a form found into the person's file: on her word, not by itself.
	Adopt(ctx context.Context, record casework.RecordID) error
	// Withdraw takes a form back that was filled in by mistake, with a reason.
	Withdraw(ctx context.Context, record casework.RecordID, reason string) error
}

// FormMenu is what the page 其他表 offers.
type FormMenu struct {
	Person  Line // zero for places
	Choices []FormChoice
	Drafts  []Draft
	Records []FormLine // checks of places; a person's stand in her file
	Places  []Village  // where checks are made
	Readers []Colleague
}

// FormChoice is one form that can be filled in.
type FormChoice struct {
	Form  string // form id
	Title Phrase
	// Protected forms are named neutrally, and ask first from whom they are kept.
	Protected bool
	Last      casework.Day // when it was last filled in; 0 = not yet, or not hers to know
}

// FormBeginning is how a form starts.
type FormBeginning struct {
	Form     string
	Person   casework.RecordID   // zero for a place, or when Urgent says who
	Area     casework.Area       // of a check of a place
	Exclude  []casework.WorkerID // kept from these people
	Urgent   casework.RecordID   // the order it is written for
	Triggers []string            // what gave the order, while that is still known: HT-A …
	Corrects casework.RecordID   // the record it takes the place of
	Reason   string              // of the correction
	Date     casework.Day        // zero = today; another day is entered from paper
}

// FormLine is one filled-in form of a file.
type FormLine struct {
	ID      casework.RecordID
	Date    casework.Day
	Title   Phrase
	Result  Phrase // as far as she may know it
	Next    casework.Day
	Place   string // of a check
	Worker  string
	Where   Whereabouts
	Mine    bool
	Removed bool // taken back or corrected
}

// Filed is what a completed form says and leaves to do; its answers are on the disk.
type Filed struct {
	Title   Phrase
	Results []Phrase // in the form's own words, as far as she may read them
	Advice  bool     // a score or a level is among them: people decide (PIPL 24)
	Tasks   []Promise
	// Adopt asks whether the result goes into the person's file; nothing when there is nothing to ask.
	Adopt Phrase
}

// FilledPage is what a page of one record says of a form beside what a visit has.
type FilledPage struct {
	Form  FormLine
	Again string        // form id, when she may fill it in anew in its place
	Area  casework.Area // of a check of a place
	Adopt Phrase        // asks whether the result goes into the person's file
}
