package district

import (
	"context"
	"slices"
	"time"

	"doorstep/casework"
)

// NoticeState is how far a notice has come.
type NoticeState string

// The states of a notice. A family's is held until someone who protects children has
// looked whether it can be given without harm.
const (
	NoticeHeld    NoticeState = "held"
	NoticeReady   NoticeState = "ready" // to the authority: nobody has to clear it
	NoticeCleared NoticeState = "cleared"
	NoticeGiven   NoticeState = "given"
)

// Notice is one notice about a lost laptop: to the authority, or to one family.
type Notice struct {
	Number    uint64
	Device    casework.DeviceID
	Family    casework.RecordID // the household or the person; zero: to the authority
	People    []Exposed         // of the family whose data was on the laptop
	Made      time.Time
	Cleared   time.Time
	ClearedBy casework.WorkerID
	Officer   string // her name
	Reason    string // why it may be given
	Given     time.Time
	GivenBy   string
	How       string
}

// State is how far it has come.
func (n Notice) State() NoticeState {
	switch {
	case !n.Given.IsZero():
		return NoticeGiven
	case n.Family.IsZero():
		return NoticeReady
	case !n.Cleared.IsZero():
		return NoticeCleared
	}
	return NoticeHeld
}

// MayClear reports whether a role protects children, so that it may clear a notice.
func MayClear(r casework.Role) bool {
	return r == casework.RoleChildOfficer || r == casework.RoleProtectionWorker
}

// notify writes the notices of a lost laptop.
func (w *work) notify(ctx context.Context, device casework.DeviceID, families []casework.RecordID, now time.Time) error {
	var last uint64
	// The county's counter is locked, so that two losses do not number their notices alike.
	if err := w.row(ctx, qHead+w.s.e.Lock, w.s.county).Scan(new(uint64)); err != nil {
		return err
	}
	if err := w.row(ctx, "SELECT COALESCE(MAX(number), 0) FROM notices WHERE county = $1", w.s.county).Scan(&last); err != nil {
		return err
	}
	var rows [][]any
	for i, f := range families {
		rows = append(rows, []any{w.s.county, last + 1 + uint64(i), blob(device.ID), blob(f.ID), millis(now), 0, blob(casework.ID{}), "", 0, "", ""})
	}
	return w.insert(ctx, bulk{
		into: "notices (county, number, device, family, made, cleared, cleared_by, reason, given, given_by, how)", width: 11,
	}, rows)
}

// Notices are all notices by their numbers, those of one laptop when one is named.
func (s *Store) Notices(ctx context.Context, device casework.DeviceID) ([]Notice, error) {
	var out []Notice
	err := s.read(ctx, "district.Notices", func(ctx context.Context, w *work) error {
		var err error
		out, err = w.notices(ctx, " AND ($3 = 1 OR n.device = $2)", blob(device.ID), flag(device.IsZero()))
		return err
	})
	return out, err
}

// Notice is one notice. Error: district.notice_unknown.
func (s *Store) Notice(ctx context.Context, number uint64) (Notice, error) {
	var out Notice
	err := s.read(ctx, "district.Notice", func(ctx context.Context, w *work) error {
		var err error
		out, err = w.notice(ctx, number)
		return err
	})
	return out, err
}

func (w *work) notice(ctx context.Context, number uint64) (Notice, error) {
	all, err := w.notices(ctx, " AND n.number = $2", number)
	if err == nil && len(all) == 0 {
		err = casework.Problem("district.Notice", "district.notice_unknown", "Number", number)
	}
	if err != nil {
		return Notice{}, err
	}
	return all[0], nil
}

func (w *work) notices(ctx context.Context, which string, args ...any) ([]Notice, error) {
	var out []Notice
	err := w.each(ctx, func(scan func(...any) error) error {
		var n Notice
		var made, cleared, given int64
		err := scan(&n.Number, into(&n.Device.ID), into(&n.Family.ID), &made, &cleared, into(&n.ClearedBy.ID), &n.Officer, &n.Reason, &given, &n.GivenBy, &n.How)
		n.Made, n.Cleared, n.Given = moment(made), moment(cleared), moment(given)
		out = append(out, n)
		return err
	}, `SELECT n.number, n.device, n.family, n.made, n.cleared, n.cleared_by, COALESCE(p.name, ''), n.reason, n.given, n.given_by, n.how
		FROM notices n LEFT JOIN workers p ON p.county = n.county AND p.id = n.cleared_by
		WHERE n.county = $1`+which+" ORDER BY n.number", append([]any{w.s.county}, args...)...)
	if err != nil {
		return nil, err
	}
	return out, w.addressees(ctx, out)
}

