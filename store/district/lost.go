package district

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"doorstep/casework"
)

// Loss is a laptop that was reported lost: whose data was on it, as far as the district
// can know, and since when.
type Loss struct {
	Device   Device
	Reported time.Time
	Answered time.Time // the last answer before the report: nothing came onto it afterwards; zero when there was none
	People   []Exposed // by place and id
	Held     int       // operations it sent that are kept in quarantine because it is shut out
	Came     int       // of its visits taken from an outbox, without a signature
	Unsent   int       // operations it had left to send at the last contact; -1: it never made one. What came later nobody knows
}

// Exposed is a person whose data was on a lost laptop.
type Exposed struct {
	Person  casework.RecordID
	Family  casework.RecordID // her household, or herself
	Name    string            // "" when her record was erased since
	Area    casework.Area     // where she is now
	Arrived time.Time         // when her data came onto it, at the earliest
	Gone    time.Time         // when it was taken off again, though an older copy on the laptop may hold it; zero: it was there at the last answer
	Classes []casework.Sensitivity
}

// Lost says that a laptop is lost: it is revoked, and it is written down once whose data
// was on it, with a notice for the authority and one, held, for every family. Reported
// again nothing changes. Errors: district.device_unknown, district.device_desk.
func (s *Store) Lost(ctx context.Context, id casework.DeviceID, now time.Time) (Loss, error) {
	err := s.write(ctx, "district.Lost", func(ctx context.Context, w *work) error {
		if err := w.row(ctx, qDeviceLock+s.e.Lock, s.county, blob(id.ID)).Scan(new(uint64)); err != nil {
			return unknown(err, "district.Lost", "district.device_unknown")
		}
		d, err := scanDevice(w.row(ctx, qDeviceOne, s.county, blob(id.ID)).Scan)
		switch {
		case err != nil:
			return err
		case d.Desk || len(d.PublicKey) == 0:
			return casework.Problem("district.Lost", "district.device_desk")
		}
		if err := w.exec(ctx, "UPDATE devices SET revoked = 1 WHERE county = $1 AND id = $2", s.county, blob(id.ID)); err != nil {
			return err
		}
		var known int
		err = w.row(ctx, "SELECT 1 FROM losses WHERE county = $1 AND device = $2", s.county, blob(id.ID)).Scan(&known)
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		x := &exposure{w: w, dev: d, people: map[casework.RecordID]*Exposed{}}
		if err := x.gather(ctx); err != nil {
			return err
		}
		return x.keep(ctx, now)
	})
	if err != nil {
		return Loss{}, err
	}
	return s.Loss(ctx, id)
}

// Loss is what was written down about a lost laptop.
// Errors: district.device_unknown, district.not_lost.
func (s *Store) Loss(ctx context.Context, id casework.DeviceID) (Loss, error) {
	var out Loss
	err := s.read(ctx, "district.Loss", func(ctx context.Context, w *work) error {
		d, err := scanDevice(w.row(ctx, qDeviceOne, s.county, blob(id.ID)).Scan)
		if err != nil {
			return unknown(err, "district.Loss", "district.device_unknown")
		}
		out = Loss{Device: d}
		var reported, answered int64
		err = w.row(ctx, "SELECT reported, answered FROM losses WHERE county = $1 AND device = $2", s.county, blob(id.ID)).Scan(&reported, &answered)
		if err != nil {
			return unknown(err, "district.Loss", "district.not_lost")
		}
		out.Reported, out.Answered = moment(reported), moment(answered)
		if out.People, err = w.exposed(ctx, id, nil); err != nil {
			return err
		}
		err = w.row(ctx, `SELECT count(*) FROM log l WHERE l.county = $1 AND l.device = $2 AND l.verdict = 'quarantined' AND l.reason = $3 AND l.event = 'op'
			AND NOT EXISTS (SELECT 1 FROM log r WHERE r.county = l.county AND r.op = l.op AND r.event = 'release')`,
			s.county, blob(id.ID), string(casework.ReasonDevice)).Scan(&out.Held)
		if err != nil {
			return err
		}
		if out.Unsent, err = w.unsent(ctx, d); err != nil {
			return err
		}
		return w.row(ctx, `SELECT count(DISTINCT v.record) FROM recovered v JOIN log l ON l.county = v.county AND l.seq = v.seq
			WHERE v.county = $1 AND v.device = $2 AND l.kind = $3`, s.county, blob(id.ID), string(casework.KindVisit)).Scan(&out.Came)
	})
	return out, err
}

