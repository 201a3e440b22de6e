package wire

import (
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/sha256"
	"io"
	"strings"

	"doorstep/casework"
)

// Code is an enrolment code: 16 characters of Crockford's base32 (80 random bits) and a
// check character. The first four find the code at the district; all of them together
// are the secret that both sides prove they hold.
type Code string

const (
	codeAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	codeLength   = 16
	codeRounds   = 1 << 16 // slows down whoever guesses the last twelve characters from a proof
)

// NewCode draws a code.
func NewCode(r io.Reader) (Code, error) {
	var b [10]byte
	if _, err := io.ReadFull(r, b[:]); err != nil {
		return "", casework.Problem("wire.NewCode", "random.unavailable").Because(err)
	}
	var out [codeLength]byte
	for i := range out {
		bit := i * 5
		v := uint16(b[bit/8]) << 8
		if bit/8+1 < len(b) {
			v |= uint16(b[bit/8+1])
		}
		out[i] = codeAlphabet[v>>(11-bit%8)&31]
	}
	s := string(out[:])
	return Code(s + string(codeAlphabet[checkOf(s)])), nil
}

// ParseCode reads what someone typed: in any case, with or without hyphens and spaces,
// full-width, and with I, L and O taken for 1, 1 and 0. Errors: wire.code_length,
// wire.code_character, wire.code_check (a character is wrong or two changed places).
func ParseCode(typed string) (Code, error) {
	const op = "wire.ParseCode"
	fold := strings.NewReplacer("-", "", " ", "", "\t", "", "—", "", "–", "", "I", "1", "L", "1", "O", "0")
	s := fold.Replace(strings.ToUpper(casework.Narrow(strings.TrimSpace(typed))))
	for _, c := range s {
		if !strings.ContainsRune(codeAlphabet, c) {
			return "", casework.Problem(op, "wire.code_character")
		}
	}
	if len(s) != codeLength+1 {
		return "", casework.Problem(op, "wire.code_length", "Length", len(s), "Want", codeLength+1)
	}
	if codeAlphabet[checkOf(s[:codeLength])] != s[codeLength] {
		return "", casework.Problem(op, "wire.code_check")
	}
	return Code(s), nil
}

// String shows the code in groups of four.
func (c Code) String() string {
	var parts []string
	s := string(c)
	for len(s) > 4 {
		parts, s = append(parts, s[:4]), s[4:]
	}
	return strings.Join(append(parts, s), "-")
}

// ID is what the district finds the code by.
func (c Code) ID() casework.ID {
	sum := sha256.Sum256([]byte("doorstep/code/1\x00" + string(c[:4])))
	return casework.ID(sum[:16])
}

// Key is what both sides prove they hold, 32 bytes.
func (c Code) Key() ([]byte, error) {
	key, err := pbkdf2.Key(sha256.New, string(c[:codeLength]), []byte("doorstep/code-key/1"), codeRounds, 32)
	if err != nil {
		return nil, casework.Problem("wire.Key", "wire.code_check").Because(err)
	}
	return key, nil
}

// checkOf is a sum over GF(32) in which every place has a weight of its own, so that one
// wrong character or two that changed places are always noticed.
func checkOf(s string) int {
	sum, weight := 0, 2
	for i := range len(s) {
		sum ^= gfTimes(weight, strings.IndexByte(codeAlphabet, s[i]))
		weight = gfTimes(weight, 2)
	}
	return sum
}

func gfTimes(a, b int) int {
	p := 0
	for ; b > 0; b >>= 1 {
		if b&1 != 0 {
			p ^= a
		}
		if a <<= 1; a&32 != 0 {
			a ^= 37 // x⁵+x²+1
		}
	}
	return p
}

// Side is who makes a proof.
type Side string

// The two sides of an enrolment.
const (
	Laptop   Side = "laptop"
	District Side = "district"
)

// ExporterLabel names the secret of a TLS connection that proofs are bound to (RFC 5705):
// whoever stands in the middle has two connections, and so two secrets.
const ExporterLabel = "EXPORTER-doorstep-enrol-1"

// ProofSize is the length of a proof.
const ProofSize = sha256.Size

// Proof shows that a side holds the code's key, on this very connection, and vouches for
// the message.
func Proof(side Side, key, exporter, message []byte) []byte {
	m := hmac.New(sha256.New, key)
	m.Write([]byte("doorstep/enrol/1\x00" + string(side) + "\x00"))
	m.Write(exporter)
	m.Write(message)
	return m.Sum(nil)
}

// Proves compares in constant time.
func Proves(side Side, key, exporter, message, proof []byte) bool {
	return hmac.Equal(Proof(side, key, exporter, message), proof)
}
