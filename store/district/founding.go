package district

import (
	"context"
	"database/sql"
	"errors"

	"doorstep/casework"
)

// Found writes the district into an empty database.
// Errors: district.already_founded, district.area (not a county).
func (s *Store) Found(ctx context.Context, d District) error {
	if d.Area.Level() != casework.LevelCounty {
		return casework.Problem("district.Found", "district.area", "Area", string(d.Area))
	}
	county := d.Area.Prefix()
	if d.Incarnation == 0 {
		d.Incarnation = 1
	}
	err := s.write(ctx, "district.Found", func(ctx context.Context, w *work) error {
		var n int
		if err := w.row(ctx, "SELECT count(*) FROM districts").Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return casework.Problem("district.Found", "district.already_founded")
		}
		if err := w.exec(ctx, "INSERT INTO county_head (county, head) VALUES ($1, 0)", county); err != nil {
			return err
		}
		return w.exec(ctx, `INSERT INTO districts (county, id, name, area, incarnation, signing, authority, recipient, founded)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`, county, blob(d.ID), d.Name, string(d.Area), int64(d.Incarnation),
			full(d.Signing), full(d.Authority), d.Recipient, millis(d.Founded))
	})
	if err == nil {
		s.county = county
	}
	return err
}

// District is who this register belongs to. Error: district.not_founded.
func (s *Store) District(ctx context.Context) (District, error) {
	var d District
	var area string
	var founded int64
	err := s.e.Read.QueryRowContext(ctx, `SELECT id, name, area, incarnation, signing, authority, recipient, founded
		FROM districts WHERE county = $1`, s.county).
		Scan(into(&d.ID), &d.Name, &area, &d.Incarnation, &d.Signing, &d.Authority, &d.Recipient, &founded)
	if errors.Is(err, sql.ErrNoRows) {
		return d, casework.Problem("district.District", "district.not_founded")
	}
	d.Area, d.Founded = casework.Area(area), moment(founded)
	return d, broken("district.District", err)
}

// Head is the number of the last operation in the log.
func (s *Store) Head(ctx context.Context) (uint64, error) {
	var n uint64
	err := s.e.Read.QueryRowContext(ctx, qHead, s.county).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, casework.Problem("district.Head", "district.not_founded")
	}
	return n, broken("district.Head", err)
}

const qHead = "SELECT head FROM county_head WHERE county = $1"

// full is b, or no bytes at all where a column wants some.
func full(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}
