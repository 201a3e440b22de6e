package laptop

import (
	"crypto/ed25519"
	"crypto/sha256"
	"database/sql"
	"os"
	"sync"

	"modernc.org/sqlite"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// Store is one open store. All methods may be called from any goroutine.
type Store struct {
	o      Options
	dir    string
	held   *os.File // the lock
	keys   keys
	ring   *keyring
	sign   ed25519.PrivateKey
	device casework.DeviceID
	db     *sql.DB
	insert *sql.Stmt // of an operation

	// Locks are taken in this order. work: one writer at a time. based: nobody reads a
	// base while an answer replaces it. view: what the screens read; never held over
	// anything slower than memory.
	work  sync.Mutex
	based sync.RWMutex
	view  sync.RWMutex

	resealing sync.Mutex // one change of keys at a time; taken before all others

	quit   chan struct{} // closed when the store is
	box    *carrier      // nil: none
	former []byte        // a master key that segments of the outbox may still be sealed under

	copies   []*sqlite.Backup // being made; guarded by work
	unfolded int              // bytes in the log since it was last folded in; guarded by work
	room     room

	// Guarded by view; written with work held as well.
	closed   bool
	self     identity
	enrolled *ledger.Enrolment
	x        exchange
	journal  journal
	caseload caseload
	drafts   map[casework.ID]*DraftInfo
	packs    map[casework.Hash]bool
	code     codes
	attached map[casework.RecordID]attachmentRow
	finder   finder
	looking  sync.WaitGroup // lookLater
	sweeping sync.WaitGroup // sweepAgain after a revocation
	torn     bool           // rows of different days lie together, until the district has said everything again
	allNamed bool           // every row that names a file opens
	unlooked bool           // the database is still to be looked through, while she works
	rebuilt  *Rebuilt
	checked  LastCheck
	tornOps  map[casework.OpID]bool
	broken   int                        // what was found at the start and the district cannot bring back
	spoken   map[casework.RecordID]bool // named by the worker while old files were closed

	seen, ext highest // latest moments seen, see lease.go
}

// identity is what the store is from its first day.
type identity struct {
	Worker casework.WorkerID `json:"worker"` // whom new operations name
	Own    casework.WorkerID `json:"own"`    // whom they named before enrolment
}

// exchange is what the last answers of the district left here.
type exchange struct {
	Start       ledger.Head      `json:"start"` // where the present epoch begins
	Chain       ledger.Head      `json:"chain"` // how much of it the district has
	Cursors     ledger.Cursors   `json:"cursors"`
	Answer      uint64           `json:"answer"`
	Token       casework.Hash    `json:"token"`
	Told        ledger.TimeToken `json:"told"` // the token itself
	Horizon     uint64           `json:"horizon"`
	Incarnation uint32           `json:"incarnation"`
	Standing    ledger.Standing  `json:"standing"`
	Actor       casework.Actor   `json:"actor"`
	Packs       []ledger.PackRef `json:"packs"` // what the district last published
	Lease       jsonTime         `json:"lease"`
	Tally       *tally           `json:"tally,omitempty"`
	Grace       grace            `json:"grace,omitzero"`
}

func deviceID(public ed25519.PublicKey) casework.DeviceID {
	sum := sha256.Sum256(public)
	return casework.DeviceID{ID: casework.ID(sum[:16])}
}

// Device is the laptop's id: the first 16 bytes of SHA-256 of its public key.
func (s *Store) Device() casework.DeviceID { return s.device }

// PublicKey is the Ed25519 key that the laptop's batches are signed with.
func (s *Store) PublicKey() ed25519.PublicKey {
	s.view.RLock()
	defer s.view.RUnlock()
	return s.keys.Signing.Public
}

// Sign signs with the device's key. Error: laptop.closed.
func (s *Store) Sign(message []byte) ([]byte, error) {
	s.view.RLock()
	defer s.view.RUnlock()
	if s.closed {
		return nil, casework.Problem("laptop.Sign", "laptop.closed")
	}
	return ed25519.Sign(s.sign, message), nil
}

// Author writes operations as this store's worker. Before enrolment the worker is a
// random id made by Init. Enrolment keeps it, unless the district knew the worker before;
// either way no operation is ever rewritten.
func (s *Store) Author() casework.Author {
	s.view.RLock()
	defer s.view.RUnlock()
	return casework.Author{Worker: s.self.Worker, Now: s.o.Now, Rand: s.o.Rand, Token: s.x.Token}
}

// Actor is the worker with her role and scopes as the district last said; before
// enrolment the role is empty.
func (s *Store) Actor() casework.Actor {
	s.view.RLock()
	defer s.view.RUnlock()
	return s.actor()
}

func (s *Store) actor() casework.Actor {
	a := s.x.Actor
	a.Worker = s.self.Worker
	return a
}
