package ledger

import (
	"time"

	"doorstep/casework"
)

// District is the identity of a district: the public parts of its keys, its name and
// its county. The private keys are kept elsewhere.
type District struct {
	ID          casework.ID
	Name        string        // 环翠区
	Area        casework.Area // the county
	Incarnation uint32        // of its log, from 1
	Signing     []byte        // Ed25519 public key of its answers
	Authority   []byte        // DER of its CA
	Recipient   string        // age recipient
	Founded     time.Time
}

// Device is a laptop as the district knows it, with the worker who carries it.
type Device struct {
	ID         casework.DeviceID
	PublicKey  []byte            // Ed25519; empty for the desk and for whoever works at the server: they sign nothing
	Name       string            // the worker's
	Own        casework.WorkerID // the id its operations carried before it was enrolled
	Actor      casework.Actor    // the worker's id, role and scopes as they now are
	Chain      Head              // last accepted link
	Forked     time.Time         // last time its chain split
	Frozen     bool              // its chain split twice: work goes to quarantine until enrolled anew
	Revoked    bool              // lost or stolen
	Desk       bool              // the district's own, for work done at the server
	LastLog    uint64            // log number of the last operation taken from it
	Answer     uint64            // number of the last answer given
	Token      casework.Hash     // hash of the last time token given
	LeaseUntil time.Time
	Enrolled   time.Time
	Heard      time.Time // last time it was answered or sent work
}

// Standing is what the district thinks of the device before looking at an upload.
func (d Device) Standing() Standing {
	switch {
	case d.Revoked:
		return StandingRevoked
	case d.Frozen:
		return StandingFrozen
	}
	return StandingGood
}

// Taken is what became of an upload.
type Taken struct {
	Standing Standing
	Chain    Head      // last accepted link; after a fork the beginning of the new epoch
	Receipts []Receipt // one for every operation that was taken, now or earlier, in the order sent
	Fresh    int       // how many of them were not known before
}

// Code is an enrolment code as the district keeps it: never the code itself, but an id
// by which it is found and the key that both sides prove they hold.
type Code struct {
	ID     casework.ID
	Proof  []byte            // key derived from the code
	Worker casework.WorkerID // zero: a worker the district does not know yet
	Name   string            // the worker's name
	Role   casework.Role
	Scopes []casework.Scope
	Until  time.Time
	Tries  int               // wrong proofs so far
	UsedBy casework.DeviceID // zero while unused
}

// Newcomer is a laptop that proved it knows a code.
type Newcomer struct {
	ID        casework.DeviceID
	PublicKey []byte
	Own       casework.WorkerID // the id its operations carry so far
}
