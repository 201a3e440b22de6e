package casework

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"time"
)

// Hash is a SHA-256, written in 43 characters of base64url.
type Hash [32]byte

// IsZero reports whether there is no hash.
func (h Hash) IsZero() bool { return h == Hash{} }

// String is the hash as JSON sees it; empty for the zero hash.
func (h Hash) String() string {
	if h.IsZero() {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(h[:])
}

// MarshalText implements encoding.TextMarshaler.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (h *Hash) UnmarshalText(b []byte) error {
	*h = Hash{}
	if len(b) == 0 {
		return nil
	}
	var v [33]byte
	n, err := base64.RawURLEncoding.Strict().Decode(v[:], b[:min(len(b), 44)])
	if err != nil || n != 32 || len(b) != 43 {
		return Problem("casework.Hash", "hash.malformed", "length", len(b))
	}
	copy(h[:], v[:32])
	return nil
}

// Salt is 128 random bits drawn when an operation is saved. It makes the commitment
// to the operation reveal nothing once the operation is erased.
type Salt = ID

// Op is one operation: at this time, this worker, having seen these values, says these.
// Its exact bytes are kept (casework/ledger) and never re-serialised to verify.
type Op struct {
	ID     OpID      `json:"i"`
	At     time.Time `json:"t"`           // the laptop's wall clock: shown to people, never used to order
	Worker WorkerID  `json:"w"`           // must be the device's worker for that epoch
	Record RecordID  `json:"r"`           // the record written
	Kind   Kind      `json:"k"`           // its kind
	Owner  RecordID  `json:"o,omitzero"`  // visits, tasks, benefits … name the person or household they belong to, for ever
	Writes []Write   `json:"x"`           // each register at most once
	Token  Hash      `json:"tt,omitzero"` // hash of the newest time token this laptop holds
	Salt   Salt      `json:"s"`           //
}

// Write is one register's new value and what its author was looking at.
type Write struct {
	Field  Field           `json:"f"`
	Value  json.RawMessage `json:"v"`           // null with a reason = removed
	Base   OpID            `json:"b,omitzero"`  // the op whose value the author was looking at; zero = nothing was there
	Closes []OpID          `json:"c,omitempty"` // only when settling: exactly the alternatives that were on the screen
	Reason string          `json:"y,omitempty"` // why it was removed, retracted or corrected
}

// Same reports whether two JSON values say the same thing, whatever their spacing and key order.
func Same(a, b json.RawMessage) bool {
	if bytes.Equal(a, b) {
		return true
	}
	ca, ok := canonical(a)
	if !ok {
		return false
	}
	cb, ok := canonical(b)
	return ok && bytes.Equal(ca, cb)
}

func canonical(v json.RawMessage) ([]byte, bool) {
	if len(v) == 0 {
		return []byte("null"), true
	}
	var x any
	d := json.NewDecoder(bytes.NewReader(v))
	d.UseNumber()
	if d.Decode(&x) != nil {
		return nil, false
	}
	out, err := json.Marshal(x)
	return out, err == nil
}
