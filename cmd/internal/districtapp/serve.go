package districtapp

import (
	"context"
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

// Serve answers laptops and browsers on a listener until ctx ends, lets those under way
// finish, and closes the listener. Address is known once it has begun.
// Error: hub.listener.
func (a *App) Serve(ctx context.Context, l net.Listener) error {
	a.mu.Lock()
	a.address = dialable(l.Addr())[0]
	a.mu.Unlock()
	return hub.New(hub.Options{
		Register: register{a.store, a}, Authority: a.keys, Now: a.o.Now, Rand: a.o.Rand, Log: a.o.Log, LeaseNow: a.leaseNow,
		Pages: map[string]http.Handler{"GET /{$}": front(a.self.Name)},
	}).Serve(ctx, l)
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
