package laptop

import (
	"path/filepath"
	"testing"

	"doorstep/casework"
	"doorstep/store/laptop/outbox"
)

// A season later what is left of finished drafts goes with one flush, and a disk that does
// not take even that keeps nobody out of her store.
func TestForgettingOldDraftsHoldsUpNoStart(t *testing.T) {
	dir := t.TempDir()
	o := options(91)
	o.vfs, o.disk = counting(t), outbox.Folder(filepath.Join(dir, "outbox"))
	c := monday()
	o.Now = c.now
	s := newStoreAs(t, dir, o)
	who := person(t, s, child("林小溪", zhudao))
	for i := range 20 {
		d := Draft{ID: casework.ID{1, byte(i)}, Person: who, Form: "child-visit", Started: c.now()}
		try(t, s.BeginDraft(t.Context(), d))
		try(t, s.SaveAndClose(t.Context(), d.ID, visitOp(t, s, who, "2026-11-23")))
	}
	s = again(t, s)
	try(t, s.Close())
	c.set(c.now().AddDate(0, 4, 0))
	rows := func(s *Store) (n int) {
		try(t, s.db.QueryRowContext(t.Context(), "SELECT count(*) FROM drafts").Scan(&n))
		return n
	}

	flushes.failAt = 1
	s = must(Open(t.Context(), s.dir, secret, s.o))
	if n := rows(s); n != 20 || len(s.Visits(who)) != 20 {
		t.Fatalf("%d drafts, %d visits", n, len(s.Visits(who)))
	}
	try(t, s.Close())

	flushes.count, flushes.failAt = 0, 0
	s = must(Open(t.Context(), s.dir, secret, s.o))
	atStart := flushes.count
	if n := rows(s); n != 0 {
		t.Fatalf("%d drafts of last season", n)
	}
	try(t, s.Close())
	if atStart > 2 {
		t.Errorf("%d flushes before she can begin", atStart)
	}
}
