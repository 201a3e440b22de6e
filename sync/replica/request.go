package replica

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"doorstep/casework"
	"doorstep/sync/wire"
)

// longestAsked is the longest pause a district may ask for.
const longestAsked = time.Hour

// do makes one request and reads at most so many bytes of what comes back. Everything
// asked of a district may be asked twice, so a connection that had gone stale is no
// problem. Errors: replica.offline, replica.too_slow, replica.cut_off,
// replica.wrong_server, replica.not_district, replica.too_large, and what the district
// itself says.
func (l *line) do(ctx context.Context, method, path, kind string, body []byte, want string, most int) ([]byte, error) {
	const op = "replica.request"
	var out []byte
	slow, err := l.watch.over(ctx, func(ctx context.Context) error {
		req, err := http.NewRequestWithContext(ctx, method, l.address+path, bytes.NewReader(body))
		if err != nil {
			return casework.Problem(op, "replica.address").Because(err)
		}
		if len(body) > 0 {
			req.Header.Set("Content-Type", kind)
		}
		req.Header["Idempotency-Key"] = nil // not sent; says that a stale connection may be replaced
		req.Header["User-Agent"] = nil      // the hello says it
		resp, err := l.transport.RoundTrip(req)
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		out, err = read(resp, want, most)
		return err
	})
	if err != nil {
		if ctx.Err() != nil {
			return nil, casework.Problem(op, "replica.stopped").Because(ctx.Err())
		}
		return nil, lineProblem(op, err, slow)
	}
	return out, nil
}

func read(resp *http.Response, want string, most int) ([]byte, error) {
	const op = "replica.read"
	kind := resp.Header.Get("Content-Type")
	if resp.StatusCode == http.StatusOK && kind == want {
		b, err := io.ReadAll(io.LimitReader(resp.Body, int64(most)+1))
		switch {
		case errors.Is(err, context.Canceled):
			return nil, err
		case err != nil:
			return nil, casework.Problem(op, "replica.cut_off").Because(err)
		case len(b) > most:
			return nil, casework.Problem(op, "replica.too_large", "Limit", most)
		}
		return b, nil
	}
	b, err := io.ReadAll(io.LimitReader(resp.Body, wire.MaxFault))
	if f, ok := wire.ReadFault(b); ok && err == nil && kind == wire.TypeFault {
		return nil, afterwards(resp, faultProblem(op, f))
	}
	if resp.StatusCode >= http.StatusInternalServerError {
		return nil, afterwards(resp, casework.Problem(op, "hub.trouble"))
	}
	return nil, casework.Problem(op, "replica.not_district", "Status", resp.StatusCode)
}

// afterwards adds the wait that the district asked for.
func afterwards(resp *http.Response, err error) error {
	seconds, no := strconv.Atoi(resp.Header.Get("Retry-After"))
	if no != nil || seconds <= 0 {
		return err
	}
	return asked{err, min(time.Duration(min(seconds, 1<<20))*time.Second, longestAsked)}
}
