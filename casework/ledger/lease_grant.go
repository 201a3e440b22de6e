package ledger

import (
	"time"

	"doorstep/casework"
)

// GrantKind is how a lease was made longer.
type GrantKind string

// The kinds.
const (
	GrantFile GrantKind = "file" // a lease file
	GrantCode GrantKind = "code" // a code over the telephone
)

// Grant is what the district keeps of one time that it let a laptop read old files longer.
type Grant struct {
	Device  casework.DeviceID
	Number  uint64 // rises for each laptop
	Kind    GrantKind
	Request string // that a code answers
	Days    int
	Until   time.Time // at the latest, as far as the district can know
	At      time.Time
	By      string // who did it
}
