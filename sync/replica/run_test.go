package replica_test

import (
	"context"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/sync/replica"
)

func mustURL(t testing.TB, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// pauses notes how long Run wants to wait, and lets a test end each pause.
type pauses struct {
	begin chan time.Duration
	end   chan struct{}
}

func newPauses() *pauses { return &pauses{begin: make(chan time.Duration), end: make(chan struct{})} }

func (p *pauses) wait(ctx context.Context, d time.Duration) error {
	select {
	case p.begin <- d:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-p.end:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *pauses) next(t *testing.T) time.Duration {
	t.Helper()
	select {
	case d := <-p.begin:
		return d
	case <-time.After(20 * time.Second):
		t.Fatal("it does not pause")
		return 0
	}
}

func start(t *testing.T, c *replica.Client, trigger <-chan struct{}) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); c.Run(ctx, trigger) }()
	stop = sync.OnceFunc(func() { cancel(); <-done })
	t.Cleanup(stop)
	return stop
}

func TestWhatIsSavedGoesUpInTheBackground(t *testing.T) {
	w := newWorld(t)
	p := newPauses()
	l, c := w.enrolled(func(o *replica.Options) { o.Wait = p.wait })
	trigger := make(chan struct{})
	start(t, c, trigger)
	if d := p.next(t); d < 5*time.Minute || d > 10*time.Minute {
		t.Errorf("it rests %v", d)
	}
	w.visits(l, w.person(l, "林小溪"), 2)
	trigger <- struct{}{}
	p.next(t)
	w.same(l)
	for s := range c.Changes() {
		if s.Kind == replica.Received {
			break
		}
	}
}

func TestPausesGrowWhileTheDistrictIsOutOfReach(t *testing.T) {
	w := newWorld(t)
	p := newPauses()
	l, c := w.enrolled(func(o *replica.Options) { o.Wait = p.wait })
	w.person(l, "林小溪")
	w.stop()
	start(t, c, nil)
	// a failure's pause comes in two parts: the shortest, and the rest, which saving may end
	var last time.Duration
	for range 12 {
		first := p.next(t)
		if first < 5*time.Second/2 || first > 5*time.Second {
			t.Fatalf("the first part is %v", first)
		}
		if c.State().Kind != replica.Offline {
			t.Fatalf("%+v", c.State())
		}
		p.end <- struct{}{}
		if first < 5*time.Second { // the first failure: the pause was no longer than that
			continue
		}
		if last = p.next(t); last > 15*time.Minute {
			t.Fatalf("the pause grew to %v", last)
		}
		p.end <- struct{}{}
	}
	if last < 7*time.Minute {
		t.Errorf("after twelve failures it rests %v", last)
	}
}

func TestAPauseTheDistrictAsksForIsKept(t *testing.T) {
	w := newWorld(t)
	asked := 0
	address := impostor(t, w.districtTLS(), func(rw http.ResponseWriter, _ *http.Request) {
		asked++
		rw.Header().Set("Retry-After", "600")
		rw.Header().Set("Content-Type", "application/vnd.doorstep.fault+json")
		rw.WriteHeader(http.StatusServiceUnavailable)
		_, _ = rw.Write([]byte(`{"code":"hub.busy"}`))
	})
	p := newPauses()
	l, _ := w.enrolled()
	e, _ := l.Enrolment()
	e.Address = "https://" + address
	if err := l.Enrol(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	c := w.client(l, func(o *replica.Options) { o.Wait = p.wait })
	trigger := make(chan struct{}, 1)
	stop := start(t, c, trigger)
	d := p.next(t)
	if d < 600*time.Second || d > 800*time.Second {
		t.Errorf("it rests %v, 600 s were asked for", d)
	}
	trigger <- struct{}{} // saving something is no reason to come back earlier
	if c.State().Kind != replica.Busy || c.State().Reason != "hub.busy" {
		t.Errorf("%+v", c.State())
	}
	stop()
	if asked != 1 {
		t.Errorf("it asked %d times", asked)
	}
}

func TestAddressesAsPeopleTypeThem(t *testing.T) {
	for typed, want := range map[string]string{
		"10.1.2.3:8443":                "https://10.1.2.3:8443",
		" https://qu.example.cn:8443/": "https://qu.example.cn:8443",
		"qu.example.cn":                "https://qu.example.cn:443",
		"１０.1.2.3：８４４３":                "https://10.1.2.3:8443",
		"[::1]:8443":                   "https://[::1]:8443",
		"http://qu.example.cn":         "",
		"":                             "",
		"a b":                          "",
		"user@host:1":                  "",
	} {
		got, err := replica.Address(typed)
		if got != want || (want == "") != (casework.CodeOf(err) == "replica.address") {
			t.Errorf("%q: %q %v", typed, got, err)
		}
	}
}
