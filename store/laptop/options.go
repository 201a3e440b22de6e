package laptop

import (
	"context"
	"crypto/rand"
	"io"
	"time"

	"doorstep/casework"
	"doorstep/store/laptop/outbox"
)

// Options are what a store takes from outside. The zero Options are right for the
// product; tests pass a clock, cheap Argon parameters and a sleeper that does not sleep.
type Options struct {
	Now     casework.Clock                                   // nil: the wall clock
	Rand    io.Reader                                        // nil: crypto/rand.Reader
	Argon   Params                                           // zero: calibrated to 0.5–1 s when a slot is made
	Sleep   func(ctx context.Context, d time.Duration) error // nil: a real timer; waits after wrong passphrases
	Outbox  string                                           // folder of the outbox; empty: outbox, below the store
	Program string                                           // version of the program, told to the district

	disk        outbox.Disk   // where the outbox lies; nil: a folder
	noOutbox    bool          //
	checkEvery  time.Duration // 0: the constant of this name; below 0: never
	quiet       time.Duration // 0: quietMinute
	outboxDelay time.Duration // 0: the constant of this name
	vfs         string        // SQLite's file layer; empty: the operating system's
	unhurried   int64         // bytes; 0: the constant of this name
	resealStep  int           // rows; 0: the constant of this name
	reserve     int64         // bytes; 0: reserveSize
	free        func(dir string) (uint64, error)
	changeRing  func(*keyring) // for tests that ask what sealing costs; nil: nothing
}

func (o Options) filled() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	if o.reserve == 0 {
		o.reserve = reserveSize
	}
	if o.free == nil {
		o.free = freeSpace
	}
	return o
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