// addressees fills in whose data each notice is about.
func (w *work) addressees(ctx context.Context, notices []Notice) error {
	if len(notices) == 1 {
		var err error
		if n := &notices[0]; !n.Family.IsZero() {
			n.People, err = w.exposed(ctx, n.Device, &n.Family)
		}
		return err
	}
	of := map[casework.DeviceID]map[casework.RecordID][]Exposed{}
	for i := range notices {
		n := &notices[i]
		if of[n.Device] == nil {
			of[n.Device] = map[casework.RecordID][]Exposed{}
			all, err := w.exposed(ctx, n.Device, nil)
			if err != nil {
				return err
			}
			for _, e := range all {
				of[n.Device][e.Family] = append(of[n.Device][e.Family], e)
			}
		}
		n.People = of[n.Device][n.Family]
	}
	return nil
}

// Clear says that a family's notice may be given: a child-protection officer who works
// where the family lives looked at it and says why. Whoever carried the lost laptop does
// not clear its notices. Errors: district.notice_unknown, district.notice_authority,
// district.notice_done, district.notice_officer, district.notice_own, district.notice_reason,
// district.worker_unknown.
func (s *Store) Clear(ctx context.Context, number uint64, by casework.WorkerID, reason string, now time.Time) (Notice, error) {
	const op = "district.Clear"
	if reason == "" {
		return Notice{}, casework.Problem(op, "district.notice_reason")
	}
	return s.advance(ctx, op, number, func(ctx context.Context, w *work, n Notice) error {
		switch n.State() {
		case NoticeReady:
			return casework.Problem(op, "district.notice_authority", "Number", number)
		case NoticeCleared, NoticeGiven:
			return casework.Problem(op, "district.notice_done", "Number", number)
		}
		var role, scopes string
		err := w.row(ctx, "SELECT role, scopes FROM workers WHERE county = $1 AND id = $2", s.county, blob(by.ID)).Scan(&role, &scopes)
		if err != nil {
			return unknown(err, op, "district.worker_unknown")
		}
		d, err := scanDevice(w.row(ctx, qDeviceOne, s.county, blob(n.Device.ID)).Scan)
		if err != nil {
			return err
		}
		a := casework.Actor{Worker: by, Role: casework.Role(role)}
		if err := decode(scopes, &a.Scopes); err != nil {
			return err
		}
		here := slices.ContainsFunc(n.People, func(e Exposed) bool {
			return slices.ContainsFunc(a.Scopes, func(s casework.Scope) bool { return e.Area != "" && s.Area.Contains(e.Area) })
		})
		switch {
		case d.Actor.Worker == by:
			return casework.Problem(op, "district.notice_own")
		case !MayClear(a.Role) || !here:
			return casework.Problem(op, "district.notice_officer")
		}
		return w.exec(ctx, "UPDATE notices SET cleared = $3, cleared_by = $4, reason = $5 WHERE county = $1 AND number = $2",
			s.county, number, millis(now), blob(by.ID), reason)
	})
}

// Given says that a notice was given, by whom and how. A family's must be cleared.
// Errors: district.notice_unknown, district.notice_held, district.notice_done, district.notice_how.
func (s *Store) Given(ctx context.Context, number uint64, by, how string, now time.Time) (Notice, error) {
	const op = "district.Given"
	if by == "" || how == "" {
		return Notice{}, casework.Problem(op, "district.notice_how")
	}
	return s.advance(ctx, op, number, func(ctx context.Context, w *work, n Notice) error {
		switch n.State() {
		case NoticeHeld:
			return casework.Problem(op, "district.notice_held", "Number", number)
		case NoticeGiven:
			return casework.Problem(op, "district.notice_done", "Number", number)
		}
		return w.exec(ctx, "UPDATE notices SET given = $3, given_by = $4, how = $5 WHERE county = $1 AND number = $2",
			s.county, number, millis(now), by, how)
	})
}

// advance changes one notice, which nobody else changes meanwhile.
func (s *Store) advance(ctx context.Context, op string, number uint64, change func(context.Context, *work, Notice) error) (Notice, error) {
	var out Notice
	err := s.write(ctx, op, func(ctx context.Context, w *work) error {
		err := w.row(ctx, "SELECT number FROM notices WHERE county = $1 AND number = $2"+s.e.Lock, s.county, number).Scan(new(uint64))
		if err != nil {
			if e := unknown(err, op, "district.notice_unknown"); casework.CodeOf(e) == "" {
				return e
			}
			return casework.Problem(op, "district.notice_unknown", "Number", number)
		}
		n, err := w.notice(ctx, number)
		if err != nil {
			return err
		}
		if err := change(ctx, w, n); err != nil {
			return err
		}
		out, err = w.notice(ctx, number)
		return err
	})
	return out, err
}
