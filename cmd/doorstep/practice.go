package main

import (
	"context"
	"net"
	"slices"
	"sync"

	"doorstep/casework"
	"doorstep/cmd/internal/desk"
	"doorstep/cmd/internal/districtapp"
	"doorstep/store/district"
	"doorstep/tui/book"
)

// gate is the practice network: a listener on this machine that can be cut. Cut, it drops
// every connection at once, as a line in a village does.
type gate struct {
	net.Listener
	mu   sync.Mutex
	off  bool
	open map[net.Conn]bool
}

func newGate(l net.Listener) *gate { return &gate{Listener: l, open: map[net.Conn]bool{}} }

// Accept implements net.Listener.
func (g *gate) Accept() (net.Conn, error) {
	for {
		c, err := g.Listener.Accept()
		if err != nil {
			return nil, err
		}
		g.mu.Lock()
		off := g.off
		if !off {
			g.open[c] = true
		}
		g.mu.Unlock()
		if !off {
			return &gated{Conn: c, g: g}, nil
		}
		_ = c.Close()
	}
}

func (g *gate) connected() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return !g.off
}

func (g *gate) connect(on bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.off = !on
	if g.off {
		for c := range g.open {
			_ = c.Close()
		}
		clear(g.open)
	}
}

// gated forgets a connection when it ends.
type gated struct {
	net.Conn
	g *gate
}

func (c *gated) Close() error {
	c.g.mu.Lock()
	delete(c.g.open, c.Conn)
	c.g.mu.Unlock()
	return c.Conn.Close()
}

// practiceBook is the practice district's book.
type practiceBook struct {
	*desk.Desk
	gate     *gate
	district *districtapp.App
}

var _ book.Practice = practiceBook{}

// Connected implements book.Practice.
func (p practiceBook) Connected() bool { return p.gate.connected() }

// Connect implements book.Practice.
func (p practiceBook) Connect(on bool) { p.gate.connect(on) }

// Register implements book.Practice: her village's visits as the district has them.
func (p practiceBook) Register(ctx context.Context) ([]book.Registered, error) {
	var out []book.Registered
	f := district.Filter{Limit: 500}
	if areas := p.Worker().Areas; len(areas) > 0 {
		f.Area = areas[0]
	}
	for {
		rows, next, err := p.district.Store().Visits(ctx, f)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			v := casework.SummaryOf(r.Record)
			out = append(out, book.Registered{Number: r.Seq, Name: r.Owner, Date: v.Date, Mode: v.Mode, Worker: r.Worker})
		}
		if next == "" {
			break
		}
		f.After = next
	}
	slices.SortFunc(out, func(a, b book.Registered) int { return int(b.Number) - int(a.Number) })
	return out, nil
}
