package laptop

import (
	"encoding/json"
	"os"
	"path/filepath"
	"time"
)

const attemptsFile = "attempts.json"

// attempts counts wrong passphrases, so that guessing at the keyboard is slow. It never
// locks anyone out: the longest wait is a minute, whatever the file or the clock says.
type attempts struct {
	Wrong int       `json:"wrong"`
	Last  time.Time `json:"last"`
}

const longestWait = time.Minute

func readAttempts(dir string) attempts {
	var a attempts
	b, err := readSome(filepath.Join(dir, attemptsFile), 4<<10)
	if err != nil || json.Unmarshal(b, &a) != nil || a.Wrong < 0 {
		return attempts{}
	}
	return a
}

// delay is how long the next try waits after this many wrong ones: two are free.
func (a attempts) delay() time.Duration {
	switch {
	case a.Wrong < 3:
		return 0
	case a.Wrong > 8:
		return longestWait
	}
	return min(longestWait, time.Second<<(a.Wrong-3))
}

// left is what remains of the wait at now. A clock set back cannot make it longer than
// the delay itself.
func (a attempts) left(now time.Time) time.Duration {
	d := a.delay()
	passed := now.Sub(a.Last)
	if passed < 0 {
		return d
	}
	return max(0, d-passed)
}

// wrong writes down one more wrong try. A folder that cannot be written does not stop
// the caller from telling that the passphrase was wrong.
func (a attempts) wrong(dir string, now time.Time) attempts {
	a = attempts{Wrong: a.Wrong + 1, Last: now}
	if b, err := json.Marshal(a); err == nil {
		_ = os.WriteFile(filepath.Join(dir, attemptsFile), b, 0o600)
	}
	return a
}

func clearAttempts(dir string) { _ = os.Remove(filepath.Join(dir, attemptsFile)) }

// Wait is how long Open would wait at now before it tries a passphrase: the unlock
// screen counts it down.
func Wait(dir string, now time.Time) time.Duration { return readAttempts(dir).left(now) }
