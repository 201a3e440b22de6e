package district

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"doorstep/casework"
)

// Filter chooses what a list shows. Zero members choose nothing away.
type Filter struct {
	Area   casework.Area     // this area and what lies below it
	Duty   casework.Duty     //
	Person casework.RecordID // visits of one person
	Worker casework.WorkerID // visits by one worker
	Text   string            // part of a person's name
	After  string            // the Next of the page before
	Limit  int               // rows of a page; 0 = 100
	All    bool              // also what was taken back or corrected
}

// Entry is one record of a list, with what the register knows beside it.
type Entry struct {
	Record casework.Record
	Area   casework.Area // where it is now; of several, the first
	Owner  string        // name of the person it belongs to
	Worker string        // name of whoever wrote that operation
	Seq    uint64        // log number of the last operation in it
	At     time.Time     // when the district took that one

	Recovered bool // some of it came from an outbox, and no laptop signed it since
}

// People are persons by area, one page. Next is empty on the last page.
func (s *Store) People(ctx context.Context, f Filter) (rows []Entry, next string, err error) {
	return s.list(ctx, casework.KindPerson, f)
}

// Visits are visits in the order in which the district received them, newest first.
func (s *Store) Visits(ctx context.Context, f Filter) (rows []Entry, next string, err error) {
	return s.list(ctx, casework.KindVisit, f)
}

// Filled are filled-in forms of a kind, KindForm or KindCheck, newest first as Visits.
func (s *Store) Filled(ctx context.Context, kind casework.Kind, f Filter) (rows []Entry, next string, err error) {
	return s.list(ctx, kind, f)
}

const (
	qList = `SELECT r.id, r.area, r.seq, r.scope, r.body, l.at, w.name, o.body, (SELECT count(*) FROM ` + qUnsigned + `) FROM records r
		JOIN log l ON l.county = r.county AND l.seq = r.seq
		LEFT JOIN workers w ON w.county = l.county AND w.id = l.worker
		LEFT JOIN records o ON o.county = r.county AND o.id = r.owner
		WHERE r.county = $1 AND r.kind = $2 AND r.erased = 0 AND substr(r.area, 1, $3) = $4`
	qListPeople = qList + " AND (r.area > $5 OR r.area = $5 AND r.id > $6) ORDER BY r.area, r.id LIMIT $7"
	qListVisits = qList + " AND r.seq < $5 ORDER BY r.seq DESC LIMIT $6"
)

// mark is where a page of a list ended.
type mark struct {
	Area string            `json:"a,omitempty"`
	ID   casework.RecordID `json:"i,omitzero"`
	Seq  uint64            `json:"q,omitempty"`
}

func (s *Store) list(ctx context.Context, kind casework.Kind, f Filter) (rows []Entry, next string, err error) {
	if f.Limit <= 0 {
		f.Limit = 100
	}
	at := mark{Seq: forever}
	if f.After != "" && json.Unmarshal([]byte(f.After), &at) != nil {
		return nil, "", casework.Problem("district.List", "district.page")
	}
	prefix := ""
	if f.Area != "" {
		prefix = f.Area.Prefix()
	}
	err = s.read(ctx, "district.List", func(ctx context.Context, w *work) error {
		rows, next = nil, ""
		for {
			q, args := qListPeople, []any{s.county, string(kind), len(prefix), prefix, at.Area, blob(at.ID.ID), f.Limit + 1}
			if kind != casework.KindPerson {
				q, args = qListVisits, []any{s.county, string(kind), len(prefix), prefix, at.Seq, f.Limit + 1}
			}
			n, more := 0, false
			err := w.each(ctx, func(scan func(...any) error) error {
				if n++; n > f.Limit || len(rows) == f.Limit {
					more = true
					return nil
				}
				e, last, places, err := scanListed(scan)
				if err != nil {
					return err
				}
				at = last
				if f.wants(e, places) {
					rows = append(rows, e)
				}
				return nil
			}, q, args...)
			if err != nil || !more {
				return err
			}
			if len(rows) == f.Limit {
				b, err := json.Marshal(at)
				next = string(b)
				return err
			}
		}
	})
	return rows, next, err
}

func scanListed(scan func(...any) error) (Entry, mark, []place, error) {
	var e Entry
	var at mark
	var area, scope string
	var body, owner []byte
	var ms, unsigned int64
	var worker sql.NullString
	var places []place
	err := scan(into(&at.ID.ID), &area, &e.Seq, &scope, &body, &ms, &worker, &owner, &unsigned)
	if err != nil {
		return e, at, nil, err
	}
	at.Area, at.Seq = area, e.Seq
	e.Recovered = unsigned > 0
	e.Area, e.At, e.Worker = casework.Area(area), moment(ms), worker.String
	if owner != nil {
		var person casework.Record
		if err := json.Unmarshal(owner, &person); err != nil {
			return e, at, nil, err
		}
		if e.Owner = person.Text("name"); person.Kind == casework.KindHousehold {
			e.Owner = person.Text("head_name")
		}
	}
	if err := json.Unmarshal([]byte(scope), &places); err != nil {
		return e, at, nil, err
	}
	return e, at, places, json.Unmarshal(body, &e.Record)
}

