package district

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"doorstep/casework"
)

// Draft is a visit that was begun and not finished, as an outbox held it.
type Draft struct {
	ID       casework.ID
	Device   casework.DeviceID
	Person   casework.RecordID // zero: somebody new, or its beginning is lost
	Form     string            // name of the questionnaire; "" when its beginning is lost
	FormHash casework.Hash
	Started  time.Time
	Last     time.Time // when its last answer was kept, on the laptop's clock
	Changes  int       // kept on the laptop, one after the other
	Answers  int       // questions that were answered or marked
	Taken    time.Time // when the district took it
	Content  []byte    // JSON, everything that was there; not in lists

	Name   string        // the person's; only when read
	Area   casework.Area // where she is
	Worker string        // who began it
}

// KeepDraft keeps a draft found in an outbox; of several states of one the longest. It
// reports whether anything new was in it. Error: district.device_unknown.
func (s *Store) KeepDraft(ctx context.Context, d Draft, now time.Time) (fresh bool, err error) {
	err = s.write(ctx, "district.KeepDraft", func(ctx context.Context, w *work) error {
		fresh = false
		if err := w.row(ctx, qDeviceLock+s.e.Lock, s.county, blob(d.Device.ID)).Scan(new(uint64)); err != nil {
			return unknown(err, "district.KeepDraft", "district.device_unknown")
		}
		var known int
		err := w.row(ctx, "SELECT changes FROM recovered_drafts WHERE county = $1 AND device = $2 AND id = $3", s.county, blob(d.Device.ID), blob(d.ID)).Scan(&known)
		if err == nil && known >= d.Changes {
			return nil
		}
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		fresh = true
		return w.exec(ctx, `INSERT INTO recovered_drafts (county, device, id, person, form, form_hash, started, last, changes, answers, taken, content)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12) ON CONFLICT (county, device, id) DO UPDATE SET person = excluded.person, form = excluded.form,
			form_hash = excluded.form_hash, started = excluded.started, last = excluded.last, changes = excluded.changes, answers = excluded.answers, taken = excluded.taken,
			content = excluded.content`, s.county, blob(d.Device.ID), blob(d.ID), blob(d.Person.ID), storable(d.Form), hashBlob(d.FormHash),
			millis(d.Started), millis(d.Last), d.Changes, d.Answers, millis(now), full(d.Content))
	})
	return fresh, err
}

const qDraft = `SELECT d.id, d.device, d.person, d.form, d.form_hash, d.started, d.last, d.changes, d.answers, d.taken, COALESCE(p.name, ''), r.area, r.erased, r.body
	FROM recovered_drafts d LEFT JOIN devices x ON x.county = d.county AND x.id = d.device
	LEFT JOIN workers p ON p.county = x.county AND p.id = x.worker
	LEFT JOIN records r ON r.county = d.county AND r.id = d.person WHERE d.county = $1`

// Drafts are the drafts found in outboxes, the newest first, without their answers.
func (s *Store) Drafts(ctx context.Context) ([]Draft, error) {
	var out []Draft
	err := s.read(ctx, "district.Drafts", func(ctx context.Context, w *work) error {
		var err error
		out, err = w.drafts(ctx, "")
		return err
	})
	return out, err
}

func (w *work) drafts(ctx context.Context, which string, args ...any) ([]Draft, error) {
	var out []Draft
	err := w.each(ctx, func(scan func(...any) error) error {
		var d Draft
		var started, last, taken int64
		var area sql.NullString
		var erased sql.NullInt64
		var body []byte
		err := scan(into(&d.ID), into(&d.Device.ID), into(&d.Person.ID), &d.Form, intoHash(&d.FormHash), &started, &last, &d.Changes, &d.Answers, &taken, &d.Worker, &area, &erased, &body)
		if err != nil {
			return err
		}
		d.Started, d.Last, d.Taken, d.Area = moment(started), moment(last), moment(taken), casework.Area(area.String)
		if erased.Valid && erased.Int64 == 0 {
			rec, err := (&entry{exists: true, body: body}).record()
			if err != nil {
				return err
			}
			d.Name = rec.Text("name")
		}
		out = append(out, d)
		return nil
	}, qDraft+which+" ORDER BY d.last DESC, d.id", append([]any{w.s.county}, args...)...)
	return out, err
}

// ExportDraft gives a draft with its answers, and notes when and for what it was given
// out. Errors: district.draft_unknown, district.purpose.
func (s *Store) ExportDraft(ctx context.Context, id casework.ID, purpose string, now time.Time) (Draft, error) {
	const op = "district.ExportDraft"
	var out Draft
	if purpose == "" {
		return out, casework.Problem(op, "district.purpose")
	}
	err := s.write(ctx, op, func(ctx context.Context, w *work) error {
		all, err := w.drafts(ctx, " AND d.id = $2", blob(id))
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return casework.Problem(op, "district.draft_unknown")
		}
		out = all[0]
		err = w.row(ctx, "SELECT content FROM recovered_drafts WHERE county = $1 AND device = $2 AND id = $3", s.county, blob(out.Device.ID), blob(id)).Scan(&out.Content)
		if err != nil {
			return err
		}
		return w.exec(ctx, `INSERT INTO draft_exports (county, device, id, at, purpose) VALUES ($1,$2,$3,$4,$5)
			ON CONFLICT (county, device, id, at) DO UPDATE SET purpose = excluded.purpose`, s.county, blob(out.Device.ID), blob(id), millis(now), purpose)
	})
	return out, err
}
