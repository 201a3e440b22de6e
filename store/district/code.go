package district

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"doorstep/casework"
)

// MaxTries is how many wrong proofs an enrolment code survives.
const MaxTries = 5

// Issue keeps a new code. Error: district.worker_unknown when it names a worker that is not there.
func (s *Store) Issue(ctx context.Context, c Code) error {
	scopes, err := json.Marshal(c.Scopes)
	if err != nil {
		return broken("district.Issue", err)
	}
	return s.write(ctx, "district.Issue", func(ctx context.Context, w *work) error {
		if !c.Worker.IsZero() {
			var one int
			if err := w.row(ctx, "SELECT 1 FROM workers WHERE county = $1 AND id = $2", s.county, blob(c.Worker.ID)).Scan(&one); err != nil {
				return unknown(err, "district.Issue", "district.worker_unknown")
			}
		}
		return w.exec(ctx, `INSERT INTO codes (county, id, proof, worker, name, role, scopes, until, tries, used_by)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,0,$9)`, s.county, blob(c.ID), full(c.Proof), blob(c.Worker.ID), c.Name,
			string(c.Role), string(scopes), millis(c.Until), blob(casework.ID{}))
	})
}

func (w *work) code(ctx context.Context, id casework.ID) (Code, error) {
	c := Code{ID: id}
	var role, scopes string
	var until int64
	err := w.row(ctx, `SELECT proof, worker, name, role, scopes, until, tries, used_by FROM codes WHERE county = $1 AND id = $2`+w.s.e.Lock,
		w.s.county, blob(id)).Scan(&c.Proof, into(&c.Worker.ID), &c.Name, &role, &scopes, &until, &c.Tries, into(&c.UsedBy.ID))
	if err != nil {
		return c, unknown(err, "district.Code", "district.code_unknown")
	}
	c.Role, c.Until = casework.Role(role), moment(until)
	return c, json.Unmarshal([]byte(scopes), &c.Scopes)
}

// live says why a code cannot be used by a device at a time.
func live(c Code, by casework.DeviceID, now time.Time) error {
	switch {
	case !c.UsedBy.IsZero() && c.UsedBy != by:
		return casework.Problem("district.Code", "district.code_used")
	case c.Tries >= MaxTries:
		return casework.Problem("district.Code", "district.code_spent", "Tries", MaxTries)
	case c.UsedBy.IsZero() && now.After(c.Until):
		return casework.Problem("district.Code", "district.code_expired")
	}
	return nil
}

// Code finds a code that the device may still use. One that this same device used
// already is found again, because the answer may have been lost.
// Errors: district.code_unknown, district.code_used, district.code_spent, district.code_expired.
func (s *Store) Code(ctx context.Context, id casework.ID, by casework.DeviceID, now time.Time) (Code, error) {
	var c Code
	err := s.write(ctx, "district.Code", func(ctx context.Context, w *work) error {
		var err error
		if c, err = w.code(ctx, id); err != nil {
			return err
		}
		return live(c, by, now)
	})
	return c, err
}

// Missed counts a wrong proof and says how many are left. Error: district.code_unknown.
func (s *Store) Missed(ctx context.Context, id casework.ID) (left int, err error) {
	err = s.write(ctx, "district.Missed", func(ctx context.Context, w *work) error {
		var tries int
		err := w.row(ctx, "UPDATE codes SET tries = tries + 1 WHERE county = $1 AND id = $2 RETURNING tries", s.county, blob(id)).Scan(&tries)
		left = max(0, MaxTries-tries)
		return unknown(err, "district.Missed", "district.code_unknown")
	})
	return left, err
}

// Redeem uses a code up and enrols the laptop, in one transaction. A worker whom the
// district does not know yet gets the id her laptop gave her; one it knows keeps hers,
// and what the laptop wrote before is accepted under its own id. The same laptop may
// redeem the same code again; one enrolled earlier with another code keeps its chain and
// is no longer frozen. Errors: as for Code; district.device_revoked,
// district.worker_taken.
func (s *Store) Redeem(ctx context.Context, id casework.ID, n Newcomer, now, lease time.Time) (Device, error) {
	var d Device
	err := s.write(ctx, "district.Redeem", func(ctx context.Context, w *work) error {
		c, err := w.code(ctx, id)
		if err != nil {
			return err
		}
		if err := live(c, n.ID, now); err != nil {
			return err
		}
		if c.UsedBy.IsZero() {
			if err := w.enrol(ctx, c, n, now, lease); err != nil {
				return err
			}
		}
		d, err = scanDevice(w.row(ctx, qDeviceOne, s.county, blob(n.ID.ID)).Scan)
		return err
	})
	return d, err
}

