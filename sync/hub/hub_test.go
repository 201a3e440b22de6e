package hub_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"log/slog"
	"math/big"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/sync/hub"
	"doorstep/sync/reference"
	"doorstep/sync/wire"
)

// office is a district with its server, asked with plain HTTP requests.
type office struct {
	t        *testing.T
	rand     io.Reader
	district *reference.District
	keys     *hub.Authority
	server   *httptest.Server
	log      *bytes.Buffer
	hub      *hub.Hub
}

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return noon }

type locked struct {
	mu sync.Mutex
	r  io.Reader
}

func (l *locked) Read(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.r.Read(p)
}

func newOffice(t *testing.T, change ...func(*hub.Options)) *office {
	t.Helper()
	o := &office{t: t, rand: &locked{r: rand.NewChaCha8([32]byte{5})}, log: &bytes.Buffer{}}
	var err error
	if o.keys, err = hub.NewAuthority(o.rand, clock); err != nil {
		t.Fatal(err)
	}
	o.district = reference.NewDistrict(ledger.District{ID: casework.ID{7}, Name: "环翠区", Area: "371002000000", Incarnation: 1})
	opt := hub.Options{
		Register: o.district, Authority: o.keys, Now: clock, Rand: o.rand,
		Log: slog.New(slog.NewTextHandler(o.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	for _, f := range change {
		f(&opt)
	}
	o.hub = hub.New(opt)
	o.server = httptest.NewUnstartedServer(o.hub)
	o.server.TLS = o.hub.TLS()
	o.server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	o.server.StartTLS()
	t.Cleanup(o.server.Close)
	return o
}

// laptop is one that the register knows.
func (o *office) laptop() *reference.Laptop {
	o.t.Helper()
	l := reference.NewLaptop(o.rand, clock)
	code := ledger.Code{
		ID: casework.ID(l.Device().ID), Name: "张桂芬", Role: casework.RoleChildDirector, Until: noon.Add(time.Hour),
		Scopes: []casework.Scope{{Area: reference.Village, Duties: []casework.Duty{casework.DutyChild}}},
	}
	if err := o.district.Issue(context.Background(), code); err != nil {
		o.t.Fatal(err)
	}
	_, err := o.district.Redeem(context.Background(), code.ID, ledger.Newcomer{ID: l.Device(), PublicKey: l.PublicKey(), Own: l.Author().Worker}, noon, noon)
	if err != nil {
		o.t.Fatal(err)
	}
	return l
}

type signs struct{ l *reference.Laptop }

func (s signs) Public() crypto.PublicKey { return s.l.PublicKey() }

func (s signs) Sign(_ io.Reader, m []byte, _ crypto.SignerOpts) ([]byte, error) { return s.l.Sign(m) }

func (o *office) line(l *reference.Laptop, change ...func(*tls.Config)) *http.Client {
	o.t.Helper()
	conf := &tls.Config{InsecureSkipVerify: true}
	if l != nil {
		template := &x509.Certificate{SerialNumber: big.NewInt(1)}
		der, err := x509.CreateCertificate(o.rand, template, template, l.PublicKey(), signs{l})
		if err != nil {
			o.t.Fatal(err)
		}
		conf.Certificates = []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: signs{l}}}
	}
	for _, f := range change {
		f(conf)
	}
	tr := &http.Transport{TLSClientConfig: conf}
	o.t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr}
}

// ask makes a request and gives its status, and the code of the fault if it was one.
func (o *office) ask(c *http.Client, method, path string, body []byte) (int, casework.Code, []byte) {
	o.t.Helper()
	req, err := http.NewRequest(method, o.server.URL+path, bytes.NewReader(body))
	if err != nil {
		o.t.Fatal(err)
	}
	resp, err := c.Do(req)
	if err != nil {
		o.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		o.t.Fatal(err)
	}
	if resp.StatusCode >= 500 || resp.StatusCode == http.StatusTooManyRequests {
		if s, err := strconv.Atoi(resp.Header.Get("Retry-After")); err != nil || s < 5 || s > 35 {
			o.t.Errorf("%d without a pause: %q", resp.StatusCode, resp.Header.Get("Retry-After"))
		}
	}
	f, _ := wire.ReadFault(b)
	return resp.StatusCode, f.Code, b
}

