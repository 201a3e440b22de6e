package replica_test

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/sync/hub"
	"doorstep/sync/reference"
	"doorstep/sync/replica"
)

// cable passes bytes on between a laptop and the server, and can be cut after so many
// of them in one direction.
type cable struct {
	t      testing.TB
	l      net.Listener
	to     string
	upTo   atomic.Int64 // cut after so many bytes to the server; below zero: never
	downTo atomic.Int64
	up     atomic.Int64
	down   atomic.Int64
	slow   atomic.Int64 // bytes a millisecond towards the laptop; 0: as they come

	each  atomic.Int64 // a connection lasts so many bytes in either direction; 0: for ever
	dials atomic.Int64

	mu    sync.Mutex
	conns []net.Conn
}

func newCable(t testing.TB, to string) *cable {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &cable{t: t, l: l, to: to}
	c.upTo.Store(-1)
	c.downTo.Store(-1)
	go c.run()
	t.Cleanup(func() { l.Close(); c.cut() })
	return c
}

func (c *cable) address() string { return c.l.Addr().String() }

func (c *cable) run() {
	for {
		in, err := c.l.Accept()
		if err != nil {
			return
		}
		out, err := net.Dial("tcp", c.to)
		if err != nil {
			in.Close()
			continue
		}
		c.dials.Add(1)
		c.mu.Lock()
		c.conns = append(c.conns, in, out)
		c.mu.Unlock()
		go c.pass(out, in, &c.up, &c.upTo, false)
		go c.pass(in, out, &c.down, &c.downTo, true)
	}
}

func (c *cable) cut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, x := range c.conns {
		x.Close()
	}
	c.conns = nil
}

