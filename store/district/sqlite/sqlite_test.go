package sqlite_test

import (
	"path/filepath"
	"testing"

	"doorstep/store/district"
	"doorstep/store/district/districttest"
	"doorstep/store/district/sqlite"
)

func open(tb testing.TB) *district.Store {
	tb.Helper()
	s, err := sqlite.Open(tb.Context(), filepath.Join(tb.TempDir(), "district #1.db"))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	return s
}

func TestRegisterOnSQLite(t *testing.T) { districttest.Run(t, open) }

func BenchmarkTake(b *testing.B) { districttest.Take(b, open) }
func BenchmarkNews(b *testing.B) { districttest.News(b, open) }

func FuzzOperation(f *testing.F) { districttest.Fuzz(f, open) }
