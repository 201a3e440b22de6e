package hub_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/x509"
	"math/rand/v2"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/sync/hub"
)

func TestTheKeyFileGivesTheSameAuthorityBack(t *testing.T) {
	a, err := hub.NewAuthority(rand.NewChaCha8([32]byte{1}), clock)
	if err != nil {
		t.Fatal(err)
	}
	b, err := a.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	again, err := hub.ParseAuthority(b)
	if err != nil {
		t.Fatal(err)
	}
	sig, err := again.Sign([]byte("an answer"))
	if err != nil || !ed25519.Verify(a.SigningKey(), []byte("an answer"), sig) ||
		again.Recipient() != a.Recipient() || !bytes.Equal(again.Certificate(), a.Certificate()) {
		t.Errorf("another authority: %v", err)
	}
	for i := 0; i < len(b); i += 7 {
		bad := bytes.Clone(b)
		bad[i] ^= 1
		if _, err := hub.ParseAuthority(bad); err != nil && casework.CodeOf(err) != "hub.keys" {
			t.Errorf("byte %d: %v", i, err)
		}
	}
	for _, bad := range [][]byte{nil, []byte("{}"), b[:len(b)/2]} {
		if _, err := hub.ParseAuthority(bad); casework.CodeOf(err) != "hub.keys" {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestCertificatesRotateUnderOneCA(t *testing.T) {
	now := noon
	r := rand.NewChaCha8([32]byte{1})
	a, err := hub.NewAuthority(r, clock)
	if err != nil {
		t.Fatal(err)
	}
	conf := hub.New(hub.Options{Authority: a, Now: func() time.Time { return now }, Rand: r}).TLS()
	ca, err := x509.ParseCertificate(a.Certificate())
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(ca)
	var serials []string
	for range 10 {
		c, err := conf.GetCertificate(nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Leaf.Verify(x509.VerifyOptions{Roots: roots, DNSName: hub.ServerName, CurrentTime: now}); err != nil {
			t.Errorf("on %v: %v", now, err)
		}
		if s := c.Leaf.SerialNumber.String(); len(serials) == 0 || serials[len(serials)-1] != s {
			serials = append(serials, s)
		}
		now = now.Add(21 * 24 * time.Hour)
	}
	if len(serials) != 4 {
		t.Errorf("%d certificates in 189 days", len(serials))
	}
}