func hello(t *testing.T, l *reference.Laptop, batch *wire.Batch) []byte {
	t.Helper()
	h, err := l.Hello(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b, err := wire.Ask(h, batch)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func batchOf(t *testing.T, l *reference.Laptop, home casework.ID, visits int) *wire.Batch {
	t.Helper()
	p, err := reference.Person(l.Author(), "林小溪")
	if err != nil {
		t.Fatal(err)
	}
	l.Save(p)
	dice := rand.New(rand.NewPCG(1, 1))
	for range visits {
		v, err := reference.Visit(l.Author(), p.Record, dice.IntN)
		if err != nil {
			t.Fatal(err)
		}
		l.Save(v)
	}
	up, err := l.Unsent(t.Context(), wire.MaxOps, 1<<22)
	if err != nil {
		t.Fatal(err)
	}
	b, err := wire.Pack(wire.Home{District: home, Incarnation: 1}, up, l.Sign)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestStrangeRequestsGetPlainRefusals(t *testing.T) {
	o := newOffice(t)
	l, other := o.laptop(), o.laptop()
	known := o.line(l)
	batch := batchOf(t, l, casework.ID{7}, 2)
	for _, c := range []struct {
		name   string
		client *http.Client
		method string
		path   string
		body   []byte
		status int
		code   casework.Code
	}{
		{"nobody", o.line(nil), "POST", "/v1/sync", hello(t, l, nil), 401, "hub.no_key"},
		{"a stranger", o.line(reference.NewLaptop(o.rand, clock)), "POST", "/v1/sync", hello(t, l, nil), 403, "hub.unknown_device"},
		{"someone else's hello", known, "POST", "/v1/sync", hello(t, other, nil), 403, "hub.other_device"},
		{"someone else's batch", o.line(other), "POST", "/v1/sync", hello(t, other, batch), 400, "wire.signature"},
		{"another district's batch", known, "POST", "/v1/sync", hello(t, l, batchOf(t, l, casework.ID{8}, 1)), 409, "hub.wrong_district"},
		{"rubbish", known, "POST", "/v1/sync", []byte("rubbish"), 400, "wire.cut_short"},
		{"rubbish as long as a hello", known, "POST", "/v1/sync", bytes.Repeat([]byte("rubbish"), 99), 400, "wire.cut_short"},
		{"nothing", known, "POST", "/v1/sync", nil, 400, "wire.cut_short"},
		{"too much", known, "POST", "/v1/sync", make([]byte, wire.MaxAsk+1), 413, "wire.too_large"},
		{"a batch in a pull", known, "POST", "/v1/pull", hello(t, l, batch), 400, "hub.malformed"},
		{"an unknown pack", known, "GET", "/v1/packs/" + casework.Hash{1}.String(), nil, 404, "hub.unknown_pack"},
		{"no hash", known, "GET", "/v1/packs/x", nil, 400, "hub.malformed"},
		{"a chunk of nothing", known, "PUT", "/v1/batches/" + casework.Hash{1}.String() + "/chunks/0", []byte("x"), 404, "hub.unknown_batch"},
		{"another method", known, "GET", "/v1/sync", nil, 405, ""},
		{"another path", known, "GET", "/", nil, 404, ""},
		{"enrolling with rubbish", known, "POST", "/v1/enrol", []byte("rubbish"), 400, "wire.cut_short"},
		{"enrolling with longer rubbish", known, "POST", "/v1/enrol", bytes.Repeat([]byte("x"), 99), 400, "wire.malformed"},
	} {
		status, code, _ := o.ask(c.client, c.method, c.path, c.body)
		if status != c.status || code != c.code {
			t.Errorf("%s: %d %s", c.name, status, code)
		}
	}
	if n := len(o.district.Log()); n != 0 {
		t.Errorf("%d operations were taken", n)
	}
}

func TestOnlyTLS13IsSpoken(t *testing.T) {
	o := newOffice(t)
	old := o.line(o.laptop(), func(c *tls.Config) { c.MaxVersion = tls.VersionTLS12 })
	if _, err := old.Get(o.server.URL); err == nil {
		t.Error("TLS 1.2 was accepted")
	}
	plain := httptest.NewServer(o.hub)
	defer plain.Close()
	resp, err := http.Post(plain.URL+"/v1/sync", "", strings.NewReader("x"))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusUnauthorized {
		t.Errorf("without TLS: %d", resp.StatusCode)
	}
}

func TestChunksComeInAnyOrderTwiceAndOneMissing(t *testing.T) {
	o := newOffice(t)
	l := o.laptop()
	c := o.line(l)
	batch := batchOf(t, l, casework.ID{7}, 199)
	if len(batch.Chunks) < 2 {
		t.Fatalf("%d chunks", len(batch.Chunks))
	}
	path := "/v1/batches/" + batch.ID().String()
	list := func(b []byte) (out []int) {
		if err := json.Unmarshal(b, &out); err != nil {
			t.Fatalf("%s: %v", b, err)
		}
		return out
	}
	if status, code, _ := o.ask(c, "GET", path, nil); status != 404 || code != "hub.unknown_batch" {
		t.Errorf("before it begins: %d %s", status, code)
	}
	flipped := bytes.Clone(batch.Signed)
	flipped[len(flipped)-1] ^= 1
	if status, code, _ := o.ask(c, "PUT", path, flipped); status != 400 || code != "wire.signature" {
		t.Errorf("a head with a wrong signature: %d %s", status, code)
	}
	_, _, b := o.ask(c, "PUT", path, batch.Signed)
	if len(list(b)) != len(batch.Chunks) {
		t.Errorf("missing %s", b)
	}
	for i := len(batch.Chunks) - 1; i > 0; i-- {
		for range 2 {
			if status, code, _ := o.ask(c, "PUT", path+"/chunks/"+strconv.Itoa(i), batch.Chunks[i]); status != 200 {
				t.Errorf("chunk %d: %d %s", i, status, code)
			}
		}
	}
	if status, code, _ := o.ask(c, "POST", path+"/commit", hello(t, l, nil)); status != 409 || code != "hub.incomplete" {
		t.Errorf("with one missing: %d %s", status, code)
	}
	if _, _, b := o.ask(c, "GET", path, nil); len(list(b)) != 1 || list(b)[0] != 0 {
		t.Errorf("missing %s", b)
	}
	bad := bytes.Clone(batch.Chunks[0])
	bad[7] ^= 1
	for i, chunk := range map[int][]byte{0: bad, 1: batch.Chunks[0], 99: batch.Chunks[0]} {
		if status, code, _ := o.ask(c, "PUT", path+"/chunks/"+strconv.Itoa(i), chunk); status != 400 || code != "wire.damaged" {
			t.Errorf("a wrong chunk %d: %d %s", i, status, code)
		}
	}
	o.ask(c, "PUT", path+"/chunks/0", batch.Chunks[0])
	var last ledger.Answer
	for range 3 { // the answer may be lost
		status, code, b := o.ask(c, "POST", path+"/commit", hello(t, l, nil))
		if status != 200 {
			t.Fatalf("%d %s", status, code)
		}
		a, err := wire.OpenAnswer(b, batch, o.keys.SigningKey())
		if err != nil || len(a.Receipts) != 200 || a.Number <= last.Number {
			t.Fatalf("%v: %d receipts, number %d after %d", err, len(a.Receipts), a.Number, last.Number)
		}
		last = a
	}
	if n := len(o.district.Log()); n != 200 {
		t.Errorf("%d operations", n)
	}
}

func TestUnfinishedBatchesDoNotFillTheServer(t *testing.T) {
	o := newOffice(t, func(o *hub.Options) { o.Partial = 64 << 10 })
	first := o.laptop()
	c := o.line(first)
	b := batchOf(t, first, casework.ID{7}, 199)
	o.ask(c, "PUT", "/v1/batches/"+b.ID().String(), b.Signed)
	for range 4 {
		l := o.laptop()
		x := batchOf(t, l, casework.ID{7}, 199)
		if status, _, _ := o.ask(o.line(l), "PUT", "/v1/batches/"+x.ID().String(), x.Signed); status != 200 {
			t.Error(status)
		}
	}
	if status, code, _ := o.ask(c, "GET", "/v1/batches/"+b.ID().String(), nil); status != 404 || code != "hub.unknown_batch" {
		t.Errorf("the oldest is still there: %d %s", status, code)
	}
}

// slowRegister waits in Take until it is let go, or panics, or says what it is told to.
type slowRegister struct {
	hub.Register
	entered chan struct{}
	leave   chan struct{}
	say     func()
}

func (s slowRegister) Take(ctx context.Context, id casework.DeviceID, up ledger.Upload, now time.Time) (ledger.Taken, error) {
	if s.say != nil {
		s.say()
	}
	if s.entered != nil {
		s.entered <- struct{}{}
		<-s.leave
	}
	return s.Register.Take(ctx, id, up, now)
}

// keeper remembers the proofs that came with the work.
type keeper struct {
	hub.Register
	kept *[][]byte
}

func (k keeper) Take(ctx context.Context, id casework.DeviceID, up ledger.Upload, now time.Time) (ledger.Taken, error) {
	*k.kept = append(*k.kept, up.Proof)
	return k.Register.Take(ctx, id, up, now)
}

func TestTheRegisterIsGivenWhatTheLaptopSigned(t *testing.T) {
	var kept [][]byte
	o := newOffice(t, func(h *hub.Options) { h.Register = keeper{h.Register, &kept} })
	l := o.laptop()
	c := o.line(l)
	batch := batchOf(t, l, casework.ID{7}, 3)
	wants := func(n int) {
		t.Helper()
		if len(kept) != n || !bytes.Equal(kept[n-1], batch.Signed) {
			t.Fatalf("%d times taken; the proof is not what was signed", len(kept))
		}
		says, err := wire.ReadProof(kept[n-1], l.PublicKey())
		if err != nil || says.District != (casework.ID{7}) || says.From.Device != l.Device() || says.To.Seq != batch.Head.SeqTo || says.To.Hash != batch.Head.Last {
			t.Fatalf("%+v %v", says, err)
		}
	}
	if status, code, _ := o.ask(c, "POST", "/v1/sync", hello(t, l, batch)); status != http.StatusOK {
		t.Fatal(status, code)
	}
	wants(1)
	path := "/v1/batches/" + batch.ID().String()
	if status, code, _ := o.ask(c, "PUT", path, batch.Signed); status != http.StatusOK {
		t.Fatal(status, code)
	}
	for i, b := range batch.Chunks {
		if status, code, _ := o.ask(c, "PUT", path+"/chunks/"+strconv.Itoa(i), b); status != http.StatusOK {
			t.Fatal(status, code)
		}
	}
	if status, code, _ := o.ask(c, "POST", path+"/commit", hello(t, l, nil)); status != http.StatusOK {
		t.Fatal(status, code)
	}
	wants(2)
	if status, _, _ := o.ask(c, "POST", "/v1/pull", hello(t, l, nil)); status != http.StatusOK || len(kept) != 3 || kept[2] != nil {
		t.Fatal("a pull carries a proof")
	}
}

func TestAnAddressMayHaveOtherPages(t *testing.T) {
	o := newOffice(t, func(h *hub.Options) {
		h.Pages = map[string]http.Handler{"GET /{$}": http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "环翠区") })}
	})
	c := o.line(nil) // nobody the register knows
	if status, _, body := o.ask(c, "GET", "/", nil); status != http.StatusOK || string(body) != "环翠区" {
		t.Error(status, string(body))
	}
	if status, _, _ := o.ask(c, "GET", "/other", nil); status != http.StatusNotFound {
		t.Error(status)
	}
	if status, code, _ := o.ask(c, "POST", "/v1/pull", nil); status == http.StatusOK || code != "hub.no_key" {
		t.Error(status, code)
	}
}

