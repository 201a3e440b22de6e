// Package hub is the district's end of the line: it takes in what laptops send, over
// TLS 1.3 with a certificate authority of the district's own, and gives every laptop one
// signed answer. Nothing it writes to a log is about a person.
package hub

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"time"

	"doorstep/casework"
	"doorstep/casework/ledger"
	"doorstep/sync/wire"
)

// Register is what the hub needs of the district's register.
type Register interface {
	District(ctx context.Context) (ledger.District, error)
	Head(ctx context.Context) (uint64, error)
	// Device returns district.device_unknown when there is no such laptop.
	Device(ctx context.Context, id casework.DeviceID) (ledger.Device, error)
	Take(ctx context.Context, id casework.DeviceID, up ledger.Upload, now time.Time) (ledger.Taken, error)
	News(ctx context.Context, id casework.DeviceID, had ledger.Cursors, limit int) (ledger.News, error)
	Receipts(ctx context.Context, id casework.DeviceID, after uint64) ([]ledger.Receipt, error)
	Answered(ctx context.Context, id casework.DeviceID, token casework.Hash, seq uint64, now, lease time.Time) (uint64, error)
	Packs(ctx context.Context) ([]ledger.PackRef, error)
	Pack(ctx context.Context, hash casework.Hash) ([]byte, error)
	Code(ctx context.Context, id casework.ID, by casework.DeviceID, now time.Time) (ledger.Code, error)
	Missed(ctx context.Context, id casework.ID) (left int, err error)
	Redeem(ctx context.Context, id casework.ID, n ledger.Newcomer, now, lease time.Time) (ledger.Device, error)
}

// Options are what a hub is made of. Register, Authority, Now and Rand are needed; the
// others have defaults.
type Options struct {
	Register  Register
	Authority *Authority
	Now       casework.Clock
	Rand      io.Reader
	Log       *slog.Logger                        // nil: nothing is logged
	Lease     time.Duration                       // how long a laptop may read without contact; 14 days
	LeaseNow  func(context.Context) time.Duration // instead of Lease, when it is more than zero; nil: never
	Page      int                                 // records of one page of news; 400
	Busy      int                                 // exchanges decoded and merged at once; 4
	Patience  time.Duration                       // how long an exchange waits for its turn; 5 s
	Partial   int                                 // most bytes of batches that are not complete yet; 64 MiB
	Enrols    int                                 // enrolments a minute; 60

	// Pages are what else this address answers, by the pattern of http.ServeMux:
	// "GET /{$}" is what a browser finds. They answer everybody.
	Pages map[string]http.Handler
}

func (o Options) filled() Options {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Lease == 0 {
		o.Lease = 14 * 24 * time.Hour
	}
	o.Page = orElse(o.Page, 400)
	o.Busy = orElse(o.Busy, 4)
	o.Partial = orElse(o.Partial, 64<<20)
	o.Enrols = orElse(o.Enrols, 60)
	if o.Patience == 0 {
		o.Patience = 5 * time.Second
	}
	return o
}

func orElse(n, standard int) int {
	if n <= 0 {
		return standard
	}
	return n
}

// Hub answers laptops. It is an http.Handler; every request must come over TLS.
type Hub struct {
	o       Options
	turns   chan struct{}
	pieces  *pieces
	enrols  *brake
	routes  *http.ServeMux
	serving *certificates
}

// New makes a hub.
func New(o Options) *Hub {
	o = o.filled()
	h := &Hub{
		o: o, turns: make(chan struct{}, o.Busy), pieces: newPieces(o.Partial),
		enrols: &brake{most: o.Enrols, now: o.Now}, routes: http.NewServeMux(), serving: &certificates{authority: o.Authority, now: o.Now, rand: o.Rand},
	}
	h.route("POST /v1/sync", wire.MaxAsk, h.sync)
	h.route("POST /v1/pull", wire.MaxAsk, h.pull)
	h.route("PUT /v1/batches/{id}", wire.MaxHead, h.begin)
	h.route("GET /v1/batches/{id}", 0, h.missing)
	h.route("PUT /v1/batches/{id}/chunks/{i}", wire.MaxInline, h.piece)
	h.route("POST /v1/batches/{id}/commit", wire.MaxAsk, h.commit)
	h.route("GET /v1/packs/{hash}", 0, h.pack)
	h.routes.Handle("POST /v1/enrol", h.guard(wire.MaxEnrolment, h.enrol))
	for pattern, page := range o.Pages {
		h.routes.Handle(pattern, page)
	}
	return h
}

// ServeHTTP implements http.Handler.
func (h *Hub) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.routes.ServeHTTP(w, r) }

// call is one request of a laptop that the register knows.
type call struct {
	device ledger.Device
	body   []byte
	req    *http.Request
}

func (h *Hub) route(pattern string, most int, serve func(context.Context, call) (reply, error)) {
	h.routes.Handle(pattern, h.guard(most, func(r *http.Request, body []byte) (reply, error) {
		device, err := h.known(r)
		if err != nil {
			return reply{}, err
		}
		return serve(r.Context(), call{device, body, r})
	}))
}

// known is the laptop that holds the key of the connection.
func (h *Hub) known(r *http.Request) (ledger.Device, error) {
	key, ok := clientKey(r)
	if !ok {
		return ledger.Device{}, casework.Problem("hub.known", "hub.no_key")
	}
	d, err := h.o.Register.Device(r.Context(), ledger.DeviceIDOf(key))
	if casework.CodeOf(err) == "district.device_unknown" {
		return d, casework.Problem("hub.known", "hub.unknown_device")
	}
	if err == nil && string(d.PublicKey) != string(key) {
		err = casework.Problem("hub.known", "hub.unknown_device")
	}
	return d, err
}
