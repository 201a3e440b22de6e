package ledger

import (
	"time"

	"doorstep/casework"
)

// Hello is what a laptop says of itself at the start of an exchange.
type Hello struct {
	Head    Head            `json:"h"`           // end of its chain, with everything saved
	Sent    uint64          `json:"s"`           // last Seq of this epoch it holds a receipt for
	Cursors Cursors         `json:"c"`           //
	Answer  uint64          `json:"a"`           // number of the newest answer it has applied
	Token   casework.Hash   `json:"t,omitzero"`  // newest time token
	Packs   []casework.Hash `json:"p,omitempty"` // packs it holds
	Now     time.Time       `json:"w"`           // its wall clock, to be told about the difference
	Program string          `json:"v,omitempty"` // version of the program
	Keyless bool            `json:"k,omitempty"` // it has no key yet for codes over the telephone
}

// TimeToken proves "later than": it is handed out in every answer, and its hash enters
// the operations made after it.
type TimeToken struct {
	At    time.Time     `json:"t"`          // the district's clock
	Seq   uint64        `json:"q"`          // the district's log at that moment
	Prev  casework.Hash `json:"p,omitzero"` // hash of the token before it for this device
	Nonce casework.ID   `json:"n"`
}

// Standing is what the district thinks of a laptop's chain.
type Standing string

// The standings.
const (
	StandingGood    Standing = "good"
	StandingGap     Standing = "gap"     // send again from Chain.Seq+1
	StandingFork    Standing = "fork"    // another operation holds a sequence number: go on in epoch Chain.Epoch after Chain.Hash, with everything not receipted renumbered
	StandingFrozen  Standing = "frozen"  // second fork: work goes to quarantine until enrolled anew
	StandingRevoked Standing = "revoked" // the laptop destroys its keys
)

// PackRef names what the district publishes.
type PackRef struct {
	Name string        `json:"n"` // "form/child-visit", "tables", "areas", "workers"
	Hash casework.Hash `json:"h"`
	Size int64         `json:"z"`
	From string        `json:"f,omitempty"` // effective from, "2026-11-22"
}

// Answer is everything the district says in one exchange, online or by USB: one signed
// container with a rising number. Unsigned or older answers change nothing.
type Answer struct {
	Number      uint64            `json:"n"`
	Device      casework.DeviceID `json:"d"`
	District    casework.ID       `json:"c"` // the district
	Incarnation uint32            `json:"v"` // of its log
	Standing    Standing          `json:"s"`
	Chain       Head              `json:"h"` // last accepted link of the laptop's chain
	Receipts    []Receipt         `json:"r,omitempty"`
	News        News              `json:"w"`
	Token       TimeToken         `json:"t"`
	Horizon     uint64            `json:"z,omitempty"` // log numbers up to here are in a verified off-disk backup
	LeaseUntil  time.Time         `json:"l"`
	Packs       []PackRef         `json:"p,omitempty"`
	Actor       casework.Actor    `json:"a"`           // role and scopes of the laptop's worker as they now are
	Telephone   []byte            `json:"k,omitempty"` // TelephoneKeySize bytes, for a laptop that has none
}

// Enrolment is what a laptop knows of its district, from the moment it is enrolled.
type Enrolment struct {
	Address     string         `json:"address"`             // https://host:port
	District    casework.ID    `json:"district"`            //
	Name        string         `json:"name"`                // 环翠区
	Area        casework.Area  `json:"area"`                // the county
	Incarnation uint32         `json:"incarnation"`         //
	Authority   []byte         `json:"authority"`           // DER of the district's CA: the only one trusted for its address
	Signing     []byte         `json:"signing"`             // Ed25519 public key of its answers, 32 bytes
	Recipient   string         `json:"recipient"`           // age recipient that drafts and outbox are also sealed to
	Worker      string         `json:"worker"`              // the worker's name as the district knows her
	Actor       casework.Actor `json:"actor"`               //
	LeaseUntil  time.Time      `json:"lease_until"`         //
	At          time.Time      `json:"at,omitzero"`         // the district's clock at that moment
	Telephone   []byte         `json:"telephone,omitempty"` // TelephoneKeySize bytes: key of codes over the telephone
}
