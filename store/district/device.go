package district

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"doorstep/casework"
)

const qDevice = `SELECT d.id, d.public_key, d.worker, d.own, d.desk, d.epoch, d.seq, d.hash, d.forked, d.frozen, d.revoked,
	d.last_log, d.answer, d.token, d.lease, d.enrolled, d.heard, p.name, p.role, p.scopes
	FROM devices d JOIN workers p ON p.county = d.county AND p.id = d.worker WHERE d.county = $1`

const (
	qDeviceOne  = qDevice + " AND d.id = $2"
	qDeviceLock = "SELECT seq FROM devices WHERE county = $1 AND id = $2"
)

func scanDevice(scan func(...any) error) (Device, error) {
	var d Device
	var forked, lease, enrolled, heard, desk, frozen, revoked int64
	var role, scopes string
	err := scan(into(&d.ID.ID), &d.PublicKey, into(&d.Actor.Worker.ID), into(&d.Own.ID), &desk, &d.Chain.Epoch, &d.Chain.Seq,
		intoHash(&d.Chain.Hash), &forked, &frozen, &revoked, &d.LastLog, &d.Answer, intoHash(&d.Token), &lease, &enrolled, &heard,
		&d.Name, &role, &scopes)
	if err != nil {
		return d, err
	}
	d.Chain.Device = d.ID
	d.Desk, d.Frozen, d.Revoked = desk != 0, frozen != 0, revoked != 0
	d.Forked, d.LeaseUntil, d.Enrolled, d.Heard = moment(forked), moment(lease), moment(enrolled), moment(heard)
	d.Actor.Role = casework.Role(role)
	return d, json.Unmarshal([]byte(scopes), &d.Actor.Scopes)
}

// Device is one laptop. Error: district.device_unknown.
func (s *Store) Device(ctx context.Context, id casework.DeviceID) (Device, error) {
	d, err := scanDevice(s.e.Read.QueryRowContext(ctx, qDeviceOne, s.county, blob(id.ID)).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return d, casework.Problem("district.Device", "district.device_unknown")
	}
	return d, broken("district.Device", err)
}

// Devices are all laptops and the desk, by the time they were enrolled.
func (s *Store) Devices(ctx context.Context) ([]Device, error) {
	var out []Device
	err := s.read(ctx, "district.Devices", func(ctx context.Context, w *work) error {
		out = nil
		return w.each(ctx, func(scan func(...any) error) error {
			d, err := scanDevice(scan)
			out = append(out, d)
			return err
		}, qDevice+" ORDER BY d.enrolled, d.id", s.county)
	})
	return out, err
}

// Revoke says that a laptop is lost: what it sends from now on goes to quarantine, and
// it is told to destroy its keys. Error: district.device_unknown.
func (s *Store) Revoke(ctx context.Context, id casework.DeviceID) error {
	return s.write(ctx, "district.Revoke", func(ctx context.Context, w *work) error {
		if err := w.row(ctx, qDeviceLock+s.e.Lock, s.county, blob(id.ID)).Scan(new(uint64)); err != nil {
			return unknown(err, "district.Revoke", "district.device_unknown")
		}
		return w.exec(ctx, "UPDATE devices SET revoked = 1 WHERE county = $1 AND id = $2", s.county, blob(id.ID))
	})
}

// Reassign gives a worker another role or other scopes from now on. What her laptops no
// longer hold leaves them with the next news. Error: district.worker_unknown.
func (s *Store) Reassign(ctx context.Context, worker casework.WorkerID, role casework.Role, scopes []casework.Scope) error {
	text, err := json.Marshal(scopes)
	if err != nil {
		return broken("district.Reassign", err)
	}
	return s.write(ctx, "district.Reassign", func(ctx context.Context, w *work) error {
		var head uint64
		if err := w.row(ctx, qHead+s.e.Lock, s.county).Scan(&head); err != nil {
			return unknown(err, "district.Reassign", "district.not_founded")
		}
		var one int
		if err := w.row(ctx, "SELECT 1 FROM workers WHERE county = $1 AND id = $2", s.county, blob(worker.ID)).Scan(&one); err != nil {
			return unknown(err, "district.Reassign", "district.worker_unknown")
		}
		if err := w.exec(ctx, "UPDATE workers SET role = $3, scopes = $4 WHERE county = $1 AND id = $2",
			s.county, blob(worker.ID), string(role), string(text)); err != nil {
			return err
		}
		return w.since(ctx, worker, head, string(text))
	})
}

// since notes which scopes a worker holds after a number of the log.
func (w *work) since(ctx context.Context, worker casework.WorkerID, seq uint64, scopes string) error {
	return w.exec(ctx, `INSERT INTO worker_scopes (county, worker, since, scopes) VALUES ($1,$2,$3,$4)
		ON CONFLICT (county, worker, since) DO UPDATE SET scopes = excluded.scopes`, w.s.county, blob(worker.ID), seq, scopes)
}

func unknown(err error, op string, code casework.Code) error {
	if errors.Is(err, sql.ErrNoRows) {
		return casework.Problem(op, code)
	}
	return err
}

// Answered hands out the number of the next answer to a device and notes the time token
// that goes with it: the token's hash, and the end of the log at that moment.
// Error: district.device_unknown.
func (s *Store) Answered(ctx context.Context, id casework.DeviceID, token casework.Hash, seq uint64, now, lease time.Time) (uint64, error) {
	var number uint64
	err := s.write(ctx, "district.Answered", func(ctx context.Context, w *work) error {
		err := w.row(ctx, qAnswered, s.county, blob(id.ID), hashBlob(token), millis(now), millis(lease)).Scan(&number)
		if err != nil {
			return unknown(err, "district.Answered", "district.device_unknown")
		}
		return w.exec(ctx, qToken, s.county, blob(id.ID), hashBlob(token), seq, millis(now))
	})
	return number, err
}

const (
	qAnswered = `UPDATE devices SET answer = answer + 1, token = $3, heard = $4, lease = $5 WHERE county = $1 AND id = $2 RETURNING answer`
	qToken    = `INSERT INTO tokens (county, device, hash, seq, at) VALUES ($1,$2,$3,$4,$5) ON CONFLICT (county, device, hash) DO NOTHING`
)
