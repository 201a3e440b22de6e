package book

import (
	"context"

	"doorstep/casework"
)

// Practice is a Book of the practice district: its network can be switched off and on, and
// one can look over the shoulder of the district's clerk.
type Practice interface {
	// Connected says whether the practice network is on.
	Connected() bool
	// Connect switches it.
	Connect(on bool)
	// Register is what the district holds of visits, newest first.
	Register(ctx context.Context) ([]Registered, error)
}

// Registered is one visit in the district's register.
type Registered struct {
	Number uint64 // in the district's log
	Name   string // whom the visit was to
	Date   casework.Day
	Mode   string // code of the list "visit_mode"
	Worker string
}
