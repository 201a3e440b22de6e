package replica

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/sync/wire"
)

// Report is what one exchange did.
type Report struct {
	Sent       int             // operations that the district confirmed in it
	Aside      int             // how many of them it keeps aside for a person to decide
	Puts       int             // records heard anew
	Leaves     int             // records no longer in this laptop's care
	Packs      int             // packs fetched
	RoundTrips int             // requests made
	Up, Down   int64           // bytes on the line, TLS included
	Standing   ledger.Standing // what the district thinks of this laptop's chain
	Clock      time.Duration   // by how much the laptop's clock is ahead of the district's
}

// Limits of one batch, below those of the wire so that it always fits.
const (
	batchOps   = wire.MaxOps
	batchBytes = 96 << 10 // travels inside one request, and the answer may refer to it
	pageMost   = 400      // records of a page of news
	packsTold  = 128      // with more packs than this the hello names none: the district lists all
	stuckAfter = 4        // answers in a row that brought nothing forward
	strainMost = 4        // how often batches and pages are quartered on a line that keeps breaking
	breaksMost = 6        // breaks in a row that one exchange bears
)

// Exchange brings everything saved to the district and everything it has to say here,
// however many answers that takes; 30 visits take one. What has been applied stays
// applied when the line breaks; the next exchange goes on from there.
//
// Errors: replica.not_enrolled, replica.offline and the other states of the line, what
// the district refuses with (hub.…), replica.revoked, replica.frozen, replica.stuck,
// replica.forged, replica.older_answer, those of the journal.
func (c *Client) Exchange(ctx context.Context) (Report, error) {
	if err := c.take(ctx); err != nil {
		return Report{}, err
	}
	defer c.give()
	e, ok := c.o.Journal.Enrolment()
	if !ok {
		err := casework.Problem("replica.Exchange", "replica.not_enrolled")
		c.settle(err)
		return Report{}, err
	}
	c.become(func(s *State) { s.Kind, s.Reason, s.Args = Sending, "", nil })
	l, err := c.lineTo(e)
	if err != nil {
		c.settle(err)
		return Report{}, err
	}
	up, down := l.watch.up.Load(), l.watch.down.Load()
	x := exchange{c: c, e: e, l: l}
	err = x.bear(ctx)
	x.report.Up, x.report.Down = l.watch.up.Load()-up, l.watch.down.Load()-down
	c.settle(err)
	return x.report, err
}

// lineTo keeps one line, so that a live connection is used again.
func (c *Client) lineTo(e ledger.Enrolment) (*line, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.line != nil && c.line.address == e.Address && bytes.Equal(c.line.authority, e.Authority) {
		return c.line, nil
	}
	l, err := c.newLine(e.Address, e.Authority)
	if err != nil {
		return nil, err
	}
	if c.line != nil {
		c.line.close()
	}
	c.line = l
	return l, nil
}

type exchange struct {
	c       *Client
	e       ledger.Enrolment
	l       *line
	report  Report
	plain   string // standing and cursors after the last answer, to notice standing still
	stuck   int
	answers int // applied so far
}

// bear goes on at once when the line broke after it had moved something, each time in
// smaller pieces: some lines drop every few kilobytes.
func (x *exchange) bear(ctx context.Context) error {
	for breaks := 0; ; {
		down, done := x.l.watch.down.Load(), x.answers
		err := x.run(ctx)
		if err == nil {
			x.c.strain = max(0, x.c.strain-1)
			return nil
		}
		if failureOf(err).kind != Offline || ctx.Err() != nil || x.l.watch.down.Load() == down {
			return err
		}
		x.c.strain = min(strainMost, x.c.strain+1)
		if breaks++; x.answers > done {
			breaks = 0
		}
		if breaks > breaksMost || casework.CodeOf(err) != "replica.cut_off" && casework.CodeOf(err) != "replica.offline" {
			return err
		}
	}
}

func (x *exchange) run(ctx context.Context) error {
	for {
		hello, err := x.c.o.Journal.Hello(ctx)
		if err != nil {
			return err
		}
		up, err := x.c.o.Journal.Unsent(ctx, max(1, batchOps>>(2*x.c.strain)), batchBytes>>(2*x.c.strain))
		if err != nil {
			return err
		}
		a, err := x.once(ctx, hello, up)
		if err != nil {
			return err
		}
		if err := x.packs(ctx, hello, a); err != nil {
			return err
		}
		if a.Standing == ledger.StandingFrozen {
			return casework.Problem("replica.Exchange", "replica.frozen")
		}
		rest, err := x.c.o.Journal.Unsent(ctx, 1, 1)
		if err != nil {
			return err
		}
		if len(rest.Ops) == 0 && !a.News.More {
			return nil
		}
		if x.still(a, rest) {
			return casework.Problem("replica.Exchange", "replica.stuck")
		}
	}
}

// still reports that answer after answer brings nothing forward.
func (x *exchange) still(a ledger.Answer, rest ledger.Upload) bool {
	b, _ := json.Marshal([]any{a.Standing, a.Chain, a.News.Cursors, rest.From}) // plain values
	if string(b) == x.plain {
		x.stuck++
	} else {
		x.plain, x.stuck = string(b), 0
	}
	return x.stuck >= stuckAfter
}