// unsent is what a laptop had left at its last contact.
func (w *work) unsent(ctx context.Context, d Device) (int, error) {
	if d.Answer == 0 {
		return -1, nil
	}
	var n int
	err := w.row(ctx, "SELECT operations FROM announced WHERE county = $1 AND device = $2 AND at = $3", w.s.county, blob(d.ID.ID), millis(d.Heard)).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil // everything had arrived
	}
	return n, err
}

// Announced notes how many operations a laptop had left to send when it was heard.
func (s *Store) Announced(ctx context.Context, id casework.DeviceID, left uint64, now time.Time) error {
	return s.write(ctx, "district.Announced", func(ctx context.Context, w *work) error {
		return w.exec(ctx, `INSERT INTO announced (county, device, operations, at) VALUES ($1,$2,$3,$4)
			ON CONFLICT (county, device) DO UPDATE SET operations = excluded.operations, at = excluded.at`, s.county, blob(id.ID), left, millis(now))
	})
}

// exposed reads who was written down for a laptop, all of them or one family.
func (w *work) exposed(ctx context.Context, device casework.DeviceID, family *casework.RecordID) ([]Exposed, error) {
	q, args := `SELECT p.person, p.family, p.arrived, p.gone, p.classes, r.area, r.erased, r.body FROM loss_people p
		LEFT JOIN records r ON r.county = p.county AND r.id = p.person WHERE p.county = $1 AND p.device = $2`, []any{w.s.county, blob(device.ID)}
	if family != nil {
		q, args = q+" AND p.family = $3", append(args, blob(family.ID))
	}
	var out []Exposed
	err := w.each(ctx, func(scan func(...any) error) error {
		var e Exposed
		var arrived, gone, classes int64
		var area sql.NullString
		var erased sql.NullInt64
		var body []byte
		if err := scan(into(&e.Person.ID), into(&e.Family.ID), &arrived, &gone, &classes, &area, &erased, &body); err != nil {
			return err
		}
		e.Arrived, e.Gone, e.Area = moment(arrived), moment(gone), casework.Area(area.String)
		for c := casework.Routine; c <= casework.Sealed; c++ {
			if classes&(1<<c) != 0 {
				e.Classes = append(e.Classes, c)
			}
		}
		if erased.Valid && erased.Int64 == 0 {
			rec, err := (&entry{exists: true, body: body}).record()
			if err != nil {
				return err
			}
			e.Name = rec.Text("name")
		}
		out = append(out, e)
		return nil
	}, q+" ORDER BY r.area, p.person", args...)
	return out, err
}

// Freeze stops a laptop until it is enrolled anew: what it sends goes to quarantine and
// it hears no news, but it keeps its keys. Errors: district.device_unknown, district.device_desk.
func (s *Store) Freeze(ctx context.Context, id casework.DeviceID) error {
	return s.write(ctx, "district.Freeze", func(ctx context.Context, w *work) error {
		var desk int64
		err := w.row(ctx, "SELECT desk FROM devices WHERE county = $1 AND id = $2"+s.e.Lock, s.county, blob(id.ID)).Scan(&desk)
		switch {
		case err != nil:
			return unknown(err, "district.Freeze", "district.device_unknown")
		case desk != 0:
			return casework.Problem("district.Freeze", "district.device_desk")
		}
		return w.exec(ctx, "UPDATE devices SET frozen = 1 WHERE county = $1 AND id = $2", s.county, blob(id.ID))
	})
}
