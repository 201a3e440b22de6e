package postgres_test

import (
	"database/sql"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"doorstep/casework"
	"doorstep/store/district"
	"doorstep/store/district/districttest"
	"doorstep/store/district/postgres"
	"doorstep/store/district/postgres/pgtest"
	"doorstep/store/district/sqlite"
)

func open(tb testing.TB) *district.Store {
	tb.Helper()
	url, ok := pgtest.Database(tb)
	if !ok {
		return nil
	}
	s, err := postgres.Open(tb.Context(), url)
	if err != nil {
		tb.Fatal(err)
	}
	closed(tb, s)
	return s
}

func closed(tb testing.TB, s *district.Store) {
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
}

func TestRegisterOnPostgreSQL(t *testing.T) {
	if _, ok := pgtest.Database(t); ok {
		districttest.Run(t, open)
	}
}

func TestWhatLaptopsSignedIsEvidence(t *testing.T) {
	if _, ok := pgtest.Database(t); !ok {
		return
	}
	districttest.Damage(t, func(tb testing.TB) (*district.Store, *sql.DB) {
		tb.Helper()
		url, _ := pgtest.Database(tb)
		s, err := postgres.Open(tb.Context(), url)
		if err != nil {
			tb.Fatal(err)
		}
		closed(tb, s)
		db, err := sql.Open("pgx", url)
		if err != nil {
			tb.Fatal(err)
		}
		tb.Cleanup(func() { db.Close() })
		return s, db
	})
}

func TestBothDatabasesHoldTheSame(t *testing.T) {
	if _, ok := pgtest.Database(t); !ok {
		return
	}
	districttest.Alike(t, open, func(tb testing.TB) *district.Store {
		s, err := sqlite.Open(tb.Context(), filepath.Join(tb.TempDir(), "district.db"))
		if err != nil {
			tb.Fatal(err)
		}
		closed(tb, s)
		return s
	})
}

func TestAnAddressThatLeadsNowhere(t *testing.T) {
	for url, code := range map[string]casework.Code{
		"postgres://u:geheim@[": "district.address",
		"postgres://postgres:geheim@127.0.0.1:1/none?sslmode=disable&connect_timeout=2": "district.open",
	} {
		_, err := postgres.Open(t.Context(), url)
		if casework.CodeOf(err) != code {
			t.Fatalf("%v, want %s", err, code)
		}
	}
}

func BenchmarkTake(b *testing.B) {
	if _, ok := pgtest.Database(b); ok {
		districttest.Take(b, open)
	}
}

func BenchmarkNews(b *testing.B) {
	if _, ok := pgtest.Database(b); ok {
		districttest.News(b, open)
	}
}

// Every transaction costs more here than on SQLite, where the same stories run longer.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "30"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
