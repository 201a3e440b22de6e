package book

import (
	"context"
	"time"
)

// Leaser is what stays open when the district has not been heard of for too long: old
// files are closed then (people §2.12), and everything else a Book gives is about what was
// written since. New visits are begun for people whom she names.
type Leaser interface {
	// Lapse is how things stand. It never waits for a network.
	Lapse() Lapse
	// EntryOnly is the first page while old files are closed.
	EntryOnly(ctx context.Context) (EntryOnly, error)
	// Named are the people whom a whole name or the code on a sheet of paper means.
	Named(text string) []Line
	// Request is the number to read out on the telephone.
	Request(ctx context.Context) (string, error)
	// Extend takes the code that was read back, and says until when old files are open.
	Extend(ctx context.Context, code string) (time.Time, error)
	// LeaseFiles proposes lease files: on USB sticks and on her desktop.
	LeaseFiles() []string
	// ReadLease takes a lease file, or the only one in a folder.
	ReadLease(ctx context.Context, path string) (time.Time, error)
}

// Lapse is how things stand with the time that old files may be read.
type Lapse struct {
	Closed  bool
	Until   time.Time // old files are open until then, if nothing is heard; zero before enrolment
	Days    int       // until then, when they are open
	Soon    bool      // it is time to warn
	Heard   time.Time // the district's last word
	Astray  bool      // the clock is so far beyond it that nothing it says is believed
	Calls   int       // telephone codes taken since, of Most
	Most    int
	CanCall bool // codes can be taken at all
}

// EntryOnly is the first page while old files are closed.
type EntryOnly struct {
	Lapse
	Urgent []Urgent
	Drafts []Draft
}
