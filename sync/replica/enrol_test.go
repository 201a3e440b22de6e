package replica_test

import (
	"crypto/tls"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/sync/hub"
	"doorstep/sync/reference"
	"doorstep/sync/replica"
)

func TestAnEnrolledLaptopKnowsItsDistrict(t *testing.T) {
	w := newWorld(t)
	l, c := w.enrolled()
	e, ok := l.Enrolment()
	if !ok || e.Name != "环翠区" || e.Worker != "张桂芬" || e.Actor.Role != casework.RoleChildDirector ||
		string(e.Signing) != string(w.keys.SigningKey()) || string(e.Authority) != string(w.keys.Certificate()) ||
		e.Recipient != w.keys.Recipient() || e.LeaseUntil.IsZero() || e.Address != "https://"+w.address {
		t.Errorf("%+v", e)
	}
	if c.State().Kind != replica.Idle {
		t.Errorf("%+v", c.State())
	}
}

func TestACodeIsGoodOnceButItsLaptopMayAskAgain(t *testing.T) {
	w := newWorld(t)
	code := w.invite()
	l := reference.NewLaptop(w.rand, w.clock)
	for range 2 { // the first answer may have been lost
		if _, err := w.client(l).Enrol(t.Context(), w.address, code); err != nil {
			t.Fatal(err)
		}
	}
	other := w.client(reference.NewLaptop(w.rand, w.clock))
	if _, err := other.Enrol(t.Context(), w.address, code); casework.CodeOf(err) != "district.code_used" {
		t.Errorf("%v", err)
	}
}

// near is a code with the same beginning as code and its check character in order.
func near(t *testing.T, code string) string {
	t.Helper()
	const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	b := []byte(strings.ReplaceAll(code, "-", ""))
	b[10] = letters[(strings.IndexByte(letters, b[10])+1)%32]
	for _, c := range letters {
		b[16] = byte(c)
		if _, err := replica.ReadCode(string(b)); err == nil {
			return string(b)
		}
	}
	t.Fatal("no check character fits")
	return ""
}

func TestFiveWrongCodesAndThenNoneHelps(t *testing.T) {
	w := newWorld(t)
	code := w.invite()
	c := w.client(reference.NewLaptop(w.rand, w.clock))
	for range 5 {
		if _, err := c.Enrol(t.Context(), w.address, near(t, code)); casework.CodeOf(err) != "hub.wrong_code" {
			t.Errorf("%v", err)
		}
	}
	if _, err := c.Enrol(t.Context(), w.address, code); casework.CodeOf(err) != "district.code_spent" {
		t.Errorf("%v", err)
	}
	if _, err := c.Enrol(t.Context(), w.address, w.invite()); err != nil {
		t.Errorf("a new code: %v", err)
	}
}

func TestACodeEndsAfter72Hours(t *testing.T) {
	w := newWorld(t)
	early, late := w.invite(), w.invite()
	w.pass(71 * time.Hour)
	if _, err := w.client(reference.NewLaptop(w.rand, w.clock)).Enrol(t.Context(), w.address, early); err != nil {
		t.Error(err)
	}
	w.pass(2 * time.Hour)
	if _, err := w.client(reference.NewLaptop(w.rand, w.clock)).Enrol(t.Context(), w.address, late); casework.CodeOf(err) != "district.code_expired" {
		t.Errorf("%v", err)
	}
}

func TestAMistypedCodeNeverLeavesTheLaptop(t *testing.T) {
	w := newWorld(t)
	w.stop()
	c := w.client(reference.NewLaptop(w.rand, w.clock))
	if _, err := c.Enrol(t.Context(), w.address, "ABCD-EFGH-JKMN-PQRS-0"); casework.CodeOf(err) != "wire.code_check" {
		t.Errorf("%v", err)
	}
}

// Whoever stands in the middle sees the proofs and can pass them on, but over two
// connections that are not the same.
func TestWhoStandsInTheMiddleEnrolsNobody(t *testing.T) {
	w := newWorld(t)
	code := w.invite()
	thief := reference.NewLaptop(w.rand, w.clock)
	seal, err := hub.NewAuthority(w.rand, w.clock)
	if err != nil {
		t.Fatal(err)
	}
	keys := hub.New(hub.Options{Register: w.district, Authority: seal, Now: w.clock, Rand: w.rand}).TLS()
	relayed := 0
	middle := impostor(t, keys, func(rw http.ResponseWriter, r *http.Request) {
		relayed++
		own := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true, Certificates: []tls.Certificate{replica.CertificateOf(t, thief)}}}
		defer own.CloseIdleConnections()
		req, err := http.NewRequest("POST", "https://"+w.address+r.URL.Path, r.Body)
		if err != nil {
			t.Error(err)
			return
		}
		resp, err := own.RoundTrip(req)
		if err != nil {
			t.Error(err)
			return
		}
		defer resp.Body.Close()
		rw.Header().Set("Content-Type", resp.Header.Get("Content-Type"))
		rw.WriteHeader(resp.StatusCode)
		_, _ = io.Copy(rw, resp.Body)
	})
	l := reference.NewLaptop(w.rand, w.clock)
	if _, err := w.client(l).Enrol(t.Context(), middle, code); err == nil {
		t.Error("it enrolled through the middle")
	}
	if _, ok := l.Enrolment(); ok || relayed != 1 {
		t.Errorf("enrolled %v, relayed %d", ok, relayed)
	}
	for _, id := range []casework.DeviceID{l.Device(), thief.Device()} {
		if _, err := w.district.Device(t.Context(), id); err == nil {
			t.Error("the district took somebody in")
		}
	}
	liar := impostor(t, keys, func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", "application/vnd.doorstep.piece")
		_, _ = io.WriteString(rw, strings.Repeat("x", 32)+`{"name":"环翠区"}`)
	})
	if _, err := w.client(l).Enrol(t.Context(), liar, code); casework.CodeOf(err) != "replica.impostor" {
		t.Errorf("%v", err)
	}
}

func TestEnrollingOffline(t *testing.T) {
	w := newWorld(t)
	code := w.invite()
	w.stop()
	_, err := w.client(reference.NewLaptop(w.rand, w.clock)).Enrol(t.Context(), w.address, code)
	if casework.CodeOf(err) != "replica.offline" {
		t.Errorf("%v", err)
	}
	portal := impostor(t, nil, func(rw http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(rw, "<html>") })
	_, err = w.client(reference.NewLaptop(w.rand, w.clock)).Enrol(t.Context(), portal, code)
	if casework.CodeOf(err) != "replica.not_district" {
		t.Errorf("%v", err)
	}
}

func TestTooManyEnrolmentsAreHeldBack(t *testing.T) {
	w := newWorld(t, func(o *hub.Options) { o.Enrols = 2 })
	for i := range 3 {
		_, err := w.client(reference.NewLaptop(w.rand, w.clock)).Enrol(t.Context(), w.address, w.invite())
		if (i < 2) != (err == nil) || i == 2 && casework.CodeOf(err) != "hub.too_many" {
			t.Errorf("%d: %v", i, err)
		}
	}
	w.pass(time.Minute)
	if _, err := w.client(reference.NewLaptop(w.rand, w.clock)).Enrol(t.Context(), w.address, w.invite()); err != nil {
		t.Error(err)
	}
}
