package laptop

import (
	"errors"
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

// Unlocking should take this long: noticeable to who guesses, bearable for who knows.
const (
	unlockLeast = 500 * time.Millisecond
	unlockAim   = 700 * time.Millisecond
	unlockMost  = time.Second
)

// calibrate finds how many passes over 64 MiB take 0.5 to 1 s on this laptop. The first
// measurement, of one pass, is mostly the cost of fresh memory, so the result is measured
// again until it fits.
func calibrate(measure func(Params) time.Duration) Params {
	p := Params{Time: 1, MemoryKiB: 64 << 10, Threads: uint8(min(4, runtime.NumCPU()))}
	for range 4 {
		took := measure(p)
		if took <= 0 || took > time.Minute { // the clock stood still or jumped
			took = time.Duration(p.Time) * 100 * time.Millisecond
		}
		if took >= unlockLeast && took <= unlockMost && p.Time > 1 {
			break
		}
		p.Time = uint32(max(2, min(32, (time.Duration(p.Time)*unlockAim+took/2)/took)))
	}
	return p
}

// measured is how long one derivation takes by a clock.
func measured(now casework.Clock) func(Params) time.Duration {
	return func(p Params) time.Duration {
		start := now()
		p.derive([]byte("calibration"), make([]byte, 16))
		return now().Sub(start)
	}
}

// derive turns a folded passphrase into the key that wraps the master key.
func (p Params) derive(passphrase, salt []byte) []byte {
	key := argon2.IDKey(passphrase, salt, p.Time, p.MemoryKiB, p.Threads, 32)
	if p.MemoryKiB >= 8<<10 { // it is not needed again
		debug.FreeOSMemory()
	}
	return key
}

// fold makes one passphrase of the ways an input method may leave it: full-width letters
// and spaces become narrow ones, spaces around and doubled spaces go. Case counts.
func fold(passphrase []byte) []byte {
	return []byte(strings.Join(strings.Fields(casework.Narrow(string(passphrase))), " "))
}

// ChangePassphrase puts another passphrase in the place of the old one. The master key
// stays, so nothing is sealed again. Errors: laptop.wrong_passphrase, laptop.short_passphrase.
func (s *Store) ChangePassphrase(old, next []byte) error {
	const op = "laptop.ChangePassphrase"
	s.work.Lock()
	defer s.work.Unlock()
	if s.closed {
		return casework.Problem(op, "laptop.closed")
	}
	if len([]rune(string(fold(next)))) < MinPassphrase {
		return casework.Problem(op, "laptop.short_passphrase", "Least", MinPassphrase)
	}
	master, _, err := s.keys.unlock(old)
	if errors.Is(err, errWrong) {
		return s.wrongPassphrase(op)
	}
	if err != nil {
		return err
	}
	k := s.keys
	if err := k.setPassphrase(s.o.Rand, next, master, k.Slots[0].Argon); err != nil {
		return err
	}
	if err := s.replaceKeys(k); err != nil {
		return casework.Problem(op, "laptop.disk").Because(err)
	}
	return nil
}