func TestABusyDistrictSaysWhenToComeBack(t *testing.T) {
	slow := slowRegister{entered: make(chan struct{}), leave: make(chan struct{})}
	o := newOffice(t, func(h *hub.Options) {
		slow.Register = h.Register
		h.Register, h.Busy, h.Patience = slow, 1, 20*time.Millisecond
	})
	one, two := o.laptop(), o.laptop()
	first := make(chan int)
	go func() {
		status, _, _ := o.ask(o.line(one), "POST", "/v1/pull", hello(t, one, nil))
		first <- status
	}()
	<-slow.entered
	if status, code, _ := o.ask(o.line(two), "POST", "/v1/pull", hello(t, two, nil)); status != 503 || code != "hub.busy" {
		t.Errorf("%d %s", status, code)
	}
	close(slow.leave)
	if status := <-first; status != 200 {
		t.Errorf("the first: %d", status)
	}
}

func TestAPanicIsOneFailedRequest(t *testing.T) {
	fail := true
	o := newOffice(t, func(h *hub.Options) {
		h.Register = slowRegister{Register: h.Register, say: func() {
			if fail {
				panic("林小溪")
			}
		}}
	})
	l := o.laptop()
	c := o.line(l)
	if status, code, _ := o.ask(c, "POST", "/v1/pull", hello(t, l, nil)); status != 500 || code != "hub.trouble" {
		t.Errorf("%d %s", status, code)
	}
	fail = false
	if status, _, _ := o.ask(c, "POST", "/v1/pull", hello(t, l, nil)); status != 200 {
		t.Errorf("the next one: %d", status)
	}
	if strings.Contains(o.log.String(), "林") {
		t.Error("a name is in the log")
	}
}