// once sends a hello with a stretch of the chain and applies the answer.
func (x *exchange) once(ctx context.Context, hello ledger.Hello, up ledger.Upload) (ledger.Answer, error) {
	var batch *wire.Batch
	var body []byte
	var err error
	if len(up.Ops) > 0 {
		home := wire.Home{District: x.e.District, Incarnation: x.e.Incarnation}
		if batch, err = wire.Pack(home, up, x.c.o.Journal.Sign); err != nil {
			return ledger.Answer{}, err
		}
	}
	switch {
	case batch == nil:
		body, err = x.ask(ctx, "/v1/pull", hello, nil)
	case len(batch.Signed)+int(batch.Head.Size) <= wire.MaxInline:
		body, err = x.ask(ctx, "/v1/sync", hello, batch)
	default:
		body, err = x.piecewise(ctx, hello, batch)
	}
	if err != nil {
		return ledger.Answer{}, err
	}
	a, err := wire.OpenAnswer(body, batch, x.e.Signing)
	if err != nil {
		return a, casework.Problem("replica.Exchange", "replica.forged").Because(err)
	}
	if a.Device != x.c.o.Journal.Device() || a.District != x.e.District {
		return a, casework.Problem("replica.Exchange", "replica.forged")
	}
	if a.Number <= hello.Answer { // it is the district's, but from before: perhaps it went back to a backup
		return a, casework.Problem("replica.Exchange", "replica.older_answer")
	}
	err = x.c.o.Journal.Apply(ctx, a)
	if a.Standing == ledger.StandingRevoked && (err == nil || casework.CodeOf(err) == "laptop.revoked") {
		return a, casework.Problem("replica.Exchange", "replica.revoked").Because(err)
	}
	if err != nil {
		return a, err
	}
	x.answers++
	x.count(a, hello)
	return a, nil
}

func (x *exchange) count(a ledger.Answer, hello ledger.Hello) {
	r := &x.report
	for _, rc := range a.Receipts {
		r.Sent++
		if rc.Out.Verdict == casework.Quarantined {
			r.Aside++
		}
	}
	r.Puts += len(a.News.Puts)
	r.Leaves += len(a.News.Leaves)
	r.Standing, r.Clock = a.Standing, hello.Now.Sub(a.Token.At)
}

func (x *exchange) do(ctx context.Context, method, path, kind string, body []byte, want string, most int) ([]byte, error) {
	x.report.RoundTrips++
	return x.l.do(ctx, method, path, kind, body, want, most)
}

func (x *exchange) ask(ctx context.Context, path string, hello ledger.Hello, batch *wire.Batch) ([]byte, error) {
	if len(hello.Packs) > packsTold {
		hello.Packs = nil
	}
	body, err := wire.Ask(hello, batch)
	if err != nil {
		return nil, err
	}
	if x.c.strain > 0 {
		path = fmt.Sprintf("%s?page=%d", path, max(1, pageMost>>(2*x.c.strain)))
	}
	return x.do(ctx, "POST", path, wire.TypeAsk, body, wire.TypeAnswer, wire.MaxAnswer)
}

// piecewise sends a larger batch chunk by chunk. What has arrived need not be sent again
// after the line broke.
func (x *exchange) piecewise(ctx context.Context, hello ledger.Hello, batch *wire.Batch) ([]byte, error) {
	path := "/v1/batches/" + batch.ID().String()
	for again := false; ; again = true {
		out, err := x.pieces(ctx, path, hello, batch)
		if code := casework.CodeOf(err); !again && (code == "hub.unknown_batch" || code == "hub.incomplete") {
			continue // the district restarted meanwhile
		}
		return out, err
	}
}

func (x *exchange) pieces(ctx context.Context, path string, hello ledger.Hello, batch *wire.Batch) ([]byte, error) {
	b, err := x.do(ctx, "PUT", path, wire.TypePiece, batch.Signed, "application/json", 64<<10)
	if err != nil {
		return nil, err
	}
	var missing []int
	if err := json.Unmarshal(b, &missing); err != nil {
		return nil, casework.Problem("replica.pieces", "replica.not_district").Because(err)
	}
	for _, i := range missing {
		if i < 0 || i >= len(batch.Chunks) {
			return nil, casework.Problem("replica.pieces", "replica.not_district")
		}
		if _, err := x.do(ctx, "PUT", fmt.Sprintf("%s/chunks/%d", path, i), wire.TypePiece, batch.Chunks[i], "application/json", 64<<10); err != nil {
			return nil, err
		}
	}
	return x.ask(ctx, path+"/commit", hello, nil)
}

// packs fetches what the district publishes and the laptop lacks, after the text.
func (x *exchange) packs(ctx context.Context, hello ledger.Hello, a ledger.Answer) error {
	if a.News.More {
		return nil // the last answer of the exchange names them again
	}
	for _, ref := range a.Packs {
		if slices.Contains(hello.Packs, ref.Hash) {
			continue
		}
		b, err := x.do(ctx, "GET", "/v1/packs/"+ref.Hash.String(), "", nil, wire.TypePiece, wire.MaxPack)
		if err != nil {
			return err
		}
		if sha256.Sum256(b) != ref.Hash {
			return casework.Problem("replica.packs", "replica.forged")
		}
		if err := x.c.o.Journal.StorePack(ctx, ref, b); err != nil {
			return err
		}
		x.report.Packs++
	}
	return nil
}
