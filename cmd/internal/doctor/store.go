package doctor

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"time"

	"doorstep/casework"
	"doorstep/store/laptop"
)

func (p Patient) folder(seen *laptop.Inventory) []Line {
	if p.Store == "" {
		return one(Bad, "store.no_home", "home")
	}
	*seen = laptop.Inspect(p.Store, p.Outbox)
	v := *seen
	facts := []any{
		"Megabytes", v.Bytes >> 20, "Aside", v.Aside, "Files", v.Files, "FileMegabytes", v.FileBytes >> 20,
		"Outbox", v.Outbox, "Copies", v.Copies, "Rekeying", v.Rekeying, "Suspect", v.Suspect,
	}
	var out []Line
	switch {
	case v.Closed:
		return one(Bad, "store.closed", "rights")
	case !v.Here:
		return one(Notice, "store.none", "start")
	case v.Database != "" && !v.Destroyed:
		out = one(Bad, "store.broken", "open_it", append(facts, "Code", v.Database)...)
	case v.Suspect:
		out = one(Notice, "store.suspect", "open_it", facts...)
	case v.Aside > 0:
		out = one(Notice, "store.aside", "keep_aside", facts...)
	default:
		out = one(Good, "store.good", "", facts...)
	}
	now := p.Now()
	switch age := now.Sub(v.LastCopy); {
	case v.Destroyed:
	case v.Copies == 0:
		out = append(out, one(Notice, "copies.none", "copies")...)
	case age > 7*24*time.Hour:
		out = append(out, one(Notice, "copies.old", "copies", "Copies", v.Copies, "Days", int(age.Hours()/24))...)
	default:
		out = append(out, one(Good, "copies.good", "", "Copies", v.Copies, "Hours", int(max(0, age.Hours())))...)
	}
	return out
}

// Unlocking should take a second or less, and not so little that guessing is cheap.
const (
	quickUnlock = 200 * time.Millisecond
	slowUnlock  = 3 * time.Second
)

func (p Patient) keys(v laptop.Inventory) []Line {
	switch {
	case !v.Here:
		return nil
	case v.Destroyed:
		return one(Bad, "keys.destroyed", "enrol_again")
	case v.Key != "":
		return one(Bad, "keys.broken", "open_it", "Code", v.Key)
	}
	took := v.Argon.Took(p.Now)
	facts := []any{
		"Milliseconds", took.Milliseconds(), "Passes", v.Argon.Time, "Memory", v.Argon.MemoryKiB >> 10, "Threads", v.Argon.Threads, "Slots", v.Slots,
	}
	switch {
	case v.Rekeying:
		return one(Notice, "keys.renewing", "open_it", facts...)
	case took < quickUnlock:
		return one(Notice, "keys.quick", "passphrase", facts...)
	case took > slowUnlock:
		return one(Notice, "keys.slow", "patience", facts...)
	}
	return one(Good, "keys.good", "", facts...)
}

// open opens the store, which looks through it, and reads what it knows of itself.
func (p Patient) open(ctx context.Context, v laptop.Inventory, status **laptop.Status) []Line {
	switch {
	case !v.Here || v.Destroyed:
		return nil
	case v.Held:
		return one(Notice, "open.held", "close_it")
	case p.Open == nil:
		return one(Good, "open.unasked", "")
	}
	s, err := p.Open(ctx)
	if err != nil {
		code := casework.CodeOf(err)
		if code == "" {
			return one(Bad, "open.failed", "tell", "Code", "unknown")
		}
		return one(Bad, "open.failed", "", "Code", code)
	}
	st := s.Status()
	*status = &st
	if err := s.Close(); err != nil {
		return one(Bad, "open.failed", "", "Code", casework.Code(codeOf(err)))
	}
	return opened(st, p.Now())
}

func opened(st laptop.Status, now time.Time) []Line {
	facts := []any{"Damaged", st.Damaged, "Conflicts", st.Conflicts, "Drafts", st.Drafts, "Behind", st.OutboxBehind, "Rows", st.Checked.Rows}
	var out []Line
	switch {
	case st.Damaged > 0:
		out = one(Bad, "open.damaged", "upload", facts...)
	case st.Rebuilt != nil && st.Rebuilt.WaitingForDistrict:
		out = one(Notice, "open.rebuilt", "upload", append(facts, "Visits", st.Rebuilt.Visits, "Ops", st.Rebuilt.Ops)...)
	default:
		out = one(Good, "open.good", "", facts...)
	}
	if st.OutboxTrouble != nil {
		out = append(out, one(Notice, "outbox.trouble", "outbox", "Code", codeOf(st.OutboxTrouble), "Behind", st.OutboxBehind)...)
	} else {
		out = append(out, one(Good, "outbox.good", "", "Behind", st.OutboxBehind)...)
	}
	switch {
	case st.Checked.At.IsZero():
		out = append(out, one(Good, "checked.never", "")...)
	case st.Checked.Found > 0:
		out = append(out, one(Bad, "checked.found", "upload", "Rows", st.Checked.Rows, "Found", st.Checked.Found)...)
	case now.Sub(st.Checked.At) > 21*24*time.Hour:
		out = append(out, one(Notice, "checked.old", "leave_open", "Days", int(now.Sub(st.Checked.At).Hours()/24))...)
	default:
		out = append(out, one(Good, "checked.good", "", "Rows", st.Checked.Rows, "Days", int(max(0, now.Sub(st.Checked.At).Hours()/24)))...)
	}
	return out
}

