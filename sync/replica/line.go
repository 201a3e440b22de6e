package replica

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"doorstep/casework"
)

// serverName is the name in the certificate of every district (sync/hub.ServerName),
// whatever address it is dialled at.
const serverName = "district.doorstep.internal"

// line is the way to one district: connections that are watched for progress.
type line struct {
	address   string // https://host:port
	authority []byte // whose certificates it accepts
	transport *http.Transport
	watch     *watch
}

// newLine prepares a line. With an authority only a certificate of the district's own CA
// is accepted; without one, at enrolment, any is, and the proof decides.
func (c *Client) newLine(address string, authority []byte) (*line, error) {
	conf := &tls.Config{
		MinVersion: tls.VersionTLS13, ServerName: serverName, Certificates: []tls.Certificate{*c.cert},
		InsecureSkipVerify: true, // VerifyConnection checks instead, without asking the laptop's clock
		Time:               c.o.Now,
		NextProtos:         []string{"http/1.1"},
	}
	if authority != nil {
		ca, err := x509.ParseCertificate(authority)
		if err != nil {
			return nil, casework.Problem("replica.newLine", "replica.enrolment_damaged").Because(err)
		}
		conf.VerifyConnection = pinned(ca)
		conf.ClientSessionCache = c.sessions
	}
	w := &watch{patience: c.o.Patience, least: int64(c.o.Least)}
	dialer := &net.Dialer{Timeout: c.o.Patience}
	t := &http.Transport{
		Proxy: c.o.Proxy, TLSClientConfig: conf, TLSHandshakeTimeout: 10 * time.Minute, // the watch gives up long before
		MaxIdleConns: 1, MaxConnsPerHost: 1,
		IdleConnTimeout: 2 * time.Minute, DisableCompression: true, Protocols: new(http.Protocols),
		MaxResponseHeaderBytes: 16 << 10,
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			conn, err := dialer.DialContext(ctx, network, addr)
			if err != nil {
				return nil, err
			}
			return &watched{Conn: conn, watch: w}, nil
		},
	}
	t.Protocols.SetHTTP1(true)
	return &line{address: address, authority: authority, transport: t, watch: w}, nil
}

func (l *line) close() { l.transport.CloseIdleConnections() }

// pinned accepts a certificate that the district's own CA gave to its server. Its dates
// are not compared with the laptop's clock, which may stand in 1970 or 2099: the CA
// belongs to one district alone, and the district's answers are signed besides.
func pinned(ca *x509.Certificate) func(tls.ConnectionState) error {
	roots := x509.NewCertPool()
	roots.AddCert(ca)
	return func(cs tls.ConnectionState) error {
		leaf := cs.PeerCertificates[0]
		_, err := leaf.Verify(x509.VerifyOptions{
			Roots: roots, DNSName: serverName, CurrentTime: leaf.NotBefore.Add(time.Second),
			KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		})
		if err != nil {
			return &tls.CertificateVerificationError{UnverifiedCertificates: cs.PeerCertificates, Err: err}
		}
		return nil
	}
}

// Address completes what a person typed as the district's address: "host", "host:port"
// or "https://host:port". Error: replica.address.
func Address(typed string) (string, error) {
	bad := casework.Problem("replica.Address", "replica.address")
	s := strings.TrimSpace(casework.Narrow(strings.TrimSpace(typed)))
	s = strings.TrimSuffix(strings.TrimPrefix(s, "https://"), "/")
	if s == "" || strings.ContainsAny(s, "/ @?#\\") {
		return "", bad
	}
	host, port, err := net.SplitHostPort(s)
	if err != nil {
		host, port = strings.Trim(s, "[]"), "443"
	}
	if host == "" || port == "" {
		return "", bad
	}
	return "https://" + net.JoinHostPort(host, port), nil
}

// watch counts what moves on a line while a request is under way, and gives it up when
// too little does. There is no limit on the whole: a slow line that moves is let finish.
type watch struct {
	patience time.Duration
	least    int64
	up, down atomic.Int64
}

// over runs f with a context that ends when the line stands still; slow says that it did.
func (w *watch) over(ctx context.Context, f func(context.Context) error) (slow bool, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var mu sync.Mutex
	done := false
	last := w.up.Load() + w.down.Load()
	var timer *time.Timer
	mu.Lock()
	timer = time.AfterFunc(w.patience, func() {
		mu.Lock()
		defer mu.Unlock()
		if done {
			return
		}
		now := w.up.Load() + w.down.Load()
		if now-last < w.least {
			slow = true
			cancel()
			return
		}
		last = now
		timer.Reset(w.patience)
	})
	mu.Unlock()
	err = f(ctx)
	mu.Lock()
	defer mu.Unlock()
	done = true
	timer.Stop()
	return slow && err != nil, err
}

// watched is a connection whose bytes are counted.
type watched struct {
	net.Conn
	watch *watch
}

func (c *watched) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.watch.down.Add(int64(n))
	return n, err
}

func (c *watched) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	c.watch.up.Add(int64(n))
	return n, err
}
