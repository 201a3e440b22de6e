package casework

import (
	"encoding/base32"
	"io"
)

// ID is 128 random bits, written as 26 characters of Crockford's base32.
// The zero ID means "none" and is written as an empty string.
type ID [16]byte

// The kinds of id are distinct types, so that a record is never taken for an operation.
type (
	RecordID struct{ ID } // a person, household, visit …
	OpID     struct{ ID } // one operation
	DeviceID struct{ ID } // a laptop: the first 16 bytes of SHA-256 of its public key
	WorkerID struct{ ID } // someone who works in the district
)

var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// NewID draws an id from r, which in the product is crypto/rand.Reader.
func NewID(r io.Reader) (ID, error) {
	var id ID
	if _, err := io.ReadFull(r, id[:]); err != nil {
		return ID{}, Problem("casework.NewID", "random.unavailable").Because(err)
	}
	return id, nil
}

// ParseID reads what String wrote. Lower case is accepted; anything else is an error.
func ParseID(s string) (ID, error) {
	var id ID
	if s == "" {
		return id, nil
	}
	if len(s) != 26 {
		return ID{}, Problem("casework.ParseID", "id.malformed", "length", len(s))
	}
	up := make([]byte, 26)
	for i := range s {
		c := s[i]
		if c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		up[i] = c
	}
	b, err := crockford.DecodeString(string(up))
	if err != nil || crockford.EncodeToString(b) != string(up) {
		return ID{}, Problem("casework.ParseID", "id.malformed", "length", len(s))
	}
	copy(id[:], b)
	return id, nil
}

// IsZero reports whether there is no id.
func (id ID) IsZero() bool { return id == ID{} }

// String is the id as people and JSON see it.
func (id ID) String() string {
	if id.IsZero() {
		return ""
	}
	return crockford.EncodeToString(id[:])
}

// MarshalText implements encoding.TextMarshaler.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (id *ID) UnmarshalText(b []byte) error {
	v, err := ParseID(string(b))
	if err != nil {
		return err
	}
	*id = v
	return nil
}

// Compare orders ids by their bytes.
func (id ID) Compare(other ID) int {
	for i := range id {
		if id[i] != other[i] {
			if id[i] < other[i] {
				return -1
			}
			return 1
		}
	}
	return 0
}