func (c *cable) pass(to, from net.Conn, count, limit *atomic.Int64, down bool) {
	defer to.Close()
	defer from.Close()
	buf := make([]byte, 4096)
	left := c.each.Load()
	for {
		b := buf
		if n := c.slow.Load(); down && n > 0 {
			b = buf[:n]
			time.Sleep(time.Millisecond)
		}
		n, err := from.Read(b)
		if max := limit.Load(); max >= 0 && count.Load()+int64(n) > max {
			n = int(max - count.Load())
			err = io.ErrClosedPipe
		}
		if left > 0 {
			if left -= int64(n); left <= 0 {
				n += int(left)
				err = io.ErrClosedPipe
			}
		}
		if n > 0 {
			count.Add(int64(n))
			if _, werr := to.Write(b[:n]); werr != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// behind moves a laptop's line onto a cable.
func behind(t testing.TB, l *reference.Laptop, c *cable) {
	t.Helper()
	e, _ := l.Enrolment()
	e.Address = "https://" + c.address()
	if err := l.Enrol(context.Background(), e); err != nil {
		t.Fatal(err)
	}
}

func TestTheLineMayBreakAtEveryByte(t *testing.T) {
	w := newWorld(t)
	l, _ := w.enrolled()
	w.visits(l, w.person(l, "林小溪"), 1)
	c := newCable(t, w.address)
	behind(t, l, c)
	whole := l.Clone()
	w.exchange(w.client(whole))
	up, down := c.up.Load(), c.down.Load()
	if up < 500 || down < 500 {
		t.Fatalf("%d bytes up, %d down", up, down)
	}
	for _, dir := range []struct {
		name  string
		limit *atomic.Int64
		count *atomic.Int64
		all   int64
	}{{"up", &c.upTo, &c.up, up}, {"down", &c.downTo, &c.down, down}} {
		for n := int64(0); n < dir.all-64; n++ {
			if n < dir.all-800 { // the handshake, which knows nothing of visits
				n += 16
			}
			image := l.Clone()
			client := w.client(image)
			dir.count.Store(0)
			dir.limit.Store(n)
			_, err := client.Exchange(context.Background())
			dir.limit.Store(-1)
			client.Close()
			if err == nil {
				if image.Waiting() > 0 {
					t.Fatalf("cut after %d bytes %s: it said all is well, and %d are waiting", n, dir.name, image.Waiting())
				}
				continue
			}
			if s := client.State(); s.Kind != replica.Offline {
				t.Fatalf("cut after %d bytes %s: %+v, %v", n, dir.name, s, err)
			}
		}
	}
	if got := len(w.district.Log()); got != 2 {
		t.Errorf("the district counts %d operations, 2 were made", got)
	}
	last := w.client(l)
	w.exchange(last)
	w.same(l)
}

func TestALineThatDropsEvery4KiBStillCarriesADay(t *testing.T) {
	w := newWorld(t)
	writer, first := w.enrolled()
	w.visits(writer, w.person(writer, "孙玉兰"), 40)
	w.exchange(first)
	l, _ := w.enrolled()
	w.visits(l, w.person(l, "林小溪"), 30)
	c := newCable(t, w.address)
	behind(t, l, c)
	c.each.Store(4 << 10)
	client := w.client(l)
	tries := 0
	for ; tries < 10; tries++ {
		if _, err := client.Exchange(t.Context()); err == nil {
			break
		}
	}
	if tries == 10 || c.dials.Load() < 3 {
		t.Errorf("%d exchanges, %d connections", tries, c.dials.Load())
	}
	w.same(l)
	c.each.Store(0)
	w.visits(l, w.person(l, "王秀英"), 29)
	for range 5 {
		w.exchange(client) // the line is good again, and so are the pieces
	}
	w.visits(l, w.person(l, "赵铁柱"), 29)
	if r := w.exchange(client); r.RoundTrips != 1 {
		t.Errorf("%+v", r)
	}
}

func TestALongReportGoesInChunksAndResumes(t *testing.T) {
	w := newWorld(t)
	l, _ := w.enrolled()
	p := w.person(l, "买买提·吐尔逊")
	long := make([]byte, 45<<10)
	for i := range long {
		long[i] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/"[w.dice.IntN(64)]
	}
	by := l.Author()
	id, err := by.NewRecord()
	if err != nil {
		t.Fatal(err)
	}
	op, err := by.Create(id, casework.KindVisit, p, casework.Values{"date": "2026-11-23", "answers": map[string]string{"c7_6": string(long)}})
	if err != nil {
		t.Fatal(err)
	}
	l.Save(op)
	c := newCable(t, w.address)
	behind(t, l, c)
	c.each.Store(24 << 10) // one chunk and a half
	if r := w.exchange(w.client(l)); r.RoundTrips < 5 {
		t.Errorf("%d round trips: it did not go in chunks", r.RoundTrips)
	}
	if up := c.up.Load(); up > 70<<10 {
		t.Errorf("%d bytes went up: chunks that had arrived went again", up)
	}
	if c.dials.Load() < 2 {
		t.Error("the line never broke: this test shows nothing")
	}
	w.same(l)
}

func TestALostAnswerIsHarmless(t *testing.T) {
	w := newWorld(t)
	l, c := w.enrolled()
	p := w.person(l, "赵铁柱")
	image := l.Clone()
	w.exchange(w.client(image)) // the answer reaches only the image
	w.visits(l, p, 2)
	w.exchange(c)
	w.same(l)
	for id, r := range image.Receipts() {
		if l.Receipts()[id].Seq != r.Seq {
			t.Error("the receipt changed")
		}
	}
}

func TestARestoredLaptopGoesOnInANewEpoch(t *testing.T) {
	w := newWorld(t)
	l, c := w.enrolled()
	p := w.person(l, "孙玉兰")
	w.exchange(c)
	image := l.Clone()
	w.visits(l, p, 2)
	w.exchange(c)
	w.visits(image, p, 3) // restored from the image, she writes again
	w.exchange(w.client(image))
	w.same(image)
	visits := 0
	for _, r := range w.district.Records() {
		if r.Kind == casework.KindVisit {
			visits++
		}
	}
	if visits != 5 {
		t.Errorf("the district has %d visits of 5", visits)
	}
}

func TestADistrictThatLostTheEndGetsItAgain(t *testing.T) {
	w := newWorld(t)
	l, c := w.enrolled()
	w.visits(l, w.person(l, "刘桂英"), 3)
	w.exchange(c)
	w.district.Forget(l.Device())
	w.visits(l, w.person(l, "周大山"), 1)
	w.exchange(c)
	w.same(l)
	d, err := w.district.Device(context.Background(), l.Device())
	if err != nil || d.Chain.Seq != 6 {
		t.Errorf("%+v %v", d.Chain, err)
	}
}

func TestALostLaptopIsTold(t *testing.T) {
	w := newWorld(t)
	l, c := w.enrolled()
	w.person(l, "林小溪")
	w.district.Revoke(l.Device())
	if _, err := c.Exchange(context.Background()); casework.CodeOf(err) != "replica.revoked" {
		t.Errorf("%v", err)
	}
	if !l.Wiped || c.State().Kind != replica.Refused {
		t.Errorf("wiped %v, %+v", l.Wiped, c.State())
	}
	done := make(chan struct{})
	go func() { defer close(done); c.Run(context.Background(), nil) }()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Error("it keeps trying")
	}
}

func TestNoNetworkIsNotAnError(t *testing.T) {
	w := newWorld(t)
	l, c := w.enrolled()
	w.visits(l, w.person(l, "林小溪"), 1)
	w.exchange(c)
	at := c.State().At
	w.stop()
	w.person(l, "王秀英")
	_, err := c.Exchange(context.Background())
	if casework.CodeOf(err) != "replica.offline" {
		t.Errorf("%v", err)
	}
	s := c.State()
	if s.Kind != replica.Offline || !s.At.Equal(at) {
		t.Errorf("%+v", s)
	}
	if len(l.View()) != 3 {
		t.Error("something she saved is gone from the screen")
	}
}

// impostor is a server with the address of the district that says what a test likes.
func impostor(t testing.TB, keys *tls.Config, say http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewUnstartedServer(say)
	if keys != nil {
		s.TLS = keys
		s.StartTLS()
	} else {
		s.Start()
	}
	t.Cleanup(s.Close)
	return strings.TrimPrefix(strings.TrimPrefix(s.URL, "https://"), "http://")
}

// districtTLS is the district's own TLS, for servers that say strange things under it.
func (w *world) districtTLS() *tls.Config {
	return hub.New(hub.Options{Register: w.district, Authority: w.keys, Now: w.clock, Rand: w.rand}).TLS()
}

func TestWhoeverIsNotTheDistrictChangesNothing(t *testing.T) {
	w := newWorld(t)
	stranger, err := hub.NewAuthority(w.rand, w.clock)
	if err != nil {
		t.Fatal(err)
	}
	other := hub.New(hub.Options{Register: w.district, Authority: stranger, Now: w.clock, Rand: w.rand})
	page := func(status int, kind, body string) http.HandlerFunc {
		return func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Content-Type", kind)
			if status >= 500 {
				rw.Header().Set("Retry-After", "17")
			}
			rw.WriteHeader(status)
			_, _ = io.WriteString(rw, body)
		}
	}
	for _, c := range []struct {
		name    string
		address string
		want    casework.Code
		kind    replica.Kind
	}{
		{"a captive portal without TLS", impostor(t, nil, page(200, "text/html", "<html>sign in</html>")), "replica.not_district", replica.Offline},
		{"a captive portal with TLS", impostor(t, &tls.Config{}, page(200, "text/html", "<html>sign in</html>")), "replica.wrong_server", replica.Offline},
		{"another district", impostor(t, other.TLS(), other.ServeHTTP), "replica.wrong_server", replica.Offline},
		{"HTML from the district", impostor(t, w.districtTLS(), page(200, "text/html", "<html>")), "replica.not_district", replica.Offline},
		{"a redirection", impostor(t, w.districtTLS(), page(302, "text/html", "")), "replica.not_district", replica.Offline},
		{"rubbish", impostor(t, w.districtTLS(), page(200, "application/vnd.doorstep.answer", "rubbish")), "replica.forged", replica.Refused},
		{"nothing", impostor(t, w.districtTLS(), page(200, "application/vnd.doorstep.answer", "")), "replica.forged", replica.Refused},
		{"500", impostor(t, w.districtTLS(), page(500, "text/plain", "oops")), "hub.trouble", replica.Busy},
		{"503 with a wish", impostor(t, w.districtTLS(), page(503, "application/vnd.doorstep.fault+json", `{"code":"hub.busy"}`)), "hub.busy", replica.Busy},
		{"hangs up", impostor(t, w.districtTLS(), func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }), "replica.offline", replica.Offline},
	} {
		l, _ := w.enrolled()
		w.visits(l, w.person(l, "林小溪"), 2)
		applied := l.Applied
		e, _ := l.Enrolment()
		e.Address = "https://" + c.address
		if err := l.Enrol(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		client := w.client(l)
		_, err := client.Exchange(t.Context())
		if casework.CodeOf(err) != c.want || client.State().Kind != c.kind || client.State().Reason != c.want {
			t.Errorf("%s: %v, %+v", c.name, err, client.State())
		}
		if l.Applied != applied || l.Waiting() != 3 {
			t.Errorf("%s: it changed something", c.name)
		}
	}
}

// between is the district with somebody in the middle who holds its TLS keys.
func (w *world) between(change func(path string, answer []byte) []byte) string {
	h := hub.New(hub.Options{Register: w.district, Authority: w.keys, Now: w.clock, Rand: w.rand})
	return impostor(w.t, h.TLS(), func(rw http.ResponseWriter, r *http.Request) {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		for k, v := range rec.Header() {
			rw.Header()[k] = v
		}
		body := rec.Body.Bytes()
		if rec.Code == http.StatusOK {
			body = change(r.URL.Path, body)
		}
		rw.Header().Del("Content-Length")
		rw.WriteHeader(rec.Code)
		_, _ = rw.Write(body)
	})
}

func TestForgedAndOlderAnswersChangeNothing(t *testing.T) {
	w := newWorld(t)
	l, _ := w.enrolled()
	e, _ := l.Enrolment()
	var first []byte
	var forge func([]byte) []byte
	e.Address = "https://" + w.between(func(_ string, b []byte) []byte { return forge(b) })
	if err := l.Enrol(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	c := w.client(l)
	forge = func(b []byte) []byte { first = b; return b }
	w.exchange(c)
	applied := l.Applied
	w.person(l, "林小溪")
	for name, f := range map[string]struct {
		forge func([]byte) []byte
		code  casework.Code
	}{
		"a bit flipped":       {func(b []byte) []byte { b[len(b)-1] ^= 1; return b }, "replica.forged"},
		"the signature wiped": {func(b []byte) []byte { clear(b[153 : 153+64]); return b }, "replica.forged"},
		"an older answer":     {func([]byte) []byte { return first }, "replica.older_answer"},
		"cut short":           {func(b []byte) []byte { return b[:len(b)/2] }, "replica.forged"},
	} {
		forge = f.forge
		if _, err := c.Exchange(t.Context()); casework.CodeOf(err) != f.code {
			t.Errorf("%s: %v", name, err)
		}
		if l.Applied != applied || l.Waiting() != 1 {
			t.Errorf("%s changed something", name)
		}
	}
	forge = func(b []byte) []byte { return b }
	w.exchange(c)
	w.same(l)
}

func TestOneByteASecondIsGivenUpAndNothingIsLost(t *testing.T) {
	w := newWorld(t)
	l, _ := w.enrolled()
	w.visits(l, w.person(l, "林小溪"), 1)
	c := newCable(t, w.address)
	behind(t, l, c)
	c.slow.Store(1)
	client := w.client(l, func(o *replica.Options) { o.Patience = 60 * time.Millisecond })
	saved := make(chan struct{})
	go func() { w.person(l, "saved meanwhile"); close(saved) }()
	_, err := client.Exchange(t.Context())
	<-saved
	if casework.CodeOf(err) != "replica.too_slow" || client.State().Kind != replica.Offline {
		t.Errorf("%v %+v", err, client.State())
	}
	c.slow.Store(0)
	w.exchange(w.client(l))
	w.same(l)
}

func TestASlowLineThatMovesIsLetFinish(t *testing.T) {
	w := newWorld(t)
	l, _ := w.enrolled()
	c := newCable(t, w.address)
	behind(t, l, c)
	c.slow.Store(8)
	client := w.client(l, func(o *replica.Options) { o.Patience, o.Least = 100*time.Millisecond, 20 })
	begun := time.Now()
	w.exchange(client)
	if time.Since(begun) < 150*time.Millisecond {
		t.Error("the line was not slow: this test shows nothing")
	}
}

// goneBack is a register whose answer numbers are those of a backup.
type goneBack struct {
	hub.Register
	by *uint64
}

func (g goneBack) Answered(ctx context.Context, id casework.DeviceID, token casework.Hash, seq uint64, now, lease time.Time) (uint64, error) {
	n, err := g.Register.Answered(ctx, id, token, seq, now, lease)
	return n - min(n, *g.by), err
}

func TestADistrictRestoredFromABackupIsNoForger(t *testing.T) {
	var by uint64
	w := newWorld(t, func(o *hub.Options) { o.Register = goneBack{o.Register, &by} })
	l, c := w.enrolled()
	for range 3 {
		w.exchange(c)
	}
	applied := l.Applied
	w.person(l, "林小溪")
	by = 2
	if _, err := c.Exchange(t.Context()); casework.CodeOf(err) != "replica.older_answer" {
		t.Fatal(err)
	}
	if s := c.State(); s.Kind != replica.Refused || s.Reason != "replica.older_answer" {
		t.Errorf("the status line says %+v", s)
	}
	if l.Applied != applied || l.Waiting() != 1 {
		t.Error("the answer changed something")
	}
	by = 0 // its numbers have caught up
	w.exchange(c)
	w.same(l)
}

func TestPacksComeByHashAndOnce(t *testing.T) {
	w := newWorld(t)
	l, c := w.enrolled()
	w.district.Publish("form/child-visit", []byte("a questionnaire"))
	w.district.Publish("tables", []byte("tables"))
	if r := w.exchange(c); r.Packs != 2 || r.RoundTrips != 3 {
		t.Errorf("%+v", r)
	}
	if r := w.exchange(c); r.Packs != 0 || r.RoundTrips != 1 || l.Packs() != 2 {
		t.Errorf("%+v", r)
	}
	other, _ := w.enrolled()
	e, _ := other.Enrolment()
	e.Address = "https://" + w.between(func(path string, b []byte) []byte {
		if strings.Contains(path, "/packs/") {
			b[0] ^= 1
		}
		return b
	})
	if err := other.Enrol(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	w.person(other, "林小溪")
	if _, err := w.client(other).Exchange(t.Context()); casework.CodeOf(err) != "replica.forged" || other.Packs() != 0 {
		t.Errorf("a pack with another content was taken: %v", err)
	}
	if other.Waiting() != 0 {
		t.Error("text waited for packs")
	}
}

func TestNewsComesInPagesAndResumes(t *testing.T) {
	w := newWorld(t, func(o *hub.Options) { o.Page = 7 })
	writer, c := w.enrolled()
	w.visits(writer, w.person(writer, "林小溪"), 40)
	w.exchange(c)
	l, _ := w.enrolled()
	cut := newCable(t, w.address)
	behind(t, l, cut)
	cut.downTo.Store(6000)
	client := w.client(l)
	if _, err := client.Exchange(t.Context()); err == nil {
		t.Fatal("the line was meant to break")
	}
	some := len(l.View())
	if some == 0 || some == 41 {
		t.Fatalf("%d records after the break: choose another place to cut", some)
	}
	cut.downTo.Store(-1)
	if r := w.exchange(client); r.Puts != 41-some {
		t.Errorf("%d records again, %d were missing", r.Puts, 41-some)
	}
	w.same(l)
}

func TestTheDistrictIsReachedThroughAProxy(t *testing.T) {
	w := newWorld(t)
	l, _ := w.enrolled()
	w.visits(l, w.person(l, "林小溪"), 2)
	var through atomic.Int32
	proxy := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect {
			http.Error(rw, "CONNECT only", http.StatusMethodNotAllowed)
			return
		}
		through.Add(1)
		out, err := net.Dial("tcp", r.Host)
		if err != nil {
			http.Error(rw, "", http.StatusBadGateway)
			return
		}
		in, _, err := http.NewResponseController(rw).Hijack()
		if err != nil {
			out.Close()
			return
		}
		_, _ = io.WriteString(in, "HTTP/1.1 200 OK\r\n\r\n")
		go func() { defer in.Close(); defer out.Close(); _, _ = io.Copy(out, in) }()
		_, _ = io.Copy(in, out)
		in.Close()
		out.Close()
	}))
	t.Cleanup(proxy.Close)
	c := w.client(l, func(o *replica.Options) { o.Proxy = http.ProxyURL(mustURL(t, proxy.URL)) })
	w.exchange(c)
	w.same(l)
	fresh := reference.NewLaptop(w.rand, w.clock)
	e := w.client(fresh, func(o *replica.Options) { o.Proxy = http.ProxyURL(mustURL(t, proxy.URL)) })
	if _, err := e.Enrol(t.Context(), w.address, w.invite()); err != nil {
		t.Error(err)
	}
	c.Close()
	if through.Load() != 2 {
		t.Errorf("%d connections through the proxy", through.Load())
	}
}
