package replica

import (
	"crypto/tls"
	"testing"

	"doorstep/sync/wire"
)

// ReadCode is how a typed code is read.
var ReadCode = wire.ParseCode

// CertificateOf is what a laptop shows.
func CertificateOf(t testing.TB, j Journal) tls.Certificate {
	t.Helper()
	c, err := certificate(j)
	if err != nil {
		t.Fatal(err)
	}
	return *c
}
