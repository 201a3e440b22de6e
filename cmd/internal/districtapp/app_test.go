package districtapp

import (
	"context"
	"crypto/rand"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/sample"
	"doorstep/store/district/postgres"
	"doorstep/store/district/postgres/pgtest"
)

// noon is when these tests happen: the district's clock, one millisecond later each time it is read.
func noon() casework.Clock {
	var read atomic.Int64
	return func() time.Time {
		return time.Date(2026, 11, 23, 4, 0, 0, 0, time.UTC).Add(time.Duration(read.Add(1)) * time.Millisecond)
	}
}

func options(t testing.TB, db string) Options {
	return Options{
		Data: filepath.Join(t.TempDir(), "环翠"), DB: db, OpenDB: postgres.Open, Area: sample.County, Name: sample.CountyName,
		Now: noon(), Rand: rand.Reader,
	}
}

func founded(t testing.TB, db string) *App {
	t.Helper()
	a, err := Found(t.Context(), options(t, db))
	must(t, err)
	t.Cleanup(func() { must(t, a.Close()) })
	return a
}

// onBoth runs a test on SQLite and on PostgreSQL.
func onBoth(t *testing.T, test func(t *testing.T, db string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, "") })
	t.Run("postgres", func(t *testing.T) {
		if db, ok := pgtest.Database(t); ok {
			test(t, db)
		}
	})
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// serve runs the district until the test ends.
func serve(t testing.TB, a *App) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.Serve(ctx, l) }()
	t.Cleanup(func() {
		stop()
		must(t, <-ended)
	})
	return l.Addr().String()
}

func TestAnInventedDistrictMovesIn(t *testing.T) {
	onBoth(t, func(t *testing.T, db string) {
		a := founded(t, db)
		d := sample.New(3, 130, casework.MustDay("2026-11-23"))
		must(t, a.Rehearse(t.Context(), d))
		r, err := a.Verify(t.Context())
		must(t, err)
		if !r.OK() || r.Operations != len(d.Ops) {
			t.Fatalf("%d of %d operations, %v", r.Operations, len(d.Ops), r.Findings)
		}
		lin, _, err := a.Store().Record(t.Context(), d.Scene.Lin)
		must(t, err)
		if lin.Text("name") != "林小溪" {
			t.Error("林小溪 is not at home")
		}
		if workers, _ := a.Store().Workers(t.Context()); len(workers) != len(d.Workers)+1 {
			t.Error(len(workers))
		}
	})
}

func TestWorkByPeopleNobodyEmployedIsRefused(t *testing.T) {
	a := founded(t, "")
	d := sample.New(3, 8, casework.MustDay("2026-11-23"))
	if err := a.Load(t.Context(), d.Ops); casework.CodeOf(err) != "district.worker_unknown" {
		t.Error(err)
	}
}

func TestTheFolderIsForItsOwnerAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // the folder inherits who may read it
	}
	a := founded(t, "")
	for name, want := range map[string]os.FileMode{"": 0o700, "keys": 0o700, "keys/district.key": 0o600, "district.json": 0o600, "district.db": 0o600} {
		info, err := os.Stat(filepath.Join(a.o.Data, name))
		must(t, err)
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%q is %o, not %o", name, got, want)
		}
	}
	if beside, _ := filepath.Glob(filepath.Join(filepath.Dir(a.o.Data), ".district-*")); len(beside) > 0 {
		t.Error("left behind:", beside)
	}
}

func BenchmarkLoad(b *testing.B) {
	d := sample.New(3, 1300, casework.MustDay("2026-11-23"))
	for b.Loop() {
		b.StopTimer()
		a := founded(b, "")
		b.StartTimer()
		must(b, a.Rehearse(b.Context(), d))
	}
	b.ReportMetric(float64(len(d.Ops)*b.N)/b.Elapsed().Seconds(), "ops/s")
}
