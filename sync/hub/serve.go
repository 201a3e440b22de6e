package hub

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"

	"doorstep/casework"
)

const (
	certificateLife  = 90 * 24 * time.Hour
	certificateRenew = 30 * 24 * time.Hour
)

// certificates makes the server's certificates under the CA, a new one in good time.
type certificates struct {
	mu        sync.Mutex
	authority *Authority
	now       casework.Clock
	rand      io.Reader
	current   *tls.Certificate
}

func (c *certificates) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.now()
	if c.current != nil && now.Before(c.current.Leaf.NotAfter.Add(-certificateRenew)) && !now.Before(c.current.Leaf.NotBefore) {
		return c.current, nil
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), c.rand)
	if err != nil {
		return nil, casework.Problem("hub.certificate", "random.unavailable").Because(err)
	}
	serial, err := serialNumber(c.rand)
	if err != nil {
		return nil, err
	}
	der, err := x509.CreateCertificate(c.rand, &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: ServerName}, DNSNames: []string{ServerName},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(certificateLife),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}, c.authority.certificate, key.Public(), c.authority.key)
	if err != nil {
		return nil, casework.Problem("hub.certificate", "hub.keys").Because(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, casework.Problem("hub.certificate", "hub.keys").Because(err)
	}
	c.current = &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}
	return c.current, nil
}

// TLS is how the server speaks: TLS 1.3 alone, tickets on. A laptop shows a certificate
// that it signed itself; its key is what counts, and whether the register knows it.
func (h *Hub) TLS() *tls.Config {
	return &tls.Config{
		MinVersion: tls.VersionTLS13, GetCertificate: h.serving.get, ClientAuth: tls.RequestClientCert,
		Time: h.o.Now, NextProtos: []string{"http/1.1"},
	}
}

// Limits of a connection. A chunk of 16 KiB may take two minutes, an answer ten.
const (
	headerTime = 20 * time.Second
	readTime   = 2 * time.Minute
	writeTime  = 10 * time.Minute
	idleTime   = 3 * time.Minute
	closeTime  = 10 * time.Second
)

// Serve answers laptops on a listener until ctx ends, and then lets those under way finish.
func (h *Hub) Serve(ctx context.Context, l net.Listener) error {
	s := &http.Server{
		Handler: h, TLSConfig: h.TLS(), ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime,
		IdleTimeout: idleTime, MaxHeaderBytes: 16 << 10, ErrorLog: log.New(io.Discard, "", 0),
		BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	s.Protocols = new(http.Protocols)
	s.Protocols.SetHTTP1(true) // one exchange at a time: streams would only cost bytes
	stopped := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTime)
		defer cancel()
		err := s.Shutdown(last)
		if err != nil {
			err = s.Close()
		}
		stopped <- err
	})
	err := s.ServeTLS(l, "", "")
	if stop() { // it ended by itself
		return casework.Problem("hub.Serve", "hub.listener").Because(err)
	}
	if err := <-stopped; err != nil && !errors.Is(err, http.ErrServerClosed) {
		return casework.Problem("hub.Serve", "hub.listener").Because(err)
	}
	return nil
}
