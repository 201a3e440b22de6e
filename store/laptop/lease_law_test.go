package laptop

import (
	"os"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// granted is what the district gave, and what the clock has been seen to say since: the
// law of the lease written down a second time, from the outside.
type granted struct {
	word, lease time.Time // the district's clock, and until when
	ahead       int       // days by which this laptop's clock was ahead at that moment
	wall        time.Time // what it said
	top         time.Time // latest look that counts
	from, until time.Time // by telephone
	callTop     time.Time
	calls       int
}

// look notes one look at the clock and tells whether files may be open.
func (g *granted) look(wall time.Time) bool {
	at := wall
	if g.ahead > 0 && !wall.Before(g.wall) {
		at = wall.AddDate(0, 0, -g.ahead)
	}
	believed := at.Sub(g.word) <= 30*24*time.Hour
	if believed && at.After(g.top) {
		g.top = at
	}
	if since := wall.Sub(g.from); since >= 0 && since <= 30*24*time.Hour && wall.After(g.callTop) {
		g.callTop = wall
	}
	lease := believed && !g.top.After(g.lease)
	call := !g.until.IsZero() && !wall.Before(g.from) && !wall.After(g.until) && !g.callTop.After(g.until)
	return lease || call
}

// However the clock is set, and however often the program is started: old files are open
// as long as lease, lease file and telephone say, and no longer. And whatever happens, new
// work is taken, and she sees what she has just written.
func TestNoClockOpensOldFilesBeyondTheLease(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp(shm(), "lease")
		try(t, err)
		t.Cleanup(func() { os.RemoveAll(dir) })
		s, d, c := leased(t, dir+"/s", 70)
		defer func() { s.Close() }()
		who, old := household(t, s, d)
		now, past := enrolDay.Add(6*time.Hour), 0 // this laptop's clock; the district's day
		g := &granted{word: d.now, lease: d.now.AddDate(0, 0, 14), wall: enrolDay}
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			switch rapid.IntRange(0, 6).Draw(t, "step") {
			case 0, 1:
				past += rapid.IntRange(0, 10).Draw(t, "days pass")
				now = onDay(past)
			case 2:
				now = onDay(rapid.OneOf(rapid.SampledFrom([]int{0, 12, 15, 17, 19, 21}), rapid.IntRange(-30, 60), rapid.IntRange(-4000, 30_000)).Draw(t, "clock"))
			case 3:
				c.set(now)
				g.look(now)
				try(t, s.Close())
				if s, err = Open(t.Context(), s.dir, secret, s.o); err != nil {
					t.Fatal(err)
				}
			case 4:
				c.set(now.Add(-2 * time.Hour)) // seconds decide nothing
				d.now = onDay(past).Add(-30 * time.Minute)
				talk(t, s, d.office)
				*g = granted{word: d.now, lease: d.now.AddDate(0, 0, 14), wall: now.Add(-2 * time.Hour), top: d.now, ahead: max(0, int(now.Sub(d.now).Hours()/24))}
			case 5:
				now := now.Add(-3 * time.Hour)
				c.set(now)
				may := g.look(now)
				until, err := d.call(t, s)
				if g.calls == 2 {
					wants(t, err, "laptop.calls_spent")
					break
				}
				try(t, err)
				left := time.Duration(0)
				if may {
					left = max(0, g.lease.Sub(g.top), g.until.Sub(now))
				}
				if until.Sub(now)-left > 3*24*time.Hour+time.Minute {
					t.Fatalf("on %s a code opens until %s", now, until)
				}
				g.calls++
				g.from, g.until, g.callTop = now, until, now
			case 6:
				c.set(now)
				g.look(now)
				d.now = onDay(past).Add(-30 * time.Minute)
				days := rapid.IntRange(1, 30).Draw(t, "file for days")
				if _, err := s.ReadLease(t.Context(), d.file(t, s, days)); err == nil {
					g.word = d.now
					if until := d.now.AddDate(0, 0, days); until.After(g.lease) {
						g.lease = until
					}
					if d.now.After(g.top) {
						g.top = d.now
					}
				}
			}
			c.set(now)
			if want, got := g.look(now), readable(t, s, who, old); got != want {
				t.Fatalf("the clock says %s: open %v, want %v; %+v", now.Format(time.DateOnly), got, want, g)
			}
			v := visitOp(t, s, who, "2026-12-07")
			try(t, s.Save(t.Context(), v))
			if _, err := s.Record(t.Context(), v.Record); err != nil {
				t.Fatalf("she cannot see what she has just written: %v", err)
			}
		}
	})
}

// shm is a folder in memory where there is one.
func shm() string {
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
		return "/dev/shm"
	}
	return ""
}
