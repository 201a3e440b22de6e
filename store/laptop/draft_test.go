package laptop

import (
	"bytes"
	"fmt"
	"testing"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

func TestAfterADeadBatteryTheDraftIsThere(t *testing.T) {
	s := newStore(t, 1)
	who := person(t, s, child("李静静", zhudao))
	d := Draft{ID: casework.ID{1}, Person: who, Form: "child-visit", Started: monday().t, Title: "李静静"}
	try(t, s.BeginDraft(t.Context(), d))
	var want [][]byte
	for i := range 9 {
		answer := fmt.Appendf(nil, `{"B1_%d":"奶奶"}`, i)
		try(t, s.AppendDraft(t.Context(), d.ID, answer))
		want = append(want, answer)
	}
	stopped := t.TempDir()
	copyFolder(t, s.dir, stopped) // nothing was closed
	n, err := Open(t.Context(), stopped, secret, s.o)
	try(t, err)
	defer n.Close()
	list := n.Drafts()
	if len(list) != 1 || list[0].Changes != 9 || list[0].Title != "李静静" || !list[0].Started.Equal(d.Started) || !list[0].Last.After(d.Started) {
		t.Fatalf("%+v", list)
	}
	got, err := n.ReadDraft(t.Context(), d.ID)
	try(t, err)
	if len(got) != 9 || !bytes.Equal(bytes.Join(got, nil), bytes.Join(want, nil)) {
		t.Fatalf("%s", got)
	}
	try(t, n.AppendDraft(t.Context(), d.ID, []byte("10")))
	if n.Drafts()[0].Changes != 10 {
		t.Fatal("the tenth answer was not counted")
	}
	// Finished: the visit is there and the draft is not, also the next morning.
	try(t, n.SaveAndClose(t.Context(), d.ID, visitOp(t, n, who, "2026-11-23")))
	for range 2 {
		if len(n.Drafts()) != 0 || len(n.Visits(who)) != 1 {
			t.Fatal("draft and visit do not change places")
		}
		n = again(t, n)
	}
	wants(t, n.AppendDraft(t.Context(), d.ID, nil), "laptop.no_draft")
}

func TestARefusedVisitKeepsItsDraft(t *testing.T) {
	s := newStore(t, 2)
	who := person(t, s, child("李静静", zhudao))
	d := Draft{ID: casework.ID{1}, Person: who}
	try(t, s.BeginDraft(t.Context(), d))
	wants(t, s.BeginDraft(t.Context(), d), "laptop.draft_exists")
	op := visitOp(t, s, who, "2026-11-23")
	for i, w := range op.Writes {
		if w.Field == "mode" {
			op.Writes[i].Value = []byte(`{"no":"code"}`)
		}
	}
	wants(t, s.SaveAndClose(t.Context(), d.ID, visitOp(t, s, who, "2026-11-22"), op), "laptop.refused_value")
	if len(s.Drafts()) != 1 || len(s.Visits(who)) != 0 || len(unsent(t, s).Ops) != 1 {
		t.Fatal("half of it was saved")
	}
}

func TestADroppedDraftNamesItsReason(t *testing.T) {
	s := newStore(t, 3)
	d := Draft{ID: casework.ID{1}}
	try(t, s.BeginDraft(t.Context(), d))
	try(t, s.AppendDraft(t.Context(), d.ID, []byte("1")))
	wants(t, s.DropDraft(t.Context(), d.ID, ""), "laptop.reason_missing")
	try(t, s.DropDraft(t.Context(), d.ID, "走错了门"))
	s = again(t, s)
	if len(s.Drafts()) != 0 {
		t.Fatal("it is on the list again")
	}
	var kept int
	try(t, s.db.QueryRow("SELECT count(*) FROM draft_changes").Scan(&kept))
	if kept != 1 {
		t.Fatal("its answers were deleted")
	}
}

func TestPacksAreKeptForEver(t *testing.T) {
	s := newStore(t, 4)
	d := enrolled(t, s)
	old, now := []byte("form v1"), []byte("form v2")
	ref := func(b []byte) ledger.PackRef {
		return ledger.PackRef{Name: "form/child-visit", Hash: sum(b), Size: int64(len(b))}
	}
	wants(t, s.StorePack(t.Context(), ref(old), now), "laptop.pack_differs")
	try(t, s.StorePack(t.Context(), ref(old), old))
	a := d.say(hello(t, s), nil, 0)
	a.Packs = []ledger.PackRef{ref(now)}
	try(t, s.Apply(t.Context(), a))
	if m := s.MissingPacks(); len(m) != 1 || m[0] != ref(now) || len(s.Packs()) != 0 {
		t.Fatalf("missing %v, here %v", m, s.Packs())
	}
	_, err := s.Pack(t.Context(), ref(now).Hash)
	wants(t, err, "laptop.no_pack")
	try(t, s.StorePack(t.Context(), ref(now), now))
	s = again(t, s)
	if p := s.Packs(); len(p) != 1 || p[0] != ref(now) || len(s.MissingPacks()) != 0 || len(hello(t, s).Packs) != 2 {
		t.Fatalf("%v", p)
	}
	for _, b := range [][]byte{old, now} {
		if got, err := s.Pack(t.Context(), ref(b).Hash); err != nil || !bytes.Equal(got, b) {
			t.Fatalf("%s %v", got, err)
		}
	}
}
