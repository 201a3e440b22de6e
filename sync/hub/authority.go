package hub

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"io"
	"math/big"
	"time"

	"filippo.io/age"

	"doorstep/casework"
)

// Authority holds the district's private keys: the CA that laptops trust for its
// address, the key it signs answers with, and the identity that drafts and outboxes are
// sealed to. It is written to one file that only the server may read (0600).
type Authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
	signing     ed25519.PrivateKey
	identity    *age.X25519Identity
}

// ServerName is the name the server's certificate carries. Laptops ask for it whatever
// address they dial, so that a server may move without anybody enrolling anew.
const ServerName = "district.doorstep.internal"

// NewAuthority makes the keys of a new district.
func NewAuthority(r io.Reader, now casework.Clock) (*Authority, error) {
	const op = "hub.NewAuthority"
	key, err := ecdsa.GenerateKey(elliptic.P256(), r)
	if err != nil {
		return nil, casework.Problem(op, "random.unavailable").Because(err)
	}
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(r, seed); err != nil {
		return nil, casework.Problem(op, "random.unavailable").Because(err)
	}
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, casework.Problem(op, "random.unavailable").Because(err)
	}
	serial, err := serialNumber(r)
	if err != nil {
		return nil, err
	}
	begin := now().Add(-24 * time.Hour)
	der, err := x509.CreateCertificate(r, &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "Doorstep district CA"},
		NotBefore: begin, NotAfter: begin.AddDate(30, 0, 0), IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true,
		KeyUsage: x509.KeyUsageCertSign,
	}, &x509.Certificate{Subject: pkix.Name{CommonName: "Doorstep district CA"}}, key.Public(), key)
	if err != nil {
		return nil, casework.Problem(op, "hub.keys").Because(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, casework.Problem(op, "hub.keys").Because(err)
	}
	return &Authority{cert, key, ed25519.NewKeyFromSeed(seed), identity}, nil
}

func serialNumber(r io.Reader) (*big.Int, error) {
	var b [16]byte
	if _, err := io.ReadFull(r, b[:]); err != nil {
		return nil, casework.Problem("hub.serialNumber", "random.unavailable").Because(err)
	}
	b[0] &= 0x7f
	return new(big.Int).SetBytes(b[:]), nil
}

// keyFile is the file of an Authority.
type keyFile struct {
	Format      string `json:"format"`
	Certificate []byte `json:"ca_certificate"`
	Key         []byte `json:"ca_key"` // PKCS #8
	Signing     []byte `json:"signing_seed"`
	Identity    string `json:"age_identity"`
}

const keyFormat = "doorstep-district-keys/1"

// Marshal gives the content of the key file. It is secret.
func (a *Authority) Marshal() ([]byte, error) {
	key, err := x509.MarshalPKCS8PrivateKey(a.key)
	if err != nil {
		return nil, casework.Problem("hub.Marshal", "hub.keys").Because(err)
	}
	b, err := json.MarshalIndent(keyFile{keyFormat, a.certificate.Raw, key, a.signing.Seed(), a.identity.String()}, "", "  ")
	return append(b, '\n'), err
}

// ParseAuthority reads the key file. Error: hub.keys.
func ParseAuthority(b []byte) (*Authority, error) {
	broken := casework.Problem("hub.ParseAuthority", "hub.keys")
	var f keyFile
	if err := json.Unmarshal(b, &f); err != nil {
		return nil, broken // the cause could quote the file
	}
	if f.Format != keyFormat || len(f.Signing) != ed25519.SeedSize {
		return nil, broken
	}
	cert, err := x509.ParseCertificate(f.Certificate)
	if err != nil {
		return nil, broken
	}
	key, err := x509.ParsePKCS8PrivateKey(f.Key)
	ec, ok := key.(*ecdsa.PrivateKey)
	if err != nil || !ok || !ec.PublicKey.Equal(cert.PublicKey) {
		return nil, broken
	}
	identity, err := age.ParseX25519Identity(f.Identity)
	if err != nil {
		return nil, broken
	}
	return &Authority{cert, ec, ed25519.NewKeyFromSeed(f.Signing), identity}, nil
}

// Certificate is the DER of the CA.
func (a *Authority) Certificate() []byte { return a.certificate.Raw }

// SigningKey is the Ed25519 public key of the district's answers.
func (a *Authority) SigningKey() ed25519.PublicKey { return a.signing.Public().(ed25519.PublicKey) }

// Recipient is the age recipient of the district.
func (a *Authority) Recipient() string { return a.identity.Recipient().String() }

// Sign signs with the district's key.
func (a *Authority) Sign(message []byte) ([]byte, error) {
	return ed25519.Sign(a.signing, message), nil
}

// Identity opens what was sealed to the district's recipient: outboxes of laptops that
// nobody can open any more.
func (a *Authority) Identity() age.Identity { return a.identity }
