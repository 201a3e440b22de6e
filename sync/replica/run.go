package replica

import (
	"context"
	"io"
	"time"
)

// Run exchanges in the background until ctx ends or the store is closed: at once, whenever trigger is sent to
// (something was saved, the worker asks), and every so often. After a failure it waits
// longer and longer, with a jitter, up to Options.Longest; a pause that the district
// asked for is kept. Saving something while offline does not shorten a pause, except
// when the pause was chosen here and is longer than Options.Shortest.
func (c *Client) Run(ctx context.Context, trigger <-chan struct{}) {
	failures := 0
	for ctx.Err() == nil {
		var pause time.Duration
		var ordered bool
		_, err := c.Exchange(ctx)
		if err == nil {
			failures, pause = 0, c.jitter(c.o.Every)
		} else {
			f := failureOf(err)
			failures++
			pause, ordered = c.backOff(failures), false
			if f.kind == NotEnrolled {
				pause = c.o.Every
			}
			if f.after > 0 {
				pause, ordered = f.after+c.jitter(f.after/4), true
			}
			if f.code == "replica.revoked" || f.code == "laptop.closed" {
				return // there is nothing left to bring together
			}
		}
		if !c.rest(ctx, pause, ordered, err != nil, trigger) {
			return
		}
	}
}

// rest pauses. A trigger ends the pause, but not one the district asked for, and after
// a failure not before the shortest pause is over.
func (c *Client) rest(ctx context.Context, pause time.Duration, ordered, failed bool, trigger <-chan struct{}) bool {
	if failed {
		least := min(pause, c.o.Shortest)
		if ordered {
			least = pause
		}
		if c.o.Wait(ctx, least) != nil {
			return false
		}
		if pause -= least; pause <= 0 {
			return true
		}
	}
	waiting, cancel := context.WithCancel(ctx)
	defer cancel()
	over := make(chan struct{})
	go func() {
		defer close(over)
		_ = c.o.Wait(waiting, pause) // whether it ended early is asked below
	}()
	select {
	case <-over:
	case <-trigger:
		cancel()
		<-over
	}
	return ctx.Err() == nil
}

// backOff is the pause after so many failures in a row: doubled each time, jittered
// between half and whole.
func (c *Client) backOff(failures int) time.Duration {
	d := c.o.Longest
	if n := failures - 1; n < 20 {
		d = min(d, c.o.Shortest<<n)
	}
	return c.jitter(d)
}

// jitter draws between half of d and d.
func (c *Client) jitter(d time.Duration) time.Duration {
	var b [2]byte
	if _, err := io.ReadFull(c.o.Rand, b[:]); err != nil {
		return d
	}
	part := time.Duration(b[0])<<8 | time.Duration(b[1])
	return d/2 + d/2*part/(1<<16)
}