// A year before the program was made is no year to work in.
const madeIn = 2026

// clock holds the wall clock against what was written here, and against the last word of
// the district when the store was opened.
func (p Patient) clock(v laptop.Inventory, st *laptop.Status) []Line {
	now := p.Now()
	_, offset := now.Zone()
	facts := []any{"Time", now.In(casework.Shanghai).Format("2006-01-02 15:04:05"), "Offset", offset / 3600}
	if st != nil && !st.LastAnswer.IsZero() {
		facts = append(facts, "District", st.LastAnswer.In(casework.Shanghai).Format("2006-01-02 15:04"))
	}
	latest := v.Touched
	if st != nil {
		latest = st.Latest
	}
	switch {
	case now.Year() < madeIn || now.Year() > madeIn+20:
		return one(Bad, "clock.year", "clock", facts...)
	case !latest.IsZero() && now.Before(latest.Add(-24*time.Hour)):
		return one(Bad, "clock.back", "clock", facts...)
	case st != nil && !st.LastAnswer.IsZero() && now.Before(st.LastAnswer.Add(-15*time.Minute)):
		return one(Notice, "clock.behind", "clock", facts...)
	case offset != 8*3600:
		return one(Notice, "clock.zone", "zone", facts...)
	case st != nil && !st.LastAnswer.IsZero():
		return one(Good, "clock.agrees", "", facts...)
	}
	return one(Good, "clock.good", "", facts...)
}

// How the disk flushes: faster than any disk can, slower than one can work with.
const (
	flushes    = 20
	tooFast    = 25 * time.Microsecond
	slowFlush  = 100 * time.Millisecond
	awfulFlush = 500 * time.Millisecond
	leastFree  = 32 << 20
)

func (p Patient) disk() []Line {
	if p.Store == "" {
		return nil
	}
	dir := p.Store
	for _, err := os.Stat(dir); err != nil && filepath.Dir(dir) != dir; _, err = os.Stat(dir) {
		dir = filepath.Dir(dir) // no store yet: the disk it would lie on
	}
	var out []Line
	free, err := laptop.FreeSpace(dir)
	switch {
	case err != nil:
		out = one(Notice, "disk.unknown", "")
	case free < leastFree:
		out = one(Bad, "disk.full", "room", "Megabytes", free>>20)
	case free < laptop.TightBelow:
		out = one(Notice, "disk.tight", "room", "Megabytes", free>>20)
	default:
		out = one(Good, "disk.room", "", "Megabytes", free>>20)
	}
	took, err := laptop.Flushed(dir, flushes, p.Now)
	if err != nil {
		return append(out, one(Bad, "disk.unwritable", "rights", "Code", casework.Code(codeOf(err)))...)
	}
	return append(out, flushed(took)...)
}

// flushed judges the times of flushes.
func flushed(took []time.Duration) []Line {
	slices.Sort(took)
	median, most := took[len(took)/2], took[len(took)-1]
	facts := []any{"Median", float64(median.Microseconds()) / 1000, "Most", float64(most.Microseconds()) / 1000}
	switch {
	case median < tooFast:
		return one(Notice, "flush.too_fast", "lying", facts...)
	case median > awfulFlush:
		return one(Bad, "flush.awful", "disk", facts...)
	case median > slowFlush:
		return one(Notice, "flush.slow", "disk", facts...)
	}
	return one(Good, "flush.good", "", facts...)
}

// lying tells what the store has noticed itself: something that was saved and flushed was
// not there the next time.
func lying(v laptop.Inventory, st *laptop.Status) []Line {
	switch {
	case !v.Here:
		return nil
	case st == nil && v.Aside > 0:
		return one(Notice, "lying.aside", "lying", "Aside", v.Aside)
	case st == nil:
		return nil
	case st.Rebuilt != nil && st.Rebuilt.Healed:
		return one(Bad, "lying.came_back", "lying", "Ops", st.Rebuilt.Ops, "Drafts", st.Rebuilt.Drafts)
	case st.Rebuilt != nil && !st.Rebuilt.Restored:
		return one(Notice, "lying.rebuilt", "lying")
	case st.Damaged > 0:
		return one(Bad, "lying.damaged", "lying", "Damaged", st.Damaged)
	}
	return one(Good, "lying.nothing", "")
}

// silence is how long without a word of the district is too long.
const silence = 7 * 24 * time.Hour

func (p Patient) upload(st *laptop.Status) []Line {
	if st == nil {
		return nil
	}
	facts := []any{"Visits", st.PendingVisits, "Other", st.PendingOps - st.PendingVisits, "Kept", st.Quarantined}
	if !st.Enrolled {
		return one(Notice, "upload.alone", "enrol", facts...)
	}
	facts = append(facts, "Last", st.LastAnswer.In(casework.Shanghai).Format("2006-01-02 15:04"), "Lease", st.Lease.In(casework.Shanghai).Format("2006-01-02"))
	switch {
	case st.Frozen:
		return one(Bad, "upload.frozen", "supervisor", facts...)
	case st.Quarantined > 0:
		return one(Notice, "upload.kept", "supervisor", facts...)
	case p.Now().Sub(st.LastAnswer) > silence:
		return one(Notice, "upload.silent", "upload", facts...)
	case st.PendingOps > 0:
		return one(Good, "upload.pending", "", facts...)
	}
	return one(Good, "upload.good", "", facts...)
}