func TestTroubleWithTheDatabaseIsToldWithoutDetail(t *testing.T) {
	o := newOffice(t)
	l := o.laptop()
	c := o.line(l)
	batch := batchOf(t, l, casework.ID{7}, 3)
	o.district.Broken = casework.Problem("district.Take", "district.database", "Limit", "林小溪")
	status, code, body := o.ask(c, "POST", "/v1/sync", hello(t, l, batch))
	if status != 500 || code != "hub.trouble" || bytes.Contains(body, []byte("林")) {
		t.Errorf("%d %s", status, body)
	}
	o.district.Broken = nil
	if status, _, _ := o.ask(c, "POST", "/v1/sync", hello(t, l, batch)); status != 200 {
		t.Error(status)
	}
	for _, secret := range []string{"林", "竹岛", "孩子", "张桂芬"} {
		if strings.Contains(o.log.String(), secret) {
			t.Errorf("%q is in the log", secret)
		}
	}
	if o.log.Len() == 0 {
		t.Error("nothing was logged: this test shows nothing")
	}
}

func TestATokenSaysNoMoreThanTheLaptopHeard(t *testing.T) {
	o := newOffice(t, func(h *hub.Options) { h.Page = 400 })
	writer, reader := o.laptop(), o.laptop()
	batch := batchOf(t, writer, casework.ID{7}, 150)
	c := o.line(writer)
	path := "/v1/batches/" + batch.ID().String()
	o.ask(c, "PUT", path, batch.Signed)
	for i, x := range batch.Chunks {
		o.ask(c, "PUT", path+"/chunks/"+strconv.Itoa(i), x)
	}
	if status, code, _ := o.ask(c, "POST", path+"/commit", hello(t, writer, nil)); status != 200 {
		t.Fatal(status, code)
	}
	_, _, b := o.ask(o.line(reader), "POST", "/v1/pull", hello(t, reader, nil))
	a, err := wire.OpenAnswer(b, nil, o.keys.SigningKey())
	if err != nil || len(a.News.Puts) != 151 || a.News.More {
		t.Errorf("%v: %d records", err, len(a.News.Puts))
	}
	if a.Token.Seq != 151 || a.Token.Hash().IsZero() {
		t.Errorf("%+v", a.Token)
	}
	o2 := newOffice(t, func(h *hub.Options) { h.Page, h.Register = 10, o.district })
	_, _, b = o2.ask(o2.line(reader), "POST", "/v1/pull", hello(t, reader, nil))
	a, err = wire.OpenAnswer(b, nil, o2.keys.SigningKey())
	if err != nil || len(a.News.Puts) != 10 || !a.News.More || a.Token.Seq != 10 {
		t.Errorf("%v: %d records, token %d: a token says no more than the laptop heard", err, len(a.News.Puts), a.Token.Seq)
	}
}