func (f Filter) wants(e Entry, places []place) bool {
	if !f.All {
		if _, gone := e.Record.Retracted(); gone || e.Record.Text(casework.FieldSupersededBy) != "" {
			return false
		}
	}
	if f.Duty != "" {
		found := false
		for _, p := range places {
			found = found || p.Duty == f.Duty
		}
		if !found {
			return false
		}
	}
	if !f.Person.IsZero() && e.Record.Owner != f.Person {
		return false
	}
	if !f.Worker.IsZero() {
		found := false
		for _, reg := range e.Record.Registers {
			found = found || reg.Worker == f.Worker
		}
		if !found {
			return false
		}
	}
	return f.Text == "" || strings.Contains(e.Record.Text("name"), f.Text)
}

// Record is one record in full, unmasked, with the log number of its last operation.
// Error: district.record_unknown.
func (s *Store) Record(ctx context.Context, id casework.RecordID) (casework.Record, uint64, error) {
	var rec casework.Record
	var body []byte
	var seq uint64
	err := s.e.Read.QueryRowContext(ctx, "SELECT seq, body FROM records WHERE county = $1 AND id = $2 AND erased = 0",
		s.county, blob(id.ID)).Scan(&seq, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return rec, 0, casework.Problem("district.Record", "district.record_unknown")
	}
	if err == nil {
		err = json.Unmarshal(body, &rec)
	}
	return rec, seq, broken("district.Record", err)
}

// Each calls fn for every record of a kind, unmasked, in the order of their last
// operations, all of one moment. An error of fn ends it and is returned.
func (s *Store) Each(ctx context.Context, kind casework.Kind, fn func(casework.Record) error) error {
	return s.read(ctx, "district.Each", func(ctx context.Context, w *work) error {
		return w.each(ctx, func(scan func(...any) error) error {
			var body []byte
			var rec casework.Record
			if err := scan(&body); err != nil {
				return err
			}
			if err := json.Unmarshal(body, &rec); err != nil {
				return err
			}
			return fn(rec)
		}, "SELECT body FROM records WHERE county = $1 AND kind = $2 AND erased = 0 ORDER BY seq, id", s.county, string(kind))
	})
}

// Worker is someone who works in the district.
type Worker struct {
	Name  string
	Actor casework.Actor
}

// Workers are all who were ever enrolled, and the desk, by name.
func (s *Store) Workers(ctx context.Context) ([]Worker, error) {
	var out []Worker
	err := s.read(ctx, "district.Workers", func(ctx context.Context, w *work) error {
		out = nil
		return w.each(ctx, func(scan func(...any) error) error {
			var p Worker
			var role, scopes string
			if err := scan(into(&p.Actor.Worker.ID), &p.Name, &role, &scopes); err != nil {
				return err
			}
			p.Actor.Role = casework.Role(role)
			out = append(out, p)
			return json.Unmarshal([]byte(scopes), &out[len(out)-1].Actor.Scopes)
		}, "SELECT id, name, role, scopes FROM workers WHERE county = $1 ORDER BY name, id", s.county)
	})
	return out, err
}

// Counts are what a status line says.
type Counts struct {
	Log         uint64 // operations taken
	Quarantined int    // kept aside, not let in yet
	Conflicted  int    // records in which two places say different things
	Records     map[casework.Kind]int
	Devices     int // laptops, without the desk
}

// Counts counts.
func (s *Store) Counts(ctx context.Context) (Counts, error) {
	var c Counts
	err := s.read(ctx, "district.Counts", func(ctx context.Context, w *work) error {
		c = Counts{Records: map[casework.Kind]int{}}
		if err := w.row(ctx, qHead, s.county).Scan(&c.Log); err != nil {
			return unknown(err, "district.Counts", "district.not_founded")
		}
		err := w.each(ctx, func(scan func(...any) error) error {
			var kind string
			var n, conflicted int
			err := scan(&kind, &n, &conflicted)
			c.Records[casework.Kind(kind)] = n
			c.Conflicted += conflicted
			return err
		}, `SELECT kind, count(*), sum(CASE WHEN conflicts > 0 THEN 1 ELSE 0 END) FROM records
			WHERE county = $1 AND erased = 0 GROUP BY kind`, s.county)
		if err != nil {
			return err
		}
		err = w.row(ctx, `SELECT count(*) FROM log l WHERE l.county = $1 AND l.verdict = 'quarantined' AND l.event = 'op' AND NOT EXISTS (
			SELECT 1 FROM log r WHERE r.county = l.county AND r.op = l.op AND r.event = 'release')`, s.county).Scan(&c.Quarantined)
		if err != nil {
			return err
		}
		return w.row(ctx, "SELECT count(*) FROM devices WHERE county = $1 AND desk = 0", s.county).Scan(&c.Devices)
	})
	return c, err
}
