package laptop

import (
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"golang.org/x/crypto/argon2"

	"doorstep/casework"
)

// MinPassphrase is the fewest characters of a passphrase.
const MinPassphrase = 6

// Params are the cost of turning a passphrase into a key with Argon2id.
type Params struct {
	Time      uint32 `json:"time"`       // passes
	MemoryKiB uint32 `json:"memory_kib"` //
	Threads   uint8  `json:"threads"`    //
}

// Limits on parameters read from a file, so that a tampered one cannot exhaust the laptop.
const (
	mostPasses    = 1 << 10
	mostMemoryKiB = 1 << 20
)

func (p Params) sane() bool {
	return p.Time > 0 && p.Time <= mostPasses && p.Threads > 0 &&
		p.MemoryKiB >= 8*uint32(p.Threads) && p.MemoryKiB <= mostMemoryKiB
}

// calibrate finds how many passes over 64 MiB take about 0.7 s on this laptop.
func calibrate(now func() time.Time) Params {
	p := Params{Time: 1, MemoryKiB: 64 << 10, Threads: uint8(min(4, runtime.NumCPU()))}
	start := now()
	argon2.IDKey([]byte("calibration"), make([]byte, 16), p.Time, p.MemoryKiB, p.Threads, 32)
	took := now().Sub(start)
	if took <= 0 {
		took = 100 * time.Millisecond // the clock stood still or jumped
	}
	p.Time = uint32(max(2, min(24, (700*time.Millisecond+took/2)/took)))
	return p
}

// derive turns a folded passphrase into the key that wraps the master key.
func (p Params) derive(passphrase, salt []byte) []byte {
	key := argon2.IDKey(passphrase, salt, p.Time, p.MemoryKiB, p.Threads, 32)
	debug.FreeOSMemory() // 64 MiB that are not needed again
	return key
}

// fold makes one passphrase of the ways an input method may leave it: full-width letters
// and spaces become narrow ones, spaces around and doubled spaces go. Case counts.
func fold(passphrase []byte) []byte {
	return []byte(strings.Join(strings.Fields(casework.Narrow(string(passphrase))), " "))
}
