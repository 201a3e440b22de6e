package wire

import (
	"encoding/json"

	"doorstep/casework"
)

// Application is what a laptop says of itself when it enrols. It travels behind the
// laptop's proof.
type Application struct {
	Code    casework.ID       `json:"code"`   // Code.ID
	Key     []byte            `json:"key"`    // the laptop's Ed25519 public key
	Worker  casework.WorkerID `json:"worker"` // the id its operations carry so far
	Program string            `json:"program,omitempty"`
}

// Prove puts a proof in front of a message.
func Prove(side Side, key, exporter, message []byte) []byte {
	return append(Proof(side, key, exporter, message), message...)
}

// SplitProof takes the proof off. Error: wire.cut_short.
func SplitProof(b []byte) (proof, message []byte, err error) {
	if len(b) <= ProofSize {
		return nil, nil, casework.Problem("wire.SplitProof", "wire.cut_short")
	}
	return b[:ProofSize], b[ProofSize:], nil
}

// ReadApplication reads an application. Errors: wire.too_large, wire.malformed.
func ReadApplication(b []byte) (Application, error) {
	var a Application
	if len(b) > MaxEnrolment {
		return a, casework.Problem("wire.ReadApplication", "wire.too_large", "Limit", MaxEnrolment)
	}
	if err := readOne("wire.ReadApplication", b, &a); err != nil {
		return a, err
	}
	if len(a.Key) != 32 || a.Code.IsZero() || a.Worker.IsZero() {
		return a, casework.Problem("wire.ReadApplication", "wire.malformed")
	}
	return a, nil
}

// Fault is how the district says that it cannot serve a request: the code of the
// problem and the facts its sentence names. It changes nothing at the laptop.
type Fault struct {
	Code casework.Code `json:"code"`
	Args casework.Args `json:"args,omitempty"`
}

// MaxFault is the most bytes of a fault.
const MaxFault = 4 << 10

// TypeFault is the media type of a fault.
const TypeFault = "application/vnd.doorstep.fault+json"

// ReadFault reads a fault, and reports whether it is one.
func ReadFault(b []byte) (Fault, bool) {
	var f Fault
	ok := json.Unmarshal(b, &f) == nil && f.Code != ""
	return f, ok
}
