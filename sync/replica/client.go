// Package replica is the laptop's end of the line: it enrols a laptop, and brings what
// was saved to the district and what the district has to say to the laptop. It holds no
// lock while it waits for the network; whoever saves never waits for it. No network is
// not an error but a state.
package replica

import (
	"context"
	"crypto/ed25519"
	"crypto/tls"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// Journal is what the replica needs of the laptop's store.
type Journal interface {
	Device() casework.DeviceID
	PublicKey() ed25519.PublicKey
	Sign(message []byte) ([]byte, error) // with Ed25519
	Author() casework.Author
	Enrolment() (ledger.Enrolment, bool)
	Enrol(ctx context.Context, e ledger.Enrolment) error
	Hello(ctx context.Context) (ledger.Hello, error)
	// Unsent is the next stretch of the chain without receipts, empty when there is none.
	Unsent(ctx context.Context, maxOps, maxBytes int) (ledger.Upload, error)
	// Apply takes in an answer in one transaction; one that is not newer changes nothing.
	Apply(ctx context.Context, a ledger.Answer) error
	StorePack(ctx context.Context, ref ledger.PackRef, body []byte) error
}

// Options are what a client is made of. Journal, Now and Rand are needed.
type Options struct {
	Journal Journal
	Now     casework.Clock
	Rand    io.Reader
	Program string                                // version of the program, told at enrolment
	Proxy   func(*http.Request) (*url.URL, error) // nil: no proxy; cmd passes http.ProxyFromEnvironment

	Patience time.Duration // a line that moves fewer than Least bytes in this time is given up; 45 s
	Least    int           // 256 bytes
	Every    time.Duration // between exchanges of Run when nothing calls for one; 10 min
	Shortest time.Duration // first pause after a failure; 5 s
	Longest  time.Duration // longest pause; 15 min

	// Wait pauses Run; it ends early with ctx's error. Nil: a timer.
	Wait func(ctx context.Context, d time.Duration) error
}

func (o Options) filled() Options {
	for _, d := range []struct {
		value    *time.Duration
		standard time.Duration
	}{{&o.Patience, 45 * time.Second}, {&o.Every, 10 * time.Minute}, {&o.Shortest, 5 * time.Second}, {&o.Longest, 15 * time.Minute}} {
		if *d.value <= 0 {
			*d.value = d.standard
		}
	}
	if o.Least <= 0 {
		o.Least = 256
	}
	if o.Wait == nil {
		o.Wait = wait
	}
	return o
}

func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Client brings one laptop and its district together. It is safe for concurrent use;
// exchanges wait for each other.
type Client struct {
	o        Options
	turn     chan struct{} // whoever may use the line
	sessions tls.ClientSessionCache
	cert     *tls.Certificate
	strain   int // how badly the line breaks; belongs to whoever has the turn

	mu      sync.Mutex
	state   State
	changes chan State
	line    *line
}

// New makes a client. Error: replica.key (the laptop's key cannot sign).
func New(o Options) (*Client, error) {
	o = o.filled()
	cert, err := certificate(o.Journal)
	if err != nil {
		return nil, err
	}
	c := &Client{
		o: o, turn: make(chan struct{}, 1), sessions: tls.NewLRUClientSessionCache(4), cert: cert,
		changes: make(chan State, 1),
	}
	if _, ok := o.Journal.Enrolment(); !ok {
		c.state.Kind = NotEnrolled
	}
	return c, nil
}

// Close hangs up.
func (c *Client) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.line != nil {
		c.line.close()
		c.line = nil
	}
}

// take waits for the line; give hands it on.
func (c *Client) take(ctx context.Context) error {
	select {
	case c.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return casework.Problem("replica.take", "replica.stopped").Because(ctx.Err())
	}
}

func (c *Client) give() { <-c.turn }
