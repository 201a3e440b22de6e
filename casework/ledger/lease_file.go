package ledger

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"time"

	"doorstep/casework"
)

// LeaseFile is the district's word, on a USB stick, that one laptop may read old files
// until a day. It is no secret.
type LeaseFile struct {
	Number   uint64            `json:"number"` // rises from file to file of one laptop
	District casework.ID       `json:"district"`
	Device   casework.DeviceID `json:"device"`
	Issued   time.Time         `json:"issued"` // the district's clock
	Until    time.Time         `json:"until"`
}

// Limits of a lease file.
const (
	MaxLeaseDays      = 30 // from Issued to Until
	MaxLeaseFileBytes = 4 << 10
)

const leaseFormat = "doorstep-lease/1"

// Sign writes the file: three lines, the format, the words, the signature.
func (f LeaseFile) Sign(sign func(message []byte) ([]byte, error)) ([]byte, error) {
	const op = "ledger.Sign"
	if days := f.Until.Sub(f.Issued); days <= 0 || days > MaxLeaseDays*24*time.Hour {
		return nil, casework.Problem(op, "ledger.lease_days", "Most", MaxLeaseDays)
	}
	words, err := json.Marshal(f)
	if err != nil {
		return nil, casework.Problem(op, "ledger.unencodable").Because(err)
	}
	sig, err := sign(leaseMessage(words))
	if err != nil {
		return nil, err
	}
	return bytes.Join([][]byte{[]byte(leaseFormat), words, []byte(base64.StdEncoding.EncodeToString(sig)), nil}, []byte("\n")), nil
}

// OpenLeaseFile reads a file that the district signed. Line ends may be those of Windows.
// Errors: ledger.lease_file (it is no lease file, or cut short), ledger.lease_forged.
func OpenLeaseFile(b []byte, by ed25519.PublicKey) (LeaseFile, error) {
	const op = "ledger.OpenLeaseFile"
	var f LeaseFile
	none := casework.Problem(op, "ledger.lease_file")
	if len(b) > MaxLeaseFileBytes {
		return f, none
	}
	lines := bytes.Split(bytes.TrimSpace(b), []byte("\n"))
	if len(lines) != 3 || string(bytes.TrimSpace(lines[0])) != leaseFormat {
		return f, none
	}
	words := bytes.TrimSpace(lines[1])
	sig, err := base64.StdEncoding.DecodeString(string(bytes.TrimSpace(lines[2])))
	if err != nil || len(sig) != ed25519.SignatureSize {
		return f, none
	}
	if len(by) != ed25519.PublicKeySize || !ed25519.Verify(by, leaseMessage(words), sig) {
		return f, casework.Problem(op, "ledger.lease_forged")
	}
	if err := json.Unmarshal(words, &f); err != nil {
		return LeaseFile{}, none
	}
	if days := f.Until.Sub(f.Issued); days <= 0 || days > MaxLeaseDays*24*time.Hour {
		return LeaseFile{}, none
	}
	return f, nil
}

func leaseMessage(words []byte) []byte {
	sum := sha256.Sum256(words)
	return append([]byte("doorstep/lease/1\x00"), sum[:]...)
}
