package district

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

// Grant is one time that a laptop was let read old files longer than its lease.
type Grant = ledger.Grant

const qGrants = "SELECT device, number, kind, request, days, until, at, by FROM leases WHERE county = $1"

func scanGrant(scan func(...any) error) (Grant, error) {
	var g Grant
	var until, at int64
	err := scan(into(&g.Device.ID), &g.Number, &g.Kind, &g.Request, &g.Days, &until, &at, &g.By)
	g.Until, g.At = moment(until), moment(at)
	return g, err
}

// Extend writes down that a laptop's lease is made longer, and gives the row its number,
// which rises even over a register that went back to a backup. A request that was answered
// before gets the same row again: the supervisor has asked twice. most is how many
// requests in a row are answered without a word from the laptop; it does not count files.
// Errors: district.device_unknown, district.device_desk, district.lease_revoked,
// district.calls_spent.
func (s *Store) Extend(ctx context.Context, g Grant, most int) (Grant, error) {
	const op = "district.Extend"
	err := s.write(ctx, op, func(ctx context.Context, w *work) error {
		if err := w.row(ctx, qDeviceLock+s.e.Lock, s.county, blob(g.Device.ID)).Scan(new(uint64)); err != nil {
			return unknown(err, op, "district.device_unknown")
		}
		d, err := scanDevice(w.row(ctx, qDeviceOne, s.county, blob(g.Device.ID)).Scan)
		switch {
		case err != nil:
			return err
		case d.Desk || len(d.PublicKey) == 0:
			return casework.Problem(op, "district.device_desk")
		case d.Revoked:
			return casework.Problem(op, "district.lease_revoked")
		}
		if g.Kind == ledger.GrantCode {
			known, err := scanGrant(w.row(ctx, qGrants+" AND device = $2 AND kind = $3 AND request = $4", s.county, blob(g.Device.ID), string(g.Kind), g.Request).Scan)
			if !errors.Is(err, sql.ErrNoRows) {
				g = known
				return err
			}
			var calls int
			if err := w.row(ctx, "SELECT count(*) FROM leases WHERE county = $1 AND device = $2 AND kind = $3 AND at > $4",
				s.county, blob(g.Device.ID), string(g.Kind), millis(d.Heard)).Scan(&calls); err != nil {
				return err
			}
			if calls >= most {
				return casework.Problem(op, "district.calls_spent", "Count", calls, "Heard", d.Heard.In(casework.Shanghai).Format("2006-01-02 15:04"))
			}
		}
		var last int64
		if err := w.row(ctx, "SELECT coalesce(max(number), 0) FROM leases WHERE county = $1 AND device = $2", s.county, blob(g.Device.ID)).Scan(&last); err != nil {
			return err
		}
		g.Number = uint64(max(last+1, millis(g.At)))
		g.By = strings.TrimSpace(g.By)
		return w.exec(ctx, `INSERT INTO leases (county, device, number, kind, request, days, until, at, by) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
			s.county, blob(g.Device.ID), g.Number, string(g.Kind), g.Request, g.Days, millis(g.Until), millis(g.At), g.By)
	})
	return g, err
}

// Grants are those of one laptop, or of all when device is zero, the oldest first.
func (s *Store) Grants(ctx context.Context, device casework.DeviceID) ([]Grant, error) {
	var out []Grant
	err := s.read(ctx, "district.Grants", func(ctx context.Context, w *work) error {
		out = nil
		return w.each(ctx, func(scan func(...any) error) error {
			g, err := scanGrant(scan)
			if err == nil && (device.IsZero() || g.Device == device) {
				out = append(out, g)
			}
			return err
		}, qGrants+" ORDER BY at, device, number", s.county)
	})
	return out, err
}