func (w *work) enrol(ctx context.Context, c Code, n Newcomer, now, lease time.Time) error {
	var before struct{ worker, own casework.WorkerID }
	var revoked int64
	err := w.row(ctx, "SELECT revoked, worker, own FROM devices WHERE county = $1 AND id = $2", w.s.county, blob(n.ID.ID)).
		Scan(&revoked, into(&before.worker.ID), into(&before.own.ID))
	fresh := errors.Is(err, sql.ErrNoRows)
	switch {
	case revoked != 0:
		return casework.Problem("district.Redeem", "district.device_revoked")
	case err != nil && !fresh:
		return err
	}
	if err := w.unclaimed(ctx, c, n); err != nil {
		return err
	}
	worker := c.Worker
	if worker.IsZero() {
		worker = before.worker
	}
	if worker.IsZero() {
		worker = n.Own
	}
	if n.Own == worker && !fresh {
		n.Own = before.own // it writes under the district's id by now; what it wrote earlier still counts
	}
	scopes, err := json.Marshal(c.Scopes)
	if err != nil {
		return err
	}
	var head uint64
	if err := w.row(ctx, qHead+w.s.e.Lock, w.s.county).Scan(&head); err != nil {
		return err
	}
	var one int
	switch err := w.row(ctx, "SELECT 1 FROM workers WHERE county = $1 AND id = $2", w.s.county, blob(worker.ID)).Scan(&one); {
	case errors.Is(err, sql.ErrNoRows):
		head = 0 // a new worker holds these scopes from the beginning: what she did before counts
	case err != nil:
		return err
	}
	err = w.exec(ctx, `INSERT INTO workers (county, id, name, role, scopes) VALUES ($1,$2,$3,$4,$5)
		ON CONFLICT (county, id) DO UPDATE SET name = excluded.name, role = excluded.role, scopes = excluded.scopes`,
		w.s.county, blob(worker.ID), c.Name, string(c.Role), string(scopes))
	if err != nil {
		return err
	}
	if err := w.since(ctx, worker, head, string(scopes)); err != nil {
		return err
	}
	if fresh {
		err = w.admit(ctx, n, worker, false, now, lease)
	} else {
		err = w.exec(ctx, `UPDATE devices SET worker = $3, own = $4, frozen = 0, forked = 0, lease = $5, heard = $6 WHERE county = $1 AND id = $2`,
			w.s.county, blob(n.ID.ID), blob(worker.ID), blob(n.Own.ID), millis(lease), millis(now))
	}
	if err != nil {
		return err
	}
	return w.exec(ctx, "UPDATE codes SET used_by = $3 WHERE county = $1 AND id = $2", w.s.county, blob(c.ID), blob(n.ID.ID))
}

// unclaimed makes sure that a laptop does not take over another worker's id, which
// everyone who reads a record can see.
func (w *work) unclaimed(ctx context.Context, c Code, n Newcomer) error {
	taken := casework.Problem("district.Redeem", "district.worker_taken")
	if n.Own.IsZero() {
		return taken
	}
	var others, mine, known int
	err := w.row(ctx, `SELECT (SELECT count(*) FROM devices WHERE county = $1 AND own = $2 AND id <> $3),
		(SELECT count(*) FROM devices WHERE county = $1 AND id = $3 AND (own = $2 OR worker = $2)),
		(SELECT count(*) FROM workers WHERE county = $1 AND id = $2)`, w.s.county, blob(n.Own.ID), blob(n.ID.ID)).Scan(&others, &mine, &known)
	if err != nil {
		return err
	}
	if n.Own != c.Worker && others+known > 0 && mine == 0 {
		return taken
	}
	return nil
}

// admit writes the row of a new device.
func (w *work) admit(ctx context.Context, n Newcomer, worker casework.WorkerID, desk bool, now, lease time.Time) error {
	return w.exec(ctx, `INSERT INTO devices (county, id, public_key, worker, own, desk, epoch, seq, hash, forked, frozen, revoked,
		last_log, answer, token, lease, enrolled, heard) VALUES ($1,$2,$3,$4,$5,$6,1,0,$7,0,0,0,0,0,$7,$8,$9,$9)`,
		w.s.county, blob(n.ID.ID), full(n.PublicKey), blob(worker.ID), blob(n.Own.ID), flag(desk),
		hashBlob(casework.Hash{}), millis(lease), millis(now))
}
