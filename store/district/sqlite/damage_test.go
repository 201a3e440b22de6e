package sqlite_test

import (
	"crypto/rand"
	"database/sql"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/store/district"
	"doorstep/store/district/districttest"
	"doorstep/store/district/sqlite"
)

// filled is a file with a district, three people and a visit to each.
func filled(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "district.db")
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	if err := s.Found(t.Context(), district.District{ID: casework.ID{1}, Name: "环翠区", Area: "371002000000", Founded: now}); err != nil {
		t.Fatal(err)
	}
	desk, err := s.Desk(t.Context(), now)
	if err != nil {
		t.Fatal(err)
	}
	a := casework.Author{Worker: desk.Actor.Worker, Now: func() time.Time { return now }, Rand: rand.Reader}
	var ops []casework.Op
	for range 3 {
		person, err := a.NewRecord()
		if err != nil {
			t.Fatal(err)
		}
		op, err := a.Create(person, casework.KindPerson, casework.RecordID{}, casework.Values{
			"name": "林小溪", casework.FieldArea: "371002001001", casework.FieldDuties: []string{"child"},
		})
		if err != nil {
			t.Fatal(err)
		}
		visit, err := a.NewRecord()
		if err != nil {
			t.Fatal(err)
		}
		fact, err := a.Create(visit, casework.KindVisit, person, casework.Values{"date": "2026-11-21"})
		if err != nil {
			t.Fatal(err)
		}
		ops = append(ops, op, fact)
	}
	if _, err := s.Import(t.Context(), now, ops...); err != nil {
		t.Fatal(err)
	}
	return path
}

func tamper(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	r, err := db.Exec(statement)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		t.Fatalf("%s changed %d rows, %v", statement, n, err)
	}
}

func TestWhoeverChangesTheRegisterByHandIsFound(t *testing.T) {
	for statement, what := range map[string]string{
		"UPDATE payloads SET bytes = replace(CAST(bytes AS TEXT), '林小溪', '林大溪') WHERE seq = 1": "commitment",
		"DELETE FROM payloads WHERE seq = 2":                     "payload",
		"DELETE FROM log WHERE seq = 3":                          "sequence",
		"DELETE FROM log WHERE seq = 6":                          "head",
		"UPDATE county_head SET head = 7":                        "head",
		"UPDATE log SET commitment = zeroblob(32) WHERE seq = 2": "chain",
		"UPDATE devices SET hash = zeroblob(32)":                 "chain",
		"UPDATE log SET verdict = 'conflict' WHERE seq = 4":      "receipt",
		"UPDATE records SET body = replace(CAST(body AS TEXT), '林小溪', '林大溪') WHERE kind = 'person'": "projection",
		"UPDATE records SET seq = seq + 1 WHERE kind = 'visit'":                                     "projection",
		"DELETE FROM records WHERE kind = 'visit'":                                                  "projection",
		"UPDATE record_scope SET until = 5 WHERE since = 1":                                         "scope",
		"UPDATE records SET scope = '[]' WHERE kind = 'visit'":                                      "scope",
	} {
		path := filled(t)
		tamper(t, path, statement)
		s, err := sqlite.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		r, err := s.Verify(t.Context(), districttest.ReadProof)
		s.Close()
		if err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
		found := false
		for _, f := range r.Findings {
			found = found || f.What == what
		}
		if !found {
			t.Errorf("%s: found %+v, want %s", statement, r.Findings, what)
		}
	}
}

func TestWhatLaptopsSignedIsEvidence(t *testing.T) {
	districttest.Damage(t, func(tb testing.TB) (*district.Store, *sql.DB) {
		tb.Helper()
		path := filepath.Join(tb.TempDir(), "district.db")
		s, err := sqlite.Open(tb.Context(), path)
		if err != nil {
			tb.Fatal(err)
		}
		db, err := sql.Open("sqlite", path)
		if err != nil {
			tb.Fatal(err)
		}
		tb.Cleanup(func() {
			if err := errors.Join(db.Close(), s.Close()); err != nil {
				tb.Error(err)
			}
		})
		return s, db
	})
}

func TestADistrictIsThereAfterReopening(t *testing.T) {
	path := filled(t)
	s, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	d, err := s.District(t.Context())
	if err != nil || d.Name != "环翠区" {
		t.Fatalf("%+v %v", d, err)
	}
	if r, err := s.Verify(t.Context(), districttest.ReadProof); err != nil || !r.OK() || r.Operations != 6 {
		t.Fatalf("%+v %v", r, err)
	}
}

func TestAnEmptyFileIsNoDistrict(t *testing.T) {
	s := open(t)
	if _, err := s.District(t.Context()); casework.CodeOf(err) != "district.not_founded" {
		t.Fatal(err)
	}
	if _, err := s.Counts(t.Context()); casework.CodeOf(err) != "district.not_founded" {
		t.Fatal(err)
	}
	if _, err := s.Verify(t.Context(), districttest.ReadProof); casework.CodeOf(err) != "district.not_founded" {
		t.Fatal(err)
	}
}

func TestANewerRegisterIsLeftAlone(t *testing.T) {
	path := filled(t)
	tamper(t, path, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)")
	if _, err := sqlite.Open(t.Context(), path); casework.CodeOf(err) != "district.newer" {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "no such folder", "district.db")
	if _, err := sqlite.Open(t.Context(), path); casework.CodeOf(err) != "district.open" {
		t.Fatal(err)
	}
}

// One program serves while another imports: both write into the same file.
func TestTwoProgramsOnOneRegister(t *testing.T) {
	path := filled(t)
	var stores []*district.Store
	for range 2 {
		s, err := sqlite.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		stores = append(stores, s)
	}
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	desk, err := stores[0].Desk(t.Context(), now)
	if err != nil {
		t.Fatal(err)
	}
	a := casework.Author{Worker: desk.Actor.Worker, Now: func() time.Time { return now }, Rand: rand.Reader}
	problems := make(chan error)
	for _, s := range stores {
		go func() {
			var err error
			for range 20 {
				var op casework.Op
				id, e := a.NewRecord()
				if err = e; err == nil {
					op, err = a.Create(id, casework.KindPerson, casework.RecordID{}, casework.Values{
						"name": "㐂乐", casework.FieldArea: "371002001001", casework.FieldDuties: []string{"child"},
					})
				}
				if err == nil {
					_, err = s.Import(t.Context(), now, op)
				}
				if err != nil {
					break
				}
			}
			problems <- err
		}()
	}
	for range stores {
		if err := <-problems; err != nil {
			t.Fatal(err)
		}
	}
	if r, err := stores[0].Verify(t.Context(), districttest.ReadProof); err != nil || !r.OK() || r.Operations != 46 {
		t.Fatalf("%+v %v", r, err)
	}
}
