package desk

import (
	"context"
	"crypto/rand"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"doorstep/casework"
	"doorstep/casework/lang"
	"doorstep/casework/ledger"
	"doorstep/store/laptop"
)

// Nobody touches a key for a fortnight and no network comes: the screens are told all the
// same, once.
func TestTheScreensAreToldWhenFilesCloseByThemselves(t *testing.T) {
	var days atomic.Int64
	now := func() time.Time { return time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC).AddDate(0, 0, int(days.Load())) }
	store, err := laptop.Init(t.Context(), filepath.Join(t.TempDir(), "s"), []byte("zhu dao chun tian"), laptop.Options{
		Now: now, Rand: rand.Reader, Argon: laptop.Params{Time: 1, MemoryKiB: 64, Threads: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Enrol(t.Context(), ledger.Enrolment{District: casework.ID{7}, At: now(), LeaseUntil: now().AddDate(0, 0, 14)}); err != nil {
		t.Fatal(err)
	}
	sp, err := lang.New("zh")
	if err != nil {
		t.Fatal(err)
	}
	d, err := New(t.Context(), store, Options{Now: now, Rand: rand.Reader, Speaker: sp, Quiet: true})
	if err != nil {
		t.Fatal(err)
	}
	tick, ctx, ended := make(chan time.Time), t.Context(), make(chan struct{})
	ctx, stop := context.WithCancel(ctx)
	go func() { d.lookAtLease(ctx, tick); close(ended) }()
	told := func(after int64) bool {
		changed := d.Exchanged()
		days.Store(after)
		tick <- now()
		tick <- now() // the first look is over
		select {
		case <-changed:
			return true
		default:
			return false
		}
	}
	for _, c := range []struct {
		day  int64
		want bool
	}{{1, false}, {13, false}, {15, true}, {16, false}, {1, false}} {
		if got := told(c.day); got != c.want {
			t.Errorf("day %d: told %v", c.day, got)
		}
	}
	stop()
	<-ended
	if err := d.Close(); err != nil {
		t.Error(err)
	}
}
