package replica

import (
	"crypto"
	"crypto/ed25519"
	"crypto/tls"
	"crypto/x509"
	"io"
	"math/big"
	"time"

	"doorstep/casework"
)

// signer lets the TLS library sign with the laptop's key, which the journal keeps to itself.
type signer struct{ j Journal }

func (s signer) Public() crypto.PublicKey { return s.j.PublicKey() }

func (s signer) Sign(_ io.Reader, message []byte, o crypto.SignerOpts) ([]byte, error) {
	if o.HashFunc() != 0 {
		return nil, casework.Problem("replica.Sign", "replica.key")
	}
	return s.j.Sign(message)
}

// certificate is what the laptop shows to the district: its key, signed by itself, valid
// for ever. The district knows the key or it does not; nothing else in it counts.
func certificate(j Journal) (*tls.Certificate, error) {
	const op = "replica.certificate"
	if len(j.PublicKey()) != ed25519.PublicKeySize {
		return nil, casework.Problem(op, "replica.key")
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Unix(0, 0), NotAfter: time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC),
	}
	der, err := x509.CreateCertificate(nothing{}, template, template, j.PublicKey(), signer{j})
	if err != nil {
		return nil, casework.Problem(op, "replica.key").Because(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, casework.Problem(op, "replica.key").Because(err)
	}
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: signer{j}, Leaf: leaf}, nil
}

// nothing stands in for randomness that Ed25519 does not use.
type nothing struct{}

func (nothing) Read(p []byte) (int, error) { return len(p), nil }
