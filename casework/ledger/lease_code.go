package ledger

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"doorstep/casework"
)

// A laptop whose lease has lapsed can be extended over the telephone. The worker reads a
// request out, the supervisor reads a code back:
//
//	request  6 digits: 5 drawn at random, and a check digit
//	code     8 digits: 7 of HMAC-SHA-256 over device, request and days, and a check digit
//
// The key of the HMAC is known to the laptop and to its district. A digit that was
// misheard is noticed before it counts as a wrong code.
const (
	// ExtensionDays is how long a code opens the files.
	ExtensionDays = 3
	// ExtensionsMost is how many codes in a row are good without contact, unless the
	// district's table says otherwise.
	ExtensionsMost = 2
	// TelephoneKeySize is the number of bytes of the shared key.
	TelephoneKeySize = 16

	requestDigits = 6
	codeDigits    = 8
)

// NewRequest draws a request. Error: random.unavailable.
func NewRequest(r io.Reader) (string, error) {
	const most = 100_000
	for {
		var b [4]byte
		if _, err := io.ReadFull(r, b[:]); err != nil {
			return "", casework.Problem("ledger.NewRequest", "random.unavailable").Because(err)
		}
		if n := binary.BigEndian.Uint32(b[:]); n < 1<<32-1<<32%most {
			return checked(fmt.Sprintf("%05d", n%most)), nil
		}
	}
}

// ReadRequest reads a request as it was typed: spaces and hyphens do not count, full-width
// digits do. Errors: ledger.request_length, ledger.request_misheard.
func ReadRequest(typed string) (string, error) {
	const op = "ledger.ReadRequest"
	digits, ok := onlyDigits(typed, requestDigits)
	switch {
	case !ok:
		return "", casework.Problem(op, "ledger.request_length", "Digits", requestDigits)
	case casework.CheckDigit(digits) != 0:
		return "", casework.Problem(op, "ledger.request_misheard")
	}
	return digits, nil
}

// ExtensionCode is the code that answers a request.
func ExtensionCode(key []byte, device casework.DeviceID, request string) string {
	h := hmac.New(sha256.New, key)
	fmt.Fprintf(h, "doorstep/extension/1\x00%s\x00%s\x00%d", device, request, ExtensionDays)
	n := binary.BigEndian.Uint64(h.Sum(nil)) % 10_000_000 // 2^64 is so much more that no code is likelier than another
	return checked(fmt.Sprintf("%07d", n))
}

// ReadExtensionCode reads a code as it was typed. Errors: ledger.code_length,
// ledger.code_misheard.
func ReadExtensionCode(typed string) (string, error) {
	const op = "ledger.ReadExtensionCode"
	digits, ok := onlyDigits(typed, codeDigits)
	switch {
	case !ok:
		return "", casework.Problem(op, "ledger.code_length", "Digits", codeDigits)
	case casework.CheckDigit(digits) != 0:
		return "", casework.Problem(op, "ledger.code_misheard")
	}
	return digits, nil
}

// Answers reports whether a code answers a request. It takes the same time whatever the code.
func Answers(key []byte, device casework.DeviceID, request, code string) bool {
	return subtle.ConstantTimeCompare([]byte(ExtensionCode(key, device, request)), []byte(code)) == 1
}

func checked(digits string) string { return digits + strconv.Itoa(casework.CheckDigit(digits)) }

func onlyDigits(typed string, n int) (string, bool) {
	digits := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '-' {
			return -1
		}
		return r
	}, casework.Narrow(typed))
	return digits, len(digits) == n && strings.Trim(digits, "0123456789") == ""
}
