package replica_test

import (
	"context"
	"io"
	"math/rand/v2"
	"net"
	"sync"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/sync/hub"
	"doorstep/sync/reference"
	"doorstep/sync/replica"
)

// world is one district with a server on this computer, and whatever laptops a test brings.
type world struct {
	t        testing.TB
	rand     io.Reader
	dice     *rand.Rand
	district *reference.District
	keys     *hub.Authority
	address  string
	stop     func()

	mu  sync.Mutex
	now time.Time
}

func newWorld(t testing.TB, change ...func(*hub.Options)) *world {
	t.Helper()
	w := &world{t: t, now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))}
	w.rand = &locked{r: rand.NewChaCha8([32]byte{1})}
	w.dice = rand.New(rand.NewPCG(1, 2))
	keys, err := hub.NewAuthority(w.rand, w.clock)
	if err != nil {
		t.Fatal(err)
	}
	w.keys = keys
	w.district = reference.NewDistrict(ledger.District{
		ID: casework.ID{7}, Name: "环翠区", Area: "371002000000", Incarnation: 1,
		Signing: keys.SigningKey(), Authority: keys.Certificate(), Recipient: keys.Recipient(),
	})
	w.serve(change...)
	t.Cleanup(func() { w.stop() })
	return w
}

// locked lets several goroutines draw from one source.
type locked struct {
	mu sync.Mutex
	r  io.Reader
}

func (l *locked) Read(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.r.Read(p)
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(time.Millisecond)
	return w.now
}

func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

func (w *world) serve(change ...func(*hub.Options)) { w.serveAt("127.0.0.1:0", change...) }

func (w *world) serveAt(address string, change ...func(*hub.Options)) {
	o := hub.Options{Register: w.district, Authority: w.keys, Now: w.clock, Rand: w.rand, Patience: 20 * time.Second}
	for _, f := range change {
		f(&o)
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		w.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- hub.New(o).Serve(ctx, l) }()
	w.address = l.Addr().String()
	w.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			w.t.Errorf("the server did not end well: %v", err)
		}
	})
}

// invite issues a code for a worker of the village.
func (w *world) invite() string {
	w.t.Helper()
	code, err := hub.Invite(context.Background(), w.district, w.rand, w.clock, ledger.Code{
		Name: "张桂芬", Role: casework.RoleChildDirector,
		Scopes: []casework.Scope{{Area: reference.Village, Duties: []casework.Duty{casework.DutyChild}}},
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return code.String()
}

func (w *world) client(l *reference.Laptop, change ...func(*replica.Options)) *replica.Client {
	w.t.Helper()
	o := replica.Options{Journal: l, Now: w.clock, Rand: w.rand, Patience: 5 * time.Second}
	for _, f := range change {
		f(&o)
	}
	c, err := replica.New(o)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(c.Close)
	return c
}

// enrolled is a laptop that belongs to the district, and its line.
func (w *world) enrolled(change ...func(*replica.Options)) (*reference.Laptop, *replica.Client) {
	w.t.Helper()
	l := reference.NewLaptop(w.rand, w.clock)
	c := w.client(l, change...)
	if _, err := c.Enrol(context.Background(), w.address, w.invite()); err != nil {
		w.t.Fatal(err)
	}
	return l, c
}

// person saves a new person on a laptop.
func (w *world) person(l *reference.Laptop, name string) casework.RecordID {
	w.t.Helper()
	op, err := reference.Person(l.Author(), name)
	if err != nil {
		w.t.Fatal(err)
	}
	l.Save(op)
	return op.Record
}

// visits saves so many visits to a person.
func (w *world) visits(l *reference.Laptop, to casework.RecordID, n int) {
	w.t.Helper()
	for range n {
		op, err := reference.Visit(l.Author(), to, w.dice.IntN)
		if err != nil {
			w.t.Fatal(err)
		}
		l.Save(op)
	}
}

func (w *world) exchange(c *replica.Client) replica.Report {
	w.t.Helper()
	r, err := c.Exchange(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

// same asserts that nothing is waiting and that laptop and district tell the same.
func (w *world) same(l *reference.Laptop) {
	w.t.Helper()
	if n := l.Waiting(); n != 0 {
		w.t.Errorf("%d operations are still waiting", n)
	}
	theirs, ours := w.district.Records(), l.View()
	if len(theirs) != len(ours) {
		w.t.Fatalf("the district has %d records, the laptop %d", len(theirs), len(ours))
	}
	for id, r := range theirs {
		if !r.As(casework.RoleChildDirector).Equal(ours[id].As(casework.RoleChildDirector)) {
			w.t.Errorf("a %s differs at the two ends", r.Kind)
		}
	}
}
