package laptop

import (
	"context"
	"crypto/sha256"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"doorstep/casework"
)

// What the stories of this room share: a clock that is set, cheap keys, and a district
// that is the reference model of the merge held in memory.

var secret = []byte("zhu dao xiao xi")

var cheap = Params{Time: 1, MemoryKiB: 64, Threads: 1}

// dice is a seeded source of bytes for many goroutines.
type dice struct {
	mu sync.Mutex
	r  *rand.ChaCha8
}

func newDice(seed uint64) *dice {
	var b [32]byte
	for i := range 8 {
		b[i] = byte(seed >> (8 * i))
	}
	return &dice{r: rand.NewChaCha8(b)}
}

func (d *dice) Read(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.r.Read(p)
}

// clock is a laptop's wall clock that a story sets.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(time.Second)
	return c.t
}

func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = t
}

func monday() *clock {
	return &clock{t: time.Date(2026, 11, 23, 8, 0, 0, 0, time.FixedZone("", 8*3600))}
}

func options(seed uint64) Options {
	return Options{
		Now: monday().now, Rand: newDice(seed), Argon: cheap, Program: "test",
		Sleep:   func(context.Context, time.Duration) error { return nil },
		reserve: 4 << 10, free: func(string) (uint64, error) { return TightBelow, nil },
	}
}

// TestMain keeps the property tests short enough for every run; -rapid.checks makes them long.
func TestMain(m *testing.M) {
	if dir := os.Getenv("LAPTOP_OPEN"); dir != "" && os.Getenv("LAPTOP_MEASURE") != "" {
		os.Exit(measure(dir))
	} else if dir != "" {
		os.Exit(openElsewhere(dir, os.Getenv("LAPTOP_UID")))
	}
	flag.Parse()
	long := false
	flag.Visit(func(f *flag.Flag) { long = long || f.Name == "rapid.checks" })
	if !long {
		_ = flag.Set("rapid.checks", "40")
	}
	code := m.Run()
	closing()
	os.Exit(code)
}

// openElsewhere is this test program run as another process: it opens a store and prints
// the code of the error.
func openElsewhere(dir, uid string) int {
	if n, err := strconv.Atoi(uid); err == nil && n > 0 && os.Geteuid() == 0 {
		if err := becomeUser(n); err != nil {
			fmt.Print(err)
			return 1
		}
	}
	s, err := Open(context.Background(), dir, secret, options(77))
	if err == nil {
		err = s.Close()
	}
	fmt.Print(casework.CodeOf(err))
	return 0
}

func sum(b []byte) [32]byte { return sha256.Sum256(b) }

// ram is a folder in memory where there is one: the laws need no disk.
func ram(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "laptop")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

type tester interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
	Cleanup(func())
	Context() context.Context
}

// newStore is a laptop on its first day.
func newStore(t *testing.T, seed uint64) *Store { return newStoreIn(t, t.TempDir(), seed) }

func newStoreIn(t tester, dir string, seed uint64) *Store {
	t.Helper()
	return newStoreAs(t, dir, options(seed))
}

// withoutOutbox is for stories about what the database is by itself.
func withoutOutbox(o *Options) { o.noOutbox = true }

func newStoreWith(t *testing.T, seed uint64, change func(*Options)) *Store {
	t.Helper()
	o := options(seed)
	change(&o)
	return newStoreAs(t, t.TempDir(), o)
}

func newStoreAs(t tester, dir string, o Options) *Store {
	t.Helper()
	s, err := Init(t.Context(), filepath.Join(dir, "store"), secret, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// again closes a store and opens it anew, as on the next morning.
func again(t tester, s *Store) *Store {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	n, err := Open(t.Context(), s.dir, secret, s.o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { n.Close() })
	return n
}

func try(t tester, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wants(t tester, err error, code casework.Code) {
	t.Helper()
	if casework.CodeOf(err) != code {
		t.Fatalf("got %v, want %s", err, code)
	}
}

const (
	zhudao = casework.Area("371002104201")
	beishi = casework.Area("371002104202")
	county = casework.Area("371002000000")
)

func child(name string, area casework.Area) casework.Values {
	return casework.Values{"name": name, "sex": "2", "area": area, "duties": []string{"child"}, "grid": "3组"}
}

// person writes a new person and saves it.
func person(t tester, s *Store, v casework.Values) casework.RecordID {
	t.Helper()
	a := s.Author()
	id, err := a.NewRecord()
	try(t, err)
	op, err := a.Create(id, casework.KindPerson, casework.RecordID{}, v)
	try(t, err)
	try(t, s.Save(t.Context(), op))
	return id
}

// visitOp writes a visit without saving it.
func visitOp(t tester, s *Store, who casework.RecordID, day string) casework.Op {
	t.Helper()
	a := s.Author()
	id, err := a.NewRecord()
	try(t, err)
	op, err := a.Create(id, casework.KindVisit, who, casework.Values{
		"date": day, "mode": "home", "result": "done", "seen": true, "worker": a.Worker,
		"answers": map[string]any{"B1_1": "奶奶", "B1_2": 3}, "answers_restricted": map[string]any{"C6_1": "青紫"},
	})
	try(t, err)
	return op
}

func visit(t tester, s *Store, who casework.RecordID, day string) casework.RecordID {
	t.Helper()
	op := visitOp(t, s, who, day)
	try(t, s.Save(t.Context(), op))
	return op.Record
}
