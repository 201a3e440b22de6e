package laptop

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"doorstep/casework"
	"doorstep/casework/ledger"
)

var remake = flag.Bool("remake", false, "write testdata/schema/laptop-1 anew; only before the first release")

const firstStore = "../../testdata/schema/laptop-1"

// A store written by the first version opens in every later one, with everything in it:
// what the district said, what is waiting, a draft, a pack.
func TestAStoreOfTheFirstVersionOpens(t *testing.T) {
	if *remake {
		makeFirst(t)
	}
	dir := t.TempDir()
	for _, f := range []string{keyFile, databaseFile} {
		b, err := os.ReadFile(filepath.Join(firstStore, f))
		try(t, err)
		try(t, os.WriteFile(filepath.Join(dir, f), b, 0o600))
	}
	s, err := Open(t.Context(), dir, secret, options(2))
	try(t, err)
	defer s.Close()
	var lin, sun *casework.Person
	for _, p := range s.People() {
		switch p.Name {
		case "林小溪":
			lin = p
		case "买买提·吐尔逊":
			sun = p
		}
	}
	if lin == nil || sun == nil || lin.Grid != "5组" || lin.Resident.Reveal() != idNumber(1) || !lin.InConflict("grid") {
		t.Fatalf("people: %+v %+v", lin, sun)
	}
	if v := s.Visits(lin.ID); len(v) != 2 || s.Where(v[0].ID).Stage != Pending || s.Where(v[1].ID).Stage != Received {
		t.Fatalf("visits: %+v", v)
	}
	if v := s.Visits(sun.ID); len(v) != 1 || s.Where(v[0].ID).Stage != Quarantined {
		t.Fatalf("visits: %+v", v)
	}
	got, err := s.ReadDraft(t.Context(), casework.ID{1})
	if err != nil || len(got) != 2 || string(got[1]) != "第二题" || s.Drafts()[0].Title != "孙玉兰" {
		t.Fatalf("draft: %s %v", got, err)
	}
	body, err := s.Pack(t.Context(), sum([]byte("pack")))
	if err != nil || string(body) != "pack" {
		t.Fatalf("pack: %s %v", body, err)
	}
	if st := s.Status(); !st.Enrolled || st.PendingOps != 2 || st.Quarantined != 1 || st.Conflicts != 1 || st.Damaged != 0 {
		t.Fatalf("status: %+v", st)
	}
	up := unsent(t, s)
	if up.To() != hello(t, s).Head || len(up.Ops) != 2 {
		t.Fatalf("chain: %+v", up.From)
	}
	if _, err := s.Sign([]byte("hello")); err != nil {
		t.Fatal(err)
	}
}

func makeFirst(t *testing.T) {
	s := newStore(t, 1)
	v := child("林小溪", zhudao)
	v["resident"] = map[string]string{"number": idNumber(1)}
	lin, sun := person(t, s, v), person(t, s, child("买买提·吐尔逊", zhudao))
	d := enrolled(t, s)
	visit(t, s, lin, "2026-11-20")
	refused := visit(t, s, sun, "2026-11-21")
	receipts := d.take(t, unsent(t, s), func(op casework.Op) casework.Reason {
		if op.Record == refused {
			return casework.ReasonScope
		}
		return ""
	})
	try(t, s.Apply(t.Context(), d.say(hello(t, s), receipts, 0)))
	r, err := s.Record(t.Context(), lin)
	try(t, err)
	d.elsewhere(t, lin, casework.Values{"grid": "5组"})
	op, err := s.Author().Edit(r, casework.Values{"grid": "4组"}, "")
	try(t, err)
	try(t, s.Save(t.Context(), op))
	a := d.say(hello(t, s), nil, 0)
	a.Packs = []ledger.PackRef{{Name: "areas", Hash: sum([]byte("pack")), Size: 4}}
	try(t, s.Apply(t.Context(), a))
	try(t, s.StorePack(t.Context(), a.Packs[0], []byte("pack")))
	visit(t, s, lin, "2026-11-23")
	draft := Draft{ID: casework.ID{1}, Person: sun, Title: "孙玉兰", Started: monday().t}
	try(t, s.BeginDraft(t.Context(), draft))
	try(t, s.AppendDraft(t.Context(), draft.ID, []byte("第一题")))
	try(t, s.AppendDraft(t.Context(), draft.ID, []byte("第二题")))
	try(t, s.Close())
	try(t, os.MkdirAll(firstStore, 0o755))
	for _, f := range []string{keyFile, databaseFile} {
		b, err := os.ReadFile(filepath.Join(s.dir, f))
		try(t, err)
		try(t, os.WriteFile(filepath.Join(firstStore, f), b, 0o644))
	}
}
