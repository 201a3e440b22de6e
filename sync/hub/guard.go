package hub

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"doorstep/casework"
	"doorstep/sync/wire"
)

// reply is what a request is answered with.
type reply struct {
	kind string // media type
	body []byte
	keep bool // it is named by its hash, so it may be kept for ever
}

// statuses are the answers that are not the hub's own fault; all others are 500.
var statuses = map[casework.Code]int{
	"hub.busy":                http.StatusServiceUnavailable,
	"hub.too_many":            http.StatusTooManyRequests,
	"hub.no_key":              http.StatusUnauthorized,
	"hub.unknown_device":      http.StatusForbidden,
	"hub.other_device":        http.StatusForbidden,
	"hub.wrong_code":          http.StatusForbidden,
	"hub.wrong_district":      http.StatusConflict,
	"hub.unknown_batch":       http.StatusNotFound,
	"hub.incomplete":          http.StatusConflict,
	"hub.unknown_pack":        http.StatusNotFound,
	"hub.malformed":           http.StatusBadRequest,
	"wire.too_large":          http.StatusRequestEntityTooLarge,
	"district.code_unknown":   http.StatusForbidden,
	"district.code_used":      http.StatusForbidden,
	"district.code_spent":     http.StatusForbidden,
	"district.code_expired":   http.StatusForbidden,
	"district.device_revoked": http.StatusForbidden,
}

func statusOf(code casework.Code) int {
	if s, ok := statuses[code]; ok {
		return s
	}
	if strings.HasPrefix(string(code), "wire.") {
		return http.StatusBadRequest
	}
	return http.StatusInternalServerError
}

// guard reads a body of at most so many bytes, contains panics, and turns errors into
// faults that a laptop can put into words.
func (h *Hub) guard(most int, serve func(*http.Request, []byte) (reply, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := h.o.Now()
		out, err := h.contained(most, serve, w, r)
		if err != nil {
			h.fault(w, r, err)
			return
		}
		w.Header().Set("Content-Type", out.kind)
		w.Header().Set("Content-Length", strconv.Itoa(len(out.body)))
		if out.keep {
			w.Header().Set("Cache-Control", "private, max-age=31536000, immutable")
		} else {
			w.Header().Set("Cache-Control", "no-store")
		}
		w.Header()["Date"] = nil // the token tells the time
		_, err = w.Write(out.body)
		h.o.Log.Debug("served", "route", r.Pattern, "bytes", len(out.body), "cut", err != nil, "took", h.o.Now().Sub(begun))
	})
}

func (h *Hub) contained(most int, serve func(*http.Request, []byte) (reply, error), w http.ResponseWriter, r *http.Request) (out reply, err error) {
	defer func() {
		if p := recover(); p != nil {
			if p == http.ErrAbortHandler {
				panic(p)
			}
			// what was panicked with may hold a name; where it happened does not
			h.o.Log.Error("a request failed", "route", r.Pattern, "where", string(debug.Stack()))
			err = casework.Problem("hub", "hub.trouble")
		}
	}()
	if r.TLS == nil {
		return out, casework.Problem("hub", "hub.no_key")
	}
	if r.ContentLength > int64(most) {
		return out, casework.Problem("hub", "wire.too_large", "Limit", most)
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, int64(most)))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return out, casework.Problem("hub", "wire.too_large", "Limit", most)
	case err != nil:
		return out, casework.Problem("hub", "wire.cut_short").Because(err)
	}
	return serve(r, body)
}

// shown are the facts that a fault may carry.
var shown = []string{"Limit", "Left", "Tries", "Length", "Want"}

func (h *Hub) fault(w http.ResponseWriter, r *http.Request, err error) {
	f := wire.Fault{Code: casework.CodeOf(err)}
	status := statusOf(f.Code)
	if status == http.StatusInternalServerError {
		h.o.Log.Error("a request failed", "route", r.Pattern, "code", string(f.Code))
		f.Code = "hub.trouble"
	} else {
		h.o.Log.Info("a request was refused", "route", r.Pattern, "code", string(f.Code))
		var e *casework.Error
		if errors.As(err, &e) {
			for _, name := range shown {
				if v, ok := e.Args[name]; ok {
					if f.Args == nil {
						f.Args = casework.Args{}
					}
					f.Args[name] = v
				}
			}
		}
	}
	if status >= http.StatusInternalServerError || status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", strconv.Itoa(int(h.pause()/time.Second)))
	}
	body, _ := json.Marshal(f) // a code and numbers
	w.Header().Set("Content-Type", wire.TypeFault)
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(body) // whoever hung up asks again
}

// pause is how long a laptop is asked to wait: 5 to 35 s, so that they do not all come
// back at once.
func (h *Hub) pause() time.Duration {
	var b [1]byte
	_, _ = io.ReadFull(h.o.Rand, b[:]) // without randomness they come back together, which is bearable
	return 5*time.Second + time.Duration(b[0])*30*time.Second/255
}
