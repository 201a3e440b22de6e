package districtapp

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"slices"
	"strconv"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/store/district"
	"doorstep/sync/hub"
)

// Limits of a connection. A piece of a batch may take two minutes on a bad line, an answer ten.
const (
	headerTime = 20 * time.Second
	readTime   = 2 * time.Minute
	writeTime  = 10 * time.Minute
	idleTime   = 3 * time.Minute
	closeTime  = 10 * time.Second
)

// Serve answers laptops and browsers on a listener until ctx ends, lets those under way
// finish, and closes the listener. Address is known once it has begun.
// Error: hub.listener.
func (a *App) Serve(ctx context.Context, l net.Listener) error {
	a.mu.Lock()
	a.address = dialable(l.Addr())[0]
	a.mu.Unlock()
	h := hub.New(hub.Options{Register: register{a.store, a}, Authority: a.keys, Now: a.o.Now, Rand: a.o.Rand, Log: a.o.Log})
	routes := http.NewServeMux()
	routes.Handle("/v1/", h)
	routes.Handle("GET /{$}", front(a.self.Name))
	s := &http.Server{
		Handler: routes, TLSConfig: h.TLS(), ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime,
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
	if !stop() {
		err = <-stopped
	}
	if err != nil && !errors.Is(err, http.ErrServerClosed) {
		return casework.Problem("districtapp.Serve", "hub.listener").Because(err)
	}
	return nil
}

// Address is what a worker types to reach this server: host:port; "" before Serve.
func (a *App) Address() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.address
}

// dialable are the addresses under which others reach a listener: its own, or, when it
// listens everywhere, those of this computer. The first is the likeliest.
func dialable(bound net.Addr) []string {
	tcp, ok := bound.(*net.TCPAddr)
	if !ok {
		return []string{bound.String()}
	}
	if !tcp.IP.IsUnspecified() {
		return []string{tcp.String()}
	}
	port := strconv.Itoa(tcp.Port)
	var v4, v6 []string
	own, _ := net.InterfaceAddrs() // without them only this computer itself is named
	for _, addr := range own {
		n, ok := addr.(*net.IPNet)
		switch {
		case !ok || !n.IP.IsGlobalUnicast():
		case n.IP.To4() != nil:
			v4 = append(v4, net.JoinHostPort(n.IP.String(), port))
		default:
			v6 = append(v6, net.JoinHostPort(n.IP.String(), port))
		}
	}
	return append(slices.Concat(v4, v6), net.JoinHostPort("127.0.0.1", port))
}

// register is the district's register, which tells everybody the name of whoever is new.
type register struct {
	*district.Store
	a *App
}

// Redeem implements hub.Register.
func (r register) Redeem(ctx context.Context, id casework.ID, n ledger.Newcomer, now, lease time.Time) (ledger.Device, error) {
	d, err := r.Store.Redeem(ctx, id, n, now, lease)
	if err != nil {
		return d, err
	}
	if err := r.a.publishWorkers(ctx); err != nil { // she is enrolled all the same; the next one's brings her name along
		r.a.o.Log.Error("the list of workers was not published", "code", string(casework.CodeOf(err)))
	}
	return d, nil
}
